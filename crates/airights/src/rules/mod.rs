//! The rules: one file each, named like its id. The file's opening comment is its documentation, for everybody.
//!
//! A rule looks at a [`Case`] (a package in a role) or at the [`Ledger`] (what became of the policy's own entries) and
//! returns findings. To add one: write its file, give it a row in `rule.rs`, and list it here.

mod ai_terms_conflict;
mod ai_use;
mod ai_use_conditional;
mod ai_use_disallowed;
mod ai_use_unknown;
mod allowance_unused;
mod bundled_license;
mod clarification_stale;
mod entry;
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

pub(crate) use bundled_license::outcomes as of_bundled_code;

/// Every rule about a package.
const OF_PACKAGES: &[fn(&Case<'_>) -> Vec<Finding>] = &[
    license_not_allowed::check,
    license_unknown::check,
    license_mismatch::check,
    license_residue::check,
    license_text_missing::check,
    bundled_license::check,
    ai_use_disallowed::check,
    ai_use_conditional::check,
    ai_use_unknown::check,
    ai_terms_conflict::check,
];

/// Every rule about the policy's own entries.
const OF_POLICIES: &[fn(&Ledger<'_>) -> Vec<Finding>] = &[
    clarification_stale::check,
    exception_expired::check,
    exception_unused::check,
    allowance_unused::check,
    not_evaluated::check,
];

/// What every rule says of a package.
pub(crate) fn of_package(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = OF_PACKAGES.iter().flat_map(|check| check(case)).collect();
    entry::merge_exceptions(&mut findings);
    findings
}

/// What every rule says of the policy's own entries.
pub(crate) fn of_policy(ledger: &Ledger<'_>) -> Vec<Finding> {
    OF_POLICIES.iter().flat_map(|check| check(ledger)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Rule, RuleSubject};

    #[test]
    fn every_rule_of_the_table_is_checked() {
        assert_eq!(Rule::about(RuleSubject::Package).count(), OF_PACKAGES.len());
        assert_eq!(Rule::about(RuleSubject::Policy).count(), OF_POLICIES.len());
    }
}
