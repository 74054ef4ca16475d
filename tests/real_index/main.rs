//! Stories on crates as they really are, from the real index. They need the network, so they run only when asked for:
//! `cargo test -p cargo-airights --features real-index --test real_index`.

mod diff;
mod publish_check;
mod readings;
mod suggest;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Checks a package with these dependency lines, and returns the exit code and the report in a format.
fn check(dependencies: &str, format: &str) -> (Option<i32>, String) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    write(root, "src/lib.rs", "");
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependencies}\n"
    );
    write(root, "Cargo.toml", &manifest);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-airights"));
    command
        .args(["check", "--format", format, "--no-cache"])
        .current_dir(root);
    let output = command.output().expect("the program runs");
    says_nothing(&output.stderr);
    (
        output.status.code(),
        String::from_utf8(output.stdout).expect("a report in UTF-8"),
    )
}

/// Nothing is told but that cargo waits for another cargo: these tests share its cache of packages.
fn says_nothing(stderr: &[u8]) {
    let words = String::from_utf8_lossy(stderr);
    let is_wait = |line: &str| line.trim_start().starts_with("Blocking waiting for file lock");
    assert!(words.lines().all(is_wait), "{words}");
}

fn write(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a file below the root")).expect("a temporary directory");
    std::fs::write(path, content).expect("a file in a temporary directory");
}

fn json(dependencies: &str) -> (Option<i32>, Value) {
    let (code, report) = check(dependencies, "json");
    (code, serde_json::from_str(&report).expect("a JSON report"))
}

#[track_caller]
fn package<'a>(report: &'a Value, name: &str) -> &'a Value {
    let packages = report["packages"].as_array().expect("packages");
    packages
        .iter()
        .find(|package| package["name"] == name)
        .expect("the package")
}

fn findings<'a>(report: &'a Value, name: &'a str) -> impl Iterator<Item = &'a Value> {
    let findings = report["findings"].as_array().expect("findings").iter();
    findings.filter(move |finding| finding["package"]["name"] == name)
}

#[test]
fn ishell_forbids_training_and_every_format_says_so() {
    const ISHELL: &str = "ishell = \"=0.2.3\"";
    let (code, report) = json(ISHELL);
    assert_eq!(code, Some(1));
    let denied = findings(&report, "ishell")
        .find(|finding| finding["use"] == "train-ai")
        .expect("a finding");
    assert_eq!(denied["rule"], "ai-use-disallowed");
    assert_eq!(denied["level"], "deny");
    assert_eq!(denied["evidence"][0]["path"], "LICENSE");
    assert_eq!(denied["evidence"][0]["lines"], serde_json::json!([5, 10]));
    let (code, human) = check(ISHELL, "human");
    assert_eq!(code, Some(1));
    assert!(human.contains("error[ai-use-disallowed]: `ishell 0.2.3`"), "{human}");
    assert!(human.contains("ishell-0.2.3/LICENSE:5"), "{human}");
    let (code, sarif) = check(ISHELL, "sarif");
    assert_eq!(code, Some(1));
    assert!(
        sarif.contains("ai-use-disallowed") && sarif.contains("ishell"),
        "{sarif}"
    );
}

#[test]
fn tracing_oslog_permits_training_in_its_readme() {
    let (code, report) = json("tracing-oslog = \"=0.3.0\"");
    let train = &package(&report, "tracing-oslog")["ai"]["train-ai"];
    assert_eq!(
        (&train["value"], &train["force"]),
        (&"allowed".into(), &"preference".into())
    );
    assert_eq!(train["evidence"][0]["path"], "README.md");
    assert_eq!(code, Some(0), "{report:#}");
}

#[test]
fn smallvec_asks_not_to_be_trained_on_in_its_agents_md() {
    let (code, report) = json("smallvec = \"=2.0.0-beta.4\"");
    let train = &package(&report, "smallvec")["ai"]["train-ai"];
    assert_eq!(
        (&train["value"], &train["force"]),
        (&"disallowed".into(), &"preference".into())
    );
    let levels: Vec<&Value> = findings(&report, "smallvec").map(|finding| &finding["level"]).collect();
    assert!(
        !levels.is_empty() && levels.iter().all(|level| *level == "warn"),
        "{report:#}"
    );
    assert_eq!(code, Some(0));
}

#[test]
fn intel_mkl_src_is_never_silence() {
    let (code, report) = json("intel-mkl-src = \"=0.8.1\"");
    assert_eq!(code, Some(1));
    let denied = findings(&report, "intel-mkl-src")
        .find(|finding| finding["level"] == "deny")
        .expect("a finding");
    let evidence = denied["evidence"].as_array().expect("evidence");
    assert!(
        evidence.iter().any(|evidence| evidence["path"] == "License.txt"),
        "{denied:#}"
    );
}
