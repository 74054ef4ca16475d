//! `cargo airights add`: what would come in is judged first, and comes in as it was judged, or not at all.

use std::fs;

use crate::support::{Crate, NO_TRAINING, Outcome, Registry, Workspace, license_text};

fn fine(name: &str, version: &str) -> Crate {
    Crate::new(name, version)
        .license("MIT")
        .file("LICENSE", license_text("MIT"))
}

fn denied(name: &str, version: &str) -> Crate {
    Crate::new(name, version)
        .license("AGPL-3.0-only")
        .file("LICENSE", license_text("AGPL-3.0-only"))
}

/// An app that depends on `plain`, with more to choose from.
fn story() -> Workspace {
    let quiet = Crate::new("quiet", "1.0.0")
        .license("MIT")
        .file("LICENSE", format!("{}\n{NO_TRAINING}\n", license_text("MIT")));
    let crates = [
        fine("plain", "1.0.0"),
        fine("parser", "1.2.0").dependency("grammar", "1"),
        fine("grammar", "1.0.0"),
        fine("tangled", "1.0.0").dependency("strict", "1"),
        denied("strict", "1.1.0"),
        fine("strict", "1.0.0"),
        quiet,
    ];
    let story = Workspace::depending_on("plain = \"1\" # as ever", Registry::with(crates));
    assert_eq!(story.run(&["check"]).code, Some(0));
    story
}

#[track_caller]
fn ends(outcome: &Outcome, code: i32, words: &[&str]) {
    assert_eq!(outcome.code, Some(code), "{outcome:?}");
    for words in words {
        assert!(
            outcome.out.contains(words) || outcome.err.contains(words),
            "`{words}` in {outcome:?}"
        );
    }
}

fn files(story: &Workspace) -> (String, String, bool) {
    let has_policy = story.root().join("airights.toml").exists();
    (story.read("Cargo.toml"), story.read("Cargo.lock"), has_policy)
}

#[test]
fn a_crate_that_complies_is_added_as_it_was_judged() {
    let story = story();
    let outcome = story.run(&["add", "parser@1.1", "--no-default-features"]);
    ends(
        &outcome,
        0,
        &[
            "adds     `parser 1.2.0`: MIT, shipped",
            "adds     `grammar 1.0.0`",
            "added: 2 new packages",
            "Adding parser",
        ],
    );
    let manifest = story.read("Cargo.toml");
    assert!(manifest.contains("plain = \"1\" # as ever"), "{manifest}");
    assert!(
        manifest.contains("parser = { version = \"1.1\", default-features = false }"),
        "{manifest}"
    );
    let locked = story.cargo(&["metadata", "--format-version", "1", "--locked", "--offline"]);
    assert_eq!(locked.code, Some(0), "{locked:?}");
    assert_eq!(story.run(&["check", "--locked"]).code, Some(0));
}

#[test]
fn a_dry_run_changes_nothing() {
    let story = story();
    let before = files(&story);
    ends(
        &story.run(&["add", "parser", "--dry-run"]),
        0,
        &["`parser 1.2.0`", "nothing was changed"],
    );
    ends(&story.run(&["add", "tangled", "-n"]), 1, &["refused"]);
    assert_eq!(files(&story), before);
}

#[test]
fn what_a_crate_brings_in_counts_and_the_nearest_version_is_named() {
    let story = story();
    let before = files(&story);
    let outcome = story.run(&["add", "tangled"]);
    ends(
        &outcome,
        1,
        &[
            "error[license-not-allowed]: `strict 1.1.0` is licensed `AGPL-3.0-only`",
            "required by `app 0.1.0` → `tangled 1.0.0`",
            "refused: 1 package denied; nothing was changed",
            "`strict@1.0.0` would pass",
            "--force --reason",
        ],
    );
    assert_eq!(files(&story), before);
    ends(
        &story.run(&["add", "quiet"]),
        1,
        &["ai-use-disallowed", "train-ai disallowed"],
    );
    assert_eq!(files(&story), before);
}

