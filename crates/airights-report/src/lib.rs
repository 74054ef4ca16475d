//! What is shown of an evaluation. Each format is a pure function of a [`Report`].
//!
//! Renderers write to what they are given and do nothing else: they never judge, and what they are given has its
//! verdict already.

pub mod add;
mod advice;
pub mod baseline;
pub mod declare;
pub mod diagnostic;
pub mod diff;
pub mod entry;
pub mod excerpt;
pub mod explain;
pub mod failure;
pub mod filter;
pub mod format;
pub mod human;
pub mod init;
pub mod json;
pub mod list;
pub mod markdown;
pub mod old_words;
pub mod place;
#[cfg(test)]
mod properties;
pub mod publish;
pub mod reading;
#[cfg(test)]
mod sample;
pub mod sarif;
pub mod saved;
pub mod sentence;
pub mod settle;
pub mod standing;
pub mod suggest;
pub mod terminal;
pub mod tree;
pub mod wording;

use airights::{DependencyGraph, Evaluation, Excerpt, PackageIx};

pub use airights_safe::{log, text as escape};
pub use terminal::Terminal;

/// Finds the line of the user's own manifest that brings a package in, given the path of a finding: from a workspace
/// member to the package, both included.
pub type Origins<'a> = &'a dyn Fn(&[PackageIx]) -> Option<Excerpt>;

/// Everything a report is made of.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was judged, and how.
    pub evaluation: &'a Evaluation,
    /// The graph it was judged in.
    pub graph: &'a DependencyGraph,
    /// Whether the graph is only a plan: commands that look a package up find nothing yet, so none is named.
    pub is_planned: bool,
    /// Where the user's manifests bring packages in.
    pub origins: Origins<'a>,
    /// Version of this tool.
    pub tool_version: &'a str,
    /// The code the process will exit with.
    pub exit_code: u8,
    /// How often `-v` was given: from one on, findings of level `allow` are shown too.
    pub verbose: u8,
    /// Whether `-q` was given: only what is denied is shown.
    pub quiet: bool,
    /// What else the reader should know of this run, one sentence each.
    pub notes: &'a [String],
}

impl Report<'_> {
    /// The findings to show, in their order. Those of level `allow` are listed on request only.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &airights::Finding> {
        let least = if self.verbose > 0 {
            airights::Level::Allow
        } else {
            airights::Level::Warn
        };
        self.evaluation
            .findings
            .iter()
            .filter(move |finding| finding.level >= least)
    }
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
