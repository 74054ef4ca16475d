//! The rules: one file each, named like its id. The file's opening comment is its documentation, for everybody.
//!
//! A rule looks at a [`Case`] (a package in a role) or at the [`Ledger`] (what became of the policy's own entries) and
//! returns findings. To add one: write its file, name it in `rule.rs`, and the compiler asks for it here.

mod ai_terms_conflict;
mod ai_use;
mod ai_use_conditional;
mod ai_use_disallowed;
mod ai_use_unknown;
mod allowance_unused;
mod bundled_license;
mod clarification_stale;
mod evidence;
mod exception_expired;
mod exception_unused;
mod license_mismatch;
mod license_not_allowed;
mod license_residue;
mod license_text_missing;
mod license_unknown;
mod not_evaluated;

use crate::case::Case;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::rule::Rule;

/// How a rule is called.
#[derive(Clone, Copy)]
enum Check {
    /// Once for each package.
    Package(fn(&Case<'_>) -> Vec<Finding>),
    /// Once for the policy.
    Policy(fn(&Ledger<'_>) -> Vec<Finding>),
}

/// Where each rule is checked.
const fn check_of(rule: Rule) -> Check {
    match rule {
        Rule::LicenseNotAllowed => Check::Package(license_not_allowed::check),
        Rule::LicenseUnknown => Check::Package(license_unknown::check),
        Rule::LicenseMismatch => Check::Package(license_mismatch::check),
        Rule::LicenseResidue => Check::Package(license_residue::check),
        Rule::LicenseTextMissing => Check::Package(license_text_missing::check),
        Rule::BundledLicense => Check::Package(bundled_license::check),
        Rule::AiUseDisallowed => Check::Package(ai_use_disallowed::check),
        Rule::AiUseConditional => Check::Package(ai_use_conditional::check),
        Rule::AiUseUnknown => Check::Package(ai_use_unknown::check),
        Rule::AiTermsConflict => Check::Package(ai_terms_conflict::check),
        Rule::ClarificationStale => Check::Policy(clarification_stale::check),
        Rule::ExceptionExpired => Check::Policy(exception_expired::check),
        Rule::ExceptionUnused => Check::Policy(exception_unused::check),
        Rule::AllowanceUnused => Check::Policy(allowance_unused::check),
        Rule::NotEvaluated => Check::Policy(not_evaluated::check),
    }
}

/// What every rule says of a package.
pub(crate) fn of_package(case: &Case<'_>) -> Vec<Finding> {
    let checks = Rule::ALL.iter().filter_map(|rule| match check_of(*rule) {
        Check::Package(check) => Some(check),
        Check::Policy(_) => None,
    });
    checks.flat_map(|check| check(case)).collect()
}

/// What every rule says of the policy's own entries.
pub(crate) fn of_policy(ledger: &Ledger<'_>) -> Vec<Finding> {
    let checks = Rule::ALL.iter().filter_map(|rule| match check_of(*rule) {
        Check::Policy(check) => Some(check),
        Check::Package(_) => None,
    });
    checks.flat_map(|check| check(ledger)).collect()
}
