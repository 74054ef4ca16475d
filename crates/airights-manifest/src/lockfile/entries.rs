//! The packages of a lockfile, read line by line as cargo itself writes them.
//!
//! That is twenty times as fast as parsing TOML, and keeps the text. What is written in another way is passed over: where
//! that must not happen, [`locked`](super::locked) parses in full.

use std::ops::Range;

use airights::suggest::LockedPackage;

/// What opens each package.
const HEADER: &str = "[[package]]";

/// A package of a lockfile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its version.
    pub version: &'t str,
    /// Where it is from; `None` for packages of this disk.
    pub source: Option<&'t str>,
    /// SHA-256 of its `.crate`, in hex; `None` for what comes from no registry.
    pub checksum: Option<&'t str>,
    /// Where its `name` stands, in bytes of the lockfile.
    pub name_at: Range<usize>,
    text: &'t str,
}

impl<'t> Entry<'t> {
    /// The package that is meant; `None` where its version is none.
    pub fn package(&self) -> Option<LockedPackage> {
        Some(LockedPackage {
            name: self.name.to_owned(),
            version: self.version.parse().ok()?,
            source: self.source.map(str::to_owned),
        })
    }

    /// The name of the directory that cargo unpacks it into, `NAME-VERSION`; `None` for what comes from no registry.
    pub fn unpacked_directory(&self) -> Option<String> {
        let is_registry = |source: &str| source.starts_with("registry+") || source.starts_with("sparse+");
        let directory = format!("{}-{}", self.name, self.version);
        // This becomes a part of a path.
        let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+');
        (self.source.is_some_and(is_registry) && directory.chars().all(is_plain)).then_some(directory)
    }

    /// What it depends on, as the lockfile spells it: `NAME`, `NAME VERSION` or `NAME VERSION (SOURCE)`.
    pub fn dependencies(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let lines = self.text.lines();
        lines
            .skip_while(|line| !line.starts_with("dependencies = ["))
            .skip(1)
            .map_while(|line| line.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"'))
    }
}

/// The packages of a lockfile, in its order.
pub fn entries(lockfile: &str) -> impl Iterator<Item = Entry<'_>> {
    parts(lockfile).filter_map(|(entry, _)| entry)
}

/// The parts of a lockfile, which together are all of it, each with the package it is about.
pub(super) fn parts(lockfile: &str) -> impl Iterator<Item = (Option<Entry<'_>>, &str)> {
    // A table header stands at the beginning of its line.
    let opens = |at: &usize| *at > 0 && lockfile.as_bytes()[at - 1] == b'\n';
    let headers = lockfile.match_indices(HEADER).map(|(at, _)| at).filter(opens);
    let mut starts: Vec<usize> = std::iter::once(0).chain(headers).collect();
    starts.push(lockfile.len());
    let parts: Vec<Range<usize>> = starts.windows(2).map(|ends| ends[0]..ends[1]).collect();
    parts
        .into_iter()
        .map(|part| (entry(lockfile, part.clone()), &lockfile[part]))
}

fn entry(lockfile: &str, part: Range<usize>) -> Option<Entry<'_>> {
    let text = &lockfile[part.clone()];
    let body = text.strip_prefix(HEADER)?;
    let value = |key: &str| {
        let mut lines = body.lines().skip(1).take_while(|line| !line.starts_with(['[', 'd']));
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
    };
    let name = value("name")?;
    let name_line = format!("name = \"{name}\"");
    let name_start = part.start + text.find(&name_line)?;
    Some(Entry {
        name,
        version: value("version")?,
        source: value("source"),
        checksum: value("checksum"),
        name_at: name_start..name_start + name_line.len(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKFILE: &str = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"a\",\n]\n\n\
        [[package]]\nname = \"a\"\nversion = \"1.0.0+b\"\nsource = \"registry+https://x\"\nchecksum = \"ab\"\n\n\
        [[package]]\nname = \"g\"\nversion = \"1.0.0\"\nsource = \"git+https://x\"\n\n\
        [[package]]\nname = \"../x\"\nversion = \"1.0.0\"\nsource = \"registry+https://x\"\n\n\
        [[package]]\nname = \"s\"\nversion = \"2.0.0\"\nsource = \"sparse+https://y\"\n";

    #[test]
    fn packages_of_registries_are_unpacked_and_no_others() {
        let found: Vec<_> = entries(LOCKFILE)
            .filter_map(|entry| Some((entry.unpacked_directory()?, entry.checksum)))
            .collect();
        assert_eq!(
            found,
            [("a-1.0.0+b".to_owned(), Some("ab")), ("s-2.0.0".to_owned(), None)]
        );
    }

    #[test]
    fn each_has_its_place_and_what_it_depends_on() {
        let all: Vec<_> = entries(LOCKFILE).collect();
        assert_eq!(all.len(), 5);
        assert_eq!(all[0].dependencies().collect::<Vec<_>>(), ["a"]);
        assert_eq!(all[1].dependencies().count(), 0);
        assert_eq!(&LOCKFILE[all[4].name_at.clone()], "name = \"s\"");
        let whole: String = parts(LOCKFILE).map(|(_, part)| part).collect();
        assert_eq!(whole, LOCKFILE);
    }

    #[test]
    fn both_readers_agree_on_what_cargo_writes() {
        let mut by_line: Vec<_> = entries(LOCKFILE)
            .filter_map(|entry| Some((entry.package()?, entry.checksum.map(str::to_owned))))
            .collect();
        by_line.sort();
        let parsed = super::super::locked(LOCKFILE).unwrap();
        let parsed: Vec<_> = parsed
            .into_iter()
            .map(|locked| (locked.package, locked.checksum))
            .collect();
        assert_eq!(by_line, parsed);
    }

    #[test]
    fn nonsense_names_nothing() {
        for text in [
            "",
            "[[package]]",
            "\n[[package]]\nname = \"a\"\n",
            "\u{0}\u{ffff}",
            "garbage [[package]]",
        ] {
            assert_eq!(entries(text).count(), 0, "{text}");
        }
    }
}
