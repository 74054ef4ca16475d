//! A `tdmrep.json`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_facts::tdmrep::statements(text);
});
