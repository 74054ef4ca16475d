//! Two versions of one crate, outside any workspace.

use super::{change, ends_with, locked, no_training, plain, registry};
use crate::support::{Registry, Workspace};

#[test]
fn a_clause_that_comes_with_an_update_is_shown_first() {
    let story = Workspace::empty(Some(registry()));
    let outcome = story.run(&["diff", "parser@1.0.0", "1.1.0", "--format", "json"]);
    ends_with(&outcome, 1);
    let report = outcome.json();
    let parser = change(&report, "parser");
    assert_eq!(parser["differs"], serde_json::json!(["effective", "class", "train-ai"]));
    assert_eq!(parser["before"]["license"]["effective"], "MIT");
    assert_eq!(
        parser["after"]["license"]["effective"],
        "MIT WITH AdditionRef-airights-train-ai-disallowed"
    );
    let words = &parser["texts"][0]["words"];
    assert_eq!(
        (&words["removed"], &words["added"]),
        (&0.into(), &16.into()),
        "{words:#}"
    );
    assert_eq!(words["hunks"][0]["clause"], true);
    assert_eq!(report["counts"]["denied_anew"], 2);
    let human = story.run(&["diff", "parser@1.0", "parser@1.1"]);
    ends_with(&human, 1);
    for words in [
        "moved parser 1.0.0 → 1.1.0",
        "train-ai          unknown → disallowed (license)",
        "clause, line",
        "{+The Software may not be",
        "newly denied",
        "failed: 2 new violations",
    ] {
        assert!(human.out.contains(words), "`{words}` is missing in: {}", human.out);
    }
    ends_with(&story.run(&["diff", "parser@1.0.0", "1.1.0", "--exit-zero"]), 0);
}

#[test]
fn an_update_without_other_terms_is_clean() {
    let story = Workspace::empty(Some(registry()));
    let outcome = story.run(&["diff", "steady@1.0.0", "1.0.1"]);
    ends_with(&outcome, 0);
    assert!(
        outcome.out.contains("moved, with the same terms: steady 1.0.0 → 1.0.1"),
        "{outcome:?}"
    );
}

/// What was denied before is denied still, and no news.
#[test]
fn only_new_leaves_out_what_was_denied_before() {
    let story = Workspace::empty(Some(registry()));
    ends_with(&story.run(&["diff", "denied@1.0.0", "1.0.1"]), 1);
    ends_with(&story.run(&["diff", "denied@1.0.0", "1.0.1", "--only-new"]), 0);
}

#[test]
fn the_policy_of_the_directory_judges() {
    let story = Workspace::empty(Some(registry()));
    story.write("airights.toml", "version = 1\n[licenses]\nallow = [\"GPL-3.0-only\"]\n");
    ends_with(&story.run(&["diff", "denied@1.0.0", "1.0.1"]), 0);
    ends_with(&story.run(&["diff", "steady@1.0.0", "1.0.1"]), 1);
}

#[test]
fn dependencies_that_come_and_go_are_named() {
    let story = Workspace::empty(Some(Registry::with([
        plain("reader", "1.0.0").dependency("bytes", "1"),
        plain("reader", "1.1.0")
            .build_dependency("builder", "1")
            .dependency("lexer", "1"),
    ])));
    let outcome = story.run(&["diff", "reader@1.0.0", "1.1.0"]);
    ends_with(&outcome, 0);
    for words in [
        "new dependencies, not judged here: `builder`, `lexer`",
        "no longer a dependency: `bytes`",
    ] {
        assert!(outcome.out.contains(words), "{outcome:?}");
    }
}

/// Ours has a clause that its namesake knows nothing of.
#[test]
fn a_crate_of_another_registry_is_compared_there() {
    let of_crates_io = Registry::with([plain("parser", "1.0.0"), plain("parser", "1.1.0")]);
    let ours = Registry::of_its_own([plain("parser", "1.0.0"), no_training("parser", "1.1.0")]);
    let story = Workspace::depending_on("", of_crates_io);
    story.knows("ours", &ours);
    let from_ours = "parser = { version = \"=1.0.0\", registry = \"ours\" }";
    locked(&story, from_ours, "Cargo.lock");
    let outcome = story.run(&["diff", "parser@1.0.0", "1.1.0"]);
    ends_with(&outcome, 1);
    assert!(
        outcome.out.contains("train-ai          unknown → disallowed"),
        "{outcome:?}"
    );
    // Two lockfiles name it, too.
    story.write("before.lock", story.read("Cargo.lock"));
    locked(&story, &from_ours.replace("1.0.0", "1.1.0"), "Cargo.lock");
    ends_with(&story.run(&["diff", "before.lock", "Cargo.lock", "--only-new"]), 1);
    // Where both are in the graph, nobody guesses.
    let both = format!("{from_ours}\ntheirs = {{ package = \"parser\", version = \"=1.0.0\" }}");
    locked(&story, &both, "Cargo.lock");
    let outcome = story.run(&["diff", "parser@1.0.0", "1.1.0"]);
    ends_with(&outcome, 2);
    assert!(outcome.err.contains("more than one registry"), "{outcome:?}");
    let named = format!("{}#parser@1.0.0", ours.index());
    ends_with(&story.run(&["diff", &named, "1.1.0"]), 1);
}
