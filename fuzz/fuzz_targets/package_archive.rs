//! A package, as anybody may have packed it. The bytes are the archive within: what compresses it is a library's.

#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut package = GzEncoder::new(Vec::new(), Compression::none());
    let _ = package.write_all(bytes);
    let _ = cargo_airights::registry::manifest_of(&package.finish().unwrap_or_default(), "a", "1.0.0");
});
