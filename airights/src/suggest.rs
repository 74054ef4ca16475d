//! Ways out of a violation: the rungs of the ladder in their order, what each costs, and what it changes.
//!
//! Nothing here finds a way out; a tool does that with cargo's own resolver, and proves it. Here stands what a proposal
//! is, how two of them compare, and what a lockfile says before and after.

use std::collections::BTreeMap;
use std::fmt;

use semver::Version;

use crate::evaluate::Evaluation;
use crate::finding::{Finding, Subject};
use crate::package::PackageIx;
use crate::policy::Level;

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
            Self::Pin => "pin",
            Self::Ask => "ask",
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A package as a lockfile names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LockedPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// Where it comes from; `None` for a path on this disk.
    pub source: Option<String>,
}

impl fmt::Display for LockedPackage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name, self.version)
    }
}

/// What becomes of one package of a lockfile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It takes the place of another version of itself.
    Moved {
        /// Its name.
        name: String,
        /// The version that goes.
        from: Version,
        /// The version that comes.
        to: Version,
    },
    /// It comes.
    Added {
        /// Its name.
        name: String,
        /// Its version.
        version: Version,
    },
    /// It goes.
    Removed {
        /// Its name.
        name: String,
        /// Its version.
        version: Version,
    },
}

/// What a lockfile says before and after, package by package, sorted.
///
/// Of a crate with several versions, those that cargo holds for compatible are taken for moves of each other first.
pub fn changes(before: &[LockedPackage], after: &[LockedPackage]) -> Vec<Change> {
    let mut names: BTreeMap<&str, (Vec<&Version>, Vec<&Version>)> = BTreeMap::new();
    for package in before.iter().filter(|package| !after.contains(package)) {
        names.entry(&package.name).or_default().0.push(&package.version);
    }
    for package in after.iter().filter(|package| !before.contains(package)) {
        names.entry(&package.name).or_default().1.push(&package.version);
    }
    let mut changes = Vec::new();
    for (name, (mut gone, mut come)) in names {
        gone.sort();
        come.sort();
        let mut pair = |may_pair: fn(&Version, &Version) -> bool| {
            gone.retain(|from| {
                let Some(at) = come.iter().position(|to| may_pair(from, to)) else {
                    return true;
                };
                changes.push(Change::Moved {
                    name: name.to_owned(),
                    from: (*from).clone(),
                    to: come.remove(at).clone(),
                });
                false
            });
        };
        pair(are_compatible);
        pair(|_, _| true);
        let name = || name.to_owned();
        changes.extend(gone.into_iter().map(|version| Change::Removed {
            name: name(),
            version: version.clone(),
        }));
        changes.extend(come.into_iter().map(|version| Change::Added {
            name: name(),
            version: version.clone(),
        }));
    }
    changes.sort();
    changes
}

/// Whether cargo holds two versions for compatible: they agree up to the first number that is not zero.
pub fn are_compatible(one: &Version, other: &Version) -> bool {
    range_of(one) == range_of(other)
}

fn range_of(version: &Version) -> (u64, u64, u64) {
    match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    }
}

/// What a way out costs. Less is better; the fields count in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Lines of manifests that somebody has to answer for.
    pub manifest_edits: usize,
    /// Packages that move to a version cargo holds for incompatible.
    pub incompatible_moves: usize,
    /// Packages that go back to an older version.
    pub downgrades: usize,
    /// Packages that move in any way.
    pub moves: usize,
    /// Packages that come.
    pub added: usize,
    /// Packages that go.
    pub removed: usize,
}

impl Cost {
    /// What changes of a lockfile and so many edits of manifests cost.
    pub fn of(changes: &[Change], manifest_edits: usize) -> Self {
        let mut cost = Self {
            manifest_edits,
            ..Self::default()
        };
        for change in changes {
            match change {
                Change::Moved { from, to, .. } => {
                    cost.moves += 1;
                    cost.incompatible_moves += usize::from(!are_compatible(from, to));
                    cost.downgrades += usize::from(to < from);
                }
                Change::Added { .. } => cost.added += 1,
                Change::Removed { .. } => cost.removed += 1,
            }
        }
        cost
    }
}

