//! A copy of the last version that passes, where dependents ask for nothing older: made by `--apply`, built by cargo alone,
//! and gone again without a trace should something go wrong.

use super::forty::depending_on;
use super::{apply, ways_out};

const EDIT: &str = "[patch.crates-io] coin = { path = \"patched/coin\" }";

#[test]
fn a_copy_takes_the_place_of_what_is_asked_for() {
    let story = depending_on("ledger = \"1\" # ours");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!((outcome.code, &*outcome.err), (Some(1), ""), "{outcome:?}");
    let ways = ways_out(&outcome, "coin");
    let commands = vec!["cargo airights suggest coin --apply".to_owned()];
    assert_eq!(ways[0], ("patch".to_owned(), commands), "{outcome:?}");
    let proposal = &outcome.json()["proposals"][0];
    assert_eq!(
        (&proposal["proved"], &proposal["edits"][0]["after"]),
        (&true.into(), &EDIT.into())
    );
    assert_eq!(
        proposal["summary"],
        "put a copy of `coin 1.1.0` in the place of `coin 1.2.0`"
    );
    let told = story.run(&["suggest"]).out;
    assert!(
        told.contains(&format!("edit     Cargo.toml\n              + {EDIT}\n")),
        "{told}"
    );
    assert!(told.contains("changes  coin 1.2.0 from another source\n"), "{told}");
    assert!(!story.root().join("patched").exists());
    apply(&story);
    let copy = story.read("patched/coin/Cargo.toml");
    assert!(
        copy.starts_with("# A copy of coin 1.1.0, numbered 1.2.0 so that"),
        "{copy}"
    );
    assert!(
        story
            .read("Cargo.lock")
            .contains("name = \"coin\"\nversion = \"1.2.0\"\n\n")
    );
    // A later update leaves it there.
    assert_eq!(story.cargo(&["update"]).code, Some(0));
    assert_eq!(story.run(&["check", "--locked"]).code, Some(0));
}

#[test]
fn what_is_there_already_is_left_alone() {
    let story = depending_on("ledger = \"1\"");
    story.write("patched/coin/notes.txt", "ours");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert!(
        ways_out(&outcome, "coin").iter().all(|(rung, _)| rung == "ask"),
        "{outcome:?}"
    );
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(1));
    assert_eq!(story.read("patched/coin/notes.txt"), "ours");
}

#[test]
fn a_copy_that_was_cut_short_is_removed_by_the_next_run() {
    let story = depending_on("ledger = \"1\"");
    assert_eq!(story.run(&["check"]).code, Some(1));
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    story.killed_after_making("patched/coin", "Cargo.toml", "half");
    let outcome = story.run(&["suggest"]);
    assert!(outcome.err.contains("was cut short"), "{outcome:?}");
    assert_eq!(story.read("patched/coin/Cargo.toml"), "half");
    let outcome = story.run(&["init", "--policy", "elsewhere.toml"]);
    assert!(outcome.err.contains("restored: `patched/coin`"), "{outcome:?}");
    assert!(!story.root().join("patched").exists());
    assert_eq!((story.read("Cargo.toml"), story.read("Cargo.lock")), before);
    // And now there is room for the copy.
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(0));
}
