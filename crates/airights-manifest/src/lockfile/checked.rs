//! A lockfile parsed in full: the packages it names, and their checksums, which `cargo metadata` does not print.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use airights::suggest::LockedPackage;
use airights_store::{most, read_to_string};
use semver::Version;
use serde::Deserialize;

/// A package as a lockfile names it, with the checksum it has there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locked {
    /// Which package.
    pub package: LockedPackage,
    /// SHA-256 of its `.crate`, in hex; `None` for what comes from no registry.
    pub checksum: Option<String>,
}

/// The packages of a lockfile, sorted.
///
/// # Errors
///
/// What keeps the text from being a lockfile.
pub fn locked(text: &str) -> Result<Vec<Locked>, String> {
    let lockfile: Lockfile = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {}: {}", before.matches('\n').count() + 1, error.message())
    })?;
    let checksums = Checksums::of_all(&lockfile);
    let mut found = Vec::with_capacity(lockfile.package.len());
    for LockedEntry {
        name, version, source, ..
    } in lockfile.package
    {
        let exact: Version = version
            .parse()
            .map_err(|error| format!("the version `{version}` of `{name}` is none: {error}"))?;
        let checksum = source.as_deref().and_then(|source| checksums.of(&name, &exact, source));
        found.push(Locked {
            checksum: checksum.map(str::to_owned),
            package: LockedPackage {
                name,
                version: exact,
                source,
            },
        });
    }
    if found.is_empty() {
        return Err("it names no package".to_owned());
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The checksum of each package that comes from a registry.
#[derive(Debug, Default)]
pub struct Checksums(HashMap<String, String>);

#[derive(Deserialize)]
struct Lockfile {
    #[serde(default)]
    package: Vec<LockedEntry>,
    /// Cargo before 1.41 wrote the checksums here, under keys such as `checksum name 1.0.0 (source)`.
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct LockedEntry {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

impl Checksums {
    /// Reads a lockfile. What cannot be read has no checksums: they save work, and decide nothing.
    pub fn read(lockfile: &Path) -> Self {
        read_to_string(lockfile, most::LOCKFILE).map_or_else(|_| Self::default(), |text| Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        toml::from_str(text).map_or_else(|_| Self::default(), |lockfile| Self::of_all(&lockfile))
    }

    fn of_all(lockfile: &Lockfile) -> Self {
        let old = lockfile.metadata.iter().filter_map(|(key, checksum)| {
            let package = key.strip_prefix("checksum ")?;
            // Packages without a checksum had one of this name.
            (checksum != "<none>").then(|| (package.to_owned(), checksum.clone()))
        });
        let current = lockfile.package.iter().filter_map(|package| {
            let key = key(&package.name, &package.version, package.source.as_deref()?);
            Some((key, package.checksum.clone()?))
        });
        Self(old.chain(current).collect())
    }

    /// The checksum of one package.
    pub fn of(&self, name: &str, version: &Version, source: &str) -> Option<&str> {
        self.0.get(&key(name, &version.to_string(), source)).map(String::as_str)
    }
}

fn key(name: &str, version: &str, source: &str) -> String {
    format!("{name} {version} ({source})")
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::{Checksums, locked};

    #[track_caller]
    fn check(lockfile: &str, expected: [Option<&str>; 3]) {
        let checksums = Checksums::parse(lockfile);
        let sources = [
            "registry+https://one.example/",
            "sparse+https://two.example/",
            "git+https://three.example/#0",
        ];
        let version = Version::new(1, 0, 0);
        assert_eq!(sources.map(|source| checksums.of("a", &version, source)), expected);
        assert_eq!(checksums.of("a", &Version::new(1, 0, 1), sources[0]), None);
        assert_eq!(checksums.of("b", &version, sources[0]), None);
    }

    #[test]
    fn a_package_is_found_by_name_version_and_source() {
        let lockfile = "
version = 4
[[package]]
name = 'a'
version = '1.0.0'
source = 'registry+https://one.example/'
checksum = '01'
dependencies = ['b']
[[package]]
name = 'a'
version = '1.0.0'
source = 'sparse+https://two.example/'
checksum = '02'
[[package]]
name = 'a'
version = '1.0.0'
source = 'git+https://three.example/#0'
[[package]]
name = 'b'
version = '1.0.0'
";
        check(lockfile, [Some("01"), Some("02"), None]);
    }

    #[test]
    fn lockfiles_of_old_cargos_keep_their_checksums_apart() {
        let lockfile = "
[[package]]
name = 'a'
version = '1.0.0'
source = 'registry+https://one.example/'
[metadata]
'checksum a 1.0.0 (registry+https://one.example/)' = '01'
'checksum a 1.0.0 (git+https://three.example/#0)' = '<none>'
";
        check(lockfile, [Some("01"), None, None]);
    }

    #[test]
    fn what_cannot_be_read_has_no_checksums() {
        check("[[[", [None; 3]);
    }

    #[test]
    fn a_lockfile_names_its_packages_or_says_why_it_is_none() {
        let lockfile = "[[package]]\nname = 'b'\nversion = '1.0.0'\nsource = 'registry+x'\nchecksum = '01'\n\
                        [[package]]\nname = 'a'\nversion = '0.1.0'\n";
        let found: Vec<_> = locked(lockfile)
            .unwrap()
            .into_iter()
            .map(|locked| (locked.package.to_string(), locked.checksum))
            .collect();
        assert_eq!(
            found,
            [
                ("a 0.1.0".to_owned(), None),
                ("b 1.0.0".to_owned(), Some("01".to_owned()))
            ]
        );
        for (text, reason) in [
            ("\n[[[", "line 2: unquoted keys"),
            ("version = 4", "no package"),
            ("[package]\nname = 'a'", "expected a sequence"),
            ("[[package]]\nname = 'a'\nversion = 'x'", "the version `x`"),
        ] {
            let error = locked(text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
