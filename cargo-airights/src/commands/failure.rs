//! Why a command could not do its work. Every failure ends with exit code 2.

use std::io;

use airights_cargo::graph::ResolveError;
use airights_cargo::program::CargoError;
use airights_policy::PolicyProblem;
#[cfg(feature = "net")]
use airights_registry::RegistryError;
use airights_report::diagnostic::{Diagnostic, Severity};
use airights_session::SessionError;
use airights_store::WriteError;
#[cfg(feature = "net")]
use airights_ways::WaysError;
use anyhow::Error;

/// What kept a command from judging: one message or several, each shown like a finding.
#[derive(Debug)]
pub(crate) struct Failure {
    messages: Vec<Diagnostic>,
    /// What lies behind the last of them.
    cause: Option<Error>,
}

impl Failure {
    /// A failure with a way forward.
    pub(crate) fn new(message: impl Into<String>, hint: Option<String>) -> Self {
        Self::of(vec![Diagnostic {
            help: hint,
            ..Diagnostic::new(Severity::Error, message)
        }])
    }

    /// A failure of several messages.
    pub(crate) fn of(messages: Vec<Diagnostic>) -> Self {
        Self { messages, cause: None }
    }

    /// The same, with what lies behind it: an error, and all that it names as its own source.
    #[must_use]
    pub(crate) fn because(self, cause: impl Into<Error>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..self
        }
    }

    /// The same, where all that is known of the cause is words.
    #[must_use]
    pub(crate) fn because_of(self, reason: impl Into<String>) -> Self {
        self.because(Error::msg(reason.into()))
    }

    /// A failure that an error tells of itself.
    fn told_by(error: impl std::error::Error + Send + Sync + 'static, hint: Option<String>) -> Self {
        Self::new(error.to_string(), hint).because(error)
    }

    /// Every message, with what lies behind it.
    pub(crate) fn into_messages(self) -> Vec<Diagnostic> {
        let mut messages = self.messages;
        if let (Some(last), Some(cause)) = (messages.last_mut(), self.cause) {
            for cause in cause.chain().map(ToString::to_string) {
                // An error often makes the message itself, and many say what lies behind them, too.
                let is_message = last.causes.is_empty() && cause.lines().next() == Some(&last.message);
                let known = last.causes.last().unwrap_or(&last.message);
                if !is_message && !known.ends_with(cause.trim_end()) {
                    last.causes.push(cause);
                }
            }
        }
        messages
    }
}

impl From<CargoError> for Failure {
    fn from(error: CargoError) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self::told_by(error, hint)
    }
}

impl From<ResolveError> for Failure {
    fn from(error: ResolveError) -> Self {
        let hint = error.hint();
        Self::told_by(error, hint)
    }
}

#[cfg(feature = "net")]
impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self::told_by(error, hint)
    }
}

#[cfg(feature = "net")]
impl From<WaysError> for Failure {
    fn from(error: WaysError) -> Self {
        match error {
            WaysError::Session(error) => error.into(),
            WaysError::Cargo(_) => Self::told_by(error, Some("nothing was changed".to_owned())),
            error => Self::told_by(error, None),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        let hint = match error {
            WriteError::Write { .. } | WriteError::NoteDown(_) | WriteError::IsThere(_) => Some("nothing was changed"),
            WriteError::Changed(_) => Some("nothing was changed; run the command again"),
            _ => None,
        };
        Self::told_by(error, hint.map(str::to_owned))
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        let hint = match error {
            SessionError::Policy(problems) => return problems.into(),
            SessionError::Resolve(error) => return error.into(),
            #[cfg(feature = "net")]
            SessionError::Registry(error) => return error.into(),
            SessionError::Scratch { .. } => Some("nothing was changed"),
            SessionError::NotEvaluated { .. } => {
                Some("nothing was changed; `cargo airights check` says what is missing")
            }
            _ => None,
        };
        Self::told_by(error, hint.map(str::to_owned))
    }
}

impl From<Vec<PolicyProblem>> for Failure {
    fn from(problems: Vec<PolicyProblem>) -> Self {
        Self::of(problems.into_iter().map(diagnostic_of).collect())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new("failed to write the output", None).because(error)
    }
}

/// A problem of a policy file, as it is shown.
pub(crate) fn diagnostic_of(problem: PolicyProblem) -> Diagnostic {
    let severity = match problem.severity {
        airights_policy::Severity::Error => Severity::Error,
        airights_policy::Severity::Warning => Severity::Warning,
    };
    let mut diagnostic = Diagnostic::new(severity, problem.message);
    if let Some(excerpt) = problem.excerpt {
        diagnostic = diagnostic.at(excerpt, problem.label);
    }
    diagnostic.causes.extend(problem.cause);
    diagnostic.help = problem.help;
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let failure = Failure::new("cannot read `a`", None).because(Error::from(gone()).context("it is unreadable"));
        let messages = failure.into_messages();
        assert_eq!(messages[0].causes, ["it is unreadable", "entity not found"]);
        let messages = Failure::told_by(gone(), None).into_messages();
        assert_eq!(
            (&*messages[0].message, messages[0].causes.len()),
            ("entity not found", 0)
        );
        let of_lines = Failure::told_by(io::Error::other("it failed\nso it says"), None).into_messages();
        assert_eq!(
            (&*of_lines[0].message, &*of_lines[0].notes[0]),
            ("it failed", "so it says")
        );
        assert_eq!(of_lines[0].causes, [""; 0]);
        let twice = Error::from(gone()).context("it is unreadable: entity not found");
        let messages = Failure::new("cannot read `a`", None).because(twice).into_messages();
        assert_eq!(messages[0].causes, ["it is unreadable: entity not found"]);
    }
}
