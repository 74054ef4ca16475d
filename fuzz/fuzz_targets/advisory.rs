//! An advisory of the RustSec database.

#![no_main]

use airights_ways::advisories::Advisory;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(advisory) = Advisory::parse(text) {
        advisory.is_about(&"1.0.0".parse().expect("a version"));
    }
});
