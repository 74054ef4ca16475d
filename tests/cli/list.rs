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

fn judged() -> Workspace {
    let crates = [
        Crate::new("strong", "1.0.0").license("GPL-3.0-only"),
        Crate::new("excepted", "1.0.0").license("AGPL-3.0-only"),
        Crate::new("plain", "1.0.0").license("MIT"),
    ];
    let story = Workspace::depending_on(
        "strong = \"1\"\nexcepted = \"1\"\nplain = \"1\"",
        Registry::with(crates),
    );
    story.write(
        "airights.toml",
        "version = 1\n[licenses]\nallow = [\"MIT\"]\n\n[[exceptions]]\ncrate = \"excepted\"\n\
         licenses = [\"AGPL-3.0-only\"]\nreason = \"a test\"\n",
    );
    story
}

#[test]
fn it_marks_what_is_remarkable_and_counts_it() {
    let listed = judged().run(&["list"]).out;
    for words in [
        "GPL-3.0-only: 1 package (1 denied)\n  strong 1.0.0 (denied)\n",
        "excepted 1.0.0 (excepted)\n",
        "\n4 packages (1 denied, 1 excepted, 1 member)\n",
    ] {
        assert!(listed.contains(words), "`{words}` is missing in: {listed}");
    }
    let totals = judged().run(&["list", "-q"]).out;
    assert!(
        totals.contains("GPL-3.0-only: 1 package") && !totals.contains("strong"),
        "{totals}"
    );
}

#[test]
fn filters_show_what_is_asked_for() {
    let story = judged();
    for (filter, shown) in [
        (&["--denied"][..], &["strong"][..]),
        (&["--verdict", "denied,excepted"], &["excepted", "strong"]),
        (&["--license", "GPL-*"], &["strong"]),
        (&["--license", "mit"], &["plain"]),
        (&["--license", "unknown"], &["app"]),
        (&["--class", "strong-copyleft,permissive"], &["plain", "strong"]),
        (&["--class", "permissive", "--denied"], &[]),
        (&["--ai", "train-ai"], &[]),
        (&["--ai", "train-ai=unknown", "--license", "MIT"], &["plain"]),
    ] {
        let outcome = story.run(&[&["list", "--format", "json"], filter].concat());
        let value = outcome.json();
        let groups = value["groups"].as_array().expect("groups").iter();
        let packages = groups.flat_map(|group| group["packages"].as_array().expect("packages"));
        let mut names: Vec<&str> = packages.filter_map(|package| package["name"].as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, shown, "{filter:?}");
        assert_eq!(value["totals"]["listed"], shown.len(), "{filter:?}");
        assert_eq!(value["totals"]["resolved"], 4);
    }
    let mistyped = story.run(&["list", "--license", "Apache2.0"]);
    assert_eq!(mistyped.code, Some(2));
    assert!(mistyped.err.contains("did you mean `Apache-2.0`?"), "{}", mistyped.err);
}
