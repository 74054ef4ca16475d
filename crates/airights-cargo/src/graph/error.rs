//! Why there is no graph, in words the user can act on.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::untrusted::Untrusted;
use crate::program::CargoError;

/// Why the workspace could not be resolved.
#[derive(Debug)]
pub enum ResolveError {
    /// The process has no current directory.
    NoCurrentDirectory(io::Error),
    /// There is no cargo to run, or it cannot be run.
    NotRun(CargoError),
    /// Cargo ran and could not resolve.
    CargoFailed {
        /// What went wrong, as far as its words tell.
        failure: CargoFailure,
        /// How it ended, with cargo's own words.
        error: CargoError,
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
        error: serde_json::Error,
    },
    /// The metadata is JSON, but not what `cargo metadata --format-version 1` prints.
    MetadataOfAnotherFormat {
        /// Where it came from.
        origin: MetadataOrigin,
        /// What is wrong.
        error: Box<dyn Error + Send + Sync>,
    },
    /// The metadata was made with `--no-deps`, so it says nothing of dependencies.
    MetadataWithoutResolve {
        /// Where it came from.
        origin: MetadataOrigin,
    },
    /// No member of the workspace is called so.
    NoSuchMember {
        /// The name.
        name: String,
        /// The name that was most likely meant.
        near: Option<String>,
    },
    /// Every member of the workspace is excluded.
    NothingSelected,
    /// The project is not to be trusted, and may have cargo run a program.
    Untrusted(Untrusted),
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
    /// A registry does not answer, or not as cargo needs it.
    Registry,
    /// Something else.
    Other,
}

/// Where a piece of metadata came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataOrigin {
    /// A run of `cargo metadata`.
    Cargo,
    /// A saved output that is at hand.
    AtHand,
    /// A saved file.
    File(PathBuf),
}

impl CargoFailure {
    /// Tells from cargo's own words what went wrong. Cargo has no codes for it.
    fn from_words(words: &str) -> Self {
        const OF_REGISTRIES: [&str; 4] = [
            "failed to download",
            "failed to get successful HTTP response",
            "failed to query replaced source",
            "spurious network error",
        ];
        let says = |phrase: &str| words.contains(phrase);
        if says("the lock file") && (says("--locked was passed") || says("--frozen was passed")) {
            Self::LockfileOutdated
        } else if says("you're using offline mode") || says("--offline was specified") || says("in the offline mode") {
            Self::Offline
        } else if says("could not find `Cargo.toml`") || says("manifest path `") || says("manifest-path must be") {
            Self::NoManifest
        } else if says("failed to parse manifest") || says("--> Cargo.toml:") || says("Cargo.toml:") && says(" --> ") {
            Self::BrokenManifest
        } else if OF_REGISTRIES.into_iter().any(says) {
            Self::Registry
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
            Self::NotRun(error) => return Some(format!("{}, or pass `--metadata-path`", error.hint()?)),
            Self::CargoFailed { failure, .. } => match failure {
                CargoFailure::NoManifest => {
                    "run this in a cargo workspace, or name its manifest with `--manifest-path`"
                }
                CargoFailure::BrokenManifest => "fix the manifest until `cargo metadata` can read it",
                CargoFailure::LockfileOutdated => {
                    "run `cargo update --workspace` to bring `Cargo.lock` up to date, or drop `--locked` and `--frozen`"
                }
                CargoFailure::Offline => "run `cargo fetch` while online, or drop `--offline` and `--frozen`",
                CargoFailure::Registry => {
                    "see that the registry can be reached, or pass `--offline` where everything is on this disk"
                }
                CargoFailure::Other => "run `cargo metadata` by itself until it works",
            },
            Self::MetadataUnreadable { .. } | Self::MetadataNotJson { .. } => SAVE,
            Self::MetadataOfAnotherFormat { origin, .. } => match origin {
                MetadataOrigin::Cargo => "use a cargo of version 1.60 or later",
                MetadataOrigin::AtHand | MetadataOrigin::File(_) => {
                    "save it again with `cargo metadata --format-version 1` of a current cargo"
                }
            },
            Self::MetadataWithoutResolve { .. } => "save it without `--no-deps`",
            Self::NoSuchMember { near, .. } => {
                let near = near.as_ref()?;
                return Some(format!("did you mean `{near}`?"));
            }
            Self::NothingSelected => "name fewer packages with `--exclude`",
            Self::Untrusted(_) => {
                "run this from a directory of your own, with `--manifest-path`: there cargo does not read that file"
            }
        };
        Some(hint.to_owned())
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCurrentDirectory(_) => formatter.write_str("cannot tell the current directory"),
            Self::NotRun(error) => error.fmt(formatter),
            Self::CargoFailed { failure, .. } => formatter.write_str(match failure {
                CargoFailure::NoManifest => "there is no manifest to start from",
                CargoFailure::BrokenManifest => "a manifest cannot be read",
                CargoFailure::LockfileOutdated => "`Cargo.lock` needs to be updated, which is not allowed here",
                CargoFailure::Offline => "something is missing that cannot be downloaded offline",
                CargoFailure::Registry => "a registry does not give cargo what it needs",
                CargoFailure::Other => "cargo cannot resolve the dependencies",
            }),
            Self::MetadataUnreadable { path, .. } => write!(formatter, "cannot read `{}`", path.display()),
            Self::MetadataNotJson { origin, .. } => write!(formatter, "{origin} is not JSON"),
            Self::MetadataOfAnotherFormat { origin, .. } => {
                write!(
                    formatter,
                    "{origin} is not what `cargo metadata --format-version 1` prints"
                )
            }
            Self::MetadataWithoutResolve { origin } => write!(formatter, "{origin} holds no resolved dependencies"),
            Self::NoSuchMember { name, .. } => write!(formatter, "`{name}` is not a package of this workspace"),
            Self::NothingSelected => formatter.write_str("no package of the workspace is selected"),
            Self::Untrusted(untrusted) => untrusted.fmt(formatter),
        }
    }
}

impl Error for ResolveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoCurrentDirectory(error) | Self::MetadataUnreadable { error, .. } => Some(error),
            Self::NotRun(error) => error.source(),
            Self::CargoFailed { error, .. } => Some(error),
            Self::MetadataNotJson { error, .. } => Some(error),
            Self::Untrusted(untrusted) => untrusted.source(),
            Self::MetadataOfAnotherFormat { error, .. } => Some(&**error),
            Self::MetadataWithoutResolve { .. } | Self::NoSuchMember { .. } | Self::NothingSelected => None,
        }
    }
}

impl From<CargoError> for ResolveError {
    fn from(error: CargoError) -> Self {
        match &error {
            CargoError::Failed { words, .. } => Self::CargoFailed {
                failure: CargoFailure::from_words(words),
                error,
            },
            CargoError::NotFound { .. } | CargoError::NotRunnable { .. } => Self::NotRun(error),
        }
    }
}

impl fmt::Display for MetadataOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cargo => formatter.write_str("the output of `cargo metadata`"),
            Self::AtHand => formatter.write_str("the saved output of `cargo metadata`"),
            Self::File(path) => write!(formatter, "`{}`", path.display()),
        }
    }
}
