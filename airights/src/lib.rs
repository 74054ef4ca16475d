//! The engine of cargo-airights: facts in, judgement out.
//!
//! It performs no I/O, knows no clock and cannot fail: what is wrong with its input becomes a [`Finding`]. Each module
//! uses only those before it:
//!
//! `package, declaration → graph, facts → policy → terms → rule → problem → help → finding → case, ledger → rules → judge →
//! evaluate → baseline, suggest → diff, publish`
//!
//! A tool gathers a [`DependencyGraph`] and one [`PackageFacts`] per package, reads a [`Policy`], and calls
//! [`evaluate()`]. The [`Evaluation`] it gets back holds everything a report needs, and the [`Verdict`].

#[macro_use]
mod documented;

pub mod package;

pub mod declaration;

pub mod facts;
pub mod graph;

pub mod policy;

pub mod terms;

pub mod finding;
pub mod help;
pub mod problem;
mod rule;

mod case;
mod ledger;
#[cfg(test)]
mod properties;
mod rules;
#[cfg(test)]
mod scene;

pub mod judge;

pub mod evaluate;

pub mod baseline;

pub mod suggest;

pub mod publish;

pub mod diff;

pub use baseline::Baseline;
pub use evaluate::{Counts, Evaluation, evaluate};
pub use facts::{Evidence, Excerpt, PackageFacts};
pub use finding::{Finding, NotEvaluated, Subject, Verdict};
pub use graph::DependencyGraph;
pub use help::Help;
pub use judge::{Judged, Judgement, judge_package};
pub use ledger::UsedEntries;
pub use package::{Package, PackageIx, Role, Roles};
pub use policy::{Level, Policy};
pub use problem::Problem;
pub use rule::Rule;

pub use airights_text::{AiUse, Condition, LicenseClass, UseValue};
