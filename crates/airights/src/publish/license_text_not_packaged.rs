//! # license-text-not-packaged
//!
//! A license asks for its text to go along, and the text is not in what is published.
//!
//! ## What it checks
//!
//! For each license of the expression that asks for a copy with every distribution (MIT, BSD, ISC, Apache-2.0, the GNU
//! licenses and most others), whether a file of the package holds its text. A text in the README counts, and so does one at
//! the head of a source file. Where there is a
//! choice, the text of one branch is what is needed; that others are missing is a warning.
//!
//! ## Why it matters
//!
//! Whoever passes the crate on has to pass the text on, and cannot if it never came. In a workspace the text stands in the
//! root, and packages are published from folders below it.
//!
//! ## Example
//!
//! ```toml
//! license = "MIT"        # crates/parser/Cargo.toml; LICENSE stands beside the workspace's manifest only
//! ```
//!
//! ## How to resolve
//!
//! Copy the text into the package's folder, and name it in `include` where there is one;
//! `cargo airights publish-check --fix` does both where the text is available.

use spdx::LicenseReq;

use super::obligation::asks_for_text;
use super::{LeftOut, PublishFacts, finding};
use crate::facts::{Declared, FileProblem, LicenseText, Modification, TextKind, TextPlace};
use crate::finding::Finding;
use crate::fix::Fix;
use crate::help::Help;
use crate::level::Level;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::{LicenseExpression, same_license};

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let Declared::Expression(declared) = &package.facts.declared else {
        return Vec::new();
    };
    let expression = LicenseExpression::from(&declared.expression);
    let without: Vec<&LicenseReq> = expression.terms().filter(|term| !is_met(package, term)).collect();
    let is_enough = expression.fold(
        |_, term| is_met(package, term),
        |left, right| left && right,
        |left, right| left || right,
    );
    // What cannot be read may be the text.
    let may_be_there = package.facts.problems.iter().any(is_of_a_file);
    if without.is_empty() || may_be_there {
        return Vec::new();
    }
    let mut licenses: Vec<String> = without.iter().map(ToString::to_string).collect();
    licenses.dedup();
    let mut finding = if is_enough == Some(true) {
        let problem = Problem::ChoiceNotPackaged { licenses };
        Finding {
            level: Level::Warn,
            ..finding(Rule::LicenseTextNotPackaged, problem)
        }
    } else {
        finding(Rule::LicenseTextNotPackaged, Problem::TextNotPackaged { licenses })
    };
    finding.fixes = without.iter().filter_map(|term| fix(package, term)).collect();
    finding.fixes.dedup();
    finding.help = Some(help(package, &finding.fixes));
    vec![finding.at(declared.evidence.clone())]
}

/// Whether a term asks for nothing, or has what it asks for.
fn is_met(package: &PublishFacts, term: &LicenseReq) -> bool {
    let holds_texts = |kind| matches!(kind, TextKind::License | TextKind::Copyright);
    let is_own = |text: &&LicenseText| text.place == TextPlace::Own && holds_texts(text.kind);
    let holds = |text: &LicenseText| text.licenses.iter().any(|license| same_license(term, &license.id));
    let is_elsewhere = || package.texts_elsewhere.iter().any(|id| same_license(term, id));
    !asks_for_text(term) || package.facts.texts.iter().filter(is_own).any(holds) || is_elsewhere()
}

fn is_of_a_file(problem: &FileProblem) -> bool {
    problem.path != "Cargo.toml"
}

/// A text that is at hand and only has to come along. One that was changed is somebody's decision.
fn fix(package: &PublishFacts, term: &LicenseReq) -> Option<Fix> {
    let is_the_text = |left_out: &&LeftOut| {
        let mut licenses = left_out.text.licenses.iter();
        let is_changed = licenses
            .clone()
            .any(|license| license.modification != Modification::None);
        !is_changed && licenses.any(|license| same_license(term, &license.id))
    };
    package.left_out.iter().filter(is_the_text).find_map(LeftOut::fix)
}

fn help(package: &PublishFacts, fixes: &[Fix]) -> Help {
    if let Some(fix) = fixes.first() {
        return Help::Fix(fix.clone());
    }
    match package.left_out.iter().find(|left_out| left_out.is_inside) {
        Some(left_out) => Help::StopLeavingOut(left_out.text.path.clone()),
        None => Help::AddTextBesideManifest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::{check, findings};

    const RULE: Rule = Rule::LicenseTextNotPackaged;

    #[test]
    fn speaks_where_a_license_has_no_text() {
        let expected = "deny: text-not-packaged `MIT`";
        check(RULE, "license MIT", &[expected]);
        check(RULE, "license MIT\ntext LICENSE -", &[expected]);
        check(RULE, "license MIT\ntext vendor/LICENSE MIT", &[expected]);
        let expected = "deny: text-not-packaged `MIT` `Apache-2.0`";
        check(RULE, "license MIT OR Apache-2.0", &[expected]);
        let expected = "deny: text-not-packaged `Unicode-3.0`";
        check(RULE, "license MIT AND Unicode-3.0\ntext LICENSE MIT", &[expected]);
    }

    #[test]
    fn warns_where_a_branch_has_none() {
        let expected = "warn: choice-not-packaged `Apache-2.0`";
        check(RULE, "license MIT OR Apache-2.0\ntext LICENSE MIT", &[expected]);
    }

    #[test]
    fn is_silent_where_the_text_is_there_or_not_asked_for() {
        check(RULE, "license MIT\ntext LICENSE MIT", &[]);
        check(RULE, "license GPL-3.0-or-later\ntext COPYING GPL-3.0-only", &[]);
        check(RULE, "license MIT\nelsewhere MIT", &[]);
        check(RULE, "license Unlicense", &[]);
    }

    #[test]
    fn cannot_know_where_a_file_cannot_be_read() {
        check(RULE, "license MIT\nunreadable LICENSE", &[]);
        check(RULE, "license NoAI-MIT", &[]);
    }

    #[test]
    fn what_is_at_hand_is_brought_along() {
        let fixes = |scene: &str| -> Vec<Fix> {
            let findings = findings(scene).into_iter().filter(|finding| finding.rule == RULE);
            findings.flat_map(|finding| finding.fixes).collect()
        };
        let copy = |from: &str| Fix::Copy {
            from: from.to_owned(),
            to: from.to_owned(),
        };
        let scene = "license MIT OR Apache-2.0\nbeside LICENSE-MIT MIT\nbeside LICENSE-APACHE Apache-2.0";
        assert_eq!(fixes(scene), [copy("LICENSE-MIT"), copy("LICENSE-APACHE")]);
        let path = "LICENSE".to_owned();
        assert_eq!(fixes("license MIT\nnot-included LICENSE MIT"), [Fix::Include { path }]);
        assert_eq!(fixes("license MIT\nexcluded LICENSE MIT"), []);
        assert_eq!(fixes("license MIT\nbeside LICENSE MIT clauses"), []);
    }
}
