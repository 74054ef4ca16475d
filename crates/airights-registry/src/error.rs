//! Why the registry could not be asked, in words the user can act on.

use std::fmt;

/// What went wrong between us and the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistryError {
    /// Cargo's configuration cannot be read.
    Configuration(String),
    /// A registry is kept in a way that cannot be asked for other versions.
    NotSparse {
        /// The registry, by its name in cargo's configuration or its address.
        registry: String,
        /// What it is kept in.
        kept_in: String,
    },
    /// A registry wants to know who asks, and that cannot be told.
    Unauthorized {
        /// The registry, by its name in cargo's configuration or its address.
        registry: String,
        /// Why. There is never a token in it.
        reason: String,
        /// What to do about it.
        way_forward: String,
    },
    /// No answer, or none of use, after all attempts.
    Unreachable {
        /// What was asked for.
        url: String,
        /// What came of it.
        reason: String,
    },
    /// An answer that is not what the registry protocol says it is.
    Garbled {
        /// What was asked for.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// A package whose bytes are not those the index promised.
    WrongChecksum {
        /// `NAME VERSION`
        package: String,
    },
    /// A package that must not be unpacked.
    Refused {
        /// `NAME VERSION`
        package: String,
        /// Why.
        reason: String,
    },
    /// Not on this disk, and the network may not be used.
    Offline {
        /// What was asked for.
        what: String,
    },
    /// Something on this machine.
    Local(String),
}

impl RegistryError {
    /// One way forward, where there is one to name.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Configuration(_) => Some("fix the file until cargo itself can read it"),
            Self::NotSparse { .. } => Some("run this where cargo's configuration leads to a sparse registry"),
            Self::Unauthorized { way_forward, .. } => Some(way_forward),
            Self::Unreachable { .. } => Some("nothing was changed; try again when the registry can be reached"),
            Self::Offline { .. } => Some("nothing was changed; drop `--offline` and `--frozen`"),
            Self::Garbled { .. } | Self::WrongChecksum { .. } => {
                Some("nothing was changed; the registry, or something between it and you, is at fault")
            }
            Self::Refused { .. } | Self::Local(_) => None,
        }
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(reason) => write!(formatter, "cargo's configuration cannot be read: {reason}"),
            Self::NotSparse { registry, kept_in } => write!(
                formatter,
                "the registry `{registry}` is kept in {kept_in}, which has no other versions"
            ),
            Self::Unauthorized { registry, reason, .. } => {
                write!(formatter, "the registry `{registry}` requires authentication: {reason}")
            }
            Self::Unreachable { url, reason } => write!(formatter, "the registry does not answer at `{url}`: {reason}"),
            Self::Garbled { url, reason } => write!(formatter, "the response from `{url}` is malformed: {reason}"),
            Self::WrongChecksum { package } => {
                write!(
                    formatter,
                    "the package `{package}` is not what the index promised: its checksum differs"
                )
            }
            Self::Refused { package, reason } => write!(formatter, "the package `{package}` is refused: {reason}"),
            Self::Offline { what } => write!(formatter, "{what} is not on this disk, and the network may not be used"),
            Self::Local(reason) => formatter.write_str(reason),
        }
    }
}

impl std::error::Error for RegistryError {}
