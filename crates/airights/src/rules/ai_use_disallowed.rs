//! # ai-use-disallowed
//!
//! A package forbids an AI use that the policy respects.
//!
//! ## What it checks
//!
//! What the package says of each of the four AI uses, wherever it says so: in its license text, by its license's id, in a
//! notice, in `[package.metadata.airights]`, in its README or `AGENTS.md`. The most restrictive statement wins and keeps its
//! own force. A mere preference weighs no more than `ai.preferences` says.
//!
//! ## Why it matters
//!
//! Terms on training and on AI input bind everyone who has the source, which with vendored code is you.
//!
//! ## Example
//!
//! ```text
//! You may not use this software, in whole or in part, to train machine learning models.
//! ```
//!
//! ## How to resolve
//!
//! Leave the crate out of what you train on or feed to models, and say so with `"ignore"` for that use; ask the author; or
//! grant an exception with a reason (`cargo airights allow CRATE --reason …` writes it). The levels are those of the use in
//! `[ai]`.

use airights_text::UseValue;

use crate::case::Case;
use crate::finding::Finding;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    super::ai_use::findings(case, Rule::AiUseDisallowed, UseValue::Disallowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::AiUseDisallowed;

    #[test]
    fn speaks_of_a_refusal_in_the_license() {
        let scene = "package ishell 0.2.3\n text LICENSE 0BSD clauses\n says LICENSE train-ai disallowed of 0BSD";
        check(RULE, scene, &["deny: `ishell 0.2.3` use-disallowed `train-ai`"]);
    }

    #[test]
    fn a_preference_is_softened_and_can_be_ignored() {
        let says = "package smallvec 2.0.0\n license MIT\n says AGENTS.md train-ai disallowed";
        check(RULE, says, &["warn: `smallvec 2.0.0` use-not-wanted `train-ai`"]);
        let ignored = format!("policy\n preferences allow\n{says}");
        check(RULE, &ignored, &["allow: `smallvec 2.0.0` use-not-wanted `train-ai`"]);
        let deny = format!("policy\n preferences deny\n{says}");
        check(RULE, &deny, &["deny: `smallvec 2.0.0` use-not-wanted `train-ai`"]);
    }

    #[test]
    fn a_refusal_never_weighs_less_than_silence() {
        let scene =
            "policy\n train-ai require\npackage smallvec 2.0.0\n license MIT\n says AGENTS.md train-ai disallowed";
        check(RULE, scene, &["deny: `smallvec 2.0.0` use-not-wanted `train-ai`"]);
    }

    #[test]
    fn is_silent_on_permission_and_on_silence() {
        check(
            RULE,
            "package tracing-oslog 0.3.0\n license MIT\n says README.md train-ai allowed",
            &[],
        );
        check(RULE, "package plain 0.3.0\n license MIT", &[]);
    }

    #[test]
    fn a_permissive_declaration_hides_nothing() {
        let scene = "
            package two-faced 1.0.0
              license MIT
              says Cargo.toml train-ai allowed
              text LICENSE BSD-3-Clause clauses
              says LICENSE train-ai disallowed of BSD-3-Clause
        ";
        check(RULE, scene, &["deny: `two-faced 1.0.0` use-disallowed `train-ai`"]);
    }

    #[test]
    fn a_rider_says_by_its_name_what_it_says() {
        let denied = &["deny: `ridden 1.0.0` use-disallowed `train-ai`"];
        for license in [
            "MIT AND LicenseRef-airights-train-ai-disallowed",
            "MIT WITH AdditionRef-airights-train-ai-disallowed OR 0BSD WITH AdditionRef-airights-train-ai-disallowed",
        ] {
            check(RULE, &format!("package ridden 1.0.0\n license {license}"), denied);
        }
        let choice = "package ridden 1.0.0\n license MIT WITH AdditionRef-airights-train-ai-disallowed OR MIT";
        check(RULE, choice, &[]);
        let unknown = "package ridden 1.0.0\n license MIT AND LicenseRef-airights-unclassified";
        check(RULE, unknown, &[]);
    }

    #[test]
    fn an_exception_accepts_it() {
        let scene = "
            policy
              exception ishell ai:train-ai
            package ishell 0.2.3
              license MIT
              says NOTICE train-ai disallowed
        ";
        check(RULE, scene, &["allow: `ishell 0.2.3` use-disallowed `train-ai`"]);
    }
}
