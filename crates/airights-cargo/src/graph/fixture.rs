//! Small workspaces for tests, resolved by real cargo without network, configuration or registry.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::surroundings::Surroundings;
use super::{ResolveError, ResolveOptions, Resolved, resolve_in};

/// A workspace in a directory of its own, removed with it.
pub(super) struct Fixture {
    directory: TempDir,
    pub(super) options: ResolveOptions,
    pub(super) surroundings: Surroundings,
}

impl Fixture {
    /// Writes a workspace: each file is introduced by a line `=== PATH`. A package without sources gets an empty
    /// library.
    pub(super) fn new(files: &str) -> Self {
        let directory = TempDir::new().unwrap();
        // Cargo prints canonical paths.
        let root = directory.path().canonicalize().unwrap();
        let mut surroundings = Surroundings::of_this_process().unwrap();
        surroundings.current_dir = root.join("workspace");
        let cargo_home = root.join("cargo-home");
        surroundings.variables.insert("CARGO_HOME".into(), cargo_home.into());
        let options = ResolveOptions {
            offline: true,
            cache: Some(root.join("cache")),
            ..ResolveOptions::default()
        };
        let fixture = Self {
            directory,
            options,
            surroundings,
        };
        fs::create_dir(fixture.root()).unwrap();
        for file in files.split("=== ").skip(1) {
            let (path, text) = file.split_once('\n').unwrap();
            fixture.write(path, text);
            if path.ends_with("Cargo.toml") && text.contains("[package]") {
                let library = Path::new(path).with_file_name("src").join("lib.rs");
                fixture.write(library.to_str().unwrap(), "");
            }
        }
        fixture
    }

    pub(super) fn root(&self) -> &Path {
        &self.surroundings.current_dir
    }

    pub(super) fn outside(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }

    pub(super) fn append(&self, path: &str, text: &str) {
        let before = fs::read_to_string(self.root().join(path)).unwrap();
        self.write(path, &(before + text));
    }

    pub(super) fn resolve(&self) -> Result<Resolved, ResolveError> {
        // What has just changed is not remembered.
        std::thread::sleep(Duration::from_millis(50));
        resolve_in(&self.options, &self.surroundings, &|_| {})
    }

    /// Lets cargo write the lockfile.
    pub(super) fn lock(&self) {
        self.resolve().unwrap();
    }
}

/// One line a package: its name, version and roles.
pub(super) fn roles(resolved: &Resolved) -> Vec<String> {
    let packages = resolved.graph.packages().iter();
    packages
        .map(|package| {
            let roles: Vec<_> = package.roles.iter().map(airights::Role::as_str).collect();
            format!("{package}: {}", roles.join(" "))
        })
        .collect()
}
