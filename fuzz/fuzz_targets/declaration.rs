//! A `[package.metadata.airights]` table, as JSON, and its `content-usage` field.

#![no_main]

use airights::declaration::ContentUsage;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let field = ContentUsage::parse(text).unwrap_or_else(|_| ContentUsage::refusals(text));
    assert_eq!(ContentUsage::parse(&field.to_string()), Ok(field));
    if let Ok(table) = serde_json::from_str(text) {
        let _ = airights_facts::declaration::read(&table).declared_uses();
    }
});
