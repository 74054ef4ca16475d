//! # declaration-unclear
//!
//! `[package.metadata.airights]` says something that cannot be read.
//!
//! ## What it checks
//!
//! The keys and values of the declaration, as every reader of the published package will read them.
//!
//! ## Why it matters
//!
//! What cannot be read counts for nothing, or for the most restrictive thing it may mean. A typo in a refusal is no refusal.
//!
//! ## Example
//!
//! ```toml
//! [package.metadata.airights]
//! use = { train-ai = "dissallowed" }
//! ```
//!
//! ## How to resolve
//!
//! Correct the key or the value.

use super::{PublishFacts, finding};
use crate::facts::{FileProblem, ProblemKind};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let of_manifest = |problem: &&FileProblem| problem.path == "Cargo.toml";
    let findings = package.facts.problems.iter().filter(of_manifest).map(|problem| {
        let reason = match &problem.kind {
            ProblemKind::Unreadable(reason) => reason.clone(),
            other => other.to_string(),
        };
        finding(Rule::DeclarationUnclear, Problem::DeclarationUnclear(reason))
            .help(Help::CorrectDeclaration)
            .at(package.declaration.clone().unwrap_or_else(|| package.manifest.clone()))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::DeclarationUnclear;

    #[test]
    fn speaks_of_what_cannot_be_read_in_the_manifest() {
        let expected = "deny: declaration-unclear `is not text`";
        check(RULE, "license MIT\nunreadable Cargo.toml", &[expected]);
    }

    #[test]
    fn is_silent_on_other_files() {
        check(RULE, "license MIT\nunreadable LICENSE", &[]);
        check(RULE, "license MIT", &[]);
    }
}
