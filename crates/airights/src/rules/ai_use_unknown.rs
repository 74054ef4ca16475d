//! # ai-use-unknown
//!
//! A package says nothing of an AI use, and the policy wants to be told.
//!
//! ## What it checks
//!
//! Silence is `unknown`, never `allowed`: plain MIT and Apache-2.0 say nothing of training. Most policies let silence pass;
//! one with `"require"` does not.
//!
//! ## Why it matters
//!
//! Who trains only on what is expressly permitted has to know where permission is missing.
//!
//! ## Example
//!
//! ```toml
//! [ai]
//! train-ai = "require"
//! ```
//!
//! ## How to resolve
//!
//! Ask the author to declare their terms in `[package.metadata.airights]`, or grant an exception. The levels are those of the use in `[ai]`.

use airights_text::UseValue;

use crate::case::Case;
use crate::finding::Finding;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    super::ai_use::findings(case, Rule::AiUseUnknown, UseValue::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::AiUseUnknown;

    #[test]
    fn speaks_where_permission_is_required() {
        let scene = "policy\n ai-input ignore\n train-on-output ignore\n use-restrictions ignore\n train-ai require\npackage plain 1.0.0\n license MIT";
        check(RULE, scene, &["deny: `plain 1.0.0` use-not-mentioned `train-ai`"]);
    }

    #[test]
    fn is_silent_where_somebody_spoke() {
        let ignore = "policy\n ai-input ignore\n train-on-output ignore\n use-restrictions ignore\n train-ai require\n";
        let scene = "package open 1.0.0\n license MIT\n says README.md train-ai allowed";
        check(RULE, &format!("{ignore}{scene}"), &[]);
        // A preference that is left out of account breaks no silence.
        let expected = "deny: `open 1.0.0` use-not-mentioned `train-ai`";
        check(RULE, &format!("{ignore} preferences allow\n{scene}"), &[expected]);
    }

    /// What a license permits by its name, words that nobody has read may have taken away.
    #[test]
    fn a_license_that_is_not_known_to_its_end_permits_nothing_by_name() {
        let policy = "policy\n train-ai ignore\n ai-input ignore\n train-on-output ignore\n use-restrictions require\n";
        let levels = |facts: &str| {
            let (_, evaluation) = crate::scene::play(&format!("{policy}package p 1.0.0\n license MIT\n {facts}"));
            let of_use = |finding: &&Finding| finding.ai_use == Some(airights_text::AiUse::UseRestrictions);
            evaluation
                .findings
                .iter()
                .filter(of_use)
                .map(|finding| finding.level)
                .max()
        };
        assert_eq!(levels("text LICENSE MIT"), None);
        for facts in [
            "unreadable LICENSE",
            "text LICENSE MIT unclassified",
            "text LICENSE -\n residue LICENSE operative",
        ] {
            assert_eq!(levels(facts), Some(crate::level::Level::Deny), "{facts}");
        }
    }

    #[test]
    fn silence_is_listed_on_request_unless_the_use_is_ignored() {
        let ignored = "policy\n ai-input ignore\n train-on-output ignore\n use-restrictions ignore\n";
        let scene = "package plain 1.0.0\n license MIT";
        let expected = "allow: `plain 1.0.0` use-not-mentioned `train-ai`";
        check(RULE, &format!("{ignored}{scene}"), &[expected]);
    }
}
