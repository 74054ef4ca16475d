//! What a rule is: its id, and its documentation, which is the opening comment of the file that checks it.

use std::fmt;
use std::str::FromStr;

use airights_text::UnknownWord;

/// Declares the rules. The documentation of each is read from its own source file, so that there is one text.
macro_rules! rules {
    ($($variant:ident = $id:literal in $file:literal,)+) => {
        /// A rule, by its id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each rule is documented in its own file; `Rule::docs` returns that text")]
        pub enum Rule { $($variant,)+ }

        impl Rule {
            /// Every rule, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id, as it stands in policies and reports.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            const fn source(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("rules/", $file)),)+ }
            }
        }
    };
}

rules! {
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

impl Rule {
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

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.id())
    }
}

impl FromStr for Rule {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.id() == text)
            .ok_or(UnknownWord)
    }
}

#[cfg(test)]
mod tests {
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
}