/// A change of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestEdit {
    /// The manifest, as reports show it.
    pub path: String,
    /// The line as it is.
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
    /// Whether cargo resolved it and the whole graph was judged again.
    pub is_proved: bool,
}

impl Proposal {
    /// What it costs.
    pub fn cost(&self) -> Cost {
        Cost::of(&self.changes, self.edits.len())
    }
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

/// Sorts proposals: by rung, then by cost, then by what they say.
pub fn in_order(proposals: &mut [Proposal]) {
    proposals.sort_by(|one, other| {
        (one.rung, one.cost(), &one.solves, &one.summary).cmp(&(
            other.rung,
            other.cost(),
            &other.solves,
            &other.summary,
        ))
    });
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

    fn lock(packages: &str) -> Vec<LockedPackage> {
        let package = |text: &str| {
            let (name, version) = text.split_once(' ').expect("a name and a version");
            LockedPackage {
                name: name.to_owned(),
                version: version.parse().expect("a version"),
                source: Some("registry".to_owned()),
            }
        };
        packages
            .split(", ")
            .filter(|text| !text.is_empty())
            .map(package)
            .collect()
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str], cost: [usize; 6]) {
        let changes = changes(&lock(before), &lock(after));
        let words = changes.iter().map(|change| match change {
            Change::Moved { name, from, to } => format!("{name} {from} -> {to}"),
            Change::Added { name, version } => format!("+{name} {version}"),
            Change::Removed { name, version } => format!("-{name} {version}"),
        });
        assert_eq!(words.collect::<Vec<_>>(), expected);
        let [manifest_edits, incompatible_moves, downgrades, moves, added, removed] = cost;
        let expected = Cost {
            manifest_edits,
            incompatible_moves,
            downgrades,
            moves,
            added,
            removed,
        };
        assert_eq!(Cost::of(&changes, 0), expected);
    }

    #[test]
    fn lockfiles_are_compared_package_by_package() {
        check("a 1.0.0, b 1.0.0", "b 1.0.0, a 1.0.0", &[], [0; 6]);
        check("a 1.1.0", "a 1.0.0", &["a 1.1.0 -> 1.0.0"], [0, 0, 1, 1, 0, 0]);
        check("a 1.1.0", "a 2.0.0", &["a 1.1.0 -> 2.0.0"], [0, 1, 0, 1, 0, 0]);
        check("a 1.0.0", "b 1.0.0", &["+b 1.0.0", "-a 1.0.0"], [0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn of_several_versions_the_compatible_ones_are_paired() {
        check(
            "a 0.1.5, a 0.2.0",
            "a 0.2.1, a 0.1.4",
            &["a 0.1.5 -> 0.1.4", "a 0.2.0 -> 0.2.1"],
            [0, 0, 1, 2, 0, 0],
        );
        check(
            "a 0.1.5, a 0.2.0",
            "a 0.3.0",
            &["a 0.1.5 -> 0.3.0", "-a 0.2.0"],
            [0, 1, 0, 1, 0, 1],
        );
        check("a 0.0.1", "a 0.0.2", &["a 0.0.1 -> 0.0.2"], [0, 1, 0, 1, 0, 0]);
    }

    #[test]
    fn proposals_come_cheapest_first() {
        let proposal = |rung, changes: Vec<Change>| Proposal {
            rung,
            solves: Vec::new(),
            summary: String::new(),
            why: String::new(),
            edits: Vec::new(),
            changes,
            commands: Vec::new(),
            text: None,
            is_proved: true,
        };
        let far = changes(&lock("a 1.0.0"), &lock("a 2.0.0"));
        let near = changes(&lock("a 1.0.0"), &lock("a 1.0.1"));
        let mut proposals = [
            proposal(Rung::Ask, Vec::new()),
            proposal(Rung::OtherVersion, far),
            proposal(Rung::OtherVersion, near.clone()),
        ];
        in_order(&mut proposals);
        assert_eq!(proposals[0].changes, near);
        assert_eq!(proposals[2].rung, Rung::Ask);
    }
}
