//! Ways out of a violation: the rungs of the ladder in their order, what each costs, and what it changes.
//!
//! Nothing here finds a way out; a tool does that with cargo's own resolver, and proves it. Here stands what a proposal
//! is, how two of them compare, and what a lockfile says before and after.

mod changes;
mod cost;
mod known;
mod substitute;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

pub use self::changes::{Change, LockedPackage, Pair, are_compatible, changes, pairs};
pub use self::cost::{Cost, Release, Releases};
pub use self::known::{KnownWay, name_known_ways};
pub use self::substitute::{Ground, GroundSource, Substitute};
use crate::evaluate::Evaluation;
use crate::finding::{Finding, Subject};
use crate::level::Level;
use crate::package::PackageIx;

/// The rungs, cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Another branch of an `OR` is elected.
    Elect,
    /// The crate moves to another version that its dependents accept.
    OtherVersion,
    /// A dependent moves, too.
    ParentMoves,
    /// A feature or an optional dependency that brings it in is switched off.
    FeatureOff,
    /// The manifest asks for another major version.
    OtherMajor,
    /// Another crate does the same job.
    Replace,
    /// A copy of the last compliant version takes its place.
    Patch,
    /// The manifest holds the last compliant version fast.
    Pin,
    /// Somebody is asked: for an exception, or the maintainer for other terms.
    Ask,
}

impl Rung {
    /// The spelling used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Elect => "elect",
            Self::OtherVersion => "other-version",
            Self::ParentMoves => "parent-moves",
            Self::FeatureOff => "feature-off",
            Self::OtherMajor => "other-major",
            Self::Replace => "replace",
            Self::Patch => "patch",
            Self::Pin => "pin",
            Self::Ask => "ask",
        }
    }

    /// Whether it can be made true by files alone: code that has to change, and people who have to be asked, are beyond
    /// that.
    pub const fn can_be_applied(self) -> bool {
        match self {
            Self::OtherVersion | Self::ParentMoves | Self::FeatureOff | Self::OtherMajor | Self::Patch | Self::Pin => {
                true
            }
            Self::Elect | Self::Replace | Self::Ask => false,
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A change of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestEdit {
    /// The manifest, as reports show it.
    pub path: String,
    /// The line as it is; empty: it comes.
    pub before: String,
    /// The line as it is to be; empty: it goes.
    pub after: String,
}

/// A way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The rung it stands on.
    pub rung: Rung,
    /// The packages it is a way out for, each `NAME VERSION`; sorted.
    pub solves: Vec<String>,
    /// What it does, in a few words.
    pub summary: String,
    /// Why it is right.
    pub why: String,
    /// What it changes in manifests.
    pub edits: Vec<ManifestEdit>,
    /// What it changes in the lockfile.
    pub changes: Vec<Change>,
    /// What to run, in this order.
    pub commands: Vec<String>,
    /// A text to use: a stanza of the policy, words to the maintainer.
    pub text: Option<String>,
    /// The crates it puts in the places of others.
    pub substitutes: Vec<Substitute>,
    /// What it costs.
    pub cost: Cost,
    /// Whether cargo resolved it and the whole graph was judged again.
    pub is_proved: bool,
}

/// The ways out that cost least together, proved as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// Their places in the list of proposals; sorted.
    pub proposals: Vec<usize>,
    /// What to run for all of them after their edits, in this order; empty where there is one, which says it itself.
    pub commands: Vec<String>,
    /// What they cost together.
    pub cost: Cost,
}

/// A rung that was tried and leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeadEnd {
    /// The package it is no way out for, as `NAME VERSION`.
    pub package: String,
    /// The rung.
    pub rung: Rung,
    /// Why it leads nowhere.
    pub reason: String,
}

/// Orders proposals: by rung, then by cost.
pub fn cheapest_first(one: &Proposal, other: &Proposal) -> Ordering {
    (one.rung, one.cost).cmp(&(other.rung, other.cost))
}

/// A package that is denied, and why.
#[derive(Clone, Debug)]
pub struct Violation<'a> {
    /// Which.
    pub package: PackageIx,
    /// The findings that deny it, in the report's order; never empty.
    pub findings: Vec<&'a Finding>,
}

/// The packages an evaluation denies, in the graph's order.
pub fn violations(evaluation: &Evaluation) -> Vec<Violation<'_>> {
    let mut denied: BTreeMap<PackageIx, Vec<&Finding>> = BTreeMap::new();
    for finding in evaluation
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Deny)
    {
        if let Subject::Package(place) = finding.subject {
            denied.entry(place).or_default().push(finding);
        }
    }
    let denied = denied.into_iter();
    denied
        .map(|(package, findings)| Violation { package, findings })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_come_cheapest_first() {
        let proposal = |rung, moves| Proposal {
            rung,
            solves: Vec::new(),
            summary: String::new(),
            why: String::new(),
            edits: Vec::new(),
            changes: Vec::new(),
            commands: Vec::new(),
            text: None,
            substitutes: Vec::new(),
            cost: Cost {
                moves,
                ..Cost::default()
            },
            is_proved: true,
        };
        let mut proposals = [
            proposal(Rung::Ask, 0),
            proposal(Rung::OtherVersion, 2),
            proposal(Rung::OtherVersion, 1),
        ];
        proposals.sort_by(cheapest_first);
        assert_eq!(proposals[0].cost.moves, 1);
        assert_eq!(proposals[2].rung, Rung::Ask);
    }
}
