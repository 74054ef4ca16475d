//! Scores the reader on `benchmarks/ai-terms`: `cargo run --release -p airights-text --example score -- FILE…`, or `-- --documents DIR`
//!
//! A line of a file is `language<TAB>place<TAB>labels<TAB>kind<TAB>sentence`, as `benchmarks/ai-terms/README.md` says. A sentence of a license
//! is read at the end of the MIT License, one of a notice as a README of its own, one that may stand in either as both. A
//! row is right if each use has the value of its label and no other use has any; a label with a question mark may be met or
//! not. Printed are the rows that are not right, each with what was found, and the shares by place, language and label;
//! with `--quiet` only these.
//!
//! Documents are scored where `DIR` holds their texts as `SHA256.txt`: for each split and use, precision and recall of the values
//! on which the readers agree. Only with `--test` are those of the test split listed.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use airights_text::{AiUse, Clause, Reading, UseValue, catalogue, decode, read, read_notice};

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() == Some("--documents") {
        let directory = arguments.next().ok_or_else(|| io::Error::other("name the directory"))?;
        return score_documents(Path::new(&directory));
    }
    let mut tally = Tally::default();
    let quiet = env::args().any(|argument| argument == "--quiet");
    for path in env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let rows = fs::read_to_string(&path)?;
        for line in rows.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let row = Row::of(line).ok_or_else(|| io::Error::other(format!("{path}: not five cells: {line}")))?;
            for place in row.places() {
                let outcome = row.outcome(place);
                if !quiet && outcome.verdict != Verdict::Right {
                    println!(
                        "{:?} {place} {} | {} | found {} | {}",
                        outcome.verdict, row.language, row.labels, outcome.found, row.sentence
                    );
                }
                tally.count(&row, place, outcome.verdict);
            }
        }
    }
    tally.print();
    Ok(())
}

struct Row<'a> {
    language: &'a str,
    place: &'a str,
    labels: &'a str,
    sentence: String,
}

/// How a row came out, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Right,
    /// What was found is stricter than the label, or another use is found besides.
    Stricter,
    /// Nothing is found, and a person is told to look.
    Told,
    /// Nothing is found, and nothing is said.
    Silent,
    /// What was found is milder than the label.
    Milder,
    /// Something was found where nothing is said.
    Invented,
}

struct Outcome {
    verdict: Verdict,
    found: String,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut cells = line.split('\t');
        let row = Self {
            language: cells.next()?,
            place: cells.next()?,
            labels: cells.next()?,
            sentence: cells.nth(1)?.replace("\\n", "\n"),
        };
        cells.next().is_none().then_some(row)
    }

    fn places(&self) -> impl Iterator<Item = &'static str> {
        let is = |place: &str| self.place == place || self.place == "either";
        [is("license").then_some("license"), is("notice").then_some("notice")]
            .into_iter()
            .flatten()
    }

    fn outcome(&self, place: &str) -> Outcome {
        let (clauses, is_told) = if place == "license" {
            let reading = read(&format!("{}\n{}\n", mit(), self.sentence));
            let is_told = is_told(&reading);
            (reading.clauses, is_told)
        } else {
            (read_notice(&self.sentence), false)
        };
        let found = values(&clauses);
        let wanted = wanted(self.labels);
        let is_required = |(value, is_optional): &(UseValue, bool)| *value != UseValue::Unknown && !is_optional;
        let mut verdict = Verdict::Right;
        for (ai_use, label) in &wanted {
            let value = found.get(ai_use).copied().unwrap_or_default();
            let of_use = match (label, value) {
                ((wanted, _), found) if *wanted == found => Verdict::Right,
                ((_, true), UseValue::Unknown) => Verdict::Right,
                (_, UseValue::Unknown) if is_told => Verdict::Told,
                (_, UseValue::Unknown) => Verdict::Silent,
                ((wanted, _), found) if found > *wanted => Verdict::Stricter,
                _ => Verdict::Milder,
            };
            verdict = verdict.max(of_use);
        }
        if found.keys().any(|ai_use| !wanted.contains_key(ai_use)) {
            let of_others = if wanted.values().any(is_required) {
                Verdict::Stricter
            } else {
                Verdict::Invented
            };
            verdict = verdict.max(of_others);
        }
        let found: Vec<String> = found
            .iter()
            .map(|(ai_use, value)| format!("{ai_use}={value}"))
            .collect();
        let found = if found.is_empty() {
            "nothing".to_owned()
        } else {
            found.join(",")
        };
        Outcome { verdict, found }
    }
}

/// The value of each use that must be found, and whether it may be missing.
fn wanted(labels: &str) -> BTreeMap<AiUse, (UseValue, bool)> {
    let label = |label: &str| {
        let (label, is_optional) = label.strip_suffix('?').map_or((label, false), |label| (label, true));
        let (ai_use, value) = label.split_once('=')?;
        let value = value.split(':').next()?;
        Some((ai_use.parse().ok()?, (value.parse().ok()?, is_optional)))
    };
    labels.split(',').filter_map(label).collect()
}

