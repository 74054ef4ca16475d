//! The inventory: what is in the graph, by license, by class or by AI use. Expressions stay whole: `MIT OR Apache-2.0`
//! is one license here, and the branch that was elected stands beside it.

mod human;
mod json;
mod tsv;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use airights::facts::Force;
use airights::judge::Judgement;
use airights::{AiUse, Condition, LicenseClass, UseValue};

use super::Report;

pub use human::write as write_human;
pub use json::write as write_json;
pub use tsv::write as write_tsv;

/// What packages are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The expression that counts, and the branch of it that was elected.
    License,
    /// The class of what was elected.
    Class,
    /// What is said of each AI use.
    AiUse,
}

/// Packages that have something in common, in the order of the graph.
struct Group<'a> {
    common: Common<'a>,
    packages: Vec<&'a Judgement>,
}

/// What the packages of a group have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Common<'a> {
    License {
        effective: Option<&'a str>,
        elected: Option<&'a str>,
    },
    Class(LicenseClass),
    AiUse {
        ai_use: AiUse,
        value: Reverse<UseValue>,
        force: Reverse<Option<Force>>,
        conditions: &'a [Condition],
    },
}

/// The groups: licenses most frequent first, classes and values in the order of the vocabulary.
fn groups<'a>(report: &Report<'a>, by: By) -> Vec<Group<'a>> {
    let mut members: BTreeMap<Common<'a>, Vec<&'a Judgement>> = BTreeMap::new();
    for judgement in &report.evaluation.judgements {
        for common in commons(judgement, by) {
            members.entry(common).or_default().push(judgement);
        }
    }
    let groups = members.into_iter();
    let mut groups: Vec<Group<'a>> = groups.map(|(common, packages)| Group { common, packages }).collect();
    if by == By::License {
        groups.sort_by_key(|group| Reverse(group.packages.len()));
    }
    groups
}

fn commons(judgement: &Judgement, by: By) -> Vec<Common<'_>> {
    let license = &judgement.license;
    match by {
        By::License => vec![Common::License {
            effective: license.effective.as_deref(),
            elected: license.elected.as_deref(),
        }],
        By::Class => vec![Common::Class(license.class)],
        By::AiUse => {
            let uses = judgement.ai.iter();
            uses.map(|(ai_use, terms)| Common::AiUse {
                ai_use,
                value: Reverse(terms.value),
                force: Reverse(terms.force),
                conditions: &terms.conditions,
            })
            .collect()
        }
    }
}

/// What stands where no license is known.
const UNKNOWN: &str = "unknown";

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::escape::is_hidden;
    use crate::format::{Document, Format};
    use crate::sample::sample_evaluation;

    fn listed(by: By, format: &str) -> String {
        let sample = sample_evaluation();
        let report = sample.report();
        let mut out = Vec::new();
        let inventory = Document::Inventory(&report, by);
        let format = Format::named(format).unwrap();
        format.write(&inventory, crate::Terminal::PLAIN, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_sample_is_listed_for_people() {
        let all = [By::License, By::Class, By::AiUse].map(|by| format!("## {by:?}\n{}", listed(by, "human")));
        expect_file!["../goldens/list.txt"].assert_eq(&all.join("\n"));
    }

    #[test]
    fn the_sample_is_listed_for_scripts() {
        expect_file!["../goldens/list.json"].assert_eq(&listed(By::License, "json"));
        expect_file!["../goldens/list.tsv"].assert_eq(&listed(By::Class, "tsv"));
    }

    #[test]
    fn no_package_is_lost_in_any_listing() {
        for (by, times) in [(By::License, 1), (By::Class, 1), (By::AiUse, 4)] {
            let rows = listed(by, "tsv");
            assert_eq!(rows.lines().count(), 1 + 45 * times);
            let columns = rows.lines().next().unwrap().matches('\t').count();
            assert!(rows.lines().all(|row| row.matches('\t').count() == columns));
            let value: serde_json::Value = serde_json::from_str(&listed(by, "json")).unwrap();
            let groups = value["groups"].as_array().unwrap();
            let counts = groups.iter().map(|group| group["count"].as_u64().unwrap());
            assert_eq!(counts.sum::<u64>(), 45 * u64::try_from(times).unwrap());
        }
    }

    #[test]
    fn nothing_hidden_is_written() {
        for by in [By::License, By::Class, By::AiUse] {
            for format in ["human", "json", "tsv"] {
                assert!(!listed(by, format).contains(|c| !matches!(c, '\n' | '\t') && is_hidden(c)));
            }
        }
    }
}
