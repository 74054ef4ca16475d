//! What a lockfile says before and after, package by package.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use semver::Version;

use crate::package::Package;

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

impl From<&Package> for LockedPackage {
    fn from(package: &Package) -> Self {
        Self {
            name: package.name.clone(),
            version: package.version.clone(),
            source: package.source.clone(),
        }
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

impl Change {
    /// The package's name, the version that goes, and the one that comes.
    pub fn parts(&self) -> (&str, Option<&Version>, Option<&Version>) {
        match self {
            Self::Moved { name, from, to } => (name, Some(from), Some(to)),
            Self::Added { name, version } => (name, None, Some(version)),
            Self::Removed { name, version } => (name, Some(version), None),
        }
    }
}

/// A package before and after; where it is on one side alone, it comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pair<'a> {
    /// It takes the place of another version of itself, or comes from elsewhere.
    Moved(&'a LockedPackage, &'a LockedPackage),
    /// It comes.
    Added(&'a LockedPackage),
    /// It goes.
    Removed(&'a LockedPackage),
}

/// What differs between two lockfiles, by name and then by version.
///
/// Of a crate with several versions, those that cargo holds for compatible are taken for moves of each other first.
pub fn pairs<'a>(before: &'a [LockedPackage], after: &'a [LockedPackage]) -> Vec<Pair<'a>> {
    let (known_before, known_after): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    let mut names: BTreeMap<&str, (Vec<&LockedPackage>, Vec<&LockedPackage>)> = BTreeMap::new();
    for package in known_before.difference(&known_after) {
        names.entry(&package.name).or_default().0.push(package);
    }
    for package in known_after.difference(&known_before) {
        names.entry(&package.name).or_default().1.push(package);
    }
    let mut found = Vec::new();
    for (mut gone, mut come) in names.into_values() {
        let mut pair = |may_pair: fn(&Version, &Version) -> bool| {
            gone.retain(|from| {
                let Some(at) = come.iter().position(|to| may_pair(&from.version, &to.version)) else {
                    return true;
                };
                found.push(Pair::Moved(from, come.remove(at)));
                false
            });
        };
        pair(|from, to| from == to);
        pair(are_compatible);
        pair(|_, _| true);
        found.extend(gone.into_iter().map(Pair::Removed));
        found.extend(come.into_iter().map(Pair::Added));
    }
    found.sort_by_key(|pair| match pair {
        Pair::Moved(package, _) | Pair::Added(package) | Pair::Removed(package) => (*package, *pair),
    });
    found
}

/// What a lockfile says before and after, package by package, sorted.
pub fn changes(before: &[LockedPackage], after: &[LockedPackage]) -> Vec<Change> {
    let pairs = pairs(before, after).into_iter();
    let mut changes: Vec<Change> = pairs.map(Change::of).collect();
    changes.sort();
    changes
}

impl Change {
    fn of(pair: Pair<'_>) -> Self {
        match pair {
            Pair::Moved(from, to) => Self::Moved {
                name: from.name.clone(),
                from: from.version.clone(),
                to: to.version.clone(),
            },
            Pair::Added(package) => Self::Added {
                name: package.name.clone(),
                version: package.version.clone(),
            },
            Pair::Removed(package) => Self::Removed {
                name: package.name.clone(),
                version: package.version.clone(),
            },
        }
    }
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
    fn check(before: &str, after: &str, expected: &[&str]) {
        let changes = changes(&lock(before), &lock(after));
        let words = changes.iter().map(|change| match change {
            Change::Moved { name, from, to } => format!("{name} {from} -> {to}"),
            Change::Added { name, version } => format!("+{name} {version}"),
            Change::Removed { name, version } => format!("-{name} {version}"),
        });
        assert_eq!(words.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lockfiles_are_compared_package_by_package() {
        check("a 1.0.0, b 1.0.0", "b 1.0.0, a 1.0.0", &[]);
        check("a 1.1.0", "a 1.0.0", &["a 1.1.0 -> 1.0.0"]);
        check("a 1.1.0", "a 2.0.0", &["a 1.1.0 -> 2.0.0"]);
        check("a 1.0.0", "b 1.0.0", &["+b 1.0.0", "-a 1.0.0"]);
    }

    #[test]
    fn of_several_versions_the_compatible_ones_are_paired() {
        check(
            "a 0.1.5, a 0.2.0",
            "a 0.2.1, a 0.1.4",
            &["a 0.1.5 -> 0.1.4", "a 0.2.0 -> 0.2.1"],
        );
        check("a 0.1.5, a 0.2.0", "a 0.3.0", &["a 0.1.5 -> 0.3.0", "-a 0.2.0"]);
        check("a 0.0.1", "a 0.0.2", &["a 0.0.1 -> 0.0.2"]);
    }
}
