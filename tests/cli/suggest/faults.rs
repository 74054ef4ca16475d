//! Whatever is wrong with the registry: a clear message, exit code 2, and the project exactly as it was.

use super::{denied, fine, licensed};
use crate::support::{Fault, Part, Registry, Workspace};

#[track_caller]
fn check(fault: Fault, expected: &str) {
    let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let registry = Registry::with(crates);
    let story = Workspace::depending_on("parser = \"1\"", registry.clone());
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    if fault == Fault::Slow {
        story.configure("[http]\ntimeout = 1\n");
    }
    let part = if fault == Fault::Garbled {
        Part::Index
    } else {
        Part::Everything
    };
    registry.breaks_at(part, fault);
    for arguments in [&["suggest"][..], &["suggest", "--apply"]] {
        let outcome = story.run(arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert_eq!(outcome.out, "");
        assert!(outcome.err.contains(expected), "{outcome:?}");
        assert!(outcome.err.contains("nothing was changed"), "{outcome:?}");
        assert_eq!((story.read("Cargo.toml"), story.read("Cargo.lock")), before);
    }
}

#[test]
fn a_registry_that_is_down() {
    check(Fault::Down, "the registry does not answer");
}

#[test]
fn a_registry_that_is_slower_than_cargo_is_told_to_wait() {
    check(Fault::Slow, "the registry does not answer");
}

#[test]
fn a_registry_that_answers_500() {
    check(
        Fault::Answers("500 Internal Server Error"),
        "the registry answered 500 Internal Server Error",
    );
}

#[test]
fn a_registry_whose_answers_end_in_the_middle() {
    check(Fault::Truncated, "the registry does not answer");
}

#[test]
fn a_registry_with_a_garbled_line() {
    check(Fault::Garbled, "caused by: line 1 is not an index entry");
}

#[test]
fn a_package_that_is_not_what_was_promised() {
    check(Fault::OtherPackages, "its checksum differs");
}

#[test]
fn offline_what_cargo_knows_has_to_do() {
    let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let registry = Registry::with(crates);
    let story = Workspace::depending_on("parser = \"1\"", registry.clone());
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    registry.breaks(Fault::Down);
    let outcome = story.run(&["suggest", "--offline"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("the package `parser 1.1.0` is not on this disk"),
        "{outcome:?}"
    );
}
