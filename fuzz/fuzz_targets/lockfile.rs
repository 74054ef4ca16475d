//! A `Cargo.lock`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = cargo_airights::gather::facts::lockfile::locked_packages(text);
    let _ = cargo_airights::gather::graph::locked(text);
});