#[test]
fn force_records_an_exception_with_its_reason() {
    let story = story();
    story.write(
        "airights.toml",
        "version = 1 # ours\n\n[ai] # the uses\nai-input = \"ignore\"\n",
    );
    let outcome = story.run(&["add", "quiet", "strict@1.1", "--force", "--reason", "said \"legal\""]);
    ends(
        &outcome,
        0,
        &[
            "added: 2 new packages",
            "an exception for `quiet 1.0.0`",
            "an exception for `strict 1.1.0`",
        ],
    );
    let policy = story.read("airights.toml");
    assert!(policy.starts_with("version = 1 # ours\n"), "{policy}");
    assert!(policy.contains("[ai] # the uses\nai-input = \"ignore\"\n"), "{policy}");
    assert!(
        policy.contains("crate = \"strict@1.1.0\"\nlicenses = [\"AGPL-3.0-only\"]\nroles = [\"shipped\"]\n"),
        "{policy}"
    );
    assert!(policy.contains("reason = \"said \\\"legal\\\"\"\n"), "{policy}");
    assert_eq!(story.run(&["check", "--locked"]).code, Some(0));
}

#[test]
fn force_begins_a_policy_where_there_is_none() {
    let story = story();
    ends(
        &story.run(&["add", "strict", "--dev", "--force", "--reason", "tests only"]),
        0,
        &["added"],
    );
    assert!(story.read("airights.toml").contains("roles = [\"dev\"]"));
    assert!(story.read("Cargo.toml").contains("[dev-dependencies]"));
    assert_eq!(story.run(&["check", "--locked"]).code, Some(0));
}

#[test]
fn a_deny_toml_is_not_replaced_behind_its_back() {
    let story = story();
    story.write("deny.toml", "[licenses]\nallow = [\"MIT\"]\n");
    let before = files(&story);
    ends(
        &story.run(&["add", "strict", "--force", "--reason", "x"]),
        2,
        &["`deny.toml`", "cargo airights init"],
    );
    assert_eq!(files(&story), before);
}

/// What was denied before counts where it is what is added, or what that brings.
#[test]
fn a_project_in_trouble_may_still_grow() {
    let story = story();
    story.write(
        "airights.toml",
        "version = 1\n[licenses]\nallow = [\"Zlib\", \"ISC\"]\n",
    );
    assert_eq!(story.run(&["check"]).code, Some(1));
    ends(&story.run(&["add", "parser"]), 1, &["2 packages denied"]);
    let own = Crate::new("own", "1.0.0").license("ISC");
    let crates = [fine("plain", "1.0.0"), own.file("LICENSE", license_text("ISC"))];
    let story = Workspace::depending_on("plain = \"1\"", Registry::with(crates));
    story.write(
        "airights.toml",
        "version = 1\n[licenses]\nallow = [\"Zlib\", \"ISC\"]\n",
    );
    ends(&story.run(&["add", "own"]), 0, &["added: 1 new package"]);
}

#[test]
fn members_are_named_as_for_cargo() {
    let story = story();
    story.write("tool/src/lib.rs", "");
    story.write(
        "tool/Cargo.toml",
        "[package]\nname = \"tool\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
    );
    let manifest = story.read("Cargo.toml") + "\n[workspace]\nmembers = [\"tool\"]\n";
    story.write("Cargo.toml", &manifest);
    ends(
        &story.run(&["add", "-p", "tool", "parser", "--rename", "reader"]),
        0,
        &["added"],
    );
    assert_eq!(story.read("Cargo.toml"), manifest);
    assert!(
        story.read("tool/Cargo.toml").contains("package = \"parser\""),
        "{}",
        story.read("tool/Cargo.toml")
    );
}

#[test]
fn several_at_once_end_as_one_after_the_other() {
    let story = story();
    let crates = ["parser", "grammar", "strict@=1.0.0"];
    std::thread::scope(|scope| {
        let runs = crates.map(|name| {
            let story = &story;
            scope.spawn(move || story.run(&["add", name]))
        });
        for run in runs {
            ends(&run.join().expect("it runs"), 0, &[]);
        }
    });
    let manifest = story.read("Cargo.toml");
    for name in ["parser", "grammar", "strict"] {
        assert!(manifest.contains(&format!("{name} = ")), "{manifest}");
    }
    ends(&story.run(&["check", "--locked"]), 0, &[]);
}

