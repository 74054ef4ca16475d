//! A file of a sparse index.

#![no_main]

use airights_registry::{CrateIndex, index_path};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(index) = CrateIndex::parse(bytes, "a") {
        for entry in &index.entries {
            assert!(!entry.line.contains('\n'));
            assert!(index_path(&entry.name).is_some_and(|path| !path.contains("..")));
        }
    }
});
