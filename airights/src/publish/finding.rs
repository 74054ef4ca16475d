//! What a rule of publishing has to say.

use super::PublishRule;
use crate::facts::Evidence;
use crate::policy::Level;

/// One thing a rule has to say of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishFinding {
    /// The rule that speaks.
    pub rule: PublishRule,
    /// `Deny` where the package should not be published like this, `Warn` where its author should look at it.
    pub level: Level,
    /// What is the matter, in words that follow the package's name.
    pub problem: String,
    /// What to do next.
    pub help: Option<String>,
    /// What it rests on, most telling first.
    pub evidence: Vec<Evidence>,
    /// What mends it without any decision of its author's; all of these together.
    pub fixes: Vec<Fix>,
}

/// A change that mends a finding. It never invents terms: it restates what is declared, or brings along what is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fix {
    /// Writes the `license` key in today's words.
    Expression {
        /// The same terms, as SPDX writes them today.
        to: String,
    },
    /// Names a file of the package in `include`.
    Include {
        /// Path in the package.
        path: String,
    },
    /// Copies a text of the workspace into the package.
    Copy {
        /// Path from the workspace's root.
        from: String,
        /// Path in the package.
        to: String,
    },
}

impl PublishFinding {
    /// A finding with nothing but its matter; the rule that makes it fills in what it has.
    pub(super) fn new(rule: PublishRule, level: Level, problem: impl Into<String>) -> Self {
        Self {
            rule,
            level,
            problem: problem.into(),
            help: None,
            evidence: Vec::new(),
            fixes: Vec::new(),
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn at(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}
