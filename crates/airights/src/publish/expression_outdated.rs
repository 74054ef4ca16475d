//! # expression-outdated
//!
//! The `license` key is written in a way that SPDX has given up.
//!
//! ## What it checks
//!
//! Whether crates.io takes the expression only by its leniency: `/` for `OR`, and ids that SPDX calls by another name today.
//!
//! ## Why it matters
//!
//! Strict readers do not understand it, and `GPL-2.0` leaves open whether later versions are meant.
//!
//! ## Example
//!
//! ```toml
//! license = "MIT/Apache-2.0"        # MIT OR Apache-2.0
//! ```
//!
//! ## How to resolve
//!
//! `cargo airights publish-check --fix` writes the same terms in today's words.

use super::{PublishFacts, finding};
use crate::facts::Declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let (Declared::Expression(declared), Some(expression)) = (&package.facts.declared, package.expression()) else {
        return Vec::new();
    };
    if declared.notes.is_empty() {
        return Vec::new();
    }
    let today = expression.to_string();
    let problem = Problem::ExpressionOutdated {
        raw: declared.raw.clone(),
        notes: declared.notes.clone(),
    };
    let mut finding = finding(Rule::ExpressionOutdated, problem);
    if today != declared.raw {
        finding.help = Some(Help::WriteExpression(today.clone()));
        finding.fixes.push(Fix::Expression { to: today });
    }
    vec![finding.at(declared.evidence.clone())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::{check, findings};

    const RULE: Rule = Rule::ExpressionOutdated;

    #[test]
    fn speaks_of_what_was_read_leniently_and_restates_it() {
        let scene = "license MIT OR Apache-2.0\nwritten MIT/Apache-2.0";
        check(RULE, scene, &["warn: expression-outdated `MIT/Apache-2.0`"]);
        let fixes: Vec<Fix> = findings(scene).into_iter().flat_map(|finding| finding.fixes).collect();
        let to = "MIT OR Apache-2.0".to_owned();
        assert!(fixes.contains(&Fix::Expression { to }), "{fixes:?}");
    }

    #[test]
    fn is_silent_where_it_is_todays() {
        check(RULE, "license MIT OR Apache-2.0", &[]);
        check(RULE, "license NoAI-MIT", &[]);
    }
}
