//! # license-residue
//!
//! A license file has text that we could not classify, or cannot be read at all.
//!
//! ## What it checks
//!
//! Every word of a package's own license files and notices is matched to a known license, recognised as harmless (a title, a copyright
//! line, a pointer to another file), recognised as a clause, or left over. What is left over is shown here; of notices,
//! what holds words of prohibition, duty or condition. Where a license file holds such words, the license counts as modified,
//! or as an unknown one of its own, and `license-not-allowed` speaks as well.
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
//! Read the lines. If they are harmless to you, a `[[clarify]]` entry for the text settles it until the text changes
//! (`cargo airights clarify CRATE` writes it). The level is `licenses.residue`.

use super::entry::clarification;
use super::license_mismatch::notices_with_more;
use crate::case::Case;
use crate::facts::{Evidence, EvidenceKind, Excerpt, FileProblem, LicenseText, TextKind};
use crate::finding::Finding;
use crate::help::Help;
use crate::level::Level;
use crate::package::Role;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::{LicenseExpression, is_own_name};

/// More places than this are not shown of one package.
const MOST_PLACES: usize = 3;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    // Where there is no license at all, `license-unknown` shows the text.
    if case.license.expression.is_none() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let left_over = in_licenses(case);
    if !left_over.is_empty() {
        let finding = words(case, Problem::UnclassifiedText, left_over);
        // Beside a license, words that neither grant nor forbid anything ask nobody to decide, unless the policy says that
        // they do. Where they are all that a license file holds, nobody knows under what it puts the work.
        let asks = |text: &LicenseText| {
            (text.expression.is_none() && !text.residue.is_empty()) || text.residue.iter().any(|words| words.operative)
        };
        findings.push(if case.unclarified_licenses().any(asks) && !is_settled(case) {
            finding
        } else {
            finding.softened()
        });
    }
    let left_over = in_notices(case);
    if !left_over.is_empty() {
        let finding = words(case, Problem::UnclassifiedNotice, left_over);
        findings.push(if is_own(case) { finding.softened() } else { finding });
    }
    // Of license files among them `license-unknown` speaks, or the user's clarification.
    let problems = case.facts.problems.iter();
    let unreadable: Vec<&FileProblem> = problems.filter(|problem| !problem.is_unread_license()).collect();
    if !unreadable.is_empty() {
        let level = case.section.levels.of(Rule::LicenseResidue);
        let mut finding = case.finding(Rule::LicenseResidue, level, Problem::UnreadFile);
        finding.help = Some(Help::LookInto(unreadable.iter().map(|&file| file.into()).collect()));
        finding.evidence = unreadable.iter().map(|problem| of_file(problem)).collect();
        findings.push(finding);
    }
    findings.extend(unopened(case));
    findings
}

/// Whether there is nothing to decide about words in license files: they are denied already, they are the terms that a name
/// of their author's own stands for, or the project's own. What a clarification names stands for the texts it was made from.
fn is_settled(case: &Case<'_>) -> bool {
    let has_own_name = || {
        case.license
            .expression
            .iter()
            .flat_map(LicenseExpression::terms)
            .any(is_own_name)
    };
    case.is_denied_unread() || (case.clarification.is_none() && has_own_name()) || is_own(case)
}

fn is_own(case: &Case<'_>) -> bool {
    case.role == Role::Member
}

fn words(case: &Case<'_>, problem: Problem, left_over: Vec<Evidence>) -> Finding {
    let mut finding = case.finding(
        Rule::LicenseResidue,
        case.section.levels.of(Rule::LicenseResidue),
        problem,
    );
    finding.help = Some(Help::ClarifyUntilChanged);
    finding.entry = Some(clarification(case));
    finding.evidence = left_over;
    finding
}

/// What is left over in license files; what has force comes first.
fn in_licenses(case: &Case<'_>) -> Vec<Evidence> {
    let mut residue: Vec<_> = case.unclarified_licenses().flat_map(|text| &text.residue).collect();
    residue.sort_by_key(|residue| !residue.operative);
    let excerpts = residue.into_iter().map(|residue| residue.excerpt.clone());
    as_evidence(EvidenceKind::LicenseText, excerpts.take(MOST_PLACES))
}

