//! A `Cargo.lock`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_manifest::lockfile::entries(text).count();
    let _ = airights_manifest::lockfile::locked(text);
});
