//! `check` names the way out that `suggest` has proved, as long as everything is as it was then.

use std::fs;

use serde_json::Value;

use super::{MIT_ONLY, denied, fine, licensed};
use crate::support::{Outcome, Registry, Workspace};

const PROVED: &str = "`cargo update parser --precise 1.1.0` is a proved fix\n`cargo airights suggest parser` shows what \
                      it changes";

fn story() -> Workspace {
    let crates = [
        fine("parser", "1.1.0"),
        denied("parser", "1.2.0"),
        denied("parser", "1.3.0"),
        fine("other", "1.0.0"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    story
}

/// The help of the only finding that is denied.
#[track_caller]
fn help(outcome: &Outcome) -> String {
    let report = outcome.json();
    assert_eq!(report["counts"]["denied"], 1, "{report:#}");
    report["findings"][0]["help"].as_str().expect("a help").to_owned()
}

#[track_caller]
fn check(story: &Workspace) -> Outcome {
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    outcome
}

#[test]
fn what_was_proved_is_named_and_nothing_else_changes() {
    let story = story();
    let before = check(&story);
    assert!(help(&before).contains("looks for a fix"), "{before:?}");
    assert_eq!(story.run(&["suggest"]).code, Some(1));
    let after = check(&story);
    assert_eq!(help(&after), PROVED);
    let shown = PROVED.replace('\n', "\n          ");
    assert!(story.run(&["check"]).out.contains(&format!("= help: {shown}\n")));
    let without_help = |outcome: &Outcome| {
        let mut report = outcome.json();
        report["findings"][0]["help"] = Value::Null;
        report
    };
    assert_eq!(without_help(&after), without_help(&before));
    // Whoever wants nothing remembered is told nothing that was.
    assert_eq!(story.run(&["check", "--format", "json", "--no-cache"]), before);
}

#[test]
fn whatever_changes_nothing_is_known_any_more() {
    type Change<'a> = &'a dyn Fn(&Workspace);
    let changes: [(&str, Change<'_>); 4] = [
        ("the policy", &|story| {
            story.write("airights.toml", MIT_ONLY.replace("[\"MIT\"]", "[\"MIT\", \"ISC\"]"));
        }),
        ("the lockfile", &|story| {
            let moved = story.cargo(&["update", "parser", "--precise", "1.2.0"]);
            assert_eq!(moved.code, Some(0), "{moved:?}");
        }),
        ("a manifest", &|story| {
            let manifest = story.read("Cargo.toml");
            story.write("Cargo.toml", format!("{manifest}\n# seen\n"));
        }),
        ("the dependencies", &|story| {
            let manifest = story.read("Cargo.toml");
            story.write("Cargo.toml", format!("{manifest}other = \"1\"\n"));
        }),
    ];
    for (what, change) in changes {
        let story = story();
        assert_eq!(story.run(&["suggest"]).code, Some(1));
        assert_eq!(help(&check(&story)), PROVED);
        change(&story);
        assert!(help(&check(&story)).contains("looks for a fix"), "{what}");
    }
}

#[test]
fn what_is_damaged_is_not_known() {
    let story = story();
    let before = check(&story);
    assert_eq!(story.run(&["suggest", "--no-cache"]).code, Some(1));
    assert_eq!(check(&story), before);
    assert_eq!(story.run(&["suggest"]).code, Some(1));
    let files: Vec<_> = fs::read_dir(story.cache().join("ways"))
        .expect("what is known")
        .flatten()
        .collect();
    let whole = fs::read(files[0].path()).expect("a file of the cache");
    for damaged in [&b""[..], b"garbage", &whole[..whole.len() - 1], &whole[1..]] {
        fs::write(files[0].path(), damaged).expect("a file of the cache");
        assert_eq!(check(&story), before);
    }
    fs::write(files[0].path(), whole).expect("a file of the cache");
    assert_eq!(help(&check(&story)), PROVED);
}

#[test]
fn what_edits_a_manifest_is_left_to_apply() {
    let crates = [denied("parser", "1.0.0"), fine("parser", "2.1.0")];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    assert_eq!(story.run(&["suggest", "parser"]).code, Some(1));
    assert_eq!(
        help(&check(&story)),
        "`cargo airights suggest parser --apply` applies a proved fix: move `parser` to 2.1.0\nwithout `--apply` it \
         shows what would change"
    );
    // Once it is taken, there is nothing left to know.
    assert_eq!(story.run(&["suggest", "parser", "--apply"]).code, Some(0));
    assert_eq!(story.run(&["check"]).code, Some(0));
}