#[test]
fn work_of_others_is_never_undone() {
    let story = story();
    for name in ["Cargo.toml", "Cargo.lock"] {
        let before = files(&story);
        let note = story.killed_after_writing(name, "half written");
        story.write("Cargo.toml", before.0.replace("as ever", "by hand"));
        story.write("Cargo.lock", &before.1);
        for arguments in [
            &["check"][..],
            &["suggest"],
            &["declare", "--check"],
            &["add", "parser", "--dry-run"],
        ] {
            story.run(arguments);
            assert!(story.read("Cargo.toml").contains("by hand"), "{arguments:?}");
        }
        assert!(!note.exists());
    }
}

#[test]
fn what_was_cut_short_is_undone_by_the_next_run() {
    let story = story();
    let before = files(&story);
    let half = before.0.replace("as ever", "half written");
    let note = story.killed_after_writing("Cargo.toml", &half);
    // Who only reads changes nothing.
    ends(
        &story.run(&["check"]),
        0,
        &["was cut short", "`Cargo.toml` but not the rest"],
    );
    assert_eq!(story.read("Cargo.toml"), half);
    let outcome = story.run(&["add", "parser", "--dry-run"]);
    ends(&outcome, 0, &["was cut short; restored: `Cargo.toml`"]);
    assert_eq!(files(&story), before);
    assert!(!note.exists());
}

#[test]
fn bad_input_is_told_and_changes_nothing() {
    let story = story();
    let before = files(&story);
    ends(
        &story.run(&["add", "nobody"]),
        2,
        &[
            "the crate cannot be added, so nothing was changed",
            "caused by: `cargo add` failed",
            "nobody",
        ],
    );
    ends(&story.run(&["add", "strict", "--force"]), 2, &["--reason"]);
    ends(&story.run(&["add", "parser", "--locked"]), 2, &["lock"]);
    ends(
        &story.run(&["add", "parser", "--features", "none-such"]),
        2,
        &["none-such"],
    );
    let manifest = story.root().join("Cargo.toml");
    let mut permissions = fs::metadata(&manifest).expect("the manifest").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&manifest, permissions).expect("permissions of our own file");
    ends(
        &story.run(&["add", "parser"]),
        2,
        &["= caused by: it is read-only\n = help: nothing was changed"],
    );
    assert_eq!(files(&story), before);
}

/// Nothing is in the graph yet that `suggest` or `explain` could look up.
#[test]
fn what_is_refused_is_not_sent_to_commands_that_cannot_find_it() {
    let story = story();
    for (wanted, advice) in [
        ("strict@=1.1.0", "allow its license, or make an exception"),
        ("quiet", "otherwise add another"),
    ] {
        let outcome = story.run(&["add", wanted]);
        ends(&outcome, 1, &[advice]);
        assert!(!outcome.out.contains("cargo airights "), "{outcome:?}");
    }
}

/// `check` is red for it already, and depending on it directly would make it harder to be rid of.
#[test]
fn a_denied_crate_is_refused_where_another_has_brought_it_in_already() {
    let crates = [
        fine("tangled", "1.0.0").dependency("strict", "1"),
        fine("knot", "1.0.0").dependency("tangled", "1"),
        fine("plain", "1.0.0"),
        denied("strict", "1.1.0"),
    ];
    let story = Workspace::depending_on("tangled = \"1\"", Registry::with(crates));
    assert_eq!(story.run(&["check"]).code, Some(1));
    for wanted in ["strict", "knot"] {
        ends(&story.run(&["add", wanted]), 1, &["refused: 1 package denied"]);
    }
    ends(&story.run(&["add", "plain"]), 0, &["added: 1 new package"]);
    ends(
        &story.run(&["add", "strict", "--force", "--reason", "ours"]),
        0,
        &["exception for `strict 1.1.0`"],
    );
}
