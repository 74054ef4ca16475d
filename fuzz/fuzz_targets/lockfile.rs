//! A `Cargo.lock`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_facts::lockfile::locked_packages(text);
    let _ = airights_cargo::graph::locked(text);
});
