//! `publish-check` on twenty published crates, as if they were to be published anew: which of them carry no license text
//! although their expression asks for one. Each line was looked up by hand in the package.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::write;

/// Name, version, and what is said of its texts: `deny` where none is there, `warn` where a branch has none.
const CRATES: [(&str, &str, &str); 20] = [
    ("Inflector", "0.11.4", "deny"),
    ("block", "0.1.6", "deny"),
    ("malloc_buf", "0.0.6", "deny"),
    ("dispatch", "0.2.0", "deny"),
    ("ndk-context", "0.1.1", "deny"),
    ("khronos_api", "3.1.0", "deny"),
    ("gpu-alloc-types", "0.3.1", "deny"),
    ("gpu-descriptor-types", "0.2.0", "deny"),
    ("objc-sys", "0.3.5", "deny"),
    ("guppy-workspace-hack", "0.1.0", "deny"),
    ("cesu8", "1.1.0", "warn"),
    ("ident_case", "1.0.1", "warn"),
    // Blue Oak, which is content with a link, or MIT, or Apache-2.0.
    ("anymap3", "1.1.0", "warn"),
    // The text is there, and its copyright line reads `[year] [fullname]`.
    ("getset", "0.1.7", ""),
    ("minimal-lexical", "0.2.1", ""),
    // The text of Zlib stands at the head of `src/generated.rs`.
    ("bevy_mikktspace", "0.16.1", ""),
    // Unlicense, which asks for nothing, or MIT.
    ("memchr", "2.7.4", ""),
    ("itoa", "1.0.15", ""),
    ("semver", "1.0.26", ""),
    ("hex", "0.4.3", ""),
];

#[test]
fn twenty_published_crates_and_their_texts() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let unpacked = unpacked(directory.path());
    let mut found: Vec<(&str, &str, String)> = Vec::new();
    for (name, version, _) in CRATES {
        let package = directory.path().join(format!("{name}-{version}"));
        copy(Path::new(&unpacked[&format!("{name} {version}")]), &package);
        let report = publish_check(&package);
        found.push((name, version, said_of_texts(&report)));
    }
    let expected: Vec<_> = CRATES
        .map(|(name, version, level)| (name, version, level.to_owned()))
        .into();
    assert_eq!(found, expected);
}

#[test]
fn the_blank_of_a_published_crate_is_found() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let unpacked = unpacked(directory.path());
    let package = directory.path().join("getset");
    copy(Path::new(&unpacked["getset 0.1.7"]), &package);
    let report = publish_check(&package);
    let findings = report["packages"][0]["findings"].as_array().expect("findings");
    let blank = findings
        .iter()
        .find(|finding| finding["rule"] == "copyright-line-blank");
    let evidence = &blank.expect("a finding")["evidence"][0];
    assert_eq!(
        (&evidence["path"], &evidence["lines"]),
        (&"LICENSE".into(), &serde_json::json!([3, 3]))
    );
}

/// Where cargo unpacks the crates, by `NAME VERSION`.
fn unpacked(root: &Path) -> std::collections::BTreeMap<String, String> {
    let dependencies = CRATES
        .map(|(name, version, _)| format!("{name} = \"={version}\"\n"))
        .concat();
    let app = root.join("app");
    write(&app, "src/lib.rs", "");
    let manifest =
        format!("[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependencies}");
    write(&app, "Cargo.toml", &manifest);
    let metadata = Command::new("cargo")
        .args(["metadata", "--format-version", "1"])
        .current_dir(&app)
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("metadata");
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let places = packages.map(|package| {
        let name = format!("{} {}", word(&package["name"]), word(&package["version"]));
        (name, word(&package["manifest_path"]).replace("Cargo.toml", ""))
    });
    places.collect()
}

/// Copies a package without what cargo wrote into it: that is written anew.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a temporary directory");
    for entry in std::fs::read_dir(from).expect("an unpacked package").flatten() {
        let target = to.join(entry.file_name());
        let is_of_cargo = ["Cargo.toml.orig", ".cargo_vcs_info.json", ".cargo-ok", "Cargo.lock"];
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else if !is_of_cargo.iter().any(|name| entry.file_name() == *name) {
            std::fs::copy(entry.path(), target).expect("a file of a package");
        }
    }
}

fn publish_check(package: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-airights"));
    command.args(["publish-check", "--format", "json"]).current_dir(package);
    let output = command.output().expect("the program runs");
    let words = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {words}"))
}

fn said_of_texts(report: &Value) -> String {
    assert_eq!(report["packages"][0]["status"], "checked", "{report:#}");
    let findings = report["packages"][0]["findings"].as_array().expect("findings");
    let of_texts = findings
        .iter()
        .find(|finding| finding["rule"] == "license-text-not-packaged");
    of_texts.map_or_else(String::new, |finding| {
        finding["level"].as_str().expect("a level").to_owned()
    })
}
