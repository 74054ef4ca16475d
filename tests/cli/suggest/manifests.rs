//! Rungs that edit manifests: each edit is shown line by line, applied with comments left as they are, and built by cargo
//! on its own.

use super::forty::depending_on;
use super::{apply, denied, fine, licensed, take, ways_out};
use crate::support::{Outcome, Registry, Workspace};

/// The edits of the first proposal, each as "before => after".
#[track_caller]
fn edits(outcome: &Outcome) -> Vec<String> {
    let report = outcome.json();
    let edits = report["proposals"][0]["edits"].as_array().expect("edits").clone();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let edits = edits
        .iter()
        .map(|edit| format!("{} => {}", text(&edit["before"]), text(&edit["after"])));
    edits.collect()
}

#[test]
fn a_default_feature_that_brings_it_in_is_switched_off() {
    let story = depending_on("client = \"1\" # calls home");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(
        ways_out(&outcome, "socket")[0],
        ("feature-off".to_owned(), vec!["cargo update --workspace".to_owned()])
    );
    assert_eq!(
        edits(&outcome),
        ["client = \"1\" # calls home => \
          client = { version = \"1\", default-features = false, features = [\"std\"] } # calls home"]
    );
    apply(&story);
    assert!(story.read("Cargo.toml").contains("# calls home"));
}

#[test]
fn a_feature_of_ones_own_that_turns_it_on_is_off_by_default() {
    let story = depending_on("socket = { version = \"1\", optional = true }");
    let features = "\n[features]\ndefault = [\"std\", \"net\"]\nstd = []\nnet = [\"dep:socket\"]\n";
    story.write("Cargo.toml", story.read("Cargo.toml") + features);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(ways_out(&outcome, "socket")[0].0, "feature-off", "{outcome:?}");
    assert_eq!(edits(&outcome), ["default = [\"std\", \"net\"] => default = [\"std\"]"]);
    apply(&story);
}

#[test]
fn of_the_features_asked_for_only_the_one_goes() {
    let dependencies = "painter = { version = \"1\", features = [\"fast\", \"screen\"] }";
    let story = depending_on(dependencies);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let without = "painter = { version = \"1\", features = [\"fast\"] }";
    assert_eq!(edits(&outcome), [format!("{dependencies} => {without}")]);
    apply(&story);
}

#[test]
fn a_pin_keeps_the_next_denied_version_out() {
    let story = depending_on("parser = \"1.0\"");
    let report = story.run(&["suggest", "--format", "json"]).json();
    let pin = &report["proposals"][1];
    assert_eq!((&pin["rung"], &pin["proved"]), (&"pin".into(), &true.into()));
    assert_eq!(pin["edits"][0]["after"], "parser = \"1.0, <1.2.0\"");
    let manifest = story.read("Cargo.toml").replace("\"1.0\"", "\"1.0, <1.2.0\"");
    story.write("Cargo.toml", manifest);
    // Not even a plain update brings it back.
    take(&story, &["cargo update".to_owned()]);
}

#[test]
fn another_major_version_is_asked_for() {
    let story = depending_on("writer = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(ways_out(&outcome, "writer")[0].0, "other-major");
    assert_eq!(edits(&outcome), ["writer = \"1\" => writer = \"2.1.0\""]);
    apply(&story);
}

#[test]
fn another_major_version_of_what_leads_to_it_is_asked_for() {
    let story = depending_on("server = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(ways_out(&outcome, "wire")[0].0, "other-major");
    assert_eq!(edits(&outcome), ["server = \"1\" => server = \"2.0.0\""]);
    apply(&story);
}

#[test]
fn every_direct_dependency_that_leads_to_it_is_edited() {
    let reader = |name: &str| {
        fine(name, "1.0.0")
            .optional_dependency("parser", "1")
            .feature("default", &["grammar"])
            .feature("grammar", &["dep:parser"])
    };
    let crates = [reader("one"), reader("two"), denied("parser", "1.0.0")];
    let story = Workspace::depending_on("one = \"1\"\ntwo = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(
        edits(&outcome),
        [
            "one = \"1\" => one = { version = \"1\", default-features = false }",
            "two = \"1\" => two = { version = \"1\", default-features = false }",
        ]
    );
    apply(&story);
}

#[test]
fn what_members_inherit_is_edited_where_it_stands() {
    let crates = [denied("parser", "1.0.0"), fine("parser", "2.0.0")];
    let story = Workspace::empty(Some(Registry::with(crates)));
    story.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[workspace.dependencies]\n# Ours.\nparser = \"1\"\n",
    );
    for name in ["one", "two"] {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n\n\
             [dependencies]\nparser.workspace = true\n"
        );
        story.write(&format!("crates/{name}/Cargo.toml"), manifest);
        story.write(&format!("crates/{name}/src/lib.rs"), "");
    }
    story.write("airights.toml", super::MIT_ONLY);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(edits(&outcome), ["parser = \"1\" => parser = \"2.0.0\""]);
    apply(&story);
    assert!(story.read("Cargo.toml").contains("# Ours.\nparser = \"2.0.0\""));
}

