//! Ways out on crates as they really are: licenses that changed in an ordinary update.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::write;

const TWO_LICENSES: &str = "version = 1\n[licenses]\nallow = [\"MIT\", \"Apache-2.0\"]\n";

fn story(dependencies: &str, policy: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    write(root, "src/lib.rs", "");
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n\n\
         [dependencies]\n{dependencies}\n"
    );
    write(root, "Cargo.toml", &manifest);
    write(root, "airights.toml", policy);
    directory
}

fn run(root: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root);
    command.env_remove("CARGO").env_remove("CARGO_TARGET_DIR");
    command.output().expect("the program runs")
}

fn airights(root: &Path, arguments: &[&str]) -> Output {
    run(root, env!("CARGO_BIN_EXE_cargo-airights"), arguments)
}

/// Asks for ways out and returns the report.
#[track_caller]
fn suggestions(root: &Path) -> Value {
    let output = airights(root, &["suggest", "--format", "json"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("a JSON report")
}

/// Applies the first way out; afterwards cargo on its own builds what is locked.
#[track_caller]
fn apply_and_build(root: &Path) {
    let applied = airights(root, &["suggest", "--apply"]);
    assert_eq!(applied.status.code(), Some(0), "{applied:?}");
    let built = run(root, "cargo", &["build", "--locked"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    assert_eq!(airights(root, &["check"]).status.code(), Some(0));
    let lockfile = std::fs::read_to_string(root.join("Cargo.lock")).expect("a lockfile");
    assert!(!lockfile.contains("127.0.0.1"), "{lockfile}");
}

#[test]
fn unicode_normalization_goes_back_to_the_newest_under_two_licenses() {
    let story = story("unicode-normalization = \"0.1\"", TWO_LICENSES);
    let report = suggestions(story.path());
    let proposal = &report["proposals"][0];
    assert_eq!(proposal["rung"], "other-version", "{report:#}");
    assert_eq!(proposal["proved"], true);
    assert_eq!(
        proposal["commands"],
        serde_json::json!(["cargo update unicode-normalization --precise 0.1.25"])
    );
    apply_and_build(story.path());
}

#[test]
fn zstd_goes_back_to_the_newest_under_two_licenses() {
    let story = story("zstd = \"0.13\"", TWO_LICENSES);
    let report = suggestions(story.path());
    assert_eq!(report["proposals"][0]["proved"], true, "{report:#}");
    apply_and_build(story.path());
}

#[test]
fn ishell_has_no_version_that_may_be_trained_on_so_the_other_rungs_are_ranked() {
    let policy =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-examples/no-ai-training.toml"));
    let story = story("ishell = \"0.2\"", &policy.expect("the example"));
    let report = suggestions(story.path());
    let violation = &report["violations"][0];
    assert_eq!(violation["name"], "ishell", "{report:#}");
    let texts = |list: &Value| -> Vec<String> {
        let rungs = list.as_array().expect("a list").iter();
        rungs
            .map(|entry| entry["rung"].as_str().expect("a rung").to_owned())
            .collect()
    };
    assert_eq!(
        texts(&violation["dead_ends"]),
        ["other-version", "parent-moves", "feature-off", "other-major", "replace"]
    );
    assert_eq!(texts(&report["proposals"]), ["ask", "ask"]);
    let stanza = report["proposals"][0]["text"].as_str().expect("a stanza");
    assert!(stanza.contains("ai = [\"train-ai\", \"ai-input\"]"), "{stanza}");
    // Nothing can be applied, so nothing is.
    let before = std::fs::read(story.path().join("Cargo.lock")).expect("a lockfile");
    assert_eq!(airights(story.path(), &["suggest", "--apply"]).status.code(), Some(1));
    assert_eq!(
        std::fs::read(story.path().join("Cargo.lock")).expect("a lockfile"),
        before
    );
}
