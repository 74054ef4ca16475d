//! What a way out costs: how far versions move, how old they are, and which advisories they bring in.

use std::fs;

use super::{denied, fine, licensed};
use crate::support::{Registry, Workspace};

/// Leaves an advisory about `parser` where other tools do.
fn advise(story: &Workspace, folder: &str, patched: &str) {
    let folder = story.cargo_home().join(folder).join("crates/parser");
    let advisory = format!(
        "```toml\n[advisory]\nid = \"RUSTSEC-2024-0001\"\npackage = \"parser\"\n\n[versions]\npatched = [\"{patched}\"]\n```\n\n# Words\n"
    );
    fs::create_dir_all(&folder).expect("a temporary directory");
    fs::write(folder.join("RUSTSEC-2024-0001.md"), advisory).expect("a file in a temporary directory");
}

#[test]
fn how_far_and_how_old_is_told() {
    let crates = [
        fine("parser", "1.0.0").published("2024-01-01"),
        denied("parser", "1.1.0").published("2024-02-01"),
        denied("parser", "1.2.0").published("2024-03-01"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let report = story.run(&["suggest", "--format", "json"]).json();
    let cost = &report["proposals"][0]["cost"];
    let figures = ["moves", "downgrades", "releases", "days_older", "advisories"].map(|name| cost[name].as_u64());
    assert_eq!(figures, [1, 1, 2, 60, 0].map(Some), "{cost}");
}

#[test]
fn advisories_are_counted_where_a_database_is_on_this_disk() {
    for folder in ["advisory-db", "advisory-dbs/advisory-db-0123456789abcdef"] {
        let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
        let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
        licensed(&story);
        let without = story.run(&["suggest", "--format", "json", "-v"]);
        assert!(without.err.contains("has no RustSec advisories"), "{without:?}");
        advise(&story, folder, ">= 1.2.0");
        let with = story.run(&["suggest", "--format", "json", "-v"]);
        assert!(!with.err.contains("note: "), "{with:?}");
        let (before, after) = (&without.json()["proposals"][0], &with.json()["proposals"][0]);
        assert_eq!(
            (&before["cost"]["advisories"], &after["cost"]["advisories"]),
            (&0.into(), &1.into())
        );
        assert_eq!(
            after["why"],
            "`parser 1.1.0` is `MIT`; RUSTSEC-2024-0001 is about `parser 1.1.0`"
        );
        // One that is about the version that goes as well brings in nothing new.
        advise(&story, folder, ">= 2.0.0");
        let report = story.run(&["suggest", "--format", "json"]).json();
        assert_eq!(report["proposals"][0]["cost"]["advisories"], 0);
    }
}
