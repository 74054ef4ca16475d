//! Why no ways out could be looked for.

use std::error::Error;
use std::fmt;
use std::io;

use airights_cargo::graph::ResolveError;
use airights_cargo::program::CargoError;
use airights_registry::RegistryError;
use airights_session::SessionError;

/// What kept the search from its work. The project is as it was: everything is tried on a copy.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaysError {
    /// The copy could not be made or judged, or a registry has no answer.
    Session(SessionError),
    /// Cargo failed on the scratch copy, for another reason than that nothing fits.
    Cargo(CargoError),
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
            Self::Cargo(_) => formatter.write_str("cargo failed on a scratch copy of the workspace"),
            Self::Local { doing, .. } => write!(formatter, "cannot {doing}"),
        }
    }
}

impl Error for WaysError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Session(error) => error.source(),
            Self::Cargo(error) => Some(error),
            Self::Local { error, .. } => Some(error),
        }
    }
}

impl From<SessionError> for WaysError {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<CargoError> for WaysError {
    fn from(error: CargoError) -> Self {
        Self::Cargo(error)
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
