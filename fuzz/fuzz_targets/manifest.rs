//! The `Cargo.toml` of a package.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_facts::manifest_keys::manifest_keys(text);
});
