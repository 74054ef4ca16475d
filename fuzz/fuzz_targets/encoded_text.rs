//! The bytes of a file that should be a text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = airights_text::decode(bytes) {
        let _ = airights_text::read(&text);
    }
});
