//! What a lockfile says before and after, package by package.

use std::collections::BTreeMap;
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
