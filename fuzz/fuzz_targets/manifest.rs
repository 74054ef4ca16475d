//! The `Cargo.toml` of a package.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(manifest) = airights_manifest::Manifest::parse(text) {
        let _ = (
            manifest.paths(),
            manifest.declaration("workspace"),
            manifest.excerpt(&["package", "license"]),
        );
    }
});
