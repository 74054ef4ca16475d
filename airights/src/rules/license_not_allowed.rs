//! # license-not-allowed
//!
//! The licence of a package is not among those the policy allows.
//!
//! ## What it checks
//!
//! An expression is satisfied when some choice of its `OR` branches leaves only terms that `allow` covers and `deny` does
//! not. Of the choices, the one with the mildest verdict over licence and AI uses together is elected; `prefer` breaks ties.
//! A licence whose text was modified is not its base licence: it is written `MIT WITH AdditionRef-airights-…`, and an
//! allowance for `MIT` does not cover it.
//!
//! ## Why it matters
//!
//! What you ship carries the terms of everything in it.
//!
//! ## Example
//!
//! ```toml
//! [licenses]
//! allow = ["class:permissive"]
//! ```
//!
//! A dependency under `GPL-3.0-only` is denied. One under `GPL-3.0-only OR MIT` is not: its `MIT` branch is elected.
//!
//! ## How to resolve
//!
//! Allow the licence or its class, if you can meet its terms; grant the one crate an exception, with a reason; or do
//! without the crate. The level is `licenses.not-allowed`.

use crate::case::Case;
use crate::facts::{Evidence, EvidenceKind, Excerpt, Modification};
use crate::finding::Finding;
use crate::policy::Level;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(expression) = case.expression() else {
        return Vec::new();
    };
    let Some(worst) = case.elected_terms().max_by_key(|outcome| outcome.level) else {
        return Vec::new();
    };
    if worst.level == Level::Allow {
        return Vec::new();
    }
    let mut finding = case.finding(
        Rule::LicenseNotAllowed,
        worst.level,
        format!("is licensed `{expression}`, which this policy does not allow"),
    );
    finding.help = Some(format!(
        "if its terms can be met, add it to `allow` or grant an exception; `cargo airights suggest {name}` looks for \
         another way out, and `cargo airights explain {name}` has the details",
        name = case.package.name
    ));
    finding.decided_by = worst.decided_by.cloned();
    finding.evidence = evidence(case);
    vec![finding]
}

/// What was changed in the text comes first, since it is what an allowance for the base licence does not cover; then
/// where the licence is named.
fn evidence(case: &Case<'_>) -> Vec<Evidence> {
    let modified = |text: &&crate::facts::LicenseText| {
        text.licenses
            .iter()
            .any(|license| license.modification != Modification::None)
    };
    let mut evidence: Vec<Evidence> = Vec::new();
    for text in case.unclarified_licenses().filter(modified) {
        evidence.extend(text.statements.iter().map(|statement| statement.evidence.clone()));
        let operative = text.residue.iter().filter(|residue| residue.operative);
        evidence.extend(operative.map(|residue| Evidence {
            kind: EvidenceKind::LicenseText,
            excerpt: residue.excerpt.clone(),
        }));
    }
    evidence.dedup();
    evidence.extend(case.named_at());
    if evidence.is_empty() {
        let found = case.unclarified_licenses().next();
        evidence.extend(found.map(|text| Evidence {
            kind: EvidenceKind::LicenseText,
            excerpt: Excerpt::whole_file(&text.path),
        }));
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::LicenseNotAllowed;

    #[test]
    fn speaks_of_a_licence_that_is_not_allowed() {
        let scene = "
            package app 1.0.0 member
              needs parser
            package parser 2.1.0
              license GPL-3.0-only
        ";
        check(
            RULE,
            scene,
            &["deny: `parser 2.1.0` is licensed `GPL-3.0-only`, which this policy does not allow"],
        );
    }

    #[test]
    fn is_silent_where_some_branch_is_allowed() {
        check(RULE, "package parser 2.1.0\n license GPL-3.0-only OR MIT", &[]);
        check(
            RULE,
            "package parser 2.1.0\n license (GPL-3.0-only OR MIT) AND (ISC OR AGPL-3.0-only)",
            &[],
        );
    }

    #[test]
    fn leaves_what_is_unknown_to_its_own_rule() {
        check(RULE, "package parser 2.1.0", &[]);
        check(RULE, "package parser 2.1.0\n license nobody-knows", &[]);
    }

    #[test]
    fn deny_wins_over_allow() {
        let scene = "
            policy
              allow class:permissive
              deny MIT
            package parser 2.1.0
              license MIT
        ";
        check(
            RULE,
            scene,
            &["deny: `parser 2.1.0` is licensed `MIT`, which this policy does not allow"],
        );
    }

    #[test]
    fn a_modified_text_is_not_its_base_licence() {
        let scene = "
            package parser 2.1.0
              license MIT
              text LICENSE MIT clauses
              says LICENSE train-ai disallowed of MIT
        ";
        let expected = "deny: `parser 2.1.0` is licensed `MIT WITH AdditionRef-airights-train-ai-disallowed`, \
                        which this policy does not allow";
        check(RULE, scene, &[expected]);
        let scene = "
            package parser 2.1.0
              license MIT
              text LICENSE MIT unclassified
        ";
        let expected = "deny: `parser 2.1.0` is licensed `MIT WITH AdditionRef-airights-unclassified`, \
                        which this policy does not allow";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn a_clause_that_only_permits_leaves_the_licence_standing() {
        let scene = "
            package parser 2.1.0
              license MIT
              text LICENSE MIT clauses
              says LICENSE train-ai allowed of MIT
        ";
        check(RULE, scene, &[]);
    }

    #[test]
    fn the_branch_without_the_rider_is_elected() {
        let scene = "
            package parser 2.1.0
              license MIT OR Apache-2.0
              text LICENSE-MIT MIT clauses
              says LICENSE-MIT train-ai disallowed of MIT
              text LICENSE-APACHE Apache-2.0
        ";
        check(RULE, scene, &[]);
        check(Rule::AiUseDisallowed, scene, &[]);
    }

    #[test]
    fn an_exception_works_in_its_roles_and_nowhere_else() {
        let scene = |role: &str| {
            format!(
                "
            policy
              exception ring@0.17 license:OpenSSL role:build
            package ring 0.17.8 {role}
              license OpenSSL
            "
            )
            .replace("class", "")
        };
        let policy = "policy\n allow MIT\n";
        check(RULE, &(policy.to_owned() + &scene("build")), &[]);
        let expected = "deny: `ring 0.17.8` is licensed `OpenSSL`, which this policy does not allow";
        check(RULE, &(policy.to_owned() + &scene("shipped")), &[expected]);
        check(RULE, &(policy.to_owned() + &scene("shipped build")), &[expected]);
    }

    #[test]
    fn each_role_is_judged_by_its_section() {
        let scene =
            |role: &str| format!("policy\n dev allow GPL-3.0-only\npackage parser 2.1.0 {role}\n license GPL-3.0-only");
        check(RULE, &scene("dev"), &[]);
        let expected = "deny: `parser 2.1.0` is licensed `GPL-3.0-only`, which this policy does not allow";
        check(RULE, &scene("shipped dev"), &[expected]);
    }

    #[test]
    fn a_private_member_is_the_users_own_business() {
        check(
            RULE,
            "package app 1.0.0 member private\n license LicenseRef-Proprietary",
            &[],
        );
    }
}
