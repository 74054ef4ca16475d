//! Several violations at once: what costs least for all of them, which is not always what costs least for each.

use super::{denied, fine, licensed, take, ways_out};
use crate::support::{Registry, Workspace};

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

#[test]
fn one_move_that_helps_both_is_cheaper_than_one_for_each() {
    let crates = [
        fine("reader", "1.0.0"),
        fine("reader", "1.1.0")
            .dependency("parser", "1")
            .dependency("lexer", "1"),
        fine("parser", "1.0.0"),
        denied("parser", "1.1.0"),
        fine("lexer", "1.0.0"),
        denied("lexer", "1.1.0"),
    ];
    let story = Workspace::depending_on("reader = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    let one_move = (
        "parent-moves".to_owned(),
        vec!["cargo update reader --precise 1.0.0".to_owned()],
    );
    for name in ["parser", "lexer"] {
        let ways = ways_out(&outcome, name);
        assert_eq!(ways[0], one_move, "{report:#}");
        assert_eq!(ways[1].0, "other-version");
    }
    assert_eq!(report["together"]["proposals"], serde_json::json!([0]));
    assert_eq!(report["together"]["cost"], report["proposals"][0]["cost"]);
    assert_eq!(report["together"]["cost"]["moves"], 1);
    // The same again, byte for byte.
    assert_eq!(story.run(&["suggest", "--format", "json"]), outcome);
    take(&story, &one_move.1);
}

#[test]
fn where_the_cheapest_of_each_do_not_go_together_a_dearer_one_is_taken() {
    // The compliant `parser` needs one `core`, the compliant `writer` of today's major version another.
    let crates = [
        fine("core", "1.0.0"),
        fine("core", "1.1.0"),
        fine("parser", "1.1.0").dependency("core", "=1.0.0"),
        denied("parser", "1.2.0").dependency("core", "1"),
        fine("writer", "1.1.0").dependency("core", "=1.1.0"),
        denied("writer", "1.2.0").dependency("core", "1"),
        fine("writer", "2.0.0").dependency("core", "1"),
    ];
    let story = Workspace::depending_on("parser = \"1\"\nwriter = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    assert_eq!(ways_out(&outcome, "parser")[0].0, "other-version");
    let ways = ways_out(&outcome, "writer");
    assert_eq!(
        (&*ways[0].0, &*ways[1].0),
        ("other-major", "other-version"),
        "{report:#}"
    );
    let commands = ["cargo update --workspace", "cargo update parser --precise 1.1.0"];
    assert_eq!(
        report["together"]["commands"],
        serde_json::json!(commands),
        "{report:#}"
    );
    let told = story.run(&["suggest"]).out;
    assert!(
        told.contains("takes the first of each; together they cost 1 edited line, 3 moved packages"),
        "{told}"
    );
    apply(&story);
    assert!(story.read("Cargo.toml").contains("writer = \"2.0.0\""));
}

#[test]
fn two_features_of_one_dependency_are_switched_off_in_one_line() {
    let crates = [
        fine("reader", "1.0.0")
            .optional_dependency("parser", "1")
            .optional_dependency("lexer", "1")
            .feature("default", &["fast", "grammar", "tokens"])
            .feature("fast", &[])
            .feature("grammar", &["dep:parser"])
            .feature("tokens", &["dep:lexer"]),
        denied("parser", "1.0.0"),
        denied("lexer", "1.0.0"),
    ];
    let story = Workspace::depending_on("reader = \"1\"", Registry::with(crates));
    licensed(&story);
    apply(&story);
    let line = "reader = { version = \"1\", default-features = false, features = [\"fast\"] }";
    assert!(story.read("Cargo.toml").contains(line), "{}", story.read("Cargo.toml"));
}

#[test]
fn one_edit_that_helps_both_is_cheaper_than_two_that_do_not_go_together() {
    // A feature brings in one of them, and only another major version is without the other.
    let crates = [
        fine("reader", "1.0.0")
            .optional_dependency("parser", "1")
            .dependency("lexer", "1")
            .feature("default", &["grammar"])
            .feature("grammar", &["dep:parser"]),
        fine("reader", "2.0.0"),
        denied("parser", "1.0.0"),
        denied("lexer", "1.0.0"),
    ];
    let story = Workspace::depending_on("reader = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    for name in ["parser", "lexer"] {
        assert_eq!(ways_out(&outcome, name)[0].0, "other-major", "{outcome:?}");
    }
    apply(&story);
    assert!(story.read("Cargo.toml").contains("reader = \"2.0.0\""));
}

#[test]
fn what_does_not_go_together_is_taken_one_at_a_time() {
    let crates = [
        fine("core", "1.0.0"),
        fine("core", "1.1.0"),
        fine("parser", "1.1.0").dependency("core", "=1.0.0"),
        denied("parser", "1.2.0").dependency("core", "1"),
        fine("writer", "1.1.0").dependency("core", "=1.1.0"),
        denied("writer", "1.2.0").dependency("core", "1"),
    ];
    let story = Workspace::depending_on("parser = \"1\"\nwriter = \"1\"", Registry::with(crates));
    licensed(&story);
    let told = story.run(&["suggest"]).out;
    assert!(told.contains("they do not go together"), "{told}");
    assert_eq!(
        story.run(&["suggest", "--format", "json"]).json()["together"],
        serde_json::Value::Null
    );
    let before = story.read("Cargo.lock");
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(1));
    assert_eq!(story.read("Cargo.lock"), before);
    assert_eq!(story.run(&["suggest", "parser", "--apply"]).code, Some(0));
}