#[test]
fn another_crate_that_does_the_same_job_is_named_and_left_to_people() {
    let story = depending_on("fxhash = \"0.2\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    let way = &report["proposals"][0];
    assert_eq!(
        (&way["rung"], &way["proved"]),
        (&"replace".into(), &false.into()),
        "{report:#}"
    );
    assert_eq!(way["summary"], "use `rustc-hash` in the place of `fxhash`");
    assert!(
        way["why"].as_str().expect("a reason").contains("RUSTSEC-2025-0057"),
        "{way:#}"
    );
    assert_eq!(edits(&outcome), ["fxhash = \"0.2\" => rustc-hash = \"2.1.0\""]);
    // Nobody else can change the code that uses it.
    let before = story.read("Cargo.toml");
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(1));
    assert_eq!(story.read("Cargo.toml"), before);
}

/// A client whose default feature brings in a denied crate, and another feature one that does the same.
fn two_kinds_of_lock(other: crate::support::Crate) -> Workspace {
    let client = fine("client", "1.0.0")
        .optional_dependency("oldlock", "1")
        .optional_dependency("newlock", "1")
        .feature("default", &["std", "lock-old"])
        .feature("std", &[])
        .feature("_lock", &[])
        .feature("lock-old", &["_lock", "dep:oldlock"])
        .feature("lock-new", &["_lock", "dep:newlock"]);
    let crates = [client, denied("oldlock", "1.0.0"), other];
    let story = Workspace::depending_on("client = \"1\"", Registry::with(crates));
    licensed(&story);
    story
}

#[test]
fn another_feature_that_does_the_same_takes_the_place() {
    let story = two_kinds_of_lock(fine("newlock", "1.0.0"));
    let outcome = story.run(&["suggest", "--format", "json"]);
    let asked = "client = { version = \"1\", default-features = false, features = [\"std\", \"lock-new\"] }";
    assert_eq!(edits(&outcome), [format!("client = \"1\" => {asked}")]);
    let summary = &outcome.json()["proposals"][0]["summary"];
    assert_eq!(summary, "ask for `lock-new` in the place of what brings it in");
    apply(&story);
}

#[test]
fn a_feature_that_does_the_same_and_is_denied_too_is_named() {
    let story = two_kinds_of_lock(denied("newlock", "1.0.0"));
    let outcome = story.run(&["suggest", "--format", "json"]);
    let asked = "client = { version = \"1\", default-features = false, features = [\"std\"] }";
    assert_eq!(edits(&outcome), [format!("client = \"1\" => {asked}")]);
    let why = outcome.json()["proposals"][0]["why"].to_string();
    assert!(why.contains("`lock-new` in their place is denied, too"), "{why}");
    apply(&story);
}

/// Nothing of it is in a registry: the crates lie beside each other.
#[test]
fn features_between_packages_of_this_disk_are_switched_too() {
    let story = Workspace::depending_on("client = { path = \"client\" }", Registry::with([]));
    licensed(&story);
    let package = |name: &str, license: &str, rest: &str| {
        let manifest = format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nlicense = \"{license}\"\n{rest}");
        story.write(&format!("{name}/Cargo.toml"), manifest);
        story.write(&format!("{name}/src/lib.rs"), "");
    };
    package("oldlock", "GPL-3.0-only", "");
    package("newlock", "MIT", "");
    package(
        "client",
        "MIT",
        "[dependencies]\noldlock = { path = \"../oldlock\", optional = true }\n\
         newlock = { path = \"../newlock\", optional = true }\n\
         [features]\ndefault = [\"lock-old\"]\nlock-old = [\"dep:oldlock\"]\nlock-new = [\"dep:newlock\"]\n",
    );
    let outcome = story.run(&["suggest", "--format", "json"]);
    let edits = edits(&outcome);
    assert!(
        edits[0].contains("default-features = false, features = [\"lock-new\"]"),
        "{edits:?}"
    );
    apply(&story);
}