/// What is left over in notices, where it has force: notices are full of names and thanks. Of those that hold a license
/// more `license-mismatch` speaks.
fn in_notices(case: &Case<'_>) -> Vec<Evidence> {
    let with_more = notices_with_more(case);
    let is_told = |text: &LicenseText| with_more.iter().any(|(told, _)| told.path == text.path);
    // A clarification speaks for the package as a whole.
    let notices = case
        .own_notices()
        .filter(|text| case.clarification.is_none() && !is_told(text) && text.kind != TextKind::Header);
    let operative = notices.flat_map(|text: &LicenseText| text.residue.iter().filter(|residue| residue.operative));
    let excerpts = operative.map(|residue| residue.excerpt.clone());
    as_evidence(EvidenceKind::Notice, excerpts.take(MOST_PLACES))
}

fn as_evidence(kind: EvidenceKind, excerpts: impl Iterator<Item = Excerpt>) -> Vec<Evidence> {
    excerpts.map(|excerpt| Evidence { kind, excerpt }).collect()
}

fn of_file(problem: &FileProblem) -> Evidence {
    Evidence {
        kind: EvidenceKind::File,
        excerpt: Excerpt::whole_file(&problem.path),
    }
}

/// Archives are not looked into, which is shown to whoever asks for everything.
fn unopened(case: &Case<'_>) -> Option<Finding> {
    let archives = &case.facts.archives;
    let (first, others) = archives.split_first()?;
    let problem = Problem::UnopenedArchives {
        first: first.clone(),
        others: others.len(),
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
        check(RULE, scene, &["allow: `odd 1.0.0` unclassified-text"]);
        check(Rule::LicenseNotAllowed, scene, &[]);
    }

    #[test]
    fn a_license_file_without_any_license_asks_whatever_its_words_are() {
        let scene = "package odd 1.0.0\n license MIT\n text LICENSE -\n residue LICENSE";
        check(RULE, scene, &["warn: `odd 1.0.0` unclassified-text"]);
    }

    #[test]
    fn speaks_of_terms_in_a_notice_and_not_of_thanks() {
        let scene = "package odd 1.0.0\n license MIT\n text NOTICE -\n residue NOTICE operative";
        let expected = "warn: `odd 1.0.0` unclassified-notice";
        check(RULE, scene, &[expected]);
        check(Rule::LicenseNotAllowed, scene, &[]);
        check(
            RULE,
            "package odd 1.0.0\n license MIT\n text NOTICE -\n residue NOTICE",
            &[],
        );
    }

    #[test]
    fn what_is_denied_already_or_its_author_has_a_name_for_is_no_warning() {
        let expected = "allow: `odd 1.0.0` unclassified-text";
        for facts in [
            "license MIT\n text LICENSE MIT\n residue LICENSE operative",
            "license MIT OR LicenseRef-Odd\n text LICENSES/LicenseRef-Odd.txt -\n residue LICENSES/LicenseRef-Odd.txt operative",
        ] {
            check(RULE, &format!("package odd 1.0.0\n {facts}"), &[expected]);
        }
        check(
            RULE,
            "package odd 1.0.0 member\n license MIT\n text LICENSE MIT\n residue LICENSE operative",
            &[expected],
        );
    }

    #[test]
    fn speaks_of_a_text_that_cannot_be_read() {
        let scene = "package odd 1.0.0\n license MIT\n unreadable AGENTS.md";
        check(RULE, scene, &["warn: `odd 1.0.0` unread-file"]);
    }

    #[test]
    fn is_silent_where_every_word_is_accounted_for() {
        check(RULE, "package odd 1.0.0\n license MIT\n text LICENSE MIT", &[]);
    }

    #[test]
    fn leaves_a_text_without_any_license_to_its_own_rule() {
        check(RULE, "package odd 1.0.0\n text LICENSE -\n residue LICENSE", &[]);
    }
}
