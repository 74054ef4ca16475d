//! A `[package.metadata.airights]` table, as JSON, and its `content-usage` field.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = cargo_airights::gather::facts::content_usage::read(text);
    if let Ok(table) = serde_json::from_str(text) {
        let _ = cargo_airights::gather::facts::declaration::read(&table);
    }
});
