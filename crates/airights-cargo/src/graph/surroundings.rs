//! What of the process's surroundings cargo looks at: where it is started, and its environment.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::ResolveError;

/// A snapshot of the surroundings, passed to whatever depends on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// The current directory: cargo looks for its configuration from here upwards.
    pub(super) current_dir: PathBuf,
    /// The environment variables.
    pub(super) variables: BTreeMap<OsString, OsString>,
}

impl Surroundings {
    /// Those of the running process.
    pub(super) fn of_this_process() -> Result<Self, ResolveError> {
        let current_dir = std::env::current_dir().map_err(ResolveError::NoCurrentDirectory)?;
        let variables = std::env::vars_os().collect();
        Ok(Self { current_dir, variables })
    }

    /// A variable that is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
            .filter(|value| !value.is_empty())
    }

    /// The `cargo` to run: the one that runs us, or else the first on the search path.
    pub(super) fn cargo(&self) -> PathBuf {
        self.variable("CARGO").unwrap_or(OsStr::new("cargo")).into()
    }

    /// The file of a program, found as a shell would.
    pub(super) fn find_program(&self, program: &Path) -> Option<PathBuf> {
        if program.components().count() > 1 {
            return Some(self.current_dir.join(program));
        }
        let name = program.with_extension(std::env::consts::EXE_EXTENSION);
        let directories = self.variable("PATH").into_iter().flat_map(std::env::split_paths);
        let mut files = directories.map(|directory| self.current_dir.join(directory).join(&name));
        files.find(|file| file.is_file())
    }

    /// Cargo's home directory, as cargo finds it.
    pub(super) fn cargo_home(&self) -> Option<PathBuf> {
        match self.variable("CARGO_HOME") {
            Some(home) => Some(self.current_dir.join(home)),
            None => Some(self.home()?.join(".cargo")),
        }
    }

    /// Where cargo looks for its configuration: from the current directory upwards, and at home. Most files do not exist.
    pub(super) fn configuration_files(&self) -> impl Iterator<Item = PathBuf> {
        let upwards = self.current_dir.ancestors().map(|directory| directory.join(".cargo"));
        let homes = upwards.chain(self.cargo_home());
        homes.flat_map(|home| [home.join("config"), home.join("config.toml")])
    }

    /// The user's home directory.
    pub(super) fn home(&self) -> Option<PathBuf> {
        let variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        self.variable(variable)
            .map_or_else(std::env::home_dir, |home| Some(home.into()))
    }
}
