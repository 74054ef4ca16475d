//! One story a rung.

use super::{denied, fine, licensed, take, ways_out};
use crate::support::{Registry, Workspace};

#[test]
fn the_newest_version_that_passes_takes_the_place_of_a_denied_one() {
    let crates = [
        fine("parser", "1.0.0"),
        fine("parser", "1.1.0"),
        denied("parser", "1.2.0"),
        denied("parser", "1.3.0"),
        fine("parser", "2.0.0"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(outcome.err, "");
    let ways = ways_out(&outcome, "parser");
    let expected = ["cargo update parser --precise 1.1.0".to_owned()];
    assert_eq!(ways[0], ("other-version".to_owned(), expected.to_vec()));
    take(&story, &ways[0].1);
}

#[test]
fn several_are_solved_together_where_one_resolve_solves_all() {
    // Each newest compliant version of one needs the denied one of the other, so neither can move alone.
    let crates = [
        fine("left", "1.0.0"),
        denied("left", "1.1.0").dependency("right", "=1.1.0"),
        fine("right", "1.0.0"),
        denied("right", "1.1.0"),
    ];
    let story = Workspace::depending_on("left = \"1\"\nright = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "left");
    let expected = [
        "cargo update left --precise 1.0.0".to_owned(),
        "cargo update right --precise 1.0.0".to_owned(),
    ];
    assert_eq!(ways[0], ("other-version".to_owned(), expected.to_vec()));
    assert_eq!(ways_out(&outcome, "right")[0], ways[0]);
    take(&story, &ways[0].1);
}

#[test]
fn a_version_that_brings_in_something_denied_is_no_way_out() {
    // 1.2.0 is compliant and the newest, but its new dependency is not, in any version.
    let crates = [
        fine("parser", "1.1.0"),
        fine("parser", "1.2.0").dependency("grammar", "1"),
        denied("parser", "1.3.0"),
        denied("grammar", "1.0.0"),
        denied("grammar", "1.0.1"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let ways = ways_out(&story.run(&["suggest", "--format", "json"]), "parser");
    assert_eq!(ways[0].1, ["cargo update parser --precise 1.1.0"]);
    take(&story, &ways[0].1);
}

#[test]
fn nothing_denied_is_nothing_to_do() {
    let story = Workspace::depending_on("parser = \"1\"", Registry::with([fine("parser", "1.0.0")]));
    licensed(&story);
    let outcome = story.run(&["suggest"]);
    assert_eq!(
        (outcome.code, &*outcome.out),
        (Some(0), "clean: no package is denied\n")
    );
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(0));
}
