//! What `publish-check` found, for people and for programs.

mod human;
mod json;
#[cfg(test)]
mod tests;

use airights::{Finding, Fix, Level, Package, Verdict};

use crate::sentence::words;

pub use human::write as write_human;
pub use json::write as write_json;

/// Everything a report on what would be published is made of.
#[derive(Clone, Debug)]
pub struct PublishReport {
    /// The packages that were asked for, in order.
    pub packages: Vec<CheckedPackage>,
    /// What was mended, each with its package. The findings are those that are left.
    pub fixed: Vec<(String, Fix)>,
}

/// A package, and what became of it.
#[derive(Clone, Debug)]
pub struct CheckedPackage {
    /// Which.
    pub package: Package,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a package.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was checked.
    Checked {
        /// How many files would be published.
        files: usize,
        /// What the rules say, worst first.
        findings: Vec<Finding>,
    },
    /// It is never published.
    NeverPublished,
    /// It could not be checked, for this reason.
    NotChecked(String),
}

impl PublishReport {
    /// The verdict: before a byte is written, and the same in each format.
    pub fn verdict(&self) -> Verdict {
        let is_not_checked = |package: &CheckedPackage| matches!(package.outcome, Outcome::NotChecked(_));
        if self.packages.iter().any(is_not_checked) {
            Verdict::Incomplete
        } else if self.of_level(Level::Deny) > 0 {
            Verdict::Violated
        } else {
            Verdict::Clean
        }
    }

    /// Every finding, with its package.
    pub fn findings(&self) -> impl Iterator<Item = (&Package, &Finding)> {
        self.packages.iter().flat_map(|checked| {
            let findings: &[Finding] = match &checked.outcome {
                Outcome::Checked { findings, .. } => findings,
                Outcome::NeverPublished | Outcome::NotChecked(_) => &[],
            };
            findings.iter().map(|finding| (&checked.package, finding))
        })
    }

    fn of_level(&self, level: Level) -> usize {
        self.findings().filter(|(_, finding)| finding.level == level).count()
    }
}

fn message(package: &Package, finding: &Finding) -> String {
    format!("`{package}` {}", words(&finding.problem))
}
