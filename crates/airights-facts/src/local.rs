//! Packages of a directory tree that cargo is not asked about: what a workspace was at another time.

use airights::facts::Gathered;
use airights_manifest::LocalPackage;

use super::interest::Interest;
use super::names::{below_root, in_root, is_license_directory};
use super::package::{Named, Place};
use super::single::SingleReader;
use super::walk::Origin;
use super::{around, read_or_explain, repository};

/// Whether a file may say something of the terms of some package, by its path from anywhere above the package.
pub fn may_hold_terms(path: &str) -> bool {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_read = |interest| interest != Interest::Archive;
    name == "Cargo.toml"
        || in_root(name).is_some_and(is_read)
        || below_root(directory, name).is_some_and(is_read)
        || directory.split('/').any(is_license_directory)
}

impl SingleReader {
    /// The facts of a package in a directory where people work. Nothing of it is remembered.
    pub fn facts_of_local(&self, package: &LocalPackage) -> Gathered {
        let manifest = &package.manifest;
        let place = Place {
            directory: &manifest.directory,
            origin: Origin::Checkout,
            around: around(&manifest.directory, Origin::Checkout, &package.workspace_root),
            repository: repository(&manifest.directory, Origin::Checkout, &package.workspace_root),
            named: Some(Named {
                license_file: manifest.license_file.clone(),
                readme: manifest.readme.clone(),
            }),
            listing: None,
        };
        self.described(manifest, read_or_explain(&place, &self.texts).map(|read| read.files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_package_reads_is_kept() {
        for path in [
            "Cargo.toml",
            "a/Cargo.toml",
            "LICENSE",
            "a/b/AGENTS.md",
            "a/.well-known/tdmrep.json",
        ] {
            assert!(may_hold_terms(path), "{path}");
        }
        assert!(may_hold_terms("a/LICENSES/MIT.txt"));
        // The head of a source file may say under what it is.
        assert!(may_hold_terms("a/src/lib.rs"));
        for path in ["a/tests/data.json", "docs/guide.md", "a/data.zip"] {
            assert!(!may_hold_terms(path), "{path}");
        }
    }
}
