//! Measures how well alternatives are ranked, on the pairs that RustSec advisories name.
//!
//! ```text
//! cargo run --release -p airights-ways --example rank -- --pairs ADVISORIES.jsonl --index DIRECTORY --described DIRECTORY
//! ```
//!
//! `--pairs` names the advisories that count (JSON lines with an `id`; without it, all that the reviewed table knows of);
//! `--index` directories of index files, in the layout of a sparse index or of cargo's own cache; `--described`
//! directories of packages, each with its `Cargo.toml`. Each may be given several times. What the table says of the crate
//! under test is left out of it. `--record FILE` writes those steps of the histories that matter, for the test `ranking`,
//! which holds the figures on what was recorded.

#![expect(clippy::print_stdout, reason = "it prints figures, and does nothing else")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use airights_manifest::Manifest;
use airights_manifest::manifest::DependencyTable;
use airights_registry::{cached_lines, files_below};
use airights_ways::alternatives::catalog::Described;
use airights_ways::alternatives::history::{History, Step};
use airights_ways::alternatives::{COLUMNS, Catalog, Gold, Miner, Quality, Sources, Table};

/// What is suggested below this place nobody reads.
const MOST: usize = 50;
/// A step in which more than this went or came is a rebuilding, and not recorded.
const MOST_AT_ONCE: usize = 8;

#[derive(Default)]
struct Arguments {
    pairs: Option<PathBuf>,
    index: Vec<PathBuf>,
    described: Vec<PathBuf>,
    record: Option<PathBuf>,
    shown: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let gold = gold(arguments.pairs.as_deref())?;
    let mut miner = Miner::default();
    let mut described: BTreeMap<String, Described> = BTreeMap::new();
    let mut files = 0;
    let mut histories = Vec::new();
    for directory in &arguments.index {
        for file in files_below(directory) {
            let bytes = std::fs::read(file)?;
            let lines = cached_lines(&bytes).unwrap_or(bytes);
            files += 1;
            if arguments.record.is_some() {
                histories.push(History::read(&lines));
            }
            if let Some((name, dependencies)) = miner.read(&lines) {
                let krate = Described {
                    name: name.clone(),
                    dependencies,
                    ..Described::default()
                };
                described.insert(name, krate);
            }
        }
    }
    if let Some(file) = &arguments.record {
        std::fs::write(file, recorded(&histories, &gold))?;
    }
    for directory in &arguments.described {
        described_in(directory, &mut described)?;
    }
    let speaks = |name: &str| described.get(name).is_some_and(|krate| !krate.description.is_empty());
    let mut comparable = gold.clone();
    comparable.retain(|from, to| speaks(from) && to.iter().any(|to| speaks(to)));
    let rules = miner.rules();
    let catalog = Catalog::of(described.into_values());
    println!(
        "{files} index files, {} rules, {} of them from two crates or more; {} crates in the catalog",
        rules.iter().count(),
        rules.iter().filter(|rule| rule.support >= 2).count(),
        catalog.len(),
    );
    let table = Table::built_in();
    println!(
        "{} sources with {} pairs",
        gold.len(),
        gold.values().map(BTreeSet::len).sum::<usize>()
    );
    println!("{:28} {COLUMNS}", "");
    let by_rules = Sources {
        rules: Some(&rules),
        ..Sources::default()
    };
    let by_likeness = Sources {
        catalog: Some(&catalog),
        ..Sources::default()
    };
    let all = Sources {
        catalog: Some(&catalog),
        ..by_rules
    };
    let names = |sources: &Sources<'_>, name: &str| -> Vec<String> {
        let found = sources.of(name).into_iter().take(MOST);
        found.map(|candidate| candidate.name).collect()
    };
    measure("mined rules", &gold, |name| names(&by_rules, name));
    measure("mined, two crates or more", &gold, |name| {
        let rules = rules.of(name).iter().filter(|rule| rule.support >= 2);
        rules.map(|rule| rule.to.clone()).collect()
    });
    measure("description and dependents", &gold, |name| names(&by_likeness, name));
    // Who says nothing of itself, or is not there to be found, says nothing of how well likeness finds it.
    measure("  where both are described", &comparable, |name| {
        names(&by_likeness, name)
    });
    measure("all sources", &gold, |name| {
        let without = table.without(name);
        names(
            &Sources {
                table: Some(&without),
                ..all
            },
            name,
        )
    });
    if arguments.shown {
        for (from, to) in &gold {
            let found: Vec<_> = names(&all, from).into_iter().take(6).collect();
            println!("{from}: {to:?} <- {found:?}");
        }
    }
    Ok(())
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments::default();
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().map(PathBuf::from).ok_or("a flag has no value");
        match word.to_str() {
            Some("--pairs") => arguments.pairs = Some(value()?),
            Some("--index") => arguments.index.push(value()?),
            Some("--described") => arguments.described.push(value()?),
            Some("--record") => arguments.record = Some(value()?),
            Some("--show") => arguments.shown = true,
            _ => return Err(format!("what is {}?", word.display()).into()),
        }
    }
    Ok(arguments)
}

