//! `cargo airights publish-check`: what would be published says its terms, and carries them along. Each story asks real
//! cargo what it would put into the `.crate`.

mod bad_input;
mod fix;
mod rules;

use serde_json::Value;

use crate::support::{Outcome, Workspace};

/// A package `app` alone, with these lines in its manifest behind name and version.
fn package(lines: &str) -> Workspace {
    let story = Workspace::empty(None);
    story.write("src/lib.rs", "");
    story.write(
        "Cargo.toml",
        format!("[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{lines}\n"),
    );
    story
}

/// A virtual workspace with these members, each with the lines behind its name and version.
fn workspace(root: &str, members: &[(&str, &str)]) -> Workspace {
    let story = Workspace::empty(None);
    story.write(
        "Cargo.toml",
        format!("[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n{root}"),
    );
    for (name, lines) in members {
        story.write(&format!("crates/{name}/src/lib.rs"), "");
        story.write(
            &format!("crates/{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{lines}\n"),
        );
    }
    story
}

/// What is said of a story, as `level rule`, sorted.
#[track_caller]
fn said(story: &Workspace) -> Vec<String> {
    let outcome = story.run(&["publish-check", "--workspace", "--format", "json"]);
    let lines = told(&outcome);
    let is_denied = lines.iter().any(|line| line.starts_with("deny"));
    assert_eq!(outcome.code, Some(i32::from(is_denied)), "{outcome:?}");
    lines
}

#[track_caller]
fn told(outcome: &Outcome) -> Vec<String> {
    let report = outcome.json();
    let packages = report["packages"].as_array().expect("packages").iter();
    let findings = packages.flat_map(|package| package["findings"].as_array().expect("findings"));
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let mut lines: Vec<String> = findings
        .map(|finding| format!("{} {}", word(&finding["level"]), word(&finding["rule"])))
        .collect();
    lines.sort();
    lines
}
