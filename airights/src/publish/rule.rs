//! The rules of publishing, by their ids. Their documentation is the opening comment of the file that checks them.

documented_rules! {
    /// A rule of publishing, by its id.
    PublishRule in "" {
        LicenseAbsent = "license-absent" in "license_absent.rs",
        ExpressionRejected = "expression-rejected" in "expression_rejected.rs",
        ExpressionOutdated = "expression-outdated" in "expression_outdated.rs",
        ReferenceNotPackaged = "reference-not-packaged" in "reference_not_packaged.rs",
        LicenseTextNotPackaged = "license-text-not-packaged" in "license_text_not_packaged.rs",
        CopyrightLineBlank = "copyright-line-blank" in "copyright_line_blank.rs",
        LicenseTextDisagrees = "license-text-disagrees" in "license_text_disagrees.rs",
        BundledCodeNotNamed = "bundled-code-not-named" in "bundled_code_not_named.rs",
        DeclarationUnclear = "declaration-unclear" in "declaration_unclear.rs",
        AiTermsDisagree = "ai-terms-disagree" in "ai_terms_disagree.rs",
        AiTermsNotNamed = "ai-terms-not-named" in "ai_terms_not_named.rs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::assert_documented;
    use crate::rule::Rule;

    #[test]
    fn every_rule_is_documented_in_the_house_form_and_has_an_id_of_its_own() {
        for rule in PublishRule::ALL {
            assert_documented(rule.id(), &rule.docs());
            assert!(rule.id().parse::<Rule>().is_err(), "`check` has a rule {rule}");
        }
    }
}
