//! # license-mismatch
//!
//! The files of a package contain a license that its manifest does not name.
//!
//! ## What it checks
//!
//! Each license in the package's own license files and notices that asks for more than the declared expression, and each
//! declared license whose text was modified. A further text that asks for no more is no matter: `BSD-3-Clause` beside a
//! declared `Apache-2.0`. The GNU texts are the same for `-only` and `-or-later`, so either is right for both; the LGPL is
//! written on top of the GPL, so its packages hold both texts; and of a choice that a file offers, one branch is enough.
//! Where the policy allows what is not named, there is nothing to decide, and it is shown with `-v`.
//!
//! ## Why it matters
//!
//! The manifest is one line that anybody can get wrong; the text is what was granted. Tools that read only the manifest
//! pass a crate that says `MIT` and carries something else. Here a stricter license file counts as well: `MIT` over the text
//! of the GPL is judged as `MIT AND GPL-3.0-only`. A notice may speak of single parts, so it is only shown.
//!
//! ## Example
//!
//! ```text
//! license = "MIT"                     # Cargo.toml
//! GNU GENERAL PUBLIC LICENSE …        # COPYING
//! ```
//!
//! ## How to resolve
//!
//! Ask the maintainer which of the two is meant. If you know, record it in a `[[clarify]]` entry; an exception that names the
//! license settles it as well. The level is `licenses.mismatch`.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use spdx::LicenseReq;

use crate::case::Case;
use crate::facts::{Evidence, Excerpt, FoundLicense, LicenseText, Modification};
use crate::finding::Finding;
use crate::help::Help;
use crate::policy::is_unclassified;
use crate::problem::{KnownLicense, OtherTerms, Problem};
use crate::rule::Rule;
use crate::rules::entry::clarification;
use crate::rules::evidence::{changes_of, in_text, left_over, lines_of};
use crate::terms::{Covered, LicenseExpression, is_about_code, named_in, own_licenses, same_license};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [in_license_files(case), in_notices(case)]
        .into_iter()
        .flatten()
        .collect()
}

/// What the license files hold that is stricter than what is declared, or was modified.
fn in_license_files(case: &Case<'_>) -> Option<Finding> {
    let declared = case.declared_expression().filter(|_| case.is_declared())?;
    let raw = case.declared_raw()?;
    // Most packages have no text to compare with it.
    let covered = LazyCell::new(|| Covered::by(declared, case.facts));
    let mut also = NotNamed::default();
    let mut is_open = true;
    let is_allowed = |rest: &LicenseExpression| rest.without(|term| case.lists(term)).is_none();
    for text in own_licenses(case.facts) {
        let joined = case.license.joined.iter().filter(|(path, _)| *path == text.path);
        for (_, expression) in joined {
            if let Some(rest) = expression.without(|term| is_granted(case, |granted| granted == term)) {
                is_open &= is_allowed(&rest);
                also.add(text, &rest);
            }
        }
        // A text about something else than code joins nothing, and is worth a look all the same.
        if !is_about_code(text) {
            let rest = named_in(text).and_then(|named| covered.rest_of_expression(&named));
            if let Some(rest) = &rest {
                is_open &= is_allowed(rest);
                also.add(text, rest);
            }
        }
    }
    let mut modified: BTreeSet<String> = BTreeSet::new();
    let mut changes = Vec::new();
    for text in case.unclarified_licenses() {
        let is_modified = |license: &&FoundLicense| {
            license.modification != Modification::None
                && !license.is_exception
                && declared.terms().any(|term| same_license(term, &license.id))
                && !is_granted(case, |granted| same_license(granted, &license.id))
        };
        for license in text.licenses.iter().filter(is_modified) {
            modified.insert(license.id.clone());
            changes.extend(changes_of(text, license));
        }
    }
    if also.licenses.is_empty() && modified.is_empty() {
        return None;
    }
    // Nobody has to decide on what the policy allows, and a branch whose text was changed asks nothing of whoever takes
    // another.
    let is_elected = |id: &String| case.elected_terms().any(|outcome| same_license(&outcome.term, id));
    let is_open = is_open && !modified.iter().any(is_elected);
    let problem = Problem::FilesDisagree {
        declared: raw.to_owned(),
        also: also.licenses,
        modified,
    };
    let evidence = changes.into_iter().chain(also.evidence);
    let finding = finding(case, problem, evidence.chain(case.named_at()).collect());
    Some(if is_open { finding.softened() } else { finding })
}

