//! Measures the clause recogniser: `cargo run --release -p airights-text --example evaluate -- DIR`
//!
//! `DIR` holds `labels.tsv` (file, …, label, kind, note) and `texts/`. Printed are, per use, precision and recall of
//! the value found for each text, and each miss. What the labels have no word for is listed and counted apart: training
//! on outputs upon conditions, and fields of use that are restricted without a word on AI.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use airights_text::{AiUse, Clause, UseValue, catalogue, decode, read, read_notice};

fn main() -> io::Result<()> {
    let directory = env::args()
        .nth(1)
        .ok_or_else(|| io::Error::other("name the directory"))?;
    let directory = Path::new(&directory);
    let labels = fs::read_to_string(directory.join("labels.tsv"))?;
    let mut counts: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for line in labels.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, _, path, _, label, kind, ..] = cells[..] else {
            continue;
        };
        let Ok(bytes) = fs::read(directory.join("texts").join(file)) else {
            println!("{file} is not there");
            continue;
        };
        let Some(text) = decode(&bytes) else { continue };
        let said = said(&text, kind, path);
        let wanted = wanted(label);
        for (group, uses) in GROUPS {
            let found = uses
                .iter()
                .map(|ai_use| value(&said, *ai_use))
                .max()
                .unwrap_or_default();
            let expected = wanted.get(group).copied().unwrap_or_default();
            let speaks_of_input = value(&said, AiUse::AiInput) != UseValue::Unknown;
            if expected == UseValue::Unknown && has_no_label(group, found, label, speaks_of_input) {
                println!("{group}: {file} ({kind}): found {found}, for which there is no label");
                continue;
            }
            let count = counts.entry(group).or_default();
            match (expected, found) {
                (UseValue::Unknown, UseValue::Unknown) => {}
                (expected, found) if expected == found => count.0 += 1,
                (expected, found) => {
                    count.1 += u32::from(found != UseValue::Unknown);
                    count.2 += u32::from(expected != UseValue::Unknown);
                    println!("{group}: {file} ({kind}): expected {expected}, found {found}");
                }
            }
        }
    }
    for (group, (right, wrong, missed)) in counts {
        println!(
            "{group}: precision {:.3} recall {:.3} ({right} right, {wrong} wrong, {missed} missed)",
            share(right, wrong),
            share(right, missed)
        );
    }
    Ok(())
}

const GROUPS: &[(&str, &[AiUse])] = &[
    ("train-ai", &[AiUse::TrainAi]),
    (
        "ai-input or use-restrictions",
        &[AiUse::AiInput, AiUse::UseRestrictions],
    ),
    ("train-on-output", &[AiUse::TrainOnOutput]),
];

/// Whether what was found is nothing the labels could have said.
fn has_no_label(group: &str, found: UseValue, label: &str, speaks_of_input: bool) -> bool {
    match group {
        "train-on-output" => found == UseValue::Conditional,
        "ai-input or use-restrictions" => found != UseValue::Unknown && (label == "none" || !speaks_of_input),
        _ => false,
    }
}

fn share(right: u32, other: u32) -> f64 {
    f64::from(right) / f64::from((right + other).max(1))
}

/// What a text says, as the tool would read it: licence files as licences, all else as notices.
fn said(text: &str, kind: &str, path: &str) -> Vec<(AiUse, UseValue)> {
    let is_license = kind == "license" || path.contains("LICENSE") || path.contains("NOTICE");
    let clause = |clause: &Clause| (clause.ai_use, clause.value);
    if !is_license {
        return read_notice(text).iter().map(clause).collect();
    }
    let reading = read(text);
    let mut all: Vec<(AiUse, UseValue)> = reading.clauses.iter().map(clause).collect();
    for found in &reading.matches {
        if let Some(license) = catalogue::license(found.id) {
            all.extend(
                license
                    .terms
                    .iter()
                    .filter(|terms| terms.value != UseValue::Allowed || terms.ai_use == AiUse::TrainAi)
                    .map(|terms| (terms.ai_use, terms.value)),
            );
        }
    }
    all
}

fn value(said: &[(AiUse, UseValue)], ai_use: AiUse) -> UseValue {
    let values = said
        .iter()
        .filter(|(other, _)| *other == ai_use)
        .map(|(_, value)| *value);
    values
        .clone()
        .filter(|value| *value != UseValue::Unknown)
        .max()
        .unwrap_or_default()
}

fn wanted(label: &str) -> BTreeMap<&'static str, UseValue> {
    let mut all = BTreeMap::new();
    for part in label.split(',') {
        let (group, value) = match part {
            "train-disallow" => ("train-ai", UseValue::Disallowed),
            "train-conditional" => ("train-ai", UseValue::Conditional),
            "train-allow" => ("train-ai", UseValue::Allowed),
            "ai-use-disallow" => ("ai-input or use-restrictions", UseValue::Disallowed),
            "ai-use-conditional" => ("ai-input or use-restrictions", UseValue::Conditional),
            "output-training-disallow" => ("train-on-output", UseValue::Disallowed),
            _ => continue,
        };
        all.insert(group, value);
    }
    all
}
