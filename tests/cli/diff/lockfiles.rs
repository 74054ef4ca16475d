//! Lockfiles, with and without a workspace around them.

use super::{change, ends_with, kinds, locked, registry};
use crate::support::Workspace;

const OLD: &str = "parser = \"=1.0.0\"\nsteady = \"=1.0.0\"\ndenied = \"=1.0.0\"";
const NEW: &str = "parser = \"=1.1.0\"\nsteady = \"=1.0.1\"";

fn story() -> Workspace {
    let story = Workspace::depending_on("", registry());
    locked(&story, OLD, "old.lock");
    locked(&story, NEW, "new.lock");
    story
}

#[test]
fn two_lockfiles_need_nothing_else() {
    let story = story();
    for file in ["Cargo.toml", "Cargo.lock"] {
        std::fs::remove_file(story.root().join(file)).expect("a file of the workspace");
    }
    let outcome = story.run(&["diff", "old.lock", "new.lock", "--format", "json"]);
    ends_with(&outcome, 1);
    let report = outcome.json();
    assert_eq!(kinds(&report), ["removed denied", "moved parser", "moved steady"]);
    assert_eq!(
        change(&report, "parser")["after"]["roles"],
        serde_json::json!(["shipped"])
    );
    let steady = change(&report, "steady");
    assert_eq!(
        (&steady["differs"], &steady["texts"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
    // The workspace's own package is in both, and nobody has looked at it.
    assert!(
        report["notes"][0].as_str().expect("a note").contains("`app 0.1.0`"),
        "{report:#}"
    );
    // What goes can only make it better.
    ends_with(&story.run(&["diff", "new.lock", "old.lock", "--only-new"]), 1);
    ends_with(&story.run(&["diff", "old.lock", "old.lock"]), 0);
}

#[test]
fn one_lockfile_is_compared_with_the_workspace() {
    let story = story();
    let outcome = story.run(&["diff", "old.lock", "--format", "json"]);
    ends_with(&outcome, 1);
    let report = outcome.json();
    assert_eq!(kinds(&report), ["removed denied", "moved parser", "moved steady"]);
    assert_eq!(report["counts"]["denied"], 2, "{report:#}");
    // A lockfile that is the workspace's own.
    let same = story.run(&["diff", "new.lock"]);
    ends_with(&same, 1);
    assert!(same.out.contains("no new violations, 2 in all"), "{same:?}");
    ends_with(&story.run(&["diff", "new.lock", "--only-new"]), 0);
}

/// One version never changes: two checksums for it are somebody's mistake, or worse.
#[test]
fn a_checksum_that_changed_is_never_the_same() {
    let story = story();
    let lockfile = story.read("new.lock");
    let at = lockfile.find("checksum = \"").expect("a checksum") + "checksum = \"".len();
    let mut forged = lockfile.clone();
    forged.replace_range(at..at + 64, &"0".repeat(64));
    story.write("forged.lock", forged);
    let outcome = story.run(&["diff", "new.lock", "forged.lock", "--format", "json"]);
    ends_with(&outcome, 2);
    let report = outcome.json();
    assert_eq!(kinds(&report), ["changed parser"]);
    assert!(
        report["changes"][0]["not_compared"][0]
            .as_str()
            .expect("a reason")
            .contains("checksum")
    );
}

#[test]
fn a_crate_comes_in_the_roles_that_the_graph_gives_it() {
    let story = Workspace::depending_on("", registry());
    locked(&story, "steady = \"=1.0.0\"", "old.lock");
    locked(
        &story,
        "steady = \"=1.0.0\"\n\n[dev-dependencies]\ndenied = \"=1.0.0\"",
        "new.lock",
    );
    let dev = "version = 1\n[licenses]\nallow = [\"MIT\"]\n[roles.dev]\nlicenses.allow = [\"MIT\", \"GPL-3.0-only\"]\n";
    story.write("airights.toml", dev);
    ends_with(&story.run(&["diff", "old.lock"]), 0);
    // Two lockfiles know of no roles, so the strictest section judges.
    ends_with(&story.run(&["diff", "old.lock", "new.lock"]), 1);
}
