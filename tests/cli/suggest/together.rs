//! Several violations at once: what costs least for all of them, which is not always what costs least for each.

use super::forty::depending_on;
use super::{apply, take, ways_out};

#[test]
fn one_move_that_helps_both_is_cheaper_than_one_for_each() {
    let story = depending_on("hub = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    let commands = vec!["cargo update hub --precise 1.0.0".to_owned()];
    for name in ["tokens", "spans"] {
        let ways = ways_out(&outcome, name);
        assert_eq!(ways[0], ("parent-moves".to_owned(), commands.clone()), "{report:#}");
        assert_eq!(ways[1].0, "other-version");
    }
    assert_eq!(report["together"]["proposals"], serde_json::json!([0]));
    assert_eq!(report["together"]["cost"], report["proposals"][0]["cost"]);
    assert_eq!(report["together"]["cost"]["moves"], 1);
    // The same again, byte for byte.
    assert_eq!(story.run(&["suggest", "--format", "json"]), outcome);
    take(&story, &commands);
}

#[test]
fn where_the_cheapest_of_each_do_not_go_together_a_dearer_one_is_taken() {
    let story = depending_on("violin = \"1\"\nflute = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    assert_eq!(ways_out(&outcome, "violin")[0].0, "other-version");
    let ways = ways_out(&outcome, "flute");
    assert_eq!(
        (&*ways[0].0, &*ways[1].0),
        ("other-major", "other-version"),
        "{report:#}"
    );
    assert_eq!(report["together"]["proposals"], serde_json::json!([0, 1]));
    let commands = ["cargo update --workspace", "cargo update violin --precise 1.1.0"];
    assert_eq!(
        report["together"]["commands"],
        serde_json::json!(commands),
        "{report:#}"
    );
    let told = story.run(&["suggest"]).out;
    let costs = "takes the first of each; together they cost 1 edited line, 3 moved packages";
    assert!(told.contains(costs), "{told}");
    let manifest = story.read("Cargo.toml").replace("flute = \"1\"", "flute = \"2.0.0\"");
    story.write("Cargo.toml", manifest.clone());
    take(&story, &commands.map(str::to_owned));
    // What is applied is what the commands make.
    let (lockfile, story) = (story.read("Cargo.lock"), depending_on("violin = \"1\"\nflute = \"1\""));
    apply(&story);
    assert_eq!(
        (story.read("Cargo.toml"), story.read("Cargo.lock")),
        (manifest, lockfile)
    );
}

#[test]
fn two_features_of_one_dependency_are_switched_off_in_one_line() {
    let story = depending_on("studio = \"1\"");
    apply(&story);
    let line = "studio = { version = \"1\", default-features = false, features = [\"light\"] }";
    assert!(story.read("Cargo.toml").contains(line), "{}", story.read("Cargo.toml"));
}

#[test]
fn one_edit_that_helps_both_is_cheaper_than_two_that_do_not_go_together() {
    // A feature brings in one of them, and only another major version is without the other.
    let story = depending_on("workbench = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    for name in ["hammer", "saw"] {
        assert_eq!(ways_out(&outcome, name)[0].0, "other-major", "{outcome:?}");
    }
    apply(&story);
    assert!(story.read("Cargo.toml").contains("workbench = \"2.0.0\""));
}

#[test]
fn what_does_not_go_together_is_taken_one_at_a_time() {
    let story = depending_on("violin = \"1\"\ndrum = \"1\"");
    let told = story.run(&["suggest"]).out;
    assert!(told.contains("they do not go together"), "{told}");
    let report = story.run(&["suggest", "--format", "json"]).json();
    assert_eq!(report["together"], serde_json::Value::Null);
    let before = story.read("Cargo.lock");
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(1));
    assert_eq!(story.read("Cargo.lock"), before);
    assert_eq!(story.run(&["suggest", "violin", "--apply"]).code, Some(0));
}
