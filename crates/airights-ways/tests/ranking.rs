//! How well alternatives are ranked, on little data that is in the repository: it may get better, and not worse unseen.
//!
//! `steps.txt` holds steps that real crates made, as `cargo run -p airights-ways --example rank -- --index DIRECTORY
//! --record crates/airights-ways/tests/ranking/steps.txt` writes them from index files; `crates.txt` describes made-up
//! crates. On more data the example measures the same.

use std::collections::{BTreeMap, BTreeSet};

use airights_ways::alternatives::catalog::Described;
use airights_ways::alternatives::{COLUMNS, Catalog, Gold, Miner, Quality, Rules, Sources, Table};
use expect_test::expect_file;

const STEPS: &str = include_str!("ranking/steps.txt");
const CRATES: &str = include_str!("ranking/crates.txt");

/// What RustSec advisories name in the place of each crate that somebody in the steps has given up.
fn reviewed() -> Gold {
    let given_up: BTreeSet<&str> = STEPS.lines().flat_map(|line| step(line).1).collect();
    let mut gold = Gold::new();
    for pair in Table::built_in().pairs() {
        if pair.is_from_rustsec() && pair.to != "std" && given_up.contains(pair.from.as_str()) {
            gold.entry(pair.from.clone()).or_default().insert(pair.to.clone());
        }
    }
    gold
}

/// The crate of a step, what it gave up, and what it took: `crate - old older + new`.
fn step(line: &str) -> (&str, Vec<&str>, Vec<&str>) {
    let (name, rest) = line.split_once(" - ").expect("what went");
    let (gone, come) = rest.split_once(" + ").expect("what came");
    (name, gone.split(' ').collect(), come.split(' ').collect())
}

/// The rules that the steps make, read as the histories they stand for.
fn mined() -> Rules {
    let mut histories: BTreeMap<&str, String> = BTreeMap::new();
    for line in STEPS.lines() {
        let (name, gone, come) = step(line);
        let history = histories.entry(name).or_default();
        let major = history.lines().count();
        // What lies between two steps is not known, and no step by itself.
        for (minor, dependencies) in [(0, Vec::new()), (1, gone), (2, come)] {
            let dependencies: Vec<_> = dependencies
                .iter()
                .map(|name| serde_json::json!({ "name": name }))
                .collect();
            let release =
                serde_json::json!({ "name": name, "vers": format!("{major}.{minor}.0"), "deps": dependencies });
            *history += &format!("{release}\n");
        }
    }
    let mut miner = Miner::default();
    for history in histories.values() {
        miner.read(history.as_bytes()).expect("a history");
    }
    miner.rules()
}

/// The made-up crates, and which of them do the same job: those below one heading.
fn described() -> (Catalog, Gold) {
    let (mut crates, mut jobs) = (Vec::new(), Vec::new());
    for line in CRATES.lines().filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            jobs.push(BTreeSet::new());
            continue;
        }
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let &[name, description, keywords, dependencies] = &parts[..] else {
            panic!("no name, description, keywords and dependencies in: {line}");
        };
        let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        jobs.last_mut().expect("a heading").insert(name.to_owned());
        crates.push(Described {
            name: name.to_owned(),
            description: description.to_owned(),
            keywords: words(keywords),
            dependencies: words(dependencies),
            ..Described::default()
        });
    }
    let mut gold = Gold::new();
    // Those that only depend on others have no job of their own.
    for job in jobs.iter().filter(|job| job.len() < 4) {
        for name in job {
            gold.insert(
                name.clone(),
                job.iter().filter(|other| *other != name).cloned().collect(),
            );
        }
    }
    (Catalog::of(crates), gold)
}

fn names(sources: &Sources<'_>, name: &str) -> Vec<String> {
    let candidates = sources.of(name).into_iter();
    candidates.map(|candidate| candidate.name).collect()
}

#[test]
fn alternatives_are_ranked_as_well_as_before() {
    let (rules, gold) = (mined(), reviewed());
    let by_rules = Sources {
        rules: Some(&rules),
        ..Sources::default()
    };
    let mined = Quality::of(&gold, |name| names(&by_rules, name));
    let (catalog, gold) = described();
    let by_likeness = Sources {
        catalog: Some(&catalog),
        ..Sources::default()
    };
    let alike = Quality::of(&gold, |name| names(&by_likeness, name));
    let figures = format!("         {COLUMNS}\nmined    {mined}\nlikeness {alike}\n");
    expect_file!["ranking/figures.txt"].assert_eq(&figures);
}