/// Whether an exception lets the package have such a term: somebody has seen that it is not what is declared.
fn is_granted(case: &Case<'_>, is_meant: impl Fn(&LicenseReq) -> bool) -> bool {
    let mut granted = case.terms.iter().filter(|outcome| outcome.exception.is_some());
    granted.any(|outcome| is_meant(&outcome.term))
}

/// What the notices hold that is stricter than the license that counts. They may speak of single parts, so this changes no
/// license.
fn in_notices(case: &Case<'_>) -> Option<Finding> {
    let mut also = NotNamed::default();
    let mut files: BTreeSet<String> = BTreeSet::new();
    let mut left = Vec::new();
    let mut is_open = true;
    for (text, rest) in notices_with_more(case) {
        is_open &= rest
            .without(|term| case.lists(term) || case.is_allowed_of_others(term))
            .is_none();
        also.add(text, &rest);
        left.extend(left_over(text));
        if also.evidence.is_empty() && left.is_empty() {
            left.push(in_text(text, Excerpt::whole_file(&text.path)));
        }
        files.insert(text.path.clone());
    }
    if files.is_empty() {
        return None;
    }
    let known = match case.declared_raw() {
        Some(raw) => KnownLicense::Declared(raw.to_owned()),
        None => KnownLicense::InFiles(case.expression().unwrap_or_default()),
    };
    let problem = Problem::NoticesDisagree {
        known,
        files,
        also: also.licenses,
    };
    let evidence = also.evidence.into_iter().chain(left).chain(case.named_at());
    let finding = finding(case, problem, evidence.collect());
    Some(if is_open { finding.softened() } else { finding })
}

/// The notices that hold licenses stricter than the one that counts, with what they hold beyond it.
pub(super) fn notices_with_more<'a>(case: &Case<'a>) -> Vec<(&'a LicenseText, LicenseExpression)> {
    // A clarification speaks for the package as a whole.
    let Some(license) = case
        .license
        .expression
        .as_ref()
        .filter(|_| case.clarification.is_none())
    else {
        return Vec::new();
    };
    let covered = LazyCell::new(|| Covered::by(case.declared_expression().unwrap_or(license), case.facts).and(license));
    let more = |text: &'a LicenseText| {
        let rest = covered.rest_of_expression(&named_in(text)?)?;
        Some((text, rest))
    };
    case.own_notices().filter_map(more).collect()
}

fn finding(case: &Case<'_>, problem: Problem, evidence: Vec<Evidence>) -> Finding {
    let mut finding = case.finding(
        Rule::LicenseMismatch,
        case.section.levels.of(Rule::LicenseMismatch),
        problem,
    );
    finding.help = Some(Help::AskWhichIsMeant);
    finding.entry = Some(clarification(case));
    finding.evidence = evidence;
    finding.evidence.dedup();
    finding
}

/// Licenses that are not named, and where they are.
#[derive(Default)]
struct NotNamed {
    licenses: BTreeSet<OtherTerms>,
    evidence: Vec<Evidence>,
}

impl NotNamed {
    fn add(&mut self, text: &LicenseText, expression: &LicenseExpression) {
        // Of words that nobody has classified `license-residue` speaks.
        let terms: Vec<_> = expression.terms().filter(|term| !is_unread(term)).collect();
        for term in &terms {
            let name = match &term.addition {
                Some(spdx::AdditionItem::Other(addition)) if addition.add_ref.starts_with("airights-") => {
                    OtherTerms::Modified(term.license.to_string())
                }
                _ => OtherTerms::License(term.to_string()),
            };
            self.licenses.insert(name);
            let found = text.licenses.iter().find(|license| same_license(term, &license.id));
            self.evidence.push(match found {
                Some(license) => in_text(text, lines_of(text, license)),
                None => in_text(text, Excerpt::whole_file(&text.path)),
            });
        }
    }
}

