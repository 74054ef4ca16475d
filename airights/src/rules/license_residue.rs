//! # license-residue
//!
//! A licence text holds words that nobody has classified, or cannot be read at all.
//!
//! ## What it checks
//!
//! Every word of a package's own licence files is matched to a known licence, recognised as harmless (a title, a copyright
//! line, a pointer to another file), recognised as a clause, or left over. What is left over is shown here. Where it holds
//! words of prohibition, duty or condition, the licence counts as modified, and `license-not-allowed` speaks as well.
//!
//! ## Why it matters
//!
//! A similarity score hides an added sentence; what is left over is where such a sentence would be.
//!
//! ## Example
//!
//! ```text
//! The MIT License … SOFTWARE.
//!
//! Icons in `assets/` are by somebody else.
//! ```
//!
//! ## How to resolve
//!
//! Read the lines. If they are harmless to you, a `[[clarify]]` entry for the text settles it until the text changes. The
//! level is `licenses.residue`.

use crate::case::Case;
use crate::facts::{Evidence, EvidenceKind, Excerpt};
use crate::finding::Finding;
use crate::policy::Level;
use crate::rule::Rule;

/// More places than this are not shown of one package.
const MOST_PLACES: usize = 3;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    // Where there is no licence at all, `license-unknown` shows the text.
    if case.license.expression.is_none() {
        return Vec::new();
    }
    let level = case.section.licenses.residue;
    let mut findings = Vec::new();
    let left_over: Vec<Evidence> = case
        .unclarified_licenses()
        .flat_map(|text| &text.residue)
        .map(|residue| Evidence {
            kind: EvidenceKind::LicenseText,
            excerpt: residue.excerpt.clone(),
        })
        .take(MOST_PLACES)
        .collect();
    if !left_over.is_empty() {
        let problem = "has words in its licence text that nobody has classified";
        let mut finding = case.finding(Rule::LicenseResidue, level, problem);
        finding.help = Some("read them; a `[[clarify]]` entry settles it until the text changes".to_owned());
        finding.evidence = left_over;
        findings.push(finding);
    }
    let unreadable: Vec<Evidence> = case.unreadable_licenses().collect();
    if !unreadable.is_empty() {
        let mut finding = case.finding(
            Rule::LicenseResidue,
            level,
            "has a file that may hold terms and cannot be read",
        );
        finding.help = Some(case.reasons_unreadable());
        finding.evidence = unreadable;
        findings.push(finding);
    }
    findings.extend(unopened(case));
    findings
}

/// Archives are not looked into, which is shown to whoever asks for everything.
fn unopened(case: &Case<'_>) -> Option<Finding> {
    let archives = &case.facts.archives;
    let (first, others) = archives.split_first()?;
    let problem = match others.len() {
        0 => format!("holds the archive `{first}`, which was not looked into"),
        more => format!("holds the archive `{first}` and {more} more, which were not looked into"),
    };
    let mut finding = case.finding(Rule::LicenseResidue, Level::Allow, problem);
    finding.evidence = archives
        .iter()
        .take(MOST_PLACES)
        .map(|path| Evidence {
            kind: EvidenceKind::File,
            excerpt: Excerpt::whole_file(path),
        })
        .collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::LicenseResidue;

    #[test]
    fn speaks_of_words_that_are_left_over() {
        let scene = "package odd 1.0.0\n license MIT\n text LICENSE MIT\n residue LICENSE";
        check(
            RULE,
            scene,
            &["warn: `odd 1.0.0` has words in its licence text that nobody has classified"],
        );
        check(Rule::LicenseNotAllowed, scene, &[]);
    }

    #[test]
    fn speaks_of_a_text_that_cannot_be_read() {
        let scene = "package odd 1.0.0\n license MIT\n unreadable LICENSE";
        check(
            RULE,
            scene,
            &["warn: `odd 1.0.0` has a file that may hold terms and cannot be read"],
        );
    }

    #[test]
    fn is_silent_where_every_word_is_accounted_for() {
        check(RULE, "package odd 1.0.0\n license MIT\n text LICENSE MIT", &[]);
    }

    #[test]
    fn leaves_a_text_without_any_licence_to_its_own_rule() {
        check(RULE, "package odd 1.0.0\n text LICENSE -\n residue LICENSE", &[]);
    }
}
