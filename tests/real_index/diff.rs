//! What changed between real versions of real crates: exactly that, and nothing else.

use std::process::Command;

use serde_json::{Value, json};

/// What changed between two versions, with nothing around them, and how it is judged by default.
#[track_caller]
fn diff(before: &str, after: &str) -> Value {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-airights"));
    command.args(["diff", before, after, "--format", "json", "--no-cache"]);
    let output = command
        .current_dir(directory.path())
        .output()
        .expect("the program runs");
    super::says_nothing(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "both licenses are permissive");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a JSON report");
    let changes = report["changes"].as_array().expect("changes");
    let [change] = &changes[..] else {
        panic!("one crate is compared: {report:#}")
    };
    assert_eq!(change["kind"], "moved");
    change.clone()
}

/// The texts that differ, each as its path before and after.
fn texts(change: &Value) -> Vec<(&str, &str)> {
    let texts = change["texts"].as_array().expect("texts").iter();
    texts
        .map(|text| {
            let path = |side: &str| text[side]["path"].as_str().unwrap_or("-");
            (path("before"), path("after"))
        })
        .collect()
}

#[track_caller]
fn check_license(change: &Value, key: &str, before: &Value, after: &Value) {
    assert_eq!(
        (&change["before"]["license"][key], &change["after"]["license"][key]),
        (before, after),
        "{key}"
    );
}

#[test]
fn unicode_normalization_adds_the_license_of_its_tables() {
    let change = diff("unicode-normalization@0.1.25", "0.1.26");
    assert_eq!(change["differs"], json!(["declared", "effective", "elected"]));
    for key in ["declared", "effective"] {
        check_license(
            &change,
            key,
            &json!("MIT OR Apache-2.0"),
            &json!("(MIT OR Apache-2.0) AND Unicode-3.0"),
        );
    }
    check_license(&change, "elected", &json!("MIT"), &json!("MIT AND Unicode-3.0"));
    assert_eq!(texts(&change), [("-", "LICENSE-UNICODE")]);
    assert_eq!(change["texts"][0]["after"]["expression"], "Unicode-3.0");
}

#[test]
fn zstd_safe_leaves_two_licenses_for_a_third() {
    let change = diff("zstd-safe@7.2.4", "7.3.0");
    assert_eq!(change["differs"], json!(["declared", "effective", "elected"]));
    check_license(
        &change,
        "effective",
        &json!("MIT OR Apache-2.0"),
        &json!("BSD-3-Clause"),
    );
    check_license(&change, "elected", &json!("MIT"), &Value::Null);
    assert_eq!(
        texts(&change),
        [
            ("LICENSE", "LICENSE"),
            ("LICENSE.Apache-2.0", "-"),
            ("LICENSE.Mit", "-")
        ]
    );
    // The file that named two licenses is now the text of one.
    let words = &change["texts"][0]["words"];
    assert!(words["kept"].as_u64() < words["added"].as_u64(), "{words:#}");
}

#[test]
fn unicode_ident_takes_the_new_unicode_license() {
    let change = diff("unicode-ident@1.0.13", "1.0.14");
    assert_eq!(change["differs"], json!(["declared", "effective", "elected"]));
    check_license(
        &change,
        "effective",
        &json!("(MIT OR Apache-2.0) AND Unicode-DFS-2016"),
        &json!("(MIT OR Apache-2.0) AND Unicode-3.0"),
    );
    assert_eq!(texts(&change), [("LICENSE-UNICODE", "LICENSE-UNICODE")]);
    let words = &change["texts"][0]["words"];
    assert_eq!(
        (&words["removed"], &words["added"]),
        (&json!(51), &json!(12)),
        "{words:#}"
    );
    let came = &words["hunks"][0]["pieces"][1]["added"];
    assert_eq!(
        *came,
        json!("UNICODE LICENSE V3 COPYRIGHT AND PERMISSION NOTICE Copyright © 1991-2023 Unicode, Inc.")
    );
}
