//! Crates that are in nearly every graph and whose license files say much: each is read for what it is.

use serde_json::json;

use super::{findings, json, package};

const CRATES: &str = "\
rustls = { version = \"=0.23.46\", default-features = false }
ring = \"=0.17.14\"
aws-lc-sys = \"=0.33.0\"
zstd-sys = \"=2.0.16\"
openssl-src = \"=300.5.4\"
libm = \"=0.2.16\"
libgit2-sys = \"=0.18.8\"
lexical-core = \"=1.0.6\"
icu_provider = \"=2.4.0\"
icu_properties_data = \"=2.4.0\"
";

#[test]
fn license_files_of_well_known_crates_are_read_for_what_they_are() {
    let (code, report) = json(CRATES);
    assert_eq!(code, Some(0), "{report:#}");
    for (name, found) in [
        ("rustls", json!(["Apache-2.0", "ISC", "MIT"])),
        (
            "ring",
            json!(["Apache-2.0 AND BSD-3-Clause", "ISC", "ISC AND Apache-2.0 AND MIT"]),
        ),
        // Its holder elects BSD over the GPL, and leaves out the disclaimer.
        (
            "aws-lc-sys",
            json!([
                "(ISC AND (Apache-2.0 OR ISC) AND OpenSSL) AND (Apache-2.0 OR ISC) AND MIT AND BSD-3-Clause AND \
                 BSD-3-Clause-Tso AND CC0-1.0"
            ]),
        ),
        (
            "zstd-sys",
            json!(["Apache-2.0", "BSD-3-Clause", "MIT", "MIT OR Apache-2.0"]),
        ),
        ("openssl-src", json!(["Apache-2.0", "MIT"])),
        // Who contributes grants both; the whole is declared as MIT.
        ("libm", json!(["MIT"])),
        ("libgit2-sys", json!(["Apache-2.0", "MIT"])),
        (
            "lexical-core",
            json!([
                "(Apache-2.0 OR MIT) AND BSL-1.0 AND Apache-2.0 WITH LLVM-exception AND BSD-3-Clause",
                "Apache-2.0",
                "MIT"
            ]),
        ),
        ("icu_provider", json!(["Unicode-3.0"])),
        ("icu_properties_data", json!(["Unicode-3.0"])),
    ] {
        let license = &package(&report, name)["license"];
        assert_eq!(license["found"], found, "{name}");
        assert_eq!(license["level"], "allow", "{name}");
        // The C sources of libgit2 are under the GPL with an exception, and are named as what they are.
        let expected: &[&str] = if name == "libgit2-sys" {
            &["bundled-license"]
        } else {
            &[]
        };
        let rules: Vec<&str> = findings(&report, name)
            .filter_map(|finding| finding["rule"].as_str())
            .collect();
        assert_eq!(rules, expected, "{name}");
    }
}
