//! `cargo airights list`: what is in the graph, for people, programs and spreadsheets.

use crate::support::{Crate, Registry, Workspace};

fn story() -> Workspace {
    let crates = [
        Crate::new("choice", "1.0.0").license("MIT OR GPL-3.0-only"),
        Crate::new("both", "1.0.0").license("MIT AND Zlib"),
    ];
    Workspace::depending_on("choice = \"1\"\nboth = \"1\"", Registry::with(crates))
}

/// Flattening `OR` and `AND` into one list of ids is how a permissive-and-copyleft crate gets cleared by mistake.
#[test]
fn the_expression_is_never_flattened() {
    let story = story();
    for format in ["human", "json", "tsv"] {
        let outcome = story.run(&["list", "--format", format]);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        assert!(outcome.out.contains("MIT OR GPL-3.0-only"), "{format}: {}", outcome.out);
        assert!(outcome.out.contains("MIT AND Zlib"), "{format}: {}", outcome.out);
    }
}

#[test]
fn it_lists_by_class_and_by_ai_use_as_well() {
    let story = story();
    assert!(story.run(&["list", "--by", "class"]).out.contains("permissive"));
    assert!(story.run(&["list", "--by", "ai-use"]).out.contains("train-ai"));
    let lines = story.run(&["list", "--format", "tsv"]).out;
    let columns: Vec<usize> = lines.lines().map(|line| line.split('\t').count()).collect();
    assert!(columns.iter().all(|count| *count == columns[0]), "{lines}");
}

/// An inventory is no verdict.
#[test]
fn what_the_policy_denies_is_listed_all_the_same() {
    let story = Workspace::depending_on(
        "strong = \"1\"",
        Registry::with([Crate::new("strong", "1.0.0").license("GPL-3.0-only")]),
    );
    assert_eq!(story.run(&["list"]).code, Some(0));
    assert_eq!(story.run(&["check"]).code, Some(1));
}
