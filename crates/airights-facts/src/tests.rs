//! Packages as they are found in the wild, made of a few small files.

mod declaration_schema;
mod declarations;
mod license_texts;
mod names;
mod odd_files;
mod reading_ahead;
mod signals_and_headers;

use std::fs;
use std::path::{Path, PathBuf};

use airights::facts::{Gathered, TextKind, TextPlace};
use airights::{DependencyGraph, Package, PackageFacts, Roles};
use airights_manifest::PackageManifest;

use super::{FactsOptions, begin};

/// A directory with packages in it.
struct World {
    root: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Writes files, each given as its path and its content.
    fn with(self, files: &[(&str, &str)]) -> Self {
        for (path, content) in files {
            self.put(path, content.as_bytes());
        }
        self
    }

    fn put(&self, path: &str, content: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// A package of the workspace, or from the registry where it is immutable.
    fn manifest(&self, directory: &str) -> PackageManifest {
        PackageManifest {
            directory: self.path(directory),
            manifest_path: self.path(directory).join("Cargo.toml"),
            ..PackageManifest::default()
        }
    }

    fn gather(&self, manifests: &[PackageManifest], options: FactsOptions, lockfile: Option<&Path>) -> Vec<Gathered> {
        let packages = manifests.iter().map(|manifest| Package {
            source: manifest.immutable.as_ref().map(|_| "registry+somewhere".to_owned()),
            checksum: manifest.immutable.clone(),
            roles: Roles::ALL,
            is_member: manifest.immutable.is_none(),
            ..Package::new("a", semver::Version::new(1, 0, 0))
        });
        let graph = DependencyGraph::new(packages.collect(), Vec::new());
        let manifests = manifests.iter().cloned().collect();
        let facts = begin(lockfile, options).finish(&graph, &manifests, self.root.path());
        facts.values().to_vec()
    }

    fn facts(&self, manifest: PackageManifest) -> PackageFacts {
        match self.gather(&[manifest], FactsOptions::default(), None).remove(0) {
            Gathered::Facts(facts) => *facts,
            Gathered::Not(reason) => panic!("{reason}"),
        }
    }
}

/// The texts as `path place kind`.
fn texts(facts: &PackageFacts) -> Vec<String> {
    let told = facts.texts.iter().map(|text| {
        let place = match text.place {
            TextPlace::Own => "own",
            TextPlace::Bundled => "bundled",
        };
        let kind = match text.kind {
            TextKind::License => "license",
            TextKind::Copyright => "copyright",
            TextKind::Notice => "notice",
            TextKind::Header => "header",
        };
        format!("{} {place} {kind}", text.path)
    });
    told.collect()
}

/// The problems as `path: what is wrong`.
fn problems(facts: &PackageFacts) -> Vec<String> {
    let told = facts
        .problems
        .iter()
        .map(|problem| format!("{}: {}", problem.path, problem.kind));
    told.collect()
}
