//! # expression-rejected
//!
//! The `license` key is not an expression that crates.io takes.
//!
//! ## What it checks
//!
//! The expression, as crates.io reads it: SPDX ids and `LicenseRef-…`, `/` for `OR`, deprecated ids and `GPL-2.0+` too;
//! no names that are on no list.
//!
//! ## Why it matters
//!
//! The registry turns the upload down, and until then every tool reads something else into it.
//!
//! ## Example
//!
//! ```toml
//! license = "NoAI-MIT"        # no SPDX id; `MIT AND LicenseRef-NoAI` is taken
//! ```
//!
//! ## How to resolve
//!
//! Use the ids of the SPDX license list, and `LicenseRef-…` for terms of your own, with their text in
//! `LICENSES/LicenseRef-….txt`.

use super::{PublishFacts, finding};
use crate::facts::{CRATES_IO, Declared};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let (raw, reason, evidence) = match &package.facts.declared {
        Declared::Unreadable { raw, reason, evidence } => (raw, reason.clone(), evidence),
        // Here more is read than crates.io takes.
        Declared::Expression(declared) => match spdx::Expression::parse_mode(&declared.raw, CRATES_IO) {
            Ok(_) => return Vec::new(),
            Err(error) => (&declared.raw, error.reason.to_string(), &declared.evidence),
        },
        Declared::Absent => return Vec::new(),
    };
    let problem = Problem::ExpressionRejected {
        raw: raw.clone(),
        reason,
    };
    let finding = finding(Rule::ExpressionRejected, problem)
        .help(Help::WriteSpdxIds)
        .at(evidence.clone());
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::ExpressionRejected;

    #[test]
    fn speaks_of_what_is_no_expression() {
        let expected = "deny: expression-rejected `NoAI-MIT`";
        check(RULE, "license NoAI-MIT", &[expected]);
        let expected = "deny: expression-rejected `Apache-2`";
        check(RULE, "license Apache-2.0\n written Apache-2", &[expected]);
    }

    #[test]
    fn is_silent_where_it_can_be_read_or_there_is_none() {
        check(RULE, "license MIT AND LicenseRef-NoAI", &[]);
        check(RULE, "license-file LICENSE.txt", &[]);
    }
}