fn score_documents(directory: &Path) -> io::Result<()> {
    let shows_test = env::args().any(|argument| argument == "--test");
    let rows = fs::read_to_string("benchmarks/ai-terms/documents.tsv")?;
    // For each split and use, what is right, what else is found, and what else is labeled.
    let mut counts: BTreeMap<(&str, AiUse), (u32, u32, u32)> = BTreeMap::new();
    for line in rows.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [repository, path, _, digest, _, split, first, second] = cells[..] else {
            continue;
        };
        let Ok(bytes) = fs::read(directory.join(format!("{digest}.txt"))) else {
            continue;
        };
        let Some(text) = decode(&bytes) else { continue };
        let found = said_by(&text, path);
        let (first, second) = (wanted(first), if second == "-" { None } else { Some(wanted(second)) });
        for &ai_use in AiUse::ALL {
            let label = first.get(&ai_use);
            let other = second.as_ref().map_or(label, |second| second.get(&ai_use));
            let value = |label: Option<&(UseValue, bool)>| label.map_or(UseValue::Unknown, |(value, _)| *value);
            let is_arguable = [label, other]
                .into_iter()
                .flatten()
                .any(|(_, is_arguable)| *is_arguable);
            if is_arguable || value(label) != value(other) {
                continue;
            }
            let found = found.get(&ai_use).copied().unwrap_or_default();
            let count = counts.entry((split, ai_use)).or_default();
            if found == value(label) {
                count.0 += u32::from(found != UseValue::Unknown);
                continue;
            }
            count.1 += u32::from(found != UseValue::Unknown);
            count.2 += u32::from(value(label) != UseValue::Unknown);
            if split != "test" || shows_test {
                println!(
                    "{split} {ai_use}: {repository}/{path} ({}): expected {}, found {found}",
                    &digest[..12],
                    value(label)
                );
            }
        }
    }
    for ((split, ai_use), (right, wrong, missed)) in counts {
        let share = |other: u32| f64::from(right) / f64::from((right + other).max(1));
        println!(
            "{split} {ai_use}: precision {:.3} recall {:.3} ({right} right, {wrong} else found, {missed} else labeled)",
            share(wrong),
            share(missed)
        );
    }
    Ok(())
}

/// What a document says, read by what it is by its name, with the terms of the licenses in it.
fn said_by(text: &str, path: &str) -> BTreeMap<AiUse, UseValue> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_uppercase();
    let is_license = ["LICENSE", "LICENCE", "COPYING", "TERMS", "EULA", "RIDER", "ADDENDUM"]
        .iter()
        .any(|word| name.contains(word));
    if !is_license {
        return values(&read_notice(text));
    }
    let reading = read(text);
    let mut all = values(&reading.clauses);
    let licenses = reading.matches.iter().filter_map(|found| catalogue::license(found.id));
    for terms in licenses.flat_map(|license| &license.terms) {
        if terms.value != UseValue::Allowed || terms.ai_use == AiUse::TrainAi {
            let value = all.entry(terms.ai_use).or_insert(terms.value);
            *value = terms.value.max(*value);
        }
    }
    all
}

fn mit() -> &'static str {
    let text = spdx::text::LICENSE_TEXTS.iter().find(|(id, _)| *id == "MIT");
    text.map_or("", |(_, text)| text)
}

/// Whether a person is told that there is more than the license.
fn is_told(reading: &Reading) -> bool {
    reading.is_modified() || reading.residue.iter().any(|residue| residue.operative)
}

fn values(clauses: &[Clause]) -> BTreeMap<AiUse, UseValue> {
    let mut values = BTreeMap::new();
    for clause in clauses {
        let value: &mut UseValue = values.entry(clause.ai_use).or_insert(clause.value);
        *value = clause.value.max(*value);
    }
    values
}

#[derive(Default)]
struct Tally {
    places: BTreeMap<String, Vec<Verdict>>,
    languages: BTreeMap<String, Vec<Verdict>>,
    labels: BTreeMap<String, Vec<Verdict>>,
}

impl Tally {
    fn count(&mut self, row: &Row, place: &str, verdict: Verdict) {
        let of =
            |map: &mut BTreeMap<String, Vec<Verdict>>, key: &str| map.entry(key.to_owned()).or_default().push(verdict);
        of(&mut self.places, place);
        of(&mut self.languages, row.language);
        of(
            &mut self.labels,
            row.labels.split([',', '?', ':']).next().unwrap_or_default(),
        );
    }

    fn print(&self) {
        for (title, shares) in [
            ("place", &self.places),
            ("language", &self.languages),
            ("label", &self.labels),
        ] {
            println!("\nby {title}");
            for (name, verdicts) in shares {
                println!("{name:<32} {}", line(verdicts));
            }
        }
        let all: Vec<Verdict> = self.places.values().flatten().copied().collect();
        println!("\n{:<32} {}", "all", line(&all));
    }
}

/// The share of what is right, with its 95 % interval (Wilson, 1927), and how many are otherwise.
#[allow(clippy::cast_precision_loss, reason = "rows are few")]
fn line(verdicts: &[Verdict]) -> String {
    let count = |verdict| verdicts.iter().filter(|&&other| other == verdict).count();
    let (right, all) = (count(Verdict::Right) as f64, verdicts.len() as f64);
    let (share, z) = (right / all, 1.96_f64);
    let middle = share + z * z / (2.0 * all);
    let half = z * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let scale = 1.0 + z * z / all;
    let others = [
        Verdict::Stricter,
        Verdict::Told,
        Verdict::Silent,
        Verdict::Milder,
        Verdict::Invented,
    ];
    let others: Vec<String> = others
        .into_iter()
        .filter(|&verdict| count(verdict) > 0)
        .map(|verdict| format!("{} {verdict:?}", count(verdict)).to_lowercase())
        .collect();
    format!(
        "{share:.3} [{:.3}, {:.3}] of {all}: {}",
        (middle - half) / scale,
        (middle + half) / scale,
        others.join(", ")
    )
}
