//! A saved report of `check --format json`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = airights_report::saved::sides(bytes);
});
