//! A disk without room: a clear message, exit code 2, and the project exactly as it was. What only saves time is done
//! without.

use std::fs;

use super::{denied, fine, licensed};
use crate::support::{Outcome, Registry, Workspace, license_text};

/// A workspace whose way out edits the manifest and the lockfile. The manifest takes some room.
fn story() -> Workspace {
    let crates = [denied("parser", "1.2.0"), fine("parser", "2.0.0")];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let manifest = story.read("Cargo.toml") + &"# It says a lot about itself.\n".repeat(100);
    story.write("Cargo.toml", manifest);
    assert_eq!(story.run(&["check"]).code, Some(1));
    story
}

/// The names and bytes of the workspace's files.
fn files(story: &Workspace) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(story.root()).expect("the workspace").flatten();
    let files = entries.filter(|entry| entry.path().is_file()).map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).expect("a file of the workspace"))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

#[track_caller]
fn assert_unchanged(outcome: &Outcome, expected: &str) {
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{outcome:?}");
    assert!(
        outcome.err.contains(expected) && outcome.err.contains("nothing was changed"),
        "{outcome:?}"
    );
}

#[test]
fn no_room_to_try_anything() {
    let story = story();
    let before = files(&story);
    for arguments in [&["suggest"][..], &["suggest", "--apply"]] {
        let outcome = story.run_with_room_for(2048, arguments);
        assert_unchanged(
            &outcome,
            "cannot copy the workspace's manifests\n |\n = caused by: File too large",
        );
        assert_eq!(files(&story), before);
    }
}

#[test]
fn no_room_to_note_down_what_is_replaced() {
    let story = story();
    let before = files(&story);
    // There is room for the copy of each file, and none for the note of them all.
    let outcome = story.run_with_room_for(3584, &["suggest", "--apply"]);
    assert_unchanged(
        &outcome,
        "cannot note down what is to be replaced\n |\n = caused by: File too large",
    );
    assert_eq!(files(&story), before);
    let notes = fs::read_dir(story.cache().join("undo")).into_iter().flatten();
    assert_eq!(notes.count(), 0, "half a note was left");
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(0));
}

#[test]
fn no_room_to_remember_anything() {
    let names: Vec<String> = (0..16).map(|number| format!("part{number}")).collect();
    let part = |name: &String| fine(name, "1.0.0").file("LICENSE", license_text("MIT"));
    let dependencies: String = names.iter().map(|name| format!("{name} = \"1\"\n")).collect();
    let story = Workspace::depending_on(&dependencies, Registry::with(names.iter().map(part)));
    let facts = || {
        fs::read_dir(story.cache().join("facts"))
            .into_iter()
            .flatten()
            .flatten()
    };
    let packs = || {
        facts()
            .flat_map(|version| fs::read_dir(version.path()).into_iter().flatten())
            .count()
    };
    let remembered = story.run(&["check", "--format", "json"]);
    assert_ne!(packs(), 0);
    fs::remove_dir_all(story.cache()).expect("the cache");
    let forgotten = story.run_with_room_for(512, &["check", "--format", "json"]);
    assert_eq!(
        (forgotten.code, forgotten.out, forgotten.err),
        (remembered.code, remembered.out, remembered.err)
    );
    assert_eq!(packs(), 0, "half a pack was left");
}
