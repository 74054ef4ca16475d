//! # license-mismatch
//!
//! The licence text in a package is not the licence its manifest declares.
//!
//! ## What it checks
//!
//! Each licence found in the package's own licence files has to be among the terms of the declared expression, and
//! unmodified. The GNU texts are the same for `-only` and `-or-later`, so either is right for both.
//!
//! ## Why it matters
//!
//! The manifest is one line that anybody can get wrong; the text is what was granted. Tools that read only the manifest
//! pass a crate that says `MIT` and carries something else.
//!
//! ## Example
//!
//! ```text
//! license = "MIT"        # Cargo.toml
//! The MIT License …      # LICENSE, with one more sentence: not to be used for machine learning
//! ```
//!
//! ## How to resolve
//!
//! Ask the maintainer which of the two is meant. If you know, record it in a `[[clarify]]` entry. The level is
//! `licenses.mismatch`.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::facts::{Evidence, EvidenceKind, Excerpt, LicenseText, Modification};
use crate::finding::Finding;
use crate::rule::Rule;
use crate::terms::same_license;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(raw) = case.declared_raw().filter(|_| case.is_declared()) else {
        return Vec::new();
    };
    let terms: Vec<_> = case.terms.iter().map(|outcome| &outcome.term).collect();
    let is_declared = |id: &str| {
        // The LGPL is written on top of the GPL, so a package under it rightly holds both texts.
        let carries_gpl = id.starts_with("GPL-") && terms.iter().any(|term| term.to_string().starts_with("LGPL-"));
        carries_gpl || terms.iter().any(|term| same_license(term, id))
    };
    let mut others: BTreeSet<String> = BTreeSet::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for text in case.unclarified_licenses() {
        for license in text.licenses.iter().filter(|license| !license.is_exception) {
            let other = match license.modification {
                _ if !is_declared(&license.id) => license.id.clone(),
                Modification::None => continue,
                Modification::Clauses | Modification::Unclassified => format!("a modified `{}`", license.id),
            };
            let quoted = if other.contains('`') {
                other
            } else {
                format!("`{other}`")
            };
            others.insert(quoted);
            evidence.push(Evidence {
                kind: EvidenceKind::LicenseText,
                excerpt: place_of(text, license.lines),
            });
        }
    }
    if others.is_empty() {
        return Vec::new();
    }
    let others: Vec<String> = others.into_iter().collect();
    let problem = format!("declares `{raw}`, but its licence text is {}", others.join(" and "));
    let mut finding = case.finding(Rule::LicenseMismatch, case.section.licenses.mismatch, problem);
    finding.help = Some("ask the maintainer which is meant, or record what you know in a `[[clarify]]` entry".into());
    finding.evidence = evidence;
    finding.evidence.extend(case.named_at());
    vec![finding]
}

/// Where the licence stands; what was added to it, if there are words to show.
fn place_of(text: &LicenseText, lines: (u32, u32)) -> Excerpt {
    let said = text.statements.iter().map(|statement| &statement.evidence.excerpt);
    let left_over = text
        .residue
        .iter()
        .filter(|residue| residue.operative)
        .map(|residue| &residue.excerpt);
    match said.chain(left_over).next() {
        Some(words) => words.clone(),
        None => Excerpt {
            lines,
            ..Excerpt::whole_file(&text.path)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::LicenseMismatch;

    #[test]
    fn speaks_of_a_text_that_is_not_what_is_declared() {
        let scene = "package two 1.0.0\n license MIT\n text LICENSE BSD-3-Clause";
        check(
            RULE,
            scene,
            &["warn: `two 1.0.0` declares `MIT`, but its licence text is `BSD-3-Clause`"],
        );
        let scene = "
            package two 1.0.0
              license MIT
              text LICENSE MIT clauses
              says LICENSE train-ai disallowed of MIT
        ";
        check(
            RULE,
            scene,
            &["warn: `two 1.0.0` declares `MIT`, but its licence text is a modified `MIT`"],
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
