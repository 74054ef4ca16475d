//! A package as a registry sends it. What is unpacked stays in its own directory.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|package: &[u8]| {
    let _ = airights_registry::manifest_of(package, "a", "1.0.0");
});
