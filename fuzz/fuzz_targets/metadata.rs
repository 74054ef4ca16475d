//! A saved `cargo metadata`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = airights_cargo::graph::read_metadata(bytes);
});
