//! Why there is no graph, in words the user can act on.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the workspace could not be resolved.
#[derive(Debug)]
pub enum ResolveError {
    /// The process has no current directory.
    NoCurrentDirectory(io::Error),
    /// There is no cargo to run.
    CargoNotFound {
        /// What was looked for.
        cargo: PathBuf,
    },
    /// Cargo is there and cannot be run.
    CargoNotRunnable {
        /// What was run.
        cargo: PathBuf,
        /// Why it cannot be run.
        error: io::Error,
    },
    /// Cargo ran and could not resolve.
    CargoFailed {
        /// What went wrong, as far as its words tell.
        failure: CargoFailure,
        /// Cargo's own words.
        words: String,
    },
    /// The metadata file cannot be read.
    MetadataUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The metadata is no JSON.
    MetadataNotJson {
        /// Where it came from.
        origin: MetadataOrigin,
        /// Why.
        reason: String,
    },
    /// The metadata is JSON, but not what `cargo metadata --format-version 1` prints.
    MetadataOfAnotherFormat {
        /// Where it came from.
        origin: MetadataOrigin,
        /// What is wrong.
        reason: String,
    },
    /// The metadata was made with `--no-deps`, so it says nothing of dependencies.
    MetadataWithoutResolve {
        /// Where it came from.
        origin: MetadataOrigin,
    },
}

/// What went wrong when cargo failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CargoFailure {
    /// There is no `Cargo.toml` where one was looked for.
    NoManifest,
    /// A manifest cannot be parsed.
    BrokenManifest,
    /// `Cargo.lock` would have to change, which `--locked` or `--frozen` forbids.
    LockfileOutdated,
    /// Something has to be downloaded, which `--offline` or `--frozen` forbids.
    Offline,
    /// Something else.
    Other,
}

/// Where a piece of metadata came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataOrigin {
    /// A run of `cargo metadata`.
    Cargo,
    /// A saved file.
    File(PathBuf),
}

impl CargoFailure {
    /// Tells from cargo's own words what went wrong. Cargo has no codes for it.
    pub(super) fn from_words(words: &str) -> Self {
        let says = |phrase: &str| words.contains(phrase);
        if says("the lock file") && (says("--locked was passed") || says("--frozen was passed")) {
            Self::LockfileOutdated
        } else if says("you're using offline mode") || says("--offline was specified") || says("in the offline mode") {
            Self::Offline
        } else if says("could not find `Cargo.toml`") || says("manifest path `") || says("manifest-path must be") {
            Self::NoManifest
        } else if says("failed to parse manifest") || says("--> Cargo.toml:") || says("Cargo.toml:") && says(" --> ") {
            Self::BrokenManifest
        } else {
            Self::Other
        }
    }
}

impl ResolveError {
    /// One way forward, where there is one to name.
    pub fn hint(&self) -> Option<String> {
        const SAVE: &str = "save it with `cargo metadata --format-version 1 --all-features`";
        let hint = match self {
            Self::NoCurrentDirectory(_) => "change to a directory that exists",
            Self::CargoNotFound { .. } => "install cargo, or set `CARGO` to it, or pass `--metadata-path`",
            Self::CargoNotRunnable { .. } => "set `CARGO` to a cargo that can be run, or pass `--metadata-path`",
            Self::CargoFailed { failure, .. } => match failure {
                CargoFailure::NoManifest => {
                    "run this in a cargo workspace, or name its manifest with `--manifest-path`"
                }
                CargoFailure::BrokenManifest => "fix the manifest until `cargo metadata` can read it",
                CargoFailure::LockfileOutdated => {
                    "run `cargo update --workspace` to bring `Cargo.lock` up to date, or drop `--locked` and `--frozen`"
                }
                CargoFailure::Offline => "run `cargo fetch` while online, or drop `--offline` and `--frozen`",
                CargoFailure::Other => return None,
            },
            Self::MetadataUnreadable { .. } | Self::MetadataNotJson { .. } => SAVE,
            Self::MetadataOfAnotherFormat { origin, .. } => match origin {
                MetadataOrigin::Cargo => "use a cargo of version 1.60 or later",
                MetadataOrigin::File(_) => "save it again with `cargo metadata --format-version 1` of a current cargo",
            },
            Self::MetadataWithoutResolve { .. } => "save it without `--no-deps`",
        };
        Some(hint.to_owned())
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCurrentDirectory(error) => write!(formatter, "cannot tell the current directory: {error}"),
            Self::CargoNotFound { cargo } => write!(formatter, "cannot find `{}`", cargo.display()),
            Self::CargoNotRunnable { cargo, error } => write!(formatter, "cannot run `{}`: {error}", cargo.display()),
            Self::CargoFailed { failure, words } => {
                let what = match failure {
                    CargoFailure::NoManifest => "there is no manifest to start from",
                    CargoFailure::BrokenManifest => "a manifest cannot be read",
                    CargoFailure::LockfileOutdated => "`Cargo.lock` needs to be updated, which is not allowed here",
                    CargoFailure::Offline => "something is missing that cannot be downloaded offline",
                    CargoFailure::Other => "`cargo metadata` failed",
                };
                write!(formatter, "{what}\ncargo says:\n{words}")
            }
            Self::MetadataUnreadable { path, error } => write!(formatter, "cannot read `{}`: {error}", path.display()),
            Self::MetadataNotJson { origin, reason } => write!(formatter, "{origin} is not JSON: {reason}"),
            Self::MetadataOfAnotherFormat { origin, reason } => {
                write!(
                    formatter,
                    "{origin} is not what `cargo metadata --format-version 1` prints: {reason}"
                )
            }
            Self::MetadataWithoutResolve { origin } => write!(formatter, "{origin} holds no resolved dependencies"),
        }
    }
}

impl std::error::Error for ResolveError {}

impl fmt::Display for MetadataOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cargo => formatter.write_str("the output of `cargo metadata`"),
            Self::File(path) => write!(formatter, "`{}`", path.display()),
        }
    }
}