/// What advisories name in the place of each crate. The standard library is no crate that could be found.
fn gold(advisories: Option<&Path>) -> Result<Gold, Box<dyn Error>> {
    let known: Option<HashSet<String>> = match advisories {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path)?;
            let id = |line: &str| {
                Some(
                    serde_json::from_str::<serde_json::Value>(line).ok()?["id"]
                        .as_str()?
                        .to_owned(),
                )
            };
            Some(text.lines().filter_map(id).collect())
        }
    };
    let mut gold = Gold::new();
    for pair in Table::built_in().pairs() {
        let id = pair.evidence.rsplit('/').next().unwrap_or_default();
        let counts = pair.is_from_rustsec() && known.as_ref().is_none_or(|known| known.contains(id));
        if counts && pair.to != "std" {
            gold.entry(pair.from.clone()).or_default().insert(pair.to.clone());
        }
    }
    Ok(gold)
}

/// Reads what packages below a directory say of themselves; dependencies that are known from elsewhere stay.
fn described_in(directory: &Path, described: &mut BTreeMap<String, Described>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(directory)? {
        let manifest = entry?.path().join("Cargo.toml");
        let Ok(text) = std::fs::read_to_string(manifest) else {
            continue;
        };
        let Ok(manifest) = Manifest::parse(&text) else {
            continue;
        };
        if !manifest.has_package() {
            continue;
        }
        let text = |key: &str| manifest.package_string(key).unwrap_or_default().to_owned();
        let list = |key: &str| manifest.package_strings(key).map(str::to_owned).collect();
        let mut krate = Described {
            name: text("name"),
            description: text("description"),
            keywords: list("keywords"),
            categories: list("categories"),
            ..Described::default()
        };
        let dependencies = manifest.dependencies().into_iter();
        let built = dependencies.filter(|found| {
            let is_built = matches!(found.table, DependencyTable::Normal | DependencyTable::Build);
            is_built && found.target.is_none()
        });
        krate
            .dependencies
            .extend(built.map(|found| found.package.unwrap_or(found.key).to_owned()));
        if let Some(known) = described.get(&krate.name) {
            krate.dependencies.extend(known.dependencies.iter().cloned());
        }
        described.insert(krate.name.clone(), krate);
    }
    Ok(())
}

/// Prints how well one source, or all of them, rank.
fn measure(what: &str, gold: &Gold, rank: impl Fn(&str) -> Vec<String>) {
    println!("{what:28} {}", Quality::of(gold, rank));
}

/// The steps in which a crate of the pairs went, a line each.
fn recorded(histories: &[History], gold: &Gold) -> String {
    let mut lines = BTreeSet::new();
    for history in histories {
        let is_kept = |step: &&Step| {
            step.gone.iter().any(|name| gold.contains_key(name)) && step.gone.len().max(step.come.len()) <= MOST_AT_ONCE
        };
        for step in history.steps.iter().filter(is_kept) {
            let (name, gone, come) = (&history.name, step.gone.join(" "), step.come.join(" "));
            lines.insert(format!("{name} - {gone} + {come}\n"));
        }
    }
    lines.into_iter().collect()
}
