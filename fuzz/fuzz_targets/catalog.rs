//! A catalog as it lies on the disk, or what somebody put there; and a search in whatever it holds.

#![no_main]

use airights_ways::alternatives::{Sources, catalog};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The header says which form it has, and is no puzzle.
    let whole = [b"cargo-airights catalog 1\n", bytes].concat();
    if let Ok(catalog) = catalog::decode(&whole) {
        let sources = Sources {
            catalog: Some(&catalog),
            ..Sources::default()
        };
        let _ = (sources.of("a"), catalog.figures("a"));
    }
});
