//! The whole judgement: every package judged by the same [`judge_package`](crate::judge::judge_package), the policy's
//! own entries looked after, and the verdict.

use crate::finding::{Finding, Verdict};
use crate::judge::Judgement;
use crate::package::PackageIx;
use crate::policy::PolicySource;

/// Everything a report needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Which policy judged.
    pub policy: PolicySource,
    /// One judgement for each package that was evaluated, in the graph's order.
    pub judgements: Vec<Judgement>,
    /// The packages that were not, each with its reason.
    pub not_evaluated: Vec<NotEvaluated>,
    /// Every finding: worst first, then by rule, subject, use and place. Those of level `Allow` included.
    pub findings: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A package that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEvaluated {
    /// Which.
    pub package: PackageIx,
    /// Why not.
    pub reason: String,
}

/// How many packages were resolved and judged, and how many findings that made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packages of the graph: always `evaluated + not_evaluated`.
    pub resolved: usize,
    /// Packages that were judged.
    pub evaluated: usize,
    /// Packages that could not be.
    pub not_evaluated: usize,
    /// Findings of level `Deny`.
    pub denied: usize,
    /// Findings of level `Warn`.
    pub warned: usize,
}
