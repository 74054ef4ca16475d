//! Judges a workspace, a scratch copy of one, or a published version: cargo-airights without a command line, a console or
//! a progress bar. The commands of the tool are thin over it, and so is whatever else wants a verdict.
//!
//! ```no_run
//! use airights::Level;
//! use airights_cargo::graph::ResolveOptions;
//! use airights_session::{Project, SessionOptions};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let options = SessionOptions {
//!         graph: ResolveOptions {
//!             manifest_path: Some("path/to/Cargo.toml".into()),
//!             all_features: true,
//!             ..ResolveOptions::default()
//!         },
//!         ..SessionOptions::default()
//!     };
//!     let project = Project::judge(&options)?;
//!     let graph = &project.resolved.graph;
//!     for judgement in &project.evaluation.judgements {
//!         let license = judgement.license.effective.as_deref().unwrap_or("unknown");
//!         println!("{}: {license}", graph.package(judgement.package));
//!     }
//!     let denied = project.evaluation.findings.iter();
//!     for finding in denied.filter(|finding| finding.level == Level::Deny) {
//!         println!("{}: {:?}", finding.rule, finding.problem.key());
//!     }
//!     println!("{}", project.evaluation.verdict);
//!     Ok(())
//! }
//! ```

pub mod clock;
mod error;
mod options;
mod project;
pub mod publication;
#[cfg(feature = "net")]
mod published;
mod scratch;
mod stage;

pub use error::SessionError;
pub use options::{OnWait, PolicyChoice, SessionOptions};
pub use project::{Project, load_policy, load_policy_of_cargo_deny};
#[cfg(feature = "net")]
pub use published::{Published, configuration, facts_of, judge_version};
pub use scratch::{JudgedCopy, Scratch, manifest_started_from};

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
