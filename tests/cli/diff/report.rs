//! A saved report as the state before.

use super::{change, ends_with, kinds, locked, registry};
use crate::support::Workspace;

#[test]
fn a_saved_report_is_compared_with_now() {
    let story = Workspace::depending_on("", registry());
    locked(&story, "parser = \"=1.0.0\"\nsteady = \"=1.0.0\"", "Cargo.lock");
    let saved = story.run(&["check", "--format", "json"]);
    ends_with(&saved, 0);
    story.write("report.json", &saved.out);
    let nothing = story.run(&["diff", "report.json", "--format", "json"]);
    ends_with(&nothing, 0);
    assert_eq!(kinds(&nothing.json()), [""; 0]);
    locked(
        &story,
        "parser = \"=1.1.0\"\nsteady = \"=1.0.0\"\ndenied = \"1\"",
        "Cargo.lock",
    );
    for arguments in [
        ["diff", "report.json"].as_slice(),
        &["diff", "--base-report", "report.json"],
    ] {
        let outcome = story.run(&[arguments, &["--format", "json"]].concat());
        ends_with(&outcome, 1);
        let report = outcome.json();
        assert_eq!(kinds(&report), ["added denied", "moved parser"]);
        assert_eq!(
            change(&report, "parser")["differs"],
            serde_json::json!(["effective", "class", "train-ai"])
        );
        assert_eq!(report["counts"]["denied_anew"], 3, "{report:#}");
    }
}

/// Another policy makes another judgement of the very same crates.
#[test]
fn a_policy_that_changed_shows_in_what_stayed() {
    let story = Workspace::depending_on("", registry());
    locked(&story, "steady = \"=1.0.0\"", "Cargo.lock");
    story.write("report.json", story.run(&["check", "--format", "json"]).out);
    story.write("airights.toml", "version = 1\n[licenses]\nallow = [\"ISC\"]\n");
    let outcome = story.run(&["diff", "report.json"]);
    ends_with(&outcome, 1);
    assert!(outcome.out.contains("changed steady 1.0.0"), "{outcome:?}");
    assert!(
        outcome.out.contains("newly denied      is licensed `MIT`"),
        "{outcome:?}"
    );
}
