//! What cannot be declared is said clearly, and nothing is half-written.

use std::fs;

use super::{declare, story};
use crate::support::Workspace;

/// Runs `declare`, which has to fail with these words and change nothing.
#[track_caller]
fn refused(story: &Workspace, arguments: &[&str], words: &[&str]) {
    let before = story.read("Cargo.toml");
    let outcome = story.run(&[&["declare"], arguments].concat());
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    for words in words {
        assert!(outcome.err.contains(words), "{words:?} is not in {}", outcome.err);
    }
    assert_eq!(story.read("Cargo.toml"), before);
    assert!(!story.root().join("LICENSES").exists());
}

#[test]
fn terms_that_contradict_each_other() {
    let at_odds = "`--train-ai allowed` contradicts `--preset no-training`";
    refused(
        &story(),
        &["--preset", "no-training", "--train-ai", "allowed"],
        &[at_odds],
    );
    let nowhere = "`--condition credit` belongs to no use";
    refused(
        &story(),
        &["--train-ai", "allowed", "--condition", "credit"],
        &[nowhere],
    );
    let unsaid = "does not say on which condition";
    refused(
        &story(),
        &["--train-ai", "conditional"],
        &[unsaid, "--condition credit"],
    );
    refused(&story(), &["--train-ai", "maybe"], &["invalid value 'maybe'"]);
    refused(&story(), &[], &["nothing is declared yet", "--preset no-training"]);
}

#[test]
fn a_declaration_with_a_slip_in_it() {
    let story = story();
    let manifest = story.read("Cargo.toml") + "\n[package.metadata.airights]\nuse = { train-ia = \"disallowed\" }\n";
    story.write("Cargo.toml", manifest);
    let caret = "9 | use = { train-ia = \"disallowed\" }\n  |         ^^^^^^^^^^^^^^^^^^^^^^^";
    refused(
        &story,
        &["--preset", "no-ai"],
        &["`train-ia` is not an AI use", caret, "did you mean `train-ai`?"],
    );
}

#[test]
fn manifests_that_are_none_and_files_that_cannot_be_written() {
    let broken = story();
    broken.write("Cargo.toml", "[package\nname = \"quill\"\n");
    refused(&broken, &["--preset", "no-ai"], &["Cargo.toml"]);
    let guarded = story();
    let path = guarded.root().join("Cargo.toml");
    let mut permissions = fs::metadata(&path).expect("the manifest").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("a file of ours");
    let words = ["it is read-only", "nothing was changed"];
    refused(&guarded, &["--preset", "no-ai", "--rider", "and"], &words);
    let nowhere = Workspace::empty(None);
    let outcome = nowhere.run(&["declare", "--preset", "no-ai"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.err.contains("could not find `Cargo.toml`"), "{outcome:?}");
}

#[test]
fn terms_outside_of_the_package() {
    let words = [
        "the terms `../TERMS.md` are outside of `quill 1.0.0`",
        "copy them into the package",
    ];
    refused(&story(), &["--preset", "no-ai", "--terms", "../TERMS.md"], &words);
}

#[test]
fn licenses_that_take_no_rider() {
    let unlicensed = story();
    let manifest = unlicensed
        .read("Cargo.toml")
        .replace("license = \"MIT\" # since 2020\n", "");
    unlicensed.write("Cargo.toml", &manifest);
    let words = ["`quill 1.0.0` has no `license` to put a rider beside"];
    refused(&unlicensed, &["--preset", "no-ai", "--rider", "and"], &words);
    let excepted = story();
    let manifest = excepted
        .read("Cargo.toml")
        .replace("MIT", "Apache-2.0 WITH LLVM-exception");
    excepted.write("Cargo.toml", &manifest);
    let words = ["has an addition already", "`--rider and` fits beside every expression"];
    refused(&excepted, &["--preset", "no-ai", "--rider", "with"], &words);
}

#[test]
fn what_one_should_know_is_told_and_done_all_the_same() {
    let copyleft = story();
    let manifest = copyleft.read("Cargo.toml").replace("MIT", "GPL-3.0-only");
    copyleft.write("Cargo.toml", &manifest);
    let outcome = declare(&copyleft, &["--preset", "no-ai", "--rider", "and"]);
    assert!(
        outcome
            .err
            .contains("lets recipients of `quill 1.0.0` remove further restrictions"),
        "{outcome:?}"
    );
    assert!(
        outcome
            .err
            .contains("note: `cargo airights check` judges `quill 1.0.0` by its rider in this workspace, too"),
        "{outcome:?}"
    );
    let again = declare(&copyleft, &["--preset", "no-ai", "--rider", "and"]);
    assert!(!again.err.contains("in this workspace, too"), "{again:?}");
    let outcome = declare(&story(), &["--preset", "permissive", "--rider", "and"]);
    assert!(
        outcome
            .err
            .contains("only permits, and tools that do not know it refuse the crate"),
        "{outcome:?}"
    );
    let outcome = declare(&story(), &["--preset", "no-ai", "--terms", "TERMS.md"]);
    assert!(
        outcome.err.contains("the terms `TERMS.md` are not in `quill 1.0.0`"),
        "{outcome:?}"
    );
    let contrary = story();
    contrary.write("AGENTS.md", "Do not train on the contents of this repository.\n");
    let outcome = declare(&contrary, &["--preset", "permissive"]);
    let words =
        "`train-ai` is declared to be allowed in `quill 1.0.0`, and disallowed elsewhere in it\n --> AGENTS.md:1:1";
    assert!(outcome.err.contains(words), "{outcome:?}");
    let outcome = declare(&story(), &["--preset", "no-training", "--tdmrep"]);
    assert!(
        outcome
            .err
            .contains("`ai-input` is written as `disallowed`, though it is `allowed`"),
        "{outcome:?}"
    );
}
