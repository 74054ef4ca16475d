//! What a rule is: its id, and its documentation, which is the opening comment of the file that checks it.

documented_rules! {
    /// A rule, by its id.
    Rule in "rules/" {
        LicenseNotAllowed = "license-not-allowed" in "license_not_allowed.rs",
        LicenseUnknown = "license-unknown" in "license_unknown.rs",
        LicenseMismatch = "license-mismatch" in "license_mismatch.rs",
        LicenseResidue = "license-residue" in "license_residue.rs",
        LicenseTextMissing = "license-text-missing" in "license_text_missing.rs",
        BundledLicense = "bundled-license" in "bundled_license.rs",
        AiUseDisallowed = "ai-use-disallowed" in "ai_use_disallowed.rs",
        AiUseConditional = "ai-use-conditional" in "ai_use_conditional.rs",
        AiUseUnknown = "ai-use-unknown" in "ai_use_unknown.rs",
        AiTermsConflict = "ai-terms-conflict" in "ai_terms_conflict.rs",
        ClarificationStale = "clarification-stale" in "clarification_stale.rs",
        ExceptionExpired = "exception-expired" in "exception_expired.rs",
        ExceptionUnused = "exception-unused" in "exception_unused.rs",
        AllowanceUnused = "allowance-unused" in "allowance_unused.rs",
        NotEvaluated = "not-evaluated" in "not_evaluated.rs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::assert_documented;

    #[test]
    fn every_rule_is_documented_in_the_house_form() {
        for rule in Rule::ALL {
            assert_documented(rule.id(), &rule.docs());
        }
    }
}
