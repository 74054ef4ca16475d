//! # ai-use-conditional
//!
//! A package allows an AI use under conditions that the policy has not accepted.
//!
//! ## What it checks
//!
//! Conditions come from a closed list (`credit`, `open-result`, `non-commercial`, `consent`, …). Those in
//! `accept-conditions` are met; any other one leaves the use conditional.
//!
//! ## Why it matters
//!
//! A condition that is not understood has to count as a refusal: AIPREF, CAWG and CC signals agree on that.
//!
//! ## Example
//!
//! ```text
//! Models trained on this work must be released under the same license.
//! ```
//!
//! ## How to resolve
//!
//! If you meet the condition, add it to `accept-conditions`. The levels are those of the use in `[ai]`.

use airights_text::UseValue;

use crate::case::Case;
use crate::finding::Finding;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    super::ai_use::findings(case, Rule::AiUseConditional, UseValue::Conditional)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::AiUseConditional;

    #[test]
    fn speaks_of_conditions_that_are_not_accepted() {
        let scene = "package openly 1.0.0\n license MIT\n says NOTICE train-ai conditional credit open-result";
        let expected = "`openly 1.0.0` use-conditional `train-ai` `credit` `open-result`";
        check(RULE, scene, &[&format!("warn: {expected}")]);
        let required = format!("policy\n train-ai require\n accept credit\n{scene}");
        check(RULE, &required, &[&format!("deny: {expected}")]);
    }

    #[test]
    fn accepted_conditions_pass() {
        let scene = "
            policy
              train-ai require
              accept credit open-result
            package openly 1.0.0
              license MIT
              says NOTICE train-ai conditional credit open-result
        ";
        let expected = "allow: `openly 1.0.0` use-conditional `train-ai` `credit` `open-result`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn a_condition_nobody_named_cannot_be_met() {
        let scene = "policy\n accept credit\npackage vague 1.0.0\n license MIT\n says NOTICE train-ai conditional";
        check(RULE, scene, &["warn: `vague 1.0.0` use-conditional `train-ai`"]);
    }
}
