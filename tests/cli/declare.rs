//! `cargo airights declare`: said once, and read by everybody who depends on it.

mod mistakes;
mod round_trips;
mod workspaces;

use crate::support::{Outcome, Workspace};

/// A package `quill`, without a declaration.
fn story() -> Workspace {
    let story = Workspace::empty(None);
    story.write("src/lib.rs", "");
    story.write("README.md", "# quill\n\nWrites.\n");
    story.write(
        "Cargo.toml",
        "# Writes.\n[package]\nname = \"quill\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"MIT\" # since 2020\n",
    );
    story
}

#[track_caller]
fn declare(story: &Workspace, arguments: &[&str]) -> Outcome {
    let outcome = story.run(&[&["declare"], arguments].concat());
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    outcome
}

#[test]
fn what_is_declared_is_said_plainly_and_comments_stay() {
    let story = story();
    let outcome = declare(&story, &["--preset", "no-training", "--contact", "me@example.org"]);
    let expected = "\
`quill 1.0.0`: train-ai disallowed, ai-input allowed
  preference   Cargo.toml
               read by tools that look for it; not binding
wrote `Cargo.toml`
";
    assert_eq!(outcome.out, expected);
    let manifest = "\
# Writes.
[package]
name = \"quill\"
version = \"1.0.0\"
edition = \"2021\"
license = \"MIT\" # since 2020

[package.metadata.airights]
vocab = \"draft-ietf-aipref-vocab-07\"
content-usage = \"train-ai=n\"
use = { ai-input = \"allowed\" }
contact = \"me@example.org\"
";
    assert_eq!(story.read("Cargo.toml"), manifest);
}

#[test]
fn files_keep_the_ends_of_their_lines() {
    let story = story();
    for file in ["Cargo.toml", "README.md"] {
        let text = story.read(file).replace('\n', "\r\n");
        story.write(file, text);
    }
    declare(&story, &["--preset", "credit", "--readme", "--rider", "and"]);
    for file in ["Cargo.toml", "README.md"] {
        let text = story.read(file);
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{file}: {text:?}"
        );
        assert!(text.matches('\n').count() > 10, "{file}: {text:?}");
    }
    assert_eq!(story.run(&["declare", "--check"]).code, Some(0));
}

#[test]
fn a_check_writes_nothing_and_says_whether_something_would_change() {
    let story = story();
    let before = story.read("Cargo.toml");
    let outcome = story.run(&["declare", "--preset", "no-ai", "--readme", "--check"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.out.ends_with("would write `Cargo.toml`, `README.md`\n"),
        "{outcome:?}"
    );
    assert_eq!(story.read("Cargo.toml"), before);
    declare(&story, &["--preset", "no-ai", "--readme"]);
    assert_eq!(story.run(&["declare", "--check"]).code, Some(0));
    // Whoever edits one place by hand is told of the others.
    let manifest = story.read("Cargo.toml").replace("train-ai=n", "train-ai=y");
    story.write("Cargo.toml", manifest);
    let outcome = story.run(&["declare", "--check"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.out.ends_with("would write `README.md`\n"), "{outcome:?}");
}

#[test]
fn riders_and_sections_follow_what_is_declared_and_can_be_taken_out() {
    let story = story();
    let untouched = story.read("README.md");
    declare(
        &story,
        &[
            "--preset", "credit", "--rider", "and", "--readme", "--tdmrep", "--robots",
        ],
    );
    let first = "LICENSES/LicenseRef-airights-train-ai-conditional.credit.ai-input-allowed.txt";
    assert!(
        story
            .read("Cargo.toml")
            .contains("license = \"MIT AND LicenseRef-airights-train-ai-conditional.credit")
    );
    assert!(
        story
            .read(first)
            .contains("- credit: the authors of this software are named;")
    );
    declare(&story, &["--train-ai", "disallowed", "--rider", "with"]);
    assert!(!story.root().join(first).exists(), "the old rider is gone");
    let manifest = story.read("Cargo.toml");
    let license = "license = \"MIT WITH AdditionRef-airights-train-ai-disallowed.ai-input-allowed\" # since 2020\n";
    assert!(manifest.contains(license), "{manifest}");
    assert!(
        story
            .read("README.md")
            .contains("This software may not be used to train")
    );
    assert!(story.read("robots.txt").contains("Content-Usage: train-ai=n\n"));
    declare(&story, &["--rider", "none"]);
    let manifest = story.read("Cargo.toml");
    assert!(
        manifest.contains("license = \"MIT\" # since 2020\n") && !manifest.contains("terms"),
        "{manifest}"
    );
    let readme = story.read("README.md");
    assert!(readme.starts_with(untouched.trim_end()), "{readme}");
}

#[test]
fn the_terms_are_told_in_another_vocabulary_with_what_that_loses() {
    let story = story();
    declare(&story, &["--preset", "credit"]);
    let outcome = declare(&story, &["--export", "content-signals"]);
    assert_eq!(outcome.out, "Content-Signal: ai-input=yes, ai-train=no\n");
    let loss = "note: `train-ai` is written as `disallowed`, though it is `conditional`\n";
    assert!(outcome.err.contains(loss), "{outcome:?}");
}
