//! Ways out of what is denied: one story a rung, each with the exact commands, and cargo on its own afterwards.

mod alternatives;
mod applied;
mod asked;
mod cost;
mod ephemeral;
mod faults;
mod forty;
#[cfg(unix)]
mod full_disk;
mod known;
mod manifests;
mod patches;
mod registries;
mod rungs;
mod together;
mod tokens;

use crate::support::{Crate, Outcome, Workspace};

/// Allows MIT and nothing else.
const MIT_ONLY: &str = "version = 1\n[licenses]\nallow = [\"MIT\"]\n";

/// A crate that is fine.
fn fine(name: &str, version: &str) -> Crate {
    Crate::new(name, version).license("MIT")
}

/// A crate that is denied.
fn denied(name: &str, version: &str) -> Crate {
    Crate::new(name, version).license("GPL-3.0-only")
}

/// The workspace's own manifest of a story whose member says its license.
fn licensed(story: &Workspace) {
    let manifest = story.read("Cargo.toml");
    story.write(
        "Cargo.toml",
        manifest.replacen("edition", "license = \"MIT\"\nedition", 1),
    );
    story.write("airights.toml", MIT_ONLY);
}

/// The rungs that lead out for a crate, with their commands, and those that do not.
#[track_caller]
fn ways_out(outcome: &Outcome, name: &str) -> Vec<(String, Vec<String>)> {
    let report = outcome.json();
    let violations = report["violations"].as_array().expect("violations");
    let violation = violations
        .iter()
        .find(|violation| violation["name"] == name)
        .unwrap_or_else(|| panic!("{name} is not denied: {report:#}"));
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let numbers = violation["proposals"].as_array().expect("numbers").iter();
    let proposals = numbers
        .map(|number| &report["proposals"][usize::try_from(number.as_u64().expect("a number")).expect("a place")]);
    let proposals = proposals.map(|proposal| {
        let commands = proposal["commands"].as_array().expect("commands").iter().map(text);
        (text(&proposal["rung"]), commands.collect())
    });
    proposals.collect()
}

/// Runs the commands that were proposed, without us, and then builds what they made.
#[track_caller]
fn take(story: &Workspace, commands: &[String]) {
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        let outcome = story.cargo(&words);
        assert_eq!(outcome.code, Some(0), "{command}: {outcome:?}");
    }
    let built = story.cargo(&["build", "--locked"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let checked = story.run(&["check", "--locked"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

/// Applies what is proposed, and builds it without us.
#[track_caller]
fn apply(story: &Workspace) {
    let applied = story.run(&["suggest", "--apply"]);
    assert_eq!(applied.code, Some(0), "{applied:?}");
    let built = story.cargo(&["build", "--locked"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let checked = story.run(&["check", "--locked"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}
