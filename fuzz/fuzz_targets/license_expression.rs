//! The `license` key of a manifest, and the licence expression it may be.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_facts::declared::read(text);
    if let Ok(expression) = airights::terms::LicenseExpression::parse(text) {
        let written = expression.to_string();
        let again = airights::terms::LicenseExpression::parse(&written).expect("what was written parses");
        assert_eq!(again.to_string(), written);
    }
});
