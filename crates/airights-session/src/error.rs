//! Why nothing could be judged.

use std::fmt;
use std::io;

use airights_cargo::graph::ResolveError;
use airights_policy::PolicyProblem;
#[cfg(feature = "net")]
use airights_registry::RegistryError;

/// What kept a session from judging.
#[derive(Debug)]
#[non_exhaustive]
pub enum SessionError {
    /// The policy cannot be used; every mistake in it.
    Policy(Vec<PolicyProblem>),
    /// Cargo has no graph for us.
    Resolve(ResolveError),
    /// A registry has no answer for us.
    #[cfg(feature = "net")]
    Registry(RegistryError),
    /// A package could not be judged, and the whole is asked for.
    NotEvaluated {
        /// Name and version.
        package: String,
        /// Why not.
        reason: String,
    },
    /// The scratch copy cannot be worked with. The original is as it was.
    Scratch {
        /// What was tried: "copy the workspace's manifests".
        doing: &'static str,
        /// What came of it.
        error: io::Error,
    },
    /// Something on this machine.
    Local {
        /// What was tried: "make a temporary directory".
        doing: &'static str,
        /// What came of it.
        error: io::Error,
    },
}

impl fmt::Display for SessionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(problems) => match problems.as_slice() {
                [problem] => formatter.write_str(&problem.message),
                problems => write!(formatter, "the policy has {} mistakes", problems.len()),
            },
            Self::Resolve(error) => error.fmt(formatter),
            #[cfg(feature = "net")]
            Self::Registry(error) => error.fmt(formatter),
            Self::NotEvaluated { package, reason } => write!(formatter, "`{package}` could not be judged: {reason}"),
            Self::Scratch { doing, .. } | Self::Local { doing, .. } => write!(formatter, "cannot {doing}"),
        }
    }
}

impl std::error::Error for SessionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Policy(_) | Self::NotEvaluated { .. } => None,
            Self::Resolve(error) => error.source(),
            #[cfg(feature = "net")]
            Self::Registry(error) => error.source(),
            Self::Scratch { error, .. } | Self::Local { error, .. } => Some(error),
        }
    }
}

impl From<Vec<PolicyProblem>> for SessionError {
    fn from(problems: Vec<PolicyProblem>) -> Self {
        Self::Policy(problems)
    }
}

impl From<ResolveError> for SessionError {
    fn from(error: ResolveError) -> Self {
        Self::Resolve(error)
    }
}

#[cfg(feature = "net")]
impl From<RegistryError> for SessionError {
    fn from(error: RegistryError) -> Self {
        Self::Registry(error)
    }
}
