//! # ai-terms-conflict
//!
//! Two sources in one package say different things of the same AI use.
//!
//! ## What it checks
//!
//! Whether one source allows what another forbids or ties to conditions. The more restrictive one counts in any case.
//!
//! ## Why it matters
//!
//! A permissive declaration never hides a restrictive text. But somebody has to find out which of the two is meant.
//!
//! ## Example
//!
//! ```text
//! content-usage = "train-ai=y"        # Cargo.toml, [package.metadata.airights]
//! … shall not be used to train …      # LICENSE
//! ```
//!
//! ## How to resolve
//!
//! Ask the maintainer to make them agree, or record what you know in a `[[clarify]]` entry. The level is `ai.conflict`.

use airights_text::UseValue;

use crate::case::{Case, UseOutcome};
use crate::facts::Statement;
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let conflicts = case.uses.iter().filter_map(|(ai_use, outcome)| {
        let (narrow, wide) = disagreement(outcome)?;
        let problem = Problem::StatementsDisagree {
            ai_use,
            narrow: narrow.value,
            wide: wide.value,
        };
        let mut finding = case.finding(
            Rule::AiTermsConflict,
            case.section.levels.of(Rule::AiTermsConflict),
            problem,
        );
        finding.ai_use = Some(ai_use);
        finding.help = Some(Help::Counts(narrow.value));
        finding.evidence = vec![narrow.evidence.clone(), wide.evidence.clone()];
        Some(finding)
    });
    conflicts.collect()
}

/// The most restrictive statement, and a permission that stands elsewhere.
fn disagreement(outcome: &UseOutcome) -> Option<(&Statement, &Statement)> {
    let narrow = outcome
        .statements
        .first()
        .filter(|statement| statement.value > UseValue::Unknown)?;
    let stands_elsewhere = |statement: &&Statement| {
        let (one, other) = (&statement.evidence, &narrow.evidence);
        (one.kind, &one.excerpt.path) != (other.kind, &other.excerpt.path)
    };
    let allows = |statement: &&Statement| statement.value == UseValue::Allowed;
    let wide = outcome.statements.iter().filter(allows).find(stands_elsewhere)?;
    Some((narrow, wide))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::AiTermsConflict;

    #[test]
    fn speaks_where_two_sources_disagree() {
        let scene = "
            package torn 1.0.0
              license MIT
              says Cargo.toml train-ai allowed
              says NOTICE train-ai disallowed
        ";
        let expected = "`torn 1.0.0` statements-disagree `train-ai` `disallowed` `allowed`";
        check(RULE, scene, &[&format!("warn: {expected}")]);
    }

    #[test]
    fn is_silent_where_they_agree() {
        let scene =
            "package one 1.0.0\n license MIT\n says Cargo.toml train-ai allowed\n says README.md train-ai allowed";
        check(RULE, scene, &[]);
    }

    #[test]
    fn one_source_may_weigh_both_sides() {
        let scene =
            "package one 1.0.0\n license MIT\n says README.md train-ai allowed\n says README.md train-ai conditional";
        check(RULE, scene, &[]);
    }
}
