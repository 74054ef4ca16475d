//! Why the registry could not be asked, in words the user can act on.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use airights_safe::text::shortened;

/// What lies behind an error. It is shared, since an answer may be waited for by several.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// What a parser says of foreign bytes: their words are in it, and not all of them are shown.
#[derive(Debug)]
pub(super) struct Foreign(pub(super) serde_json::Error);

impl fmt::Display for Foreign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&shortened(&self.0.to_string()))
    }
}

impl Error for Foreign {}

/// What went wrong between us and the registry.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RegistryError {
    /// A file of cargo's configuration cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: Cause,
    },
    /// Something in cargo's configuration cannot be followed.
    Configuration {
        /// What it is, and what is wrong with it.
        reason: String,
        /// What lies behind it, where that is known.
        cause: Option<Cause>,
    },
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
        /// What lies behind it, where that is known. There is never a token in it, either.
        cause: Option<Cause>,
        /// What to do about it.
        way_forward: String,
    },
    /// No answer after all attempts.
    Unreachable {
        /// What was asked for.
        url: String,
        /// What kept it from answering.
        silence: Silence,
        /// What came of it.
        cause: Cause,
    },
    /// There was no time left to ask, or to wait for the answer.
    OutOfTime {
        /// What was asked for, or was to be.
        url: String,
    },
    /// An answer that says that there is none to be had.
    Answered {
        /// What was asked for.
        url: String,
        /// The status of the answer, by number and name.
        status: String,
        /// Whether asking later may help.
        may_pass: bool,
    },
    /// An answer that is not what the registry protocol says it is.
    Garbled {
        /// What was asked for.
        url: String,
        /// What is wrong.
        cause: Cause,
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
        /// What lies behind it, where that is known.
        cause: Option<Cause>,
    },
    /// Not on this disk, and the network may not be used.
    Offline {
        /// What was asked for.
        what: String,
    },
    /// Something on this machine.
    Local {
        /// What could not be done: "open a loopback port".
        doing: String,
        /// Why.
        cause: Cause,
    },
}

/// What kept a registry from answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It was waited for long enough.
    TimedOut,
    /// It shows a certificate that is not to be believed.
    NotTrusted,
    /// Anything else.
    Other,
}

impl RegistryError {
    /// Something in cargo's configuration that cannot be followed.
    pub(super) fn configuration(reason: impl Into<String>) -> Self {
        Self::Configuration {
            reason: reason.into(),
            cause: None,
        }
    }

    /// Something on this machine.
    pub fn local(doing: impl Into<String>, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Local {
            doing: doing.into(),
            cause: Arc::from(cause.into()),
        }
    }

    /// One way forward, where there is one to name.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Unreadable { .. } | Self::Configuration { .. } => Some("fix the file until cargo itself can read it"),
            Self::NotSparse { .. } => Some("run this where cargo's configuration leads to a sparse registry"),
            Self::Unauthorized { way_forward, .. } => Some(way_forward),
            Self::Unreachable { silence, .. } => Some(match silence {
                Silence::TimedOut => {
                    "nothing was changed; try again later, or set `http.timeout` in cargo's configuration to wait longer"
                }
                Silence::NotTrusted => {
                    "nothing was changed; if a proxy stands in between, name its certificates in `http.cainfo`"
                }
                Silence::Other => "nothing was changed; try again when the registry can be reached",
            }),
            Self::OutOfTime { .. } => Some("nothing was changed; try again when the registry is faster"),
            Self::Answered { may_pass: true, .. } => Some("nothing was changed; try again later"),
            Self::Answered { may_pass: false, .. } => {
                Some("nothing was changed; see that `cargo fetch` works, which asks the same registry")
            }
            Self::Offline { .. } => Some("nothing was changed; drop `--offline` and `--frozen`"),
            Self::Garbled { .. } | Self::WrongChecksum { .. } => {
                Some("nothing was changed; the registry, or something between it and you, is at fault")
            }
            Self::Refused { .. } | Self::Local { .. } => None,
        }
    }

    /// Whether the registry cannot answer at all, whatever it is asked, so that asking again is only waiting again.
    pub fn is_silence(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::OutOfTime { .. } | Self::Answered { may_pass: true, .. }
        )
    }

    /// What went wrong and what lies behind it, in one line.
    pub fn in_one_line(&self) -> String {
        in_one_line(self)
    }
}

/// An error and all that lies behind it, in one line.
fn in_one_line(error: &(dyn Error + 'static)) -> String {
    let mut words = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let cause = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        // Many errors say what lies behind them, too.
        if !words.ends_with(&cause) {
            let joint = if words.is_empty() { "" } else { ": " };
            words += &format!("{joint}{cause}");
        }
        next = error.source();
    }
    words
}

impl fmt::Display for RegistryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, .. } => {
                write!(formatter, "cargo's configuration `{}` cannot be read", file.display())
            }
            Self::Configuration { reason, .. } => {
                write!(formatter, "cargo's configuration cannot be followed: {reason}")
            }
            Self::NotSparse { registry, kept_in } => write!(
                formatter,
                "the registry `{}` is kept in {}, which has no other versions",
                shortened(registry),
                shortened(kept_in)
            ),
            Self::Unauthorized { registry, reason, .. } => {
                let registry = shortened(registry);
                write!(formatter, "the registry `{registry}` requires authentication: {reason}")
            }
            Self::Unreachable { url, .. } => write!(formatter, "the registry does not answer at `{url}`"),
            Self::OutOfTime { url } => write!(
                formatter,
                "there was no time left for the registry to answer at `{url}`"
            ),
            Self::Answered { url, status, .. } => write!(formatter, "the registry answered {status} at `{url}`"),
            Self::Garbled { url, .. } => write!(formatter, "the response from `{url}` is malformed"),
            Self::WrongChecksum { package } => {
                write!(
                    formatter,
                    "the package `{package}` is not what the index promised: its checksum differs"
                )
            }
            Self::Refused { package, reason, .. } => write!(formatter, "the package `{package}` is refused: {reason}"),
            Self::Offline { what } => write!(formatter, "{what} is not on this disk, and the network may not be used"),
            Self::Local { doing, .. } => write!(formatter, "cannot {doing}"),
        }
    }
}

impl Error for RegistryError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. }
            | Self::Unreachable { cause, .. }
            | Self::Garbled { cause, .. }
            | Self::Local { cause, .. } => Some(&**cause),
            Self::Configuration { cause, .. } | Self::Unauthorized { cause, .. } | Self::Refused { cause, .. } => {
                cause.as_ref().map(|cause| &**cause as _)
            }
            Self::NotSparse { .. }
            | Self::OutOfTime { .. }
            | Self::Answered { .. }
            | Self::WrongChecksum { .. }
            | Self::Offline { .. } => None,
        }
    }
}
