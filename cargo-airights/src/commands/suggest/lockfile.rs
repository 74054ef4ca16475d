//! `Cargo.lock` as text: which packages it names, who depends on whom, and the same text without some of them.
//!
//! What is left out cargo resolves afresh; everything else it keeps as it is locked.

use std::collections::BTreeSet;

use airights::suggest::LockedPackage;
use semver::Version;

/// What opens each package.
const HEADER: &str = "[[package]]";

/// The packages of a lockfile, in its order.
pub(super) fn packages(lockfile: &str) -> Vec<LockedPackage> {
    blocks(lockfile).filter_map(|(package, _)| package).collect()
}

/// The lockfile without some packages.
pub(super) fn without(lockfile: &str, left_out: &BTreeSet<LockedPackage>) -> String {
    let is_kept = |package: &Option<LockedPackage>| package.as_ref().is_none_or(|package| !left_out.contains(package));
    let kept = blocks(lockfile).filter(|(package, _)| is_kept(package));
    kept.map(|(_, text)| text).collect()
}

/// The lockfile with another version of a package in its place. Cargo looks up afresh what that version depends on.
pub(super) fn with(lockfile: &str, package: &LockedPackage, version: &Version, checksum: &str) -> String {
    let replaced = blocks(lockfile).map(|(found, text)| {
        if found.as_ref() != Some(package) {
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
pub(super) fn dependents_of(lockfile: &str, dependencies: &BTreeSet<LockedPackage>) -> BTreeSet<LockedPackage> {
    let depends = blocks(lockfile).filter_map(|(package, text)| {
        let depends_on_one = depended_on(text).any(|spec| dependencies.iter().any(|package| is_meant(spec, package)));
        package.filter(|_| depends_on_one)
    });
    depends.collect()
}

/// What a package depends on, as its part of the lockfile spells it: `NAME`, `NAME VERSION` or `NAME VERSION (SOURCE)`.
fn depended_on(block: &str) -> impl Iterator<Item = &str> {
    let lines = block.lines().skip_while(|line| !line.starts_with("dependencies = ["));
    lines
        .skip(1)
        .map_while(|line| line.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"'))
}

fn is_meant(spec: &str, package: &LockedPackage) -> bool {
    let mut words = spec.split(' ');
    words.next() == Some(package.name.as_str())
        && words
            .next()
            .is_none_or(|version| version == package.version.to_string())
}

/// The parts of a lockfile, each with the package it is about.
fn blocks(lockfile: &str) -> impl Iterator<Item = (Option<LockedPackage>, &str)> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(lockfile.match_indices(HEADER).map(|(at, _)| at).filter(|&at| {
        // A table header stands at the beginning of its line.
        at > 0 && lockfile.as_bytes()[at - 1] == b'\n'
    }));
    starts.push(lockfile.len());
    let parts: Vec<&str> = starts.windows(2).map(|ends| &lockfile[ends[0]..ends[1]]).collect();
    parts.into_iter().map(|part| (package(part), part))
}

fn package(block: &str) -> Option<LockedPackage> {
    if !block.starts_with(HEADER) {
        return None;
    }
    let value = |key: &str| {
        let mut lines = block.lines().skip(1).take_while(|line| !line.starts_with(['[', 'd']));
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
    };
    Some(LockedPackage {
        name: value("name")?.to_owned(),
        version: value("version")?.parse().ok()?,
        source: value("source").map(str::to_owned),
    })
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
        assert_eq!(packages("garbage [[package]]"), []);
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
