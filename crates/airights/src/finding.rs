//! A finding: what a rule has to say about a package or an entry of the policy.

use std::fmt;

use airights_text::AiUse;

use crate::entry::{Allow, Entry};
use crate::facts::{Evidence, Excerpt};
use crate::fix::Fix;
use crate::graph::DependencyPath;
use crate::help::Help;
use crate::level::Level;
use crate::package::PackageIx;
use crate::problem::Problem;
use crate::rule::Rule;

/// One thing a rule has to say. Plain data; renderers decide how it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: Rule,
    /// How much it weighs under the policy.
    pub level: Level,
    /// Whom it is about; [`Subject::Policy`] where an entry of the policy itself is the matter.
    pub subject: Subject,
    /// The AI use it is about.
    pub ai_use: Option<AiUse>,
    /// What is the matter: equal for all packages with the same problem, so that reports can group them.
    pub problem: Problem,
    /// What to do next.
    pub help: Option<Help>,
    /// The entry of the policy that settles it, where one can.
    pub entry: Option<Entry>,
    /// What the policy would have to allow to accept it in every package, where it can.
    pub allow: Option<Allow>,
    /// What it rests on, most telling first.
    pub evidence: Vec<Evidence>,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
    /// What mends it without any decision of its author's; all of these together. Only findings about
    /// [`Subject::Publication`] have any.
    pub fixes: Vec<Fix>,
    /// A shortest way from a workspace member to the package. Empty for [`Subject::Policy`].
    pub path: DependencyPath,
}

impl Finding {
    /// A finding with nothing but its matter; the rule that makes it fills in what it has.
    pub(crate) fn new(rule: Rule, level: Level, subject: Subject, problem: Problem) -> Self {
        Self {
            rule,
            level,
            subject,
            ai_use: None,
            problem,
            help: None,
            entry: None,
            allow: None,
            evidence: Vec::new(),
            decided_by: None,
            fixes: Vec::new(),
            path: DependencyPath::default(),
        }
    }

    pub(crate) fn help(mut self, help: Help) -> Self {
        self.help = Some(help);
        self
    }

    /// The same, shown and no warning, unless the policy says that it is denied.
    #[must_use]
    pub(crate) fn softened(mut self) -> Self {
        if self.level == Level::Warn {
            self.level = Level::Allow;
        }
        self
    }

    pub(crate) fn at(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A package of the graph.
    Package(PackageIx),
    /// An entry of the policy.
    Policy(PolicyEntry),
    /// A package of one's own, as it would be published.
    Publication,
}

/// An entry of the policy, by what it is for, as written there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyEntry {
    /// The pattern of an allowance.
    Allowance(String),
    /// The crate spec of a clarification.
    Clarification(String),
    /// The crate spec of an exception.
    Exception(String),
}

/// A package that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEvaluated {
    /// Which.
    pub package: PackageIx,
    /// Why not.
    pub reason: String,
}

/// Whether the policy is met. Known before a byte of any report is written, and the same in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing is denied.
    Clean,
    /// Something is.
    Violated,
    /// Something could not be judged.
    Incomplete,
}

impl Verdict {
    /// The spelling used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Violated => "violated",
            Self::Incomplete => "incomplete",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
