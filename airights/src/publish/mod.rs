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
mod finding;
mod license_absent;
mod license_text_disagrees;
mod license_text_not_packaged;
mod obligation;
mod reference_not_packaged;
mod rule;
#[cfg(test)]
mod scene;

pub use facts::{FileState, LeftOut, PublishFacts, Reference, ReferenceKey};
pub use finding::{Fix, PublishFinding};
pub use rule::PublishRule;

/// What every rule says of a package that is about to be published: worst first, then by rule and place.
pub fn check(package: &PublishFacts) -> Vec<PublishFinding> {
    let mut findings: Vec<PublishFinding> = PublishRule::ALL
        .iter()
        .flat_map(|rule| check_of(*rule)(package))
        .collect();
    findings.sort_by(|one, other| {
        let key = |finding: &PublishFinding| (std::cmp::Reverse(finding.level), finding.rule);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.evidence.cmp(&other.evidence))
            .then_with(|| one.problem.cmp(&other.problem))
    });
    findings
}

/// Where each rule is checked.
fn check_of(rule: PublishRule) -> fn(&PublishFacts) -> Vec<PublishFinding> {
    match rule {
        PublishRule::LicenseAbsent => license_absent::check,
        PublishRule::ExpressionRejected => expression_rejected::check,
        PublishRule::ExpressionOutdated => expression_outdated::check,
        PublishRule::ReferenceNotPackaged => reference_not_packaged::check,
        PublishRule::LicenseTextNotPackaged => license_text_not_packaged::check,
        PublishRule::CopyrightLineBlank => copyright_line_blank::check,
        PublishRule::LicenseTextDisagrees => license_text_disagrees::check,
        PublishRule::BundledCodeNotNamed => bundled_code_not_named::check,
        PublishRule::DeclarationUnclear => declaration_unclear::check,
        PublishRule::AiTermsDisagree => ai_terms_disagree::check,
        PublishRule::AiTermsNotNamed => ai_terms_not_named::check,
    }
}

/// The use as a thing that is spoken of.
const fn subject_of(ai_use: airights_text::AiUse) -> &'static str {
    match ai_use {
        airights_text::AiUse::TrainAi => "training AI models with it",
        airights_text::AiUse::AiInput => "feeding it to AI models",
        airights_text::AiUse::UseRestrictions => "what it may be used for",
        airights_text::AiUse::TrainOnOutput => "training other models with its output",
    }
}
