//! What can be wrong with a policy file, said so that the user can mend it.

use std::cmp::Reverse;

use airights::Excerpt;

/// How much a [`PolicyProblem`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The policy works, though perhaps not as its author thinks.
    Warning,
    /// There is no policy to judge with.
    Error,
}

/// One thing that is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyProblem {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in lower case with backticked values.
    pub message: String,
    /// Where; `None` where no file can be pointed at, and without lines where the file as a whole is meant.
    pub excerpt: Option<Excerpt>,
    /// A few words to stand beside the caret.
    pub label: Option<String>,
    /// What lies behind it, such as what the system says of a file.
    pub cause: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl PolicyProblem {
    /// A problem that leaves no policy to judge with.
    pub(super) fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            excerpt: None,
            label: None,
            cause: None,
            help: None,
        }
    }

    /// A problem the policy works in spite of.
    pub(super) fn warning(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(message)
        }
    }

    /// The same, with words beside the caret.
    pub(super) fn label(self, label: impl Into<String>) -> Self {
        Self {
            label: Some(label.into()),
            ..self
        }
    }

    /// The same, with what lies behind it.
    pub(super) fn cause(self, cause: impl Into<String>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..self
        }
    }

    /// The same, with what to do about it, where that is known.
    pub(super) fn help(self, help: impl Into<Option<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// The same, with its place.
    pub(super) fn at(self, excerpt: impl Into<Option<Excerpt>>) -> Self {
        Self {
            excerpt: excerpt.into(),
            ..self
        }
    }
}

/// Sorts problems as a reader meets them: the files in the order given, each from top to bottom, errors first where
/// two share a place. Problems said twice are said once.
pub(super) fn in_file_order(mut problems: Vec<PolicyProblem>, files: &[String]) -> Vec<PolicyProblem> {
    problems.sort_by_key(|problem| {
        let place = problem.excerpt.as_ref().map(|excerpt| {
            let file = files.iter().position(|name| *name == excerpt.path);
            (file, excerpt.lines.0, excerpt.marked_start)
        });
        (place, Reverse(problem.severity))
    });
    problems.dedup();
    problems
}
