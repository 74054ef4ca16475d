//! A README, an `AGENTS.md`, an `ai.txt`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = airights_text::read_notice(text);
});
