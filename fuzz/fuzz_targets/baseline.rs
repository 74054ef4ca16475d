//! A baseline file.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_policy::baseline::parse("baseline.toml", text);
});
