//! Why no ways out could be looked for.

use std::error::Error;
use std::fmt;
use std::io;

use airights_cargo::graph::ResolveError;
use airights_registry::RegistryError;
use airights_session::SessionError;

/// What kept the search from its work. The project is as it was: everything is tried on a copy.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaysError {
    /// The copy could not be made or judged, or a registry has no answer.
    Session(SessionError),
    /// Cargo failed on the scratch copy, for another reason than that nothing fits.
    Cargo {
        /// What cargo printed.
        words: String,
    },
    /// Something on this machine.
    Local {
        /// What was tried: "run cargo".
        doing: &'static str,
        /// What came of it.
        error: io::Error,
    },
}

impl WaysError {
    /// For `map_err`: this machine failed while doing something.
    pub(crate) fn local(doing: &'static str) -> impl Fn(io::Error) -> Self {
        move |error| Self::Local { doing, error }
    }
}

impl fmt::Display for WaysError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(error) => error.fmt(formatter),
            Self::Cargo { .. } => formatter.write_str("cargo failed on a scratch copy of the workspace"),
            Self::Local { doing, error } => write!(formatter, "cannot {doing}: {error}"),
        }
    }
}

impl Error for WaysError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Session(error) => error.source(),
            Self::Cargo { .. } => None,
            Self::Local { error, .. } => Some(error),
        }
    }
}

impl From<SessionError> for WaysError {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<RegistryError> for WaysError {
    fn from(error: RegistryError) -> Self {
        Self::Session(error.into())
    }
}

impl From<ResolveError> for WaysError {
    fn from(error: ResolveError) -> Self {
        Self::Session(error.into())
    }
}

impl From<io::Error> for WaysError {
    fn from(error: io::Error) -> Self {
        Self::Session(error.into())
    }
}