fn is_unread(term: &LicenseReq) -> bool {
    is_unclassified(term) && term.addition.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Scene, check};

    const RULE: Rule = Rule::LicenseMismatch;

    /// Who granted an exception for these very terms has seen them.
    #[test]
    fn is_silent_of_what_an_exception_names() {
        for (facts, license) in [
            ("license MIT\n text COPYING GPL-3.0-only", "GPL-3.0-only"),
            (
                "license MIT\n text LICENSE MIT clauses\n says LICENSE train-ai disallowed of MIT",
                "MIT WITH AdditionRef-airights-train-ai-disallowed",
            ),
        ] {
            let scene = format!("package two 1.0.0\n {facts}");
            let (_, evaluation) = crate::scene::play(&scene);
            assert!(
                evaluation.findings.iter().any(|finding| finding.rule == RULE),
                "{facts}"
            );
            let mut scene = Scene::parse(&scene);
            scene.policy.exceptions.push(crate::scene::exception("two", &[]));
            scene.policy.exceptions[0].licenses.push(license.parse().unwrap());
            let evaluation = scene.judge();
            assert!(
                !evaluation.findings.iter().any(|finding| finding.rule == RULE),
                "{facts}"
            );
        }
    }

    /// It adds to the license, unless it was changed; and it is none where there is no other.
    #[test]
    fn a_grant_of_patents_disagrees_with_no_license() {
        let scene =
            "package two 1.0.0\n license BSD-2-Clause\n text PATENTS LicenseRef-scancode-google-patent-license-webm";
        check(RULE, scene, &[]);
        check(Rule::LicenseNotAllowed, scene, &[]);
        let modified = "package two 1.0.0\n license BSD-2-Clause\n text PATENTS LicenseRef-scancode-google-patent-license-webm unclassified";
        assert_ne!(crate::scene::play(modified).1.findings, []);
        let alone = "package two 1.0.0\n text PATENTS LicenseRef-scancode-google-patent-license-webm";
        let expected = "deny: `two 1.0.0` license-not-allowed `LicenseRef-scancode-google-patent-license-webm`";
        check(Rule::LicenseNotAllowed, alone, &[expected]);
    }

    #[test]
    fn speaks_of_a_text_that_is_stricter_than_what_is_declared() {
        let scene = "package two 1.0.0\n license MIT\n text LICENSE GPL-3.0-only";
        let expected = "warn: `two 1.0.0` files-disagree `MIT` `GPL-3.0-only` ``";
        check(RULE, scene, &[expected]);
        let scene = "package two 1.0.0\n license MIT\n names LICENSE-DOCS CC-BY-NC-4.0";
        let expected = "warn: `two 1.0.0` files-disagree `MIT` `CC-BY-NC-4.0` ``";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn speaks_of_a_declared_license_whose_text_was_modified() {
        let scene = "
            package two 1.0.0
              license MIT
              text LICENSE MIT clauses
              says LICENSE train-ai disallowed of MIT
        ";
        let expected = "warn: `two 1.0.0` files-disagree `MIT` `` `MIT`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn a_changed_branch_that_is_not_taken_is_no_warning() {
        let scene = "package two 1.0.0\n license MIT OR Apache-2.0\n text LICENSE-MIT MIT unclassified\n text LICENSE-APACHE Apache-2.0";
        let expected = "allow: `two 1.0.0` files-disagree `MIT OR Apache-2.0` `` `MIT`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn a_license_that_is_allowed_is_no_warning() {
        let scene = "package two 1.0.0\n license MIT\n text LICENSE MPL-2.0";
        check(RULE, scene, &["allow: `two 1.0.0` files-disagree `MIT` `MPL-2.0` ``"]);
        let scene = "package two 1.0.0\n license MIT\n text LICENSE MIT\n text NOTICE MPL-2.0";
        let expected = "allow: `two 1.0.0` notices-disagree `MIT` `NOTICE` `MPL-2.0`";
        check(RULE, scene, &[expected]);
        let scene = format!("policy\n allow MIT\n{scene}");
        let expected = "warn: `two 1.0.0` notices-disagree `MIT` `NOTICE` `MPL-2.0`";
        check(RULE, &scene, &[expected]);
    }

    /// Nobody asked leave for it, and what it holds is worth a look all the same.
    #[test]
    fn what_is_spared_is_not_what_is_allowed() {
        let scene = "package two 1.0.0 member\n license MIT\n text LICENSE MIT\n text NOTICE GPL-2.0-only";
        check(
            RULE,
            scene,
            &["warn: `two 1.0.0` notices-disagree `MIT` `NOTICE` `GPL-2.0-only`"],
        );
    }

    /// The place of the change is what a person wants to see, then that of the license.
    #[test]
    fn shows_what_was_changed() {
        let scene = "
            package two 1.0.0
              license MIT
              text LICENSE MIT unclassified
              changed LICENSE 12
              residue LICENSE operative
        ";
        let (_, evaluation) = crate::scene::play(scene);
        let of_rule = |rule| evaluation.findings.iter().find(move |finding| finding.rule == rule);
        for rule in [RULE, Rule::LicenseNotAllowed] {
            let first = of_rule(rule).map(|finding| &finding.evidence[0].excerpt);
            assert_eq!(first.map(|excerpt| excerpt.lines), Some((12, 12)), "{rule}");
        }
    }

    #[test]
    fn speaks_of_notices_and_denies_nothing_for_them() {
        let scene =
            "package two 1.0.0\n license MIT\n text LICENSE MIT\n text NOTICE GPL-2.0-only\n text COPYRIGHT ISC";
        let expected = "warn: `two 1.0.0` notices-disagree `MIT` `NOTICE` `GPL-2.0-only`";
        check(RULE, scene, &[expected]);
        check(Rule::LicenseNotAllowed, scene, &[]);
        let scene = "package two 1.0.0\n text LICENSE MIT\n text COPYRIGHT GPL-2.0-only";
        let expected = "warn: `two 1.0.0` notices-disagree `MIT` `COPYRIGHT` `GPL-2.0-only`";
        check(RULE, scene, &[expected]);
        check(
            RULE,
            "package two 1.0.0\n license MIT\n names NOTICE GPL-2.0-only OR MIT",
            &[],
        );
    }

    /// A license file that made it worse hides nothing of what a notice adds.
    #[test]
    fn a_notice_is_compared_with_what_is_declared() {
        let scene = "package two 1.0.0\n license MIT\n text LICENSE MIT unclassified\n text NOTICE GPL-2.0-only";
        let (_, evaluation) = crate::scene::play(scene);
        let of_notice =
            |finding: &&Finding| finding.rule == RULE && matches!(finding.problem, Problem::NoticesDisagree { .. });
        assert_eq!(evaluation.findings.iter().filter(of_notice).count(), 1);
        let scene = "package two 1.0.0\n license MIT\n text LICENSE GPL-2.0-only\n text NOTICE GPL-2.0-only";
        let (_, evaluation) = crate::scene::play(scene);
        assert_eq!(evaluation.findings.iter().filter(of_notice).count(), 0);
    }

    #[test]
    fn is_silent_about_a_text_that_asks_for_no_more() {
        check(
            RULE,
            "package two 1.0.0\n license Apache-2.0\n text LICENSE-BSD BSD-3-Clause",
            &[],
        );
        check(
            RULE,
            "package two 1.0.0\n license GPL-3.0-only\n text LICENSE MPL-2.0",
            &[],
        );
    }

    #[test]
    fn is_silent_where_they_agree() {
        check(
            RULE,
            "package two 1.0.0\n license MIT OR Apache-2.0\n text LICENSE-MIT MIT",
            &[],
        );
        check(
            RULE,
            "package two 1.0.0\n license GPL-3.0-or-later\n text COPYING GPL-3.0-only",
            &[],
        );
        check(
            RULE,
            "package two 1.0.0\n license LGPL-3.0-or-later\n text COPYING GPL-3.0-only",
            &[],
        );
    }

    #[test]
    fn cannot_know_without_both() {
        check(RULE, "package two 1.0.0\n license MIT", &[]);
        check(RULE, "package two 1.0.0\n text LICENSE MIT", &[]);
        check(RULE, "package two 1.0.0\n license MIT\n text LICENSE -", &[]);
    }
}
