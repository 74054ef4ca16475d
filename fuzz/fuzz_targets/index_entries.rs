//! What an index says of a crate.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(index) = cargo_airights::registry::CrateIndex::parse(bytes, "a") {
        // Lines are forwarded as they are.
        for entry in &index.entries {
            assert!(!entry.line.contains('\n'));
            assert!(index.entry(&entry.version).is_some());
        }
    }
});
