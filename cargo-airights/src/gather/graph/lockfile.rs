//! The checksums of `Cargo.lock`, which `cargo metadata` does not print.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use semver::Version;
use serde::Deserialize;

/// The checksum of each package that comes from a registry.
#[derive(Default)]
pub(super) struct Checksums(HashMap<String, String>);

#[derive(Deserialize)]
struct Lockfile {
    #[serde(default)]
    package: Vec<LockedPackage>,
    /// Cargo before 1.41 wrote the checksums here, under keys such as `checksum name 1.0.0 (source)`.
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct LockedPackage {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

impl Checksums {
    /// Reads a lockfile. What cannot be read has no checksums: they save work, and decide nothing.
    pub(super) fn read(lockfile: &Path) -> Self {
        fs::read_to_string(lockfile).map_or_else(|_| Self::default(), |text| Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let Ok(lockfile) = toml::from_str::<Lockfile>(text) else {
            return Self::default();
        };
        let old = lockfile.metadata.into_iter().filter_map(|(key, checksum)| {
            let package = key.strip_prefix("checksum ")?;
            // Packages without a checksum had one of this name.
            (checksum != "<none>").then(|| (package.to_owned(), checksum))
        });
        let current = lockfile.package.into_iter().filter_map(|package| {
            let key = key(&package.name, &package.version, package.source.as_deref()?);
            Some((key, package.checksum?))
        });
        Self(old.chain(current).collect())
    }

    /// The checksum of one package.
    pub(super) fn of(&self, name: &str, version: &Version, source: &str) -> Option<&str> {
        self.0.get(&key(name, &version.to_string(), source)).map(String::as_str)
    }
}

fn key(name: &str, version: &str, source: &str) -> String {
    format!("{name} {version} ({source})")
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::Checksums;

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
}
