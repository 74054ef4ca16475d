//! One story a rung, with the exact commands; cargo on its own builds what they make.

use super::forty::depending_on;
use super::{MIT_ONLY, apply, take, ways_out};

/// The first way out is on a rung, and its commands are these and nothing else.
#[track_caller]
fn check(dependencies: &str, denied: &str, rung: &str, commands: &[&str]) {
    let story = depending_on(dependencies);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!((outcome.code, &*outcome.err), (Some(1), ""), "{outcome:?}");
    let ways = ways_out(&outcome, denied);
    let commands: Vec<String> = commands.iter().map(|&command| command.to_owned()).collect();
    assert_eq!(ways[0], (rung.to_owned(), commands), "{outcome:?}");
    take(&story, &ways[0].1);
}

#[test]
fn the_newest_version_that_passes_takes_the_place_of_a_denied_one() {
    check(
        "parser = \"1\"",
        "parser",
        "other-version",
        &["cargo update parser --precise 1.1.0"],
    );
}

#[test]
fn a_version_that_brings_in_something_denied_is_no_way_out() {
    check(
        "printer = \"1\"",
        "printer",
        "other-version",
        &["cargo update printer --precise 1.1.0"],
    );
}

#[test]
fn a_dependent_goes_back_to_a_version_that_does_without() {
    let commands = [
        "cargo update reader --precise 1.0.0",
        "cargo update grammar --precise 1.0.0",
    ];
    check(
        "reader = \"1\"\nbystander = \"=1.0.0\"",
        "grammar",
        "parent-moves",
        &commands,
    );
}

#[test]
fn only_the_dependents_that_have_to_move_do() {
    // `shelf` has another version, which has nothing to do with the matter.
    let story = depending_on("shelf = \"1\"");
    assert_eq!(story.run(&["check"]).code, Some(1));
    let moved = story.cargo(&["update", "shelf", "--precise", "1.0.0"]);
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let ways = ways_out(&story.run(&["suggest", "--format", "json"]), "grammar");
    let commands = [
        "cargo update reader --precise 1.0.0",
        "cargo update grammar --precise 1.0.0",
    ];
    assert_eq!(
        ways[0],
        ("parent-moves".to_owned(), commands.map(str::to_owned).to_vec())
    );
    take(&story, &ways[0].1);
    assert!(
        story
            .read("Cargo.lock")
            .contains("name = \"shelf\"\nversion = \"1.0.0\"")
    );
}

#[test]
fn a_dependent_that_does_without_takes_it_along() {
    check(
        "atlas = \"1\"",
        "projection",
        "parent-moves",
        &["cargo update atlas --precise 1.0.0"],
    );
}

#[test]
fn a_version_that_was_taken_back_is_better_than_none() {
    let story = depending_on("bank = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "vault");
    let commands = vec!["cargo update vault --precise 1.1.0".to_owned()];
    assert_eq!(ways[0], ("other-version".to_owned(), commands), "{outcome:?}");
    let proposal = &outcome.json()["proposals"][0];
    assert_eq!(proposal["cost"]["yanked"], 1);
    assert_eq!(proposal["why"], "`vault 1.1.0` is `MIT`; `vault 1.1.0` was yanked");
    take(&story, &ways[0].1);
    // One that nobody has taken back is better still.
    check(
        "vault = \"1\"",
        "vault",
        "other-version",
        &["cargo update vault --precise 1.0.0"],
    );
}

#[test]
fn two_that_only_move_together_are_moved_together() {
    let commands = [
        "cargo update front --precise 1.0.0",
        "cargo update back --precise 1.0.0",
    ];
    check("front = \"1\"\nback = \"1\"", "back", "other-version", &commands);
    check("front = \"1\"\nback = \"1\"", "front", "other-version", &commands);
}

#[test]
fn what_no_commands_of_cargo_make_is_left_to_apply() {
    let story = depending_on("left = \"1\"\nright = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "left");
    let commands = vec!["cargo airights suggest --apply".to_owned()];
    assert_eq!(ways[0], ("other-version".to_owned(), commands), "{outcome:?}");
    assert_eq!(ways_out(&outcome, "right")[0], ways[0]);
    assert_eq!(outcome.json()["proposals"][0]["cost"]["moves"], 3);
    let alone = story.run(&["suggest", "left", "--format", "json"]);
    assert_eq!(ways_out(&alone, "left")[0].1, ["cargo airights suggest left --apply"]);
    apply(&story);
}

#[test]
fn with_no_way_out_somebody_is_to_be_asked() {
    let story = depending_on("stuck = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1));
    let rungs: Vec<String> = ways_out(&outcome, "stuck").into_iter().map(|(rung, _)| rung).collect();
    assert_eq!(rungs, ["ask", "ask"]);
    let report = outcome.json();
    let dead_ends = report["violations"][0]["dead_ends"].as_array().expect("dead ends");
    let rungs: Vec<_> = dead_ends
        .iter()
        .map(|dead_end| dead_end["rung"].as_str().expect("a rung"))
        .collect();
    assert_eq!(
        rungs,
        ["other-version", "parent-moves", "feature-off", "other-major", "replace"]
    );
    // The stanza that is proposed is what it says: with it, the check is clean.
    let stanza = report["proposals"][0]["text"]
        .as_str()
        .expect("a stanza")
        .replace("reason = \"\"", "reason = \"ours\"");
    assert!(stanza.contains("licenses = [\"MPL-2.0\"]"), "{stanza}");
    story.write("airights.toml", format!("{MIT_ONLY}\n{stanza}\n"));
    let checked = story.run(&["check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}
