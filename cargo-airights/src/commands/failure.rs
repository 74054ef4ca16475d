//! Why a command could not do its work. Every failure ends with exit code 2.

use std::io::{self, Write};

use airights_cargo::graph::ResolveError;
use airights_policy::PolicyProblem;
#[cfg(feature = "net")]
use airights_registry::RegistryError;
use airights_report::Terminal;
use airights_report::diagnostic::{Diagnostic, Severity};
use airights_session::SessionError;
use airights_store::WriteError;
#[cfg(feature = "net")]
use airights_ways::WaysError;

/// What kept a command from judging: one message or several, each shown like a finding.
#[derive(Debug)]
pub(crate) struct Failure {
    diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// A failure with a way forward. The first line of the message says what failed; further ones, such as the words of
    /// another program, are shown below it as they are.
    pub(crate) fn new(message: impl Into<String>, hint: Option<String>) -> Self {
        let message = message.into();
        let (title, more) = match message.split_once('\n') {
            Some((title, more)) => (title, vec![more.trim_end().to_owned()]),
            None => (message.as_str(), Vec::new()),
        };
        Self {
            diagnostics: vec![Diagnostic {
                notes: more,
                help: hint,
                ..Diagnostic::new(Severity::Error, title)
            }],
        }
    }

    /// A failure of several messages.
    pub(crate) fn of(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// Writes every message.
    pub(crate) fn write(&self, terminal: Terminal, err: &mut dyn Write) -> io::Result<()> {
        self.diagnostics.iter().try_for_each(|diagnostic| {
            diagnostic.write(terminal, err)?;
            writeln!(err)
        })
    }
}

impl From<ResolveError> for Failure {
    fn from(error: ResolveError) -> Self {
        Self::new(error.to_string(), error.hint())
    }
}

#[cfg(feature = "net")]
impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        Self::new(error.to_string(), error.hint().map(str::to_owned))
    }
}

#[cfg(feature = "net")]
impl From<WaysError> for Failure {
    fn from(error: WaysError) -> Self {
        let unchanged = || Some("nothing was changed".to_owned());
        match error {
            WaysError::Session(error) => error.into(),
            WaysError::Cargo { ref words } => Self::new(format!("{error}\ncargo says:\n{words}"), unchanged()),
            error => Self::new(error.to_string(), None),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::new(error.to_string(), None)
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        let unchanged = || Some("nothing was changed".to_owned());
        match error {
            SessionError::Policy(problems) => problems.into(),
            SessionError::Resolve(error) => error.into(),
            #[cfg(feature = "net")]
            SessionError::Registry(error) => error.into(),
            SessionError::Scratch { .. } => Self::new(error.to_string(), unchanged()),
            SessionError::NotEvaluated { .. } => {
                let hint = "nothing was changed; `cargo airights check` says what is missing";
                Self::new(error.to_string(), Some(hint.to_owned()))
            }
            error => Self::new(error.to_string(), None),
        }
    }
}

impl From<Vec<PolicyProblem>> for Failure {
    fn from(problems: Vec<PolicyProblem>) -> Self {
        Self {
            diagnostics: problems.into_iter().map(diagnostic_of).collect(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(format!("failed to write the output: {error}"), None)
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
    diagnostic.help = problem.help;
    diagnostic
}
