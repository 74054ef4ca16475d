//! What a way out costs: how much of a project changes, how far it goes from what is locked, and what results.
//!
//! What is known of the versions of crates is passed in; what is not known costs nothing.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;

use super::changes::{Change, are_compatible};

/// What a way out costs. Less is better; the fields count in this order, and each is a sum over all that changes, so that
/// a way that changes more never costs less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Security advisories about what comes that were not about what it takes the place of.
    pub advisories: usize,
    /// Versions that come although their publisher has taken them back.
    pub yanked: usize,
    /// Lines of manifests that somebody has to answer for.
    pub manifest_edits: usize,
    /// Packages that move to a version cargo holds for incompatible.
    pub incompatible_moves: usize,
    /// Packages that go back to an older version.
    pub downgrades: usize,
    /// Packages that move in any way.
    pub moves: usize,
    /// How many releases the packages that move pass over or arrive at, all together.
    pub releases: usize,
    /// How many days earlier the versions that come were published than those they take the place of, all together.
    pub days_older: usize,
    /// Packages that come.
    pub added: usize,
    /// Packages that go.
    pub removed: usize,
}

/// One version of a crate, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The version.
    pub version: Version,
    /// Whether it was taken back.
    pub is_yanked: bool,
    /// The day it was published, counted from the first of January 1970.
    pub published: Option<usize>,
    /// The security advisories about it, by their ids.
    pub advisories: BTreeSet<String>,
}

/// The versions of crates, by the crate's name.
#[derive(Clone, Debug, Default)]
pub struct Releases(BTreeMap<String, Vec<Release>>);

impl Releases {
    /// Makes the versions of a crate known.
    pub fn add(&mut self, name: &str, releases: Vec<Release>) {
        self.0.insert(name.to_owned(), releases);
    }

    /// The advisories that come with a change and were not there before.
    pub fn advisories<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = &'a str> {
        let (name, from, to) = change.parts();
        let of = |version: Option<&Version>| version.and_then(|version| self.release(name, version));
        let (before, after) = (of(from), of(to));
        let come = after.into_iter().flat_map(|release| &release.advisories);
        come.filter(move |id| !before.is_some_and(|release| release.advisories.contains(*id)))
            .map(String::as_str)
    }

    fn release(&self, name: &str, version: &Version) -> Option<&Release> {
        self.0.get(name)?.iter().find(|release| release.version == *version)
    }

    /// How many releases lie on the way from one version to another, the last one counted.
    fn passed(&self, name: &str, from: &Version, to: &Version) -> usize {
        let (low, high) = (from.min(to), from.max(to));
        let releases = self.0.get(name).into_iter().flatten();
        let between = releases.filter(|release| {
            let is_there = release.version == *to || !release.is_yanked && release.version.pre.is_empty();
            is_there && release.version != *from && (low..=high).contains(&&release.version)
        });
        between.count()
    }

    fn days_older(&self, name: &str, from: &Version, to: &Version) -> usize {
        let published = |version| self.release(name, version)?.published;
        match (published(from), published(to)) {
            (Some(before), Some(after)) => before.saturating_sub(after),
            _ => 0,
        }
    }
}

