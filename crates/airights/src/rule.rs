//! The table of rules: the id of each, what it looks at, what it weighs where a policy does not say, and the file that
//! checks it. The opening comment of that file is the documentation of the rule, so that there is one text.

use crate::level::Level;

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RuleSubject {
    /// A package of the graph.
    Package,
    /// The entries of the policy.
    Policy,
    /// A package of one's own, as it would be published.
    Publication,
}

/// The key by which a policy sets the level of a rule: the table it stands in, and its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelKey {
    /// The table: `licenses`, `ai` or `lints`.
    pub table: &'static str,
    /// The key.
    pub name: &'static str,
}

/// Declares the rules, grouped by what they look at.
macro_rules! rules {
    ($($subject:ident {
        $($variant:ident = $id:literal in $file:literal, $level:ident $(by $table:literal $key:literal)?;)+
    })+) => {
        /// A rule, by its id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each rule is documented in its own file; `docs` returns that text")]
        #[non_exhaustive]
        pub enum Rule { $($($variant,)+)+ }

        impl Rule {
            /// Every rule, in the order of the reference.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)+)+];

            /// The id, as it stands in policies and reports.
            pub const fn id(self) -> &'static str {
                match self { $($(Self::$variant => $id,)+)+ }
            }

            /// What it looks at.
            pub const fn subject(self) -> RuleSubject {
                match self { $($(Self::$variant => RuleSubject::$subject,)+)+ }
            }

            /// What it weighs where a policy does not say; the most it weighs, where that depends on what it finds.
            pub const fn default_level(self) -> Level {
                match self { $($(Self::$variant => Level::$level,)+)+ }
            }

            /// How a policy sets its level; `None` where it cannot, or says more than a level.
            pub const fn level_key(self) -> Option<LevelKey> {
                match self {
                    $($(Self::$variant => {
                        let keys: &[LevelKey] = &[$(LevelKey { table: $table, name: $key })?];
                        keys.first().copied()
                    })+)+
                }
            }

            const fn source(self) -> &'static str {
                match self { $($(Self::$variant => include_str!($file),)+)+ }
            }
        }
    };
}

rules! {
    Package {
        LicenseNotAllowed = "license-not-allowed" in "rules/license_not_allowed.rs", Deny by "licenses" "not-allowed";
        LicenseUnknown = "license-unknown" in "rules/license_unknown.rs", Deny by "licenses" "unknown";
        LicenseMismatch = "license-mismatch" in "rules/license_mismatch.rs", Warn by "licenses" "mismatch";
        LicenseResidue = "license-residue" in "rules/license_residue.rs", Warn by "licenses" "residue";
        LicenseTextMissing = "license-text-missing" in "rules/license_text_missing.rs", Allow by "licenses" "text-missing";
        BundledLicense = "bundled-license" in "rules/bundled_license.rs", Warn by "licenses" "bundled";
        AiUseDisallowed = "ai-use-disallowed" in "rules/ai_use_disallowed.rs", Deny;
        AiUseConditional = "ai-use-conditional" in "rules/ai_use_conditional.rs", Deny;
        AiUseUnknown = "ai-use-unknown" in "rules/ai_use_unknown.rs", Deny;
        AiTermsConflict = "ai-terms-conflict" in "rules/ai_terms_conflict.rs", Warn by "ai" "conflict";
    }
    Policy {
        ClarificationStale = "clarification-stale" in "rules/clarification_stale.rs", Deny by "lints" "clarification-stale";
        ExceptionExpired = "exception-expired" in "rules/exception_expired.rs", Deny by "lints" "exception-expired";
        ExceptionUnused = "exception-unused" in "rules/exception_unused.rs", Warn by "lints" "exception-unused";
        AllowanceUnused = "allowance-unused" in "rules/allowance_unused.rs", Allow by "lints" "allowance-unused";
        NotEvaluated = "not-evaluated" in "rules/not_evaluated.rs", Deny;
    }
    Publication {
        LicenseAbsent = "license-absent" in "publish/license_absent.rs", Deny;
        ExpressionRejected = "expression-rejected" in "publish/expression_rejected.rs", Deny;
        ExpressionOutdated = "expression-outdated" in "publish/expression_outdated.rs", Warn;
        ReferenceNotPackaged = "reference-not-packaged" in "publish/reference_not_packaged.rs", Deny;
        LicenseTextNotPackaged = "license-text-not-packaged" in "publish/license_text_not_packaged.rs", Deny;
        CopyrightLineBlank = "copyright-line-blank" in "publish/copyright_line_blank.rs", Deny;
        LicenseTextDisagrees = "license-text-disagrees" in "publish/license_text_disagrees.rs", Deny;
        BundledCodeNotNamed = "bundled-code-not-named" in "publish/bundled_code_not_named.rs", Warn;
        DeclarationUnclear = "declaration-unclear" in "publish/declaration_unclear.rs", Deny;
        AiTermsDisagree = "ai-terms-disagree" in "publish/ai_terms_disagree.rs", Deny;
        AiTermsNotNamed = "ai-terms-not-named" in "publish/ai_terms_not_named.rs", Warn;
    }
}

impl Rule {
    /// The rules that look at such things, in the order of the reference.
    pub fn about(subject: RuleSubject) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |rule| rule.subject() == subject)
    }

    /// The rules whose level is set by a key of this table of a policy, each with the key.
    pub fn set_in(table: &str) -> impl Iterator<Item = (Self, &'static str)> {
        let keyed = Self::ALL.iter().filter_map(|rule| Some((*rule, rule.level_key()?)));
        keyed.filter_map(move |(rule, key)| (key.table == table).then_some((rule, key.name)))
    }

    /// One sentence: what the rule checks.
    pub fn summary(self) -> String {
        let docs = self.docs();
        docs.lines()
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or_default()
            .to_owned()
    }

    /// The whole documentation, in Markdown.
    pub fn docs(self) -> String {
        let comment = self.source().lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = comment.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.id())
    }
}

impl std::str::FromStr for Rule {
    type Err = airights_text::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.iter().copied();
        all.find(|rule| rule.id() == text).ok_or(airights_text::UnknownWord)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_is_documented_in_the_house_form() {
        for rule in Rule::ALL {
            let docs = rule.docs();
            let mut headings = docs.lines().filter(|line| line.starts_with('#'));
            assert_eq!(
                headings.next(),
                Some(format!("# {rule}").as_str()),
                "the title of {rule}"
            );
            let expected = [
                "## What it checks",
                "## Why it matters",
                "## Example",
                "## How to resolve",
            ];
            assert_eq!(headings.collect::<Vec<_>>(), expected, "the headings of {rule}");
        }
    }

    #[test]
    fn every_rule_has_an_id_and_a_key_of_its_own() {
        let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        let keys: Vec<LevelKey> = Rule::ALL.iter().filter_map(|rule| rule.level_key()).collect();
        let distinct: BTreeSet<(&str, &str)> = keys.iter().map(|key| (key.table, key.name)).collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
