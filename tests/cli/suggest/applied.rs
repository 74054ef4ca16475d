//! `--apply`: a clean check afterwards, or the project as it was.

use std::process::Command;

use super::{denied, fine, licensed};
use crate::support::{Registry, Workspace};

fn story() -> Workspace {
    let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let story = Workspace::depending_on("parser = \"1\" # reads our files", Registry::with(crates));
    licensed(&story);
    story
}

#[test]
fn what_is_applied_builds_without_us() {
    let story = story();
    let manifest = story.read("Cargo.toml");
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(
        outcome.out.ends_with("applied: it complies with the policy now\n"),
        "{outcome:?}"
    );
    let built = story.cargo(&["build", "--locked"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    assert_eq!(story.run(&["check"]).code, Some(0));
    assert_eq!(story.read("Cargo.toml"), manifest);
    let lockfile = story.read("Cargo.lock");
    assert!(
        !lockfile.contains("127.0.0.1") && !lockfile.contains("airights"),
        "{lockfile}"
    );
}

#[test]
fn a_dirty_tree_is_left_alone() {
    let story = story();
    assert_eq!(story.run(&["check"]).code, Some(1));
    let lockfile = story.read("Cargo.lock");
    let git = |arguments: &[&str]| {
        let status = Command::new("git").args(arguments).current_dir(story.root()).status();
        assert!(status.expect("git runs").success());
    };
    git(&["init", "-q"]);
    let refused = story.run(&["suggest", "--apply"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("--allow-dirty"), "{refused:?}");
    assert_eq!(story.read("Cargo.lock"), lockfile);
    assert_eq!(story.run(&["suggest", "--apply", "--allow-dirty"]).code, Some(0));
    assert_ne!(story.read("Cargo.lock"), lockfile);
}

#[test]
fn violations_on_different_rungs_are_solved_together() {
    let crates = [
        fine("parser", "1.1.0"),
        denied("parser", "1.2.0"),
        fine("reader", "1.0.0")
            .optional_dependency("grammar", "1")
            .feature("default", &["rules"])
            .feature("rules", &["dep:grammar"]),
        denied("grammar", "1.0.0"),
        denied("writer", "1.0.0"),
        fine("writer", "2.0.0"),
    ];
    let story = Workspace::depending_on(
        "parser = \"1\"\nreader = \"1\" # stays\nwriter = \"1\"",
        Registry::with(crates),
    );
    licensed(&story);
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let manifest = story.read("Cargo.toml");
    let dependencies = manifest.split_once("[dependencies]\n").expect("dependencies").1;
    assert_eq!(
        dependencies,
        "parser = \"1\"\nreader = { version = \"1\", default-features = false } # stays\nwriter = \"2.0.0\"\n"
    );
    let built = story.cargo(&["build", "--locked"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    assert_eq!(story.run(&["check", "--locked"]).code, Some(0));
}

#[test]
fn what_was_cut_short_is_undone_by_the_next_run() {
    let story = story();
    assert_eq!(story.run(&["check"]).code, Some(1));
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    // What a run leaves that is killed after its first file: its note, and that file.
    let half = before.0.replace("\"1\"", "\"2\"");
    let note = story.killed_after_writing("Cargo.toml", &half);
    // Without `--apply` it changes nothing.
    let outcome = story.run(&["suggest"]);
    assert!(outcome.err.contains("was cut short"), "{outcome:?}");
    assert_eq!(story.read("Cargo.toml"), half);
    let outcome = story.run(&["suggest", "reader", "--apply"]);
    assert!(outcome.err.contains("restored: `Cargo.toml`"), "{outcome:?}");
    assert!(!note.exists());
    assert!(!story.read("Cargo.toml").contains(&half));
}

#[test]
fn where_one_violation_stays_nothing_is_changed() {
    let crates = [
        fine("parser", "1.1.0"),
        denied("parser", "1.2.0"),
        denied("stuck", "1.0.0"),
    ];
    let story = Workspace::depending_on("parser = \"1\"\nstuck = \"1\"", Registry::with(crates));
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!((story.read("Cargo.toml"), story.read("Cargo.lock")), before);
    // Asked for the one that can be solved alone, it is solved.
    assert_eq!(story.run(&["suggest", "parser", "--apply"]).code, Some(0));
    assert_ne!(story.read("Cargo.lock"), before.1);
}
