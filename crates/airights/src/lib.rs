//! The engine of cargo-airights: facts in, judgement out.
//!
//! It performs no I/O, knows no clock and cannot fail: what is wrong with its input becomes a [`Finding`]. Each module
//! uses only those before it:
//!
//! `package, declaration → level, rule → graph, facts → policy → terms → fix, entry → problem → help → finding → case, ledger → rules,
//! publish → judge → account, evaluate → baseline, suggest → diff`
//!
//! A tool gathers a [`DependencyGraph`] and one [`PackageFacts`] per package, reads a [`Policy`], and calls
//! [`evaluate()`]. The [`Evaluation`] it gets back holds everything a report needs, and the [`Verdict`].

pub mod package;

pub mod declaration;

mod level;
mod rule;

pub mod facts;
pub mod graph;

pub mod policy;

pub mod terms;

mod entry;
pub mod finding;
mod fix;
pub mod help;
pub mod problem;

mod case;
mod ledger;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod scene;

pub mod judge;

pub mod account;

pub mod evaluate;

pub mod baseline;

pub mod suggest;

pub mod publish;

pub mod diff;

pub use baseline::Baseline;
pub use entry::{Allow, Entry};
pub use evaluate::{Counts, Evaluation, evaluate};
pub use facts::{Evidence, Excerpt, PackageFacts};
pub use finding::{Finding, NotEvaluated, Subject, Verdict};
pub use fix::Fix;
pub use graph::DependencyGraph;
pub use help::Help;
pub use judge::{Judged, Judgement, judge_package};
pub use ledger::UsedEntries;
pub use level::Level;
pub use package::{BuildScript, Package, PackageIx, PerPackage, Role, Roles};
pub use policy::Policy;
pub use problem::Problem;
pub use rule::{LevelKey, Rule, RuleSubject};

pub use airights_text::{AiUse, Condition, LicenseClass, UseValue};

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