impl Cost {
    /// What changes of a lockfile and so many edits of manifests cost.
    pub fn of(changes: &[Change], manifest_edits: usize, releases: &Releases) -> Self {
        let mut cost = Self {
            manifest_edits,
            ..Self::default()
        };
        for change in changes {
            cost.advisories += releases.advisories(change).count();
            let (name, _, comes) = change.parts();
            let comes = comes.and_then(|version| releases.release(name, version));
            cost.yanked += usize::from(comes.is_some_and(|release| release.is_yanked));
            match change {
                Change::Moved { name, from, to } => {
                    cost.moves += 1;
                    cost.incompatible_moves += usize::from(!are_compatible(from, to));
                    cost.downgrades += usize::from(to < from);
                    cost.releases += releases.passed(name, from, to);
                    cost.days_older += releases.days_older(name, from, to);
                }
                Change::Added { .. } => cost.added += 1,
                Change::Removed { .. } => cost.removed += 1,
            }
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(minor: u64) -> Version {
        Version::new(1, minor, 0)
    }

    fn moved(name: &str, from: u64, to: u64) -> Change {
        Change::Moved {
            name: name.to_owned(),
            from: version(from),
            to: version(to),
        }
    }

    /// Ten releases of each of two crates, one every thirty days. 1.3 was taken back, and 1.2 and 1.3 have an advisory.
    fn releases() -> Releases {
        let release = |minor| Release {
            version: version(minor),
            is_yanked: minor == 3,
            published: usize::try_from(minor * 30).ok(),
            advisories: (2..4)
                .contains(&minor)
                .then(|| "RUSTSEC-1".to_owned())
                .into_iter()
                .collect(),
        };
        let mut releases = Releases::default();
        for name in ["a", "b"] {
            releases.add(name, (0..10).map(release).collect());
        }
        releases
    }

    #[track_caller]
    fn check(change: Change, expected: Cost) {
        assert_eq!(Cost::of(&[change], 0, &releases()), expected);
    }

    #[test]
    fn how_far_it_goes_and_what_results_is_counted() {
        let step = Cost {
            moves: 1,
            releases: 1,
            ..Cost::default()
        };
        check(moved("a", 8, 9), step);
        let back = Cost {
            downgrades: 1,
            releases: 3,
            days_older: 90,
            ..step
        };
        check(moved("a", 9, 6), back);
        // What was taken back is nobody's step, unless it is where the way ends.
        let vulnerable = Cost {
            advisories: 1,
            releases: 2,
            days_older: 90,
            ..back
        };
        check(moved("a", 5, 2), vulnerable);
        let yanked = Cost {
            yanked: 1,
            days_older: 60,
            ..vulnerable
        };
        check(moved("a", 5, 3), yanked);
        // What it suffers from already does not come with it.
        check(
            moved("a", 3, 2),
            Cost {
                advisories: 0,
                releases: 1,
                days_older: 30,
                ..vulnerable
            },
        );
        let unknown = Cost {
            releases: 0,
            days_older: 0,
            ..back
        };
        check(moved("unknown", 9, 6), unknown);
        let added = Change::Added {
            name: "b".to_owned(),
            version: version(2),
        };
        let expected = Cost {
            added: 1,
            advisories: 1,
            ..Cost::default()
        };
        check(added, expected);
    }

    #[test]
    fn the_further_the_dearer() {
        // Neither what was taken back, nor what has an advisory.
        let plain = |minor: &u64| !(2..4).contains(minor);
        for from in 0..10 {
            let cost = |to| Cost::of(&[moved("a", from, to)], 0, &releases());
            let upwards: Vec<Cost> = (from + 1..10).filter(plain).map(cost).collect();
            let downwards: Vec<Cost> = (0..from).filter(plain).rev().map(cost).collect();
            for costs in [upwards, downwards] {
                assert!(costs.windows(2).all(|pair| pair[0] < pair[1]), "{from}: {costs:?}");
            }
        }
    }

    fn change() -> impl Strategy<Value = Change> {
        let name = || prop_oneof![Just("a"), Just("b"), Just("unknown")].prop_map(str::to_owned);
        let version = || (1..3_u64, 0..10_u64).prop_map(|(major, minor)| Version::new(major, minor, 0));
        prop_oneof![
            (name(), version(), version()).prop_map(|(name, from, to)| Change::Moved { name, from, to }),
            (name(), version()).prop_map(|(name, version)| Change::Added { name, version }),
            (name(), version()).prop_map(|(name, version)| Change::Removed { name, version }),
        ]
    }

    proptest! {
        #[test]
        fn more_never_costs_less(
            changes in proptest::collection::vec(change(), 0..6),
            more in proptest::collection::vec(change(), 0..6),
            edits in 0..3_usize,
            more_edits in 0..3_usize,
        ) {
            let cost = Cost::of(&changes, edits, &releases());
            let all: Vec<Change> = changes.iter().chain(&more).cloned().collect();
            let whole = Cost::of(&all, edits + more_edits, &releases());
            prop_assert!(cost <= whole);
            let is_more = more.iter().any(|change| !matches!(change, Change::Moved { from, to, .. } if from == to));
            prop_assert!(!is_more && more_edits == 0 || cost < whole);
        }

        #[test]
        fn the_order_of_changes_does_not_matter(changes in proptest::collection::vec(change(), 0..6).prop_shuffle()) {
            let mut sorted = changes.clone();
            sorted.sort();
            prop_assert_eq!(Cost::of(&changes, 0, &releases()), Cost::of(&sorted, 0, &releases()));
        }

        #[test]
        fn an_advisory_is_dearer_than_any_number_of_steps(changes in proptest::collection::vec(moves(), 0..9)) {
            let vulnerable = Cost::of(&[moved("a", 4, 2)], 0, &releases());
            prop_assert!(Cost::of(&changes, 9, &releases()) < vulnerable);
        }
    }

    /// Moves to versions that nothing is the matter with.
    fn moves() -> impl Strategy<Value = Change> {
        (0..10_u64, 4..10_u64).prop_map(|(from, to)| moved("a", from, to))
    }
}
