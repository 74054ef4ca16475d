//! What changes in licenses and AI terms, told of two versions, two lockfiles, two commits and a saved report.

mod bad_input;
mod formats;
mod git;
mod lockfiles;
mod members;
mod report;
mod versions;

use serde_json::Value;

use crate::support::{Crate, NO_TRAINING, Outcome, Registry, Workspace, license_text};

/// A crate under MIT, with its text.
pub(super) fn plain(name: &str, version: &str) -> Crate {
    Crate::new(name, version)
        .license("MIT")
        .file("LICENSE", license_text("MIT"))
}

/// The same, with a sentence in its text that forbids training.
pub(super) fn no_training(name: &str, version: &str) -> Crate {
    let text = format!("{}\n{NO_TRAINING}\n", license_text("MIT"));
    Crate::new(name, version).license("MIT").file("LICENSE", text)
}

/// Three crates: one changes its terms in an update, one only its version, one is denied all along.
fn registry() -> Registry {
    Registry::with([
        plain("parser", "1.0.0"),
        no_training("parser", "1.1.0"),
        plain("steady", "1.0.0"),
        plain("steady", "1.0.1"),
        Crate::new("denied", "1.0.0").license("GPL-3.0-only"),
        Crate::new("denied", "1.0.1").license("GPL-3.0-only"),
    ])
}

/// A workspace whose lockfile is made, then kept under a name.
fn locked(story: &Workspace, dependencies: &str, name: &str) {
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n\n\
         [dependencies]\n{dependencies}\n"
    );
    story.write("Cargo.toml", manifest);
    let outcome = story.cargo(&["generate-lockfile"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    story.write(name, story.read("Cargo.lock"));
}

/// What changed of a crate.
#[track_caller]
fn change<'a>(report: &'a Value, name: &str) -> &'a Value {
    let changes = report["changes"].as_array().expect("changes");
    let mut named = changes.iter().filter(|change| change["name"] == name);
    named.next().unwrap_or_else(|| panic!("{name} is not in {report:#}"))
}

/// Every change as `KIND NAME`.
fn kinds(report: &Value) -> Vec<String> {
    let changes = report["changes"].as_array().expect("changes").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    changes
        .map(|change| format!("{} {}", text(&change["kind"]), text(&change["name"])))
        .collect()
}

#[track_caller]
fn ends_with(outcome: &Outcome, code: i32) {
    assert_eq!(outcome.code, Some(code), "{outcome:?}");
}
