//! Whether a package is fit to be published: what it says of its terms agrees, and travels with it.
//!
//! The facts are those a consumer will read from the `.crate`, and a few of what stays behind. One file a rule, as in
//! `rules`; no policy is asked, since what is looked at is whether a package keeps its own word.

mod ai_terms_disagree;
mod ai_terms_not_named;
mod bundled_code_not_named;
mod copyright_line_blank;
mod declaration_unclear;
mod expression_outdated;
mod expression_rejected;
mod facts;
mod license_absent;
mod license_text_disagrees;
mod license_text_not_packaged;
mod obligation;
mod reference_not_packaged;
#[cfg(test)]
mod scene;

pub use facts::{FileState, LeftOut, PublishFacts, Reference, ReferenceKey};

use crate::finding::{Finding, Subject};
use crate::problem::Problem;
use crate::rule::Rule;

/// Every rule about a package that is to be published.
const CHECKS: &[fn(&PublishFacts) -> Vec<Finding>] = &[
    license_absent::check,
    expression_rejected::check,
    expression_outdated::check,
    reference_not_packaged::check,
    license_text_not_packaged::check,
    copyright_line_blank::check,
    license_text_disagrees::check,
    bundled_code_not_named::check,
    declaration_unclear::check,
    ai_terms_disagree::check,
    ai_terms_not_named::check,
];

/// What every rule says of a package that is about to be published: worst first, then by rule and place.
pub fn check(package: &PublishFacts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(package)).collect();
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| (std::cmp::Reverse(finding.level), finding.rule);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.evidence.cmp(&other.evidence))
            .then_with(|| one.problem.cmp(&other.problem))
    });
    findings
}

/// A finding of a rule about what is published, to be completed by the rule.
fn finding(rule: Rule, problem: Problem) -> Finding {
    Finding::new(rule, rule.default_level(), Subject::Publication, problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSubject;

    #[test]
    fn every_rule_of_the_table_is_checked() {
        assert_eq!(Rule::about(RuleSubject::Publication).count(), CHECKS.len());
    }
}
