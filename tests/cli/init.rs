//! `cargo airights init`: the first policy, from what is there today.

use std::fs;

use crate::support::{Crate, Registry, Workspace, license_text};

fn story() -> Workspace {
    let crates = [
        Crate::new("free", "1.0.0")
            .license("MIT OR Apache-2.0")
            .file("LICENSE", license_text("MIT")),
        Crate::new("weak", "1.0.0").license("MPL-2.0"),
        Crate::new("strong", "1.0.0").license("GPL-3.0-only"),
    ];
    Workspace::depending_on("free = \"1\"\nweak = \"1\"\nstrong = \"1\"", Registry::with(crates))
}

#[test]
fn the_first_check_shows_exactly_what_a_person_must_decide() {
    let story = story();
    let outcome = story.run(&["init"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let policy = fs::read_to_string(story.root().join("airights.toml")).expect("the policy");
    assert!(policy.contains("GPL-3.0-only"), "{policy}");
    let check = story.run(&["check", "--format", "json"]);
    assert_eq!(check.code, Some(1), "{check:?}");
    let report = check.json();
    let denied = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["level"] == "deny");
    let names: Vec<_> = denied
        .map(|finding| finding["package"]["name"].as_str().expect("a name").to_owned())
        .collect();
    // Weak copyleft is what the built-in policy allows, so nobody has to decide on it after all.
    assert_eq!(names, ["strong"]);
}

#[test]
fn a_policy_that_is_there_stays() {
    let story = story();
    story.write("airights.toml", "version = 1\n# mine\n");
    let outcome = story.run(&["init"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("is there already") && outcome.err.contains("--force"),
        "{}",
        outcome.err
    );
    let kept = fs::read_to_string(story.root().join("airights.toml")).expect("the policy");
    assert_eq!(kept, "version = 1\n# mine\n");
    assert_eq!(story.run(&["init", "--force"]).code, Some(0));
    let written = fs::read_to_string(story.root().join("airights.toml")).expect("the policy");
    assert_ne!(written, kept);
}

#[test]
fn what_cargo_deny_let_pass_passes_afterwards() {
    let story = story();
    story.write(
        "deny.toml",
        "[licenses]\nallow = [\"MPL-2.0\", \"MIT\"]\nprivate = { ignore = true }\n\
         exceptions = [{ allow = [\"GPL-3.0-only\"], crate = \"strong\" }]\n",
    );
    let manifest = story.root().join("Cargo.toml");
    let own = fs::read_to_string(&manifest).expect("the manifest");
    fs::write(&manifest, own.replace("[package]", "[package]\npublish = false")).expect("the manifest");
    assert_eq!(story.run(&["check"]).code, Some(0));
    let outcome = story.run(&["init"]);
    assert!(outcome.out.contains("`deny.toml`"), "{outcome:?}");
    let check = story.run(&["check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.out.contains("policy: `airights.toml`"), "{check:?}");
}

#[test]
fn what_takes_the_place_of_a_broken_policy_takes_over_what_cargo_deny_was_told() {
    let story = story();
    story.write(
        "deny.toml",
        "[licenses]\nallow = [\"MPL-2.0\", \"MIT\", \"GPL-3.0-only\"]\n",
    );
    story.run(&["init"]);
    let first = story.read("airights.toml");
    story.write("airights.toml", "version = 1\n[licenses\n");
    let outcome = story.run(&["init", "--force"]);
    assert!(outcome.out.contains("`deny.toml`"), "{outcome:?}");
    assert_eq!(story.read("airights.toml"), first);
}

#[test]
fn the_graph_that_was_asked_for_is_the_one_that_is_judged() {
    let story = Workspace::depending_on(
        "huge = { version = \"1\", optional = true }\n\n[features]\nbig = [\"dep:huge\"]",
        Registry::with([Crate::new("huge", "1.0.0").license("ISC")]),
    );
    assert_eq!(story.run(&["init", "--features", "big"]).code, Some(0));
    let policy = fs::read_to_string(story.root().join("airights.toml")).expect("the policy");
    assert!(policy.contains("[graph]\nfeatures = [\"big\"]\n"), "{policy}");
    let packages = story.run(&["check", "--format", "json"]).json()["counts"]["resolved"].clone();
    assert_eq!(packages, 2);
}
