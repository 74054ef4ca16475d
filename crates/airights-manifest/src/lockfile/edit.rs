//! The text of a lockfile, edited: without some packages, or with another version of one; and who depends on whom.
//!
//! What is left out cargo resolves afresh; everything else it keeps as it is locked.

use std::collections::BTreeSet;

use airights::suggest::LockedPackage;
use semver::Version;

use super::entries::{Entry, entries, parts};

/// The packages of a lockfile, in its order.
pub fn packages(lockfile: &str) -> Vec<LockedPackage> {
    entries(lockfile).filter_map(|entry| entry.package()).collect()
}

/// The lockfile without some packages.
pub fn without(lockfile: &str, left_out: &BTreeSet<LockedPackage>) -> String {
    let package_of = |entry: &Option<Entry<'_>>| entry.as_ref().and_then(Entry::package);
    let is_kept = |entry: &Option<Entry<'_>>| package_of(entry).is_none_or(|package| !left_out.contains(&package));
    let kept = parts(lockfile).filter(|(entry, _)| is_kept(entry));
    kept.map(|(_, text)| text).collect()
}

/// The lockfile with another version of a package in its place. Cargo looks up afresh what that version depends on.
pub fn with(lockfile: &str, package: &LockedPackage, version: &Version, checksum: &str) -> String {
    let replaced = parts(lockfile).map(|(entry, text)| {
        if entry.as_ref().and_then(Entry::package).as_ref() != Some(package) {
            // Where there are several versions of it, dependents name the one they mean.
            let spelled = |version: &Version, end| format!("\"{} {version}{end}", package.name);
            return ['"', ' '].into_iter().fold(text.to_owned(), |text, end| {
                text.replace(&spelled(&package.version, end), &spelled(version, end))
            });
        }
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("version", _)) => format!("version = \"{version}\"\n"),
            Some(("checksum", _)) => format!("checksum = \"{checksum}\"\n"),
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
    replaced.collect()
}

/// The packages that depend on one of these directly.
pub fn dependents_of(lockfile: &str, dependencies: &BTreeSet<LockedPackage>) -> BTreeSet<LockedPackage> {
    let depends = entries(lockfile).filter_map(|entry| {
        let mut specs = entry.dependencies();
        let depends_on_one = specs.any(|spec| dependencies.iter().any(|package| is_meant(spec, package)));
        entry.package().filter(|_| depends_on_one)
    });
    depends.collect()
}

fn is_meant(spec: &str, package: &LockedPackage) -> bool {
    let mut words = spec.split(' ');
    words.next() == Some(package.name.as_str())
        && words
            .next()
            .is_none_or(|version| version == package.version.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKFILE: &str = "# generated\nversion = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n\
        dependencies = [\n \"a\",\n]\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n\
        checksum = \"00\"\n";

    #[test]
    fn packages_are_found_and_left_out() {
        let found = packages(LOCKFILE);
        let shown: Vec<_> = found
            .iter()
            .map(|package| (package.to_string(), package.source.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("app 0.1.0".to_owned(), None),
                ("a 1.0.0".to_owned(), Some("registry+x"))
            ]
        );
        let rest = without(LOCKFILE, &found[1..].iter().cloned().collect());
        assert_eq!(rest, LOCKFILE.split_once("[[package]]\nname = \"a\"").unwrap().0);
        assert_eq!(without(LOCKFILE, &BTreeSet::new()), LOCKFILE);
    }

    #[test]
    fn another_version_takes_the_place_of_one() {
        let lockfile = LOCKFILE.replace(
            "[\n \"a\"",
            "[\n \"a 1.0.0\",\n \"a 1.0.0-beta\",\n \"a 1.0.0 (registry+x)\"",
        );
        let package = &packages(&lockfile)[1];
        let expected = lockfile
            .replace("1.0.0", "0.9.0")
            .replace("0.9.0-beta", "1.0.0-beta")
            .replace("\"00\"", "\"11\"");
        assert_eq!(with(&lockfile, package, &Version::new(0, 9, 0), "11"), expected);
        let other = LockedPackage {
            source: None,
            ..package.clone()
        };
        assert_eq!(
            packages(&with(&lockfile, &other, &Version::new(0, 9, 0), "11")),
            packages(&lockfile)
        );
    }

    #[test]
    fn dependents_are_found_by_every_spelling() {
        let package = &packages(LOCKFILE)[1];
        for (spec, expected) in [
            ("a", true),
            ("a 1.0.0", true),
            ("a 1.0.0 (registry+x)", true),
            ("a 2.0.0", false),
        ] {
            let lockfile = LOCKFILE.replace(" \"a\"", &format!(" \"{spec}\""));
            let found = dependents_of(&lockfile, &BTreeSet::from([package.clone()]));
            assert_eq!(
                found.iter().any(|dependent| dependent.name == "app"),
                expected,
                "{spec}"
            );
        }
    }
}
