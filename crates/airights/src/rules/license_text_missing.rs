//! # license-text-missing
//!
//! A package declares a license and does not carry its text.
//!
//! ## What it checks
//!
//! Whether any license file is in the package at all. One that only names a license, or says where its text is, is none.
//!
//! ## Why it matters
//!
//! Most licenses ask that their text goes along with copies, and a declaration cannot be checked against a text that is not
//! there. So many crates lack it that the rule is silent unless asked for.
//!
//! ## Example
//!
//! ```toml
//! license = "MIT"        # Cargo.toml, and no LICENSE beside it
//! ```
//!
//! ## How to resolve
//!
//! Ask the maintainer to add the file to the package. The level is `licenses.text-missing`.

use crate::case::Case;
use crate::facts::LicenseText;
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let has_text = crate::terms::own_licenses(case.facts).any(holds_terms);
    let is_unread = case.unread_licenses().next().is_some();
    if !case.is_declared() || has_text || is_unread || case.package.is_member {
        return Vec::new();
    }
    let level = case.section.levels.of(Rule::LicenseTextMissing);
    let mut finding = case.finding(Rule::LicenseTextMissing, level, Problem::TextMissing);
    finding.help = Some(Help::AskForText);
    finding.evidence.extend(case.named_at());
    vec![finding]
}

/// Whether a file has anything in it beyond the name of a license, a title or a pointer.
fn holds_terms(text: &LicenseText) -> bool {
    !(text.licenses.is_empty() && text.residue.is_empty() && text.statements.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::LicenseTextMissing;

    #[test]
    fn speaks_only_where_asked() {
        let scene = "package bare 1.0.0\n license MIT";
        check(RULE, scene, &["allow: `bare 1.0.0` text-missing"]);
        let scene = "policy\n text-missing warn\npackage bare 1.0.0\n license MIT";
        check(RULE, scene, &["warn: `bare 1.0.0` text-missing"]);
    }

    #[test]
    fn is_silent_where_the_text_is_there() {
        check(RULE, "package bare 1.0.0\n license MIT\n text LICENSE MIT", &[]);
    }

    #[test]
    fn a_file_that_only_points_elsewhere_is_no_text() {
        let expected = "allow: `bare 1.0.0` text-missing";
        check(RULE, "package bare 1.0.0\n license MIT\n text LICENSE -", &[expected]);
        check(
            RULE,
            "package bare 1.0.0\n license MIT\n names LICENSE MIT OR Apache-2.0",
            &[expected],
        );
        check(
            RULE,
            "package bare 1.0.0\n license MIT\n text LICENSE -\n residue LICENSE",
            &[],
        );
    }

    #[test]
    fn a_text_that_cannot_be_read_is_there_all_the_same() {
        check(RULE, "package bare 1.0.0\n license MIT\n unreadable LICENSE", &[]);
    }
}
