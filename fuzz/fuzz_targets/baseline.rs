//! A baseline file.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = cargo_airights::gather::policy::baseline::parse("baseline.toml", text);
});
