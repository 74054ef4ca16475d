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
        outcome
            .err
            .contains("`nobody@9` is neither a rule nor a crate in the dependency graph"),
        "{}",
        outcome.err
    );
    let near = story().run(&["explain", "iner"]);
    assert!(near.err.contains("did you mean `inner`?"), "{}", near.err);
}
