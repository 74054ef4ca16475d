//! Projects of strangers: cargo is run only where nothing they have written makes it run programs of theirs.
//!
//! `cargo metadata` runs the compiler to ask what it is for, by way of wrappers and with flags that configuration can name, and
//! rustup runs the toolchain that `rust-toolchain.toml` names. What is known to run nothing is accepted; every other key is
//! refused, one of a later cargo too. The files are those of the current directory and all above it, which need not be the
//! user's own; those in the home directories of cargo and rustup are.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use airights_store::{most, read_to_string};
use toml::{Table, Value};

use super::surroundings::Surroundings;

/// Tables and keys of cargo's configuration that have cargo run nothing while it resolves without the network.
const RUNS_NOTHING: [&[&str]; 36] = [
    &["alias"],
    &["build", "build-dir"],
    &["build", "dep-info-basedir"],
    &["build", "incremental"],
    &["build", "jobs"],
    &["build", "rustdocflags"],
    &["build", "target"],
    &["build", "target-dir"],
    &["build", "warnings"],
    &["cache"],
    &["cargo-new"],
    &["doc"],
    &["future-incompat-report"],
    &["http"],
    &["install"],
    &["net"],
    &["patch"],
    &["paths"],
    &["profile"],
    &["registries", "*", "index"],
    &["registries", "*", "protocol"],
    &["registries", "*", "token"],
    &["registry", "default"],
    &["registry", "index"],
    &["registry", "token"],
    &["resolver"],
    &["source", "*", "branch"],
    &["source", "*", "directory"],
    &["source", "*", "git"],
    &["source", "*", "local-registry"],
    &["source", "*", "registry"],
    &["source", "*", "replace-with"],
    &["source", "*", "rev"],
    &["source", "*", "tag"],
    &["target", "*", "linker"],
    &["term"],
];

/// What of a project may have cargo run a program of its own.
#[derive(Debug)]
pub enum Untrusted {
    /// A key.
    Key {
        /// The file.
        file: PathBuf,
        /// The key, dotted.
        key: String,
    },
    /// A file that cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Finds whatever may have cargo or rustup run a program that the project brings along.
///
/// # Errors
///
/// The first such thing.
pub(super) fn check(surroundings: &Surroundings) -> Result<(), Untrusted> {
    for directory in surroundings.current_dir.ancestors() {
        let home = surroundings.cargo_home();
        let of_cargo = Some(directory.join(".cargo")).filter(|found| Some(found) != home.as_ref());
        for file in of_cargo
            .iter()
            .flat_map(|found| [found.join("config"), found.join("config.toml")])
        {
            let Some(table) = table(&file)? else { continue };
            if let Some(key) = first_refused(&table, &mut Vec::new()) {
                return Err(Untrusted::Key { file, key });
            }
        }
        for file in ["rust-toolchain", "rust-toolchain.toml"].map(|name| directory.join(name)) {
            let path = table(&file)?.and_then(|table| table.get("toolchain")?.get("path").cloned());
            if path.is_some() {
                let key = "toolchain.path".to_owned();
                return Err(Untrusted::Key { file, key });
            }
        }
    }
    Ok(())
}

/// What a file of configuration says; `None` where there is none.
fn table(file: &Path) -> Result<Option<Table>, Untrusted> {
    let unreadable = |error| Untrusted::Unreadable {
        file: file.to_owned(),
        error,
    };
    let text = match read_to_string(file, most::CONFIGURATION) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(unreadable(error)),
    };
    // The old form of a toolchain file is its name alone.
    let is_name =
        file.ends_with("rust-toolchain") && text.trim().lines().count() == 1 && !text.contains(['[', '=', '/', '\\']);
    if is_name {
        return Ok(None);
    }
    let parsed: Result<Table, toml::de::Error> = text.parse();
    let invalid =
        |error: toml::de::Error| unreadable(io::Error::new(io::ErrorKind::InvalidData, error.message().to_owned()));
    parsed.map(Some).map_err(invalid)
}

/// The first key of a table that is not known to run nothing, dotted.
fn first_refused(table: &Table, above: &mut Vec<String>) -> Option<String> {
    for (key, value) in table {
        above.push(key.clone());
        let fits = |known: &&&[&str]| {
            known
                .iter()
                .zip(above.iter())
                .all(|(word, key)| *word == "*" || word == key)
        };
        let mut known = RUNS_NOTHING.iter().filter(fits).peekable();
        let refused = match value {
            _ if known.peek().is_none() => Some(above.join(".")),
            _ if known.any(|known| known.len() <= above.len()) => None,
            Value::Table(below) => first_refused(below, above),
            _ => Some(above.join(".")),
        };
        above.pop();
        if refused.is_some() {
            return refused;
        }
    }
    None
}

impl Untrusted {
    /// The file it is in.
    pub fn file(&self) -> &Path {
        match self {
            Self::Key { file, .. } | Self::Unreadable { file, .. } => file,
        }
    }
}

impl fmt::Display for Untrusted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file().display();
        match self {
            Self::Key { key, .. } => write!(
                formatter,
                "`{key}` in `{file}` may have cargo run a program of this project"
            ),
            Self::Unreadable { .. } => write!(formatter, "`{file}` cannot be read"),
        }
    }
}

impl std::error::Error for Untrusted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Key { .. } => None,
            Self::Unreadable { error, .. } => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str) -> Option<String> {
        first_refused(&text.parse().unwrap(), &mut Vec::new())
    }

    #[test]
    fn what_runs_programs_is_refused_and_what_nobody_knows_too() {
        for (text, key) in [
            ("build.rustc = 'x'", "build.rustc"),
            ("build.rustc-wrapper = 'x'", "build.rustc-wrapper"),
            ("build.rustc-workspace-wrapper = 'x'", "build.rustc-workspace-wrapper"),
            (
                "[build]\njobs = 1\nrustflags = ['-Zcodegen-backend=x']",
                "build.rustflags",
            ),
            ("[target.'cfg(all())']\nrustflags = ''", "target.cfg(all()).rustflags"),
            ("[env]\nLD_PRELOAD = 'x'", "env"),
            ("include = 'x'", "include"),
            (
                "[registry]\nglobal-credential-providers = []",
                "registry.global-credential-providers",
            ),
            (
                "registries.a.credential-provider = 'x'",
                "registries.a.credential-provider",
            ),
            ("credential-alias.a = 'x'", "credential-alias"),
            ("unstable.x = true", "unstable"),
            ("of-a-later-cargo = 1", "of-a-later-cargo"),
            ("build = 1", "build"),
        ] {
            assert_eq!(refused(text).as_deref(), Some(key), "{text}");
        }
    }

    #[test]
    fn what_only_configures_is_accepted() {
        let text = "paths = []\nalias.x = 'run'\n[source.crates-io]\nreplace-with = 'vendored'\n[source.vendored]\n\
                    directory = 'vendor'\n[registries.mine]\nindex = 'x'\n[build]\ntarget = 'x'\n[net]\noffline = true\n\
                    [profile.dev]\nopt-level = 1\n[target.x]\nlinker = 'lld'\n";
        assert_eq!(refused(text), None);
        assert_eq!(refused(""), None);
    }
}
