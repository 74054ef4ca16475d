//! The workspace's own packages: their terms change without a new version, and only git knows what they were.

use super::git::{commit, git};
use super::{change, ends_with, kinds, registry};
use crate::support::{NO_TRAINING, Workspace, license_text};

/// Two members, one of which inherits its license and has a link for a text.
fn story() -> Workspace {
    let story = Workspace::empty(Some(registry()));
    let root = "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n\n[workspace.package]\nversion = \"0.1.0\"\n\
                license = \"MIT\"\n";
    story.write("Cargo.toml", root);
    story.write("LICENSE", license_text("MIT"));
    let inherits =
        "[package]\nname = \"inherits\"\nversion.workspace = true\nedition = \"2021\"\nlicense.workspace = true\n";
    story.write("crates/inherits/Cargo.toml", inherits);
    story.write("crates/inherits/src/lib.rs", "");
    let own = "[package]\nname = \"own\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"Apache-2.0\"\n";
    story.write("crates/own/Cargo.toml", own);
    story.write("crates/own/src/lib.rs", "");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../LICENSE", story.root().join("crates/inherits/LICENSE")).expect("a link");
    // What only looks like a member.
    story.write("tests/fixture/Cargo.toml", own.replace("Apache-2.0", "GPL-3.0-only"));
    git(&story, &["init", "-q"]);
    assert_eq!(story.cargo(&["generate-lockfile"]).code, Some(0));
    commit(&story);
    story
}

#[test]
fn what_did_not_change_is_compared_and_silent() {
    let story = story();
    story.write("crates/own/src/lib.rs", "//! More code.");
    let outcome = story.run(&["diff", "--format", "json"]);
    ends_with(&outcome, 0);
    let report = outcome.json();
    assert_eq!(kinds(&report), [""; 0], "{report:#}");
    assert_eq!(report["notes"], serde_json::json!([]));
}

#[test]
fn an_inherited_license_changes_with_the_workspace() {
    let story = story();
    let root = story.read("Cargo.toml");
    story.write("Cargo.toml", root.replace("\"MIT\"", "\"GPL-3.0-only\""));
    story.write("LICENSE", format!("{}\n{NO_TRAINING}\n", license_text("MIT")));
    let outcome = story.run(&["diff", "--format", "json"]);
    // Nobody needs leave for a license of their own.
    ends_with(&outcome, 0);
    let report = outcome.json();
    // The text at the root is also that of a member which has none of its own.
    assert_eq!(kinds(&report), ["changed inherits", "changed own"]);
    let inherits = change(&report, "inherits");
    assert_eq!(inherits["before"]["license"]["declared"], "MIT");
    assert_eq!(inherits["after"]["license"]["declared"], "GPL-3.0-only");
    if cfg!(unix) {
        let text = &inherits["texts"][0];
        assert_eq!(
            (&text["before"]["path"], &text["after"]["path"]),
            (&"LICENSE".into(), &"LICENSE".into())
        );
        assert_eq!(text["words"]["hunks"][0]["clause"], true, "{text:#}");
    }
}

#[test]
fn a_member_is_found_wherever_it_was() {
    let story = story();
    git(&story, &["tag", "before"]);
    git(&story, &["rm", "-q", "-r", "tests"]);
    git(&story, &["mv", "crates/own", "crates/moved"]);
    let manifest = story.read("crates/moved/Cargo.toml");
    story.write(
        "crates/moved/Cargo.toml",
        manifest.replace("1.0.0", "1.1.0").replace("Apache-2.0", "ISC"),
    );
    assert_eq!(story.cargo(&["generate-lockfile"]).code, Some(0));
    commit(&story);
    // Two manifests call themselves `own 1.0.0`, and none lies where it lies now: that is said, and nothing guessed.
    let unsure = story.run(&["diff", "--base", "before"]);
    ends_with(&unsure, 0);
    assert!(
        unsure
            .out
            .contains("not compared: `own 1.0.0`: several manifests of the revision might be its own"),
        "{unsure:?}"
    );
    let back = story.run(&["diff", "--base", "HEAD", "--head", "HEAD"]);
    ends_with(&back, 0);
    git(&story, &["checkout", "-q", "before"]);
    let outcome = story.run(&["diff", "--base", "main", "--format", "json"]);
    ends_with(&outcome, 0);
    let own = change(&outcome.json(), "own").clone();
    assert_eq!(
        (&own["kind"], &own["not_compared"]),
        (&"moved".into(), &serde_json::json!([]))
    );
    assert_eq!(own["before"]["license"]["effective"], "ISC");
    assert_eq!(own["after"]["license"]["effective"], "Apache-2.0");
}

/// A package that lies outside of the repository was never committed.
#[test]
fn what_git_does_not_hold_is_not_compared() {
    let story = story();
    let outside = "[package]\nname = \"outside\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n";
    story.write("../outside/Cargo.toml", outside);
    story.write("../outside/src/lib.rs", "");
    let own = story.read("crates/own/Cargo.toml");
    let depends = format!("{own}\n[dependencies]\noutside = {{ path = \"../../../outside\" }}\n");
    story.write("crates/own/Cargo.toml", depends);
    assert_eq!(story.cargo(&["generate-lockfile"]).code, Some(0));
    commit(&story);
    let outcome = story.run(&["diff"]);
    ends_with(&outcome, 0);
    assert!(
        outcome
            .out
            .contains("not compared: `outside 1.0.0`: no manifest of the revision is its own"),
        "{outcome:?}"
    );
    assert!(outcome.out.contains("no new violations; 1 not compared"), "{outcome:?}");
}
