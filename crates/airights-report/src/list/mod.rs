//! The inventory: what is in the graph, by license, by class or by AI use. Expressions stay whole: `MIT OR Apache-2.0`
//! is one license here, and the branch that was elected stands beside it.

mod human;
mod json;
mod tsv;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use airights::facts::Force;
use airights::finding::NotEvaluated;
use airights::judge::Judgement;
use airights::{AiUse, Condition, LicenseClass, PackageIx, PerPackage, UseValue};

use super::Report;
use crate::filter::Filter;
use crate::standing::{Standing, Totals};

pub use human::write as write_human;
pub use json::write as write_json;
pub use tsv::write as write_tsv;

/// What to list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// By what.
    pub by: By,
    /// Which packages.
    pub filter: Filter,
}

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

/// The packages that are listed, and how they fared.
struct Inventory<'a> {
    groups: Vec<Group<'a>>,
    /// Those that could not be judged, with the reasons.
    not_evaluated: Vec<&'a NotEvaluated>,
    standings: PerPackage<Standing<'a>>,
    totals: Totals,
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

impl<'a> Inventory<'a> {
    fn of(report: &Report<'a>, listing: &Listing) -> Self {
        let standings = Standing::of(report);
        let is_shown = |package: PackageIx| listing.filter.shows(&standings[package]);
        let missing = report.evaluation.not_evaluated.iter();
        let shown = standings.iter().filter(|(package, _)| is_shown(*package));
        Self {
            groups: groups(report, listing, is_shown),
            not_evaluated: missing.filter(|missing| is_shown(missing.package)).collect(),
            totals: shown.map(|(_, standing)| standing).collect(),
            standings,
        }
    }

    fn totals_of(&self, group: &Group<'_>) -> Totals {
        let packages = group.packages.iter();
        packages.map(|judgement| &self.standings[judgement.package]).collect()
    }
}

/// The groups: licenses most frequent first, classes and values in the order of the vocabulary.
fn groups<'a>(report: &Report<'a>, listing: &Listing, is_shown: impl Fn(PackageIx) -> bool) -> Vec<Group<'a>> {
    let mut members: BTreeMap<Common<'a>, Vec<&'a Judgement>> = BTreeMap::new();
    let judgements = report.evaluation.judgements.iter();
    for judgement in judgements.filter(|judgement| is_shown(judgement.package)) {
        for common in commons(judgement, listing) {
            members.entry(common).or_default().push(judgement);
        }
    }
    let groups = members.into_iter();
    let mut groups: Vec<Group<'a>> = groups.map(|(common, packages)| Group { common, packages }).collect();
    if listing.by == By::License {
        groups.sort_by_key(|group| Reverse(group.packages.len()));
    }
    groups
}

fn commons<'a>(judgement: &'a Judgement, listing: &Listing) -> Vec<Common<'a>> {
    let license = &judgement.license;
    match listing.by {
        By::License => vec![Common::License {
            effective: license.effective.as_deref(),
            elected: license.elected.as_deref(),
        }],
        By::Class => vec![Common::Class(license.class)],
        By::AiUse => {
            let uses = judgement.ai.iter();
            uses.filter(|(ai_use, terms)| listing.filter.shows_use(*ai_use, terms.value))
                .map(|(ai_use, terms)| Common::AiUse {
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
pub(crate) const UNKNOWN: &str = "unknown";

#[cfg(test)]
mod tests {
    use expect_test::{expect, expect_file};

    use super::*;
    use crate::escape::is_hidden;
    use crate::filter::UseFilter;
    use crate::format::{Document, Format};
    use crate::sample::sample_evaluation;
    use crate::standing::PackageVerdict;

    fn listed(by: By, format: &str) -> String {
        listed_with(by, Filter::default(), format, false)
    }

    fn listed_with(by: By, filter: Filter, format: &str, quiet: bool) -> String {
        let sample = sample_evaluation();
        let report = Report {
            quiet,
            ..sample.report()
        };
        let mut out = Vec::new();
        let listing = Listing { by, filter };
        let inventory = Document::Inventory(&report, &listing);
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
    fn only_what_is_asked_for_is_listed() {
        let denied = Filter {
            verdicts: vec![PackageVerdict::Denied],
            ..Filter::default()
        };
        let copyleft = Filter {
            classes: vec![LicenseClass::StrongCopyleft],
            ..denied.clone()
        };
        let said = UseFilter {
            ai_use: AiUse::TrainAi,
            value: None,
        };
        let said = Filter {
            uses: vec![said],
            ..Filter::default()
        };
        for (by, filter, expected) in [
            (
                By::License,
                denied,
                expect![[r"
                    GPL-3.0-only: 1 package (1 denied)
                      parser 2.1.0 (denied)
                    LicenseRef-ishell: 1 package (1 denied)
                      ishell 0.2.3 (denied)

                    2 of 46 packages (2 denied)
                "]],
            ),
            (
                By::Class,
                copyleft,
                expect![[r"
                    strong-copyleft: 1 package (1 denied)
                      GPL-3.0-only: parser 2.1.0 (denied)

                    1 of 46 packages (1 denied)
                "]],
            ),
            (
                By::AiUse,
                said,
                expect![[r"
                train-ai disallowed (license): 1 package (1 denied)
                  ishell 0.2.3 (denied)
                train-ai disallowed (preference): 1 package (1 warned)
                  hostile 0.1.0 (warned)

                2 of 46 packages (1 denied, 1 warned)
            "]],
            ),
        ] {
            expected.assert_eq(&listed_with(by, filter, "human", false));
        }
    }

    #[test]
    fn quiet_lists_totals_alone() {
        expect![[r"
            MIT OR Apache-2.0 → MIT: 43 packages (41 warned, 1 member)
            GPL-3.0-only: 1 package (1 denied)
            LicenseRef-ishell: 1 package (1 denied)
            not evaluated: vanished 0.9.0 (its source is not on this disk)

            46 packages (1 not evaluated, 2 denied, 41 warned, 1 member)
        "]]
        .assert_eq(&listed_with(By::License, Filter::default(), "human", true));
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
