//! A `deny.toml`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_policy::parse_deny_toml("deny.toml", text);
});
