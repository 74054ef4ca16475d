//! Ways out of what is denied, for people and for programs.

mod human;
mod json;
#[cfg(test)]
mod tests;

use airights::suggest::{Combination, DeadEnd, Proposal, Violation, violations};

use super::Report;

pub use human::write as write_human;
pub use json::write as write_json;

/// What was found for a workspace.
#[derive(Clone, Copy)]
pub struct Suggestions<'a> {
    /// The judgement of the workspace as it is; after `--apply`, as it was before.
    pub report: &'a Report<'a>,
    /// The ways out, in the order to try them.
    pub proposals: &'a [Proposal],
    /// Those of them that cost least together; `None` where there are none, or they do not go together.
    pub together: Option<&'a Combination>,
    /// Whether combinations were left untried, as it takes long.
    pub is_cut_short: bool,
    /// What was tried and leads nowhere.
    pub dead_ends: &'a [DeadEnd],
    /// Whether a crate was named: only its violations are shown, as `NAME VERSION`.
    pub only: Option<&'a [String]>,
    /// What became of `--apply`.
    pub applied: Applied,
}

/// What became of `--apply`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was not asked for.
    NotAsked,
    /// The project is changed, and nothing it was to solve is denied any more.
    Clean,
    /// Nothing is changed, as something would still be denied.
    NothingChanged,
}

impl Suggestions<'_> {
    /// The violations to show, each with its package as `NAME VERSION`.
    fn violations(&self) -> Vec<(String, Violation<'_>)> {
        let all = violations(self.report.evaluation).into_iter();
        let named = all.map(|violation| (self.report.graph.package(violation.package).to_string(), violation));
        named
            .filter(|(name, _)| self.only.is_none_or(|only| only.contains(name)))
            .collect()
    }

    /// The ways out for a package, in order.
    fn ways_for<'s>(&'s self, package: &'s str) -> impl Iterator<Item = &'s Proposal> {
        let solves = move |proposal: &&Proposal| proposal.solves.iter().any(|solved| solved == package);
        self.proposals.iter().filter(solves)
    }

    /// Why some rungs lead nowhere for a package, in order.
    fn dead_ends_of<'s>(&'s self, package: &'s str) -> impl Iterator<Item = &'s DeadEnd> {
        self.dead_ends
            .iter()
            .filter(move |dead_end| dead_end.package == package)
    }
}
