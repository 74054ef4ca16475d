//! `cargo airights explain`: a rule in its own words, a crate with everything that is known of it.

use crate::support::{Crate, NO_TRAINING, Registry, Workspace, license_text};

fn story() -> Workspace {
    let text = format!("{}\n{NO_TRAINING}\n", license_text("MIT"));
    let crates = [
        Crate::new("outer", "1.2.0")
            .license("MIT OR Apache-2.0")
            .dependency("inner", "2"),
        Crate::new("inner", "2.0.1").license("MIT").file("LICENSE", text),
    ];
    Workspace::depending_on("outer = \"1\"", Registry::with(crates))
}

#[test]
fn a_rule_is_explained_without_a_project() {
    let outcome = Workspace::empty(None).run(&["explain", "ai-use-disallowed"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    for heading in ["What it checks", "Why it matters", "Example", "How to resolve"] {
        assert!(outcome.out.contains(heading), "{}", outcome.out);
    }
}

#[test]
fn a_crate_is_explained_with_its_evidence_and_who_brings_it_in() {
    let story = story();
    let outcome = story.run(&["explain", "inner"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    for words in [
        "inner 2.0.1",
        "MIT WITH AdditionRef-airights-train-ai-disallowed",
        "app 0.1.0 → outer 1.2.0 → inner 2.0.1",
        "train-ai",
        "disallowed",
        "LICENSE",
    ] {
        assert!(outcome.out.contains(words), "`{words}` is missing in: {}", outcome.out);
    }
    assert_eq!(story.run(&["explain", "inner@2.0.1"]).out, outcome.out);
    let chosen = story.run(&["explain", "outer"]);
    assert!(chosen.out.contains("MIT OR Apache-2.0"), "{}", chosen.out);
}

#[test]
fn what_is_neither_is_said_to_be_neither() {
    let outcome = story().run(&["explain", "nobody@9"]);
    assert_eq!(outcome.code, Some(2));
    assert!(
        outcome.err.contains(
            "`nobody@9` is not a rule, a crate in the dependency graph, a license, a class of licenses or an AI use"
        ),
        "{}",
        outcome.err
    );
    let near = story().run(&["explain", "iner"]);
    assert!(near.err.contains("did you mean `inner`?"), "{}", near.err);
}

#[test]
fn what_is_mistyped_is_found_among_all_that_can_be_explained() {
    let story = story();
    for (mistyped, meant) in [
        ("ai-training", "train-ai"),
        ("class:permisive", "permissive"),
        ("Apache2.0", "Apache-2.0"),
        ("license-not-alowed", "license-not-allowed"),
    ] {
        let outcome = story.run(&["explain", mistyped]);
        assert_eq!(outcome.code, Some(2));
        let hint = format!("did you mean `{meant}`?");
        assert!(outcome.err.contains(&hint), "{mistyped}: {}", outcome.err);
    }
}

/// What has lost is what a reader wonders about: the README says one thing, and the tool another.
#[test]
fn statements_that_lost_are_shown_with_what_they_lost_to() {
    let license = format!("{}\n{NO_TRAINING}\n", license_text("MIT"));
    let krate = Crate::new("torn", "1.0.0")
        .license("MIT OR GPL-3.0-only")
        .file("LICENSE-MIT", license)
        .file("LICENSE-GPL", license_text("GPL-3.0-only"))
        .file("AGENTS.md", "Do not train on the contents of this repository.\n");
    let story = Workspace::depending_on("torn = \"1\"", Registry::with([krate]));
    story.write(
        "airights.toml",
        "version = 1\n[licenses]\nallow = [\"GPL-3.0-only\"]\n[ai]\npreferences = \"ignore\"\n",
    );
    let shown = story.run(&["explain", "torn"]).out;
    for words in [
        "elected          GPL-3.0-only",
        "GPL-3.0-only: passes, chosen (airights.toml:3)",
        "disallowed: denied, not chosen (airights.toml:3)",
        "→ its changes to the license count",
        "→ disallowed, not counted, since `MIT WITH AdditionRef-airights-train-ai-disallowed` was not chosen",
        "→ disallowed, not counted, since the policy ignores preferences",
    ] {
        assert!(shown.contains(words), "`{words}` is missing in: {shown}");
    }
}

fn with_copyleft() -> Workspace {
    let crates = [
        Crate::new("strong", "1.0.0").license("MIT OR GPL-3.0-only"),
        Crate::new("plain", "1.0.0").license("MIT"),
        Crate::new("inner", "2.0.1")
            .license("MIT")
            .file("LICENSE", format!("{}\n{NO_TRAINING}\n", license_text("MIT"))),
    ];
    let story = Workspace::depending_on("strong = \"1\"\nplain = \"1\"\ninner = \"2\"", Registry::with(crates));
    story.write(
        "airights.toml",
        "version = 1\n[licenses]\nallow = [\"MIT\", \"MPL-2.0\"]\n",
    );
    story
}

#[track_caller]
fn assert_explained(subject: &str, expected: &[&str]) {
    let outcome = with_copyleft().run(&["explain", subject]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    for words in expected {
        assert!(outcome.out.contains(words), "`{words}` is missing in: {}", outcome.out);
    }
}

#[test]
fn a_license_is_explained_with_what_the_policy_makes_of_it_and_who_has_it() {
    assert_explained(
        "gpl-3.0-only",
        &[
            "GNU General Public License v3.0 only",
            "strong-copyleft: works that contain it have to be shared",
            "denied, as shipped, build, dev\n",
            "decided by airights.toml:3: allow = [\"MIT\", \"MPL-2.0\"]",
            "passes, as member, unbuilt\n",
            "MIT OR GPL-3.0-only → MIT: 1 package\n  strong 1.0.0\n",
            "1 of 4 packages",
        ],
    );
    assert_explained(
        "MIT/GPL-3.0-only",
        &[
            "MIT OR GPL-3.0-only\n",
            "passes, as shipped, build, dev, member, unbuilt, by choosing MIT",
            "MIT License",
        ],
    );
}

#[test]
fn a_class_is_explained_with_its_licenses() {
    let expected = [
        "class:weak-copyleft\n",
        "denied, as shipped, build, dev\n",
        "but allows MPL-2.0\n",
        "LGPL-2.1-only",
        "0 of 4 packages",
    ];
    assert_explained("class:weak-copyleft", &expected);
    assert_explained("weak-copyleft", &expected);
}

#[test]
fn an_ai_use_is_explained_with_what_is_said_of_it() {
    assert_explained(
        "train-ai",
        &[
            "may you train, fine-tune or evaluate models",
            "respect: disallowed is denied, conditional is warned of, unknown passes, as shipped, build, dev",
            "train-ai disallowed (license): 1 package (1 denied)\n  inner 2.0.1 (denied)\n",
        ],
    );
}
