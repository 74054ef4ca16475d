//! A licence text: any characters, accounted for to the last.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = airights_text::read(text);
    let _ = reading.is_modified();
    let _ = airights_text::blanks(text, &reading);
});
