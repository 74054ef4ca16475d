//! The engine of cargo-airights: facts in, judgement out.
//!
//! It performs no I/O, knows no clock and cannot fail: what is wrong with its input becomes a [`Finding`]. Each module
//! uses only those before it:
//!
//! `package → graph, facts → policy → finding → rules → judge → evaluate`
//!
//! A tool gathers a [`DependencyGraph`] and one [`PackageFacts`] per package, reads a [`Policy`], and calls
//! [`evaluate`]. The [`Evaluation`] it gets back holds everything a report needs, and the [`Verdict`].

pub mod package;

pub mod facts;
pub mod graph;

pub mod policy;

pub mod finding;

pub mod rules;

pub mod judge;

pub mod evaluate;

pub use evaluate::{Counts, Evaluation};
pub use facts::{Evidence, Excerpt, PackageFacts};
pub use finding::{Finding, Subject, Verdict};
pub use graph::DependencyGraph;
pub use package::{Package, PackageIx, Role, Roles};
pub use policy::{Level, Policy};
pub use rules::Rule;

pub use airights_text::{AiUse, Condition, LicenseClass, UseValue};
