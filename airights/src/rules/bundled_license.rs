//! # bundled-license
//!
//! Code vendored inside a package stands under a licence the policy does not allow.
//!
//! ## What it checks
//!
//! The licence files deeper in a package's tree: those of C libraries in `-sys` crates, of fonts and test data. Their
//! licences are judged like the package's own, but are never taken for it.
//!
//! ## Why it matters
//!
//! The `license` key of a crate speaks for its Rust code, often not for what was copied into it.
//!
//! ## Example
//!
//! ```text
//! vendor/zstd/COPYING        # GPL-2.0-only
//! vendor/zstd/LICENSE        # BSD-3-Clause
//! ```
//!
//! ## How to resolve
//!
//! Find out whether the code is compiled into what you ship and whether its licence gives a choice. Then allow it, or grant
//! the crate an exception. The level is `licenses.bundled`.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::facts::{Evidence, EvidenceKind, Excerpt, LicenseText, TextKind, TextPlace};
use crate::finding::Finding;
use crate::rule::Rule;
use crate::terms::LicenseExpression;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let is_bundled = |text: &&LicenseText| text.place == TextPlace::Bundled && text.kind == TextKind::License;
    let mut licenses: BTreeSet<&str> = BTreeSet::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for text in case.facts.texts.iter().filter(is_bundled) {
        let Some(expression) = text
            .expression
            .as_deref()
            .filter(|expression| !is_allowed(case, expression))
        else {
            continue;
        };
        if licenses.insert(expression) {
            evidence.push(Evidence {
                kind: EvidenceKind::LicenseText,
                excerpt: first_lines(text),
            });
        }
    }
    if licenses.is_empty() {
        return Vec::new();
    }
    let licenses: Vec<String> = licenses.into_iter().map(|license| format!("`{license}`")).collect();
    let problem = format!(
        "contains code under {}, which this policy does not allow",
        licenses.join(" and ")
    );
    let mut finding = case.finding(Rule::BundledLicense, case.section.licenses.bundled, problem);
    finding.help = Some("find out whether that code becomes part of what you ship".to_owned());
    finding.evidence = evidence;
    vec![finding]
}

fn first_lines(text: &LicenseText) -> Excerpt {
    let lines = text.licenses.first().map_or((0, 0), |license| license.lines);
    Excerpt {
        lines,
        ..Excerpt::whole_file(&text.path)
    }
}

/// Whether some choice within the expression is allowed, the package's exceptions included.
fn is_allowed(case: &Case<'_>, expression: &str) -> bool {
    let Ok(expression) = LicenseExpression::parse(expression) else {
        return false;
    };
    let satisfied = expression.fold(
        |_, term| case.allows(term),
        |left, right| left && right,
        |left, right| left || right,
    );
    satisfied.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::BundledLicense;

    #[test]
    fn speaks_of_vendored_code_under_other_terms() {
        let scene = "package zstd-sys 2.0.0\n license MIT\n text LICENSE MIT\n text vendor/zstd/COPYING GPL-2.0-only";
        check(
            RULE,
            scene,
            &["warn: `zstd-sys 2.0.0` contains code under `GPL-2.0-only`, which this policy does not allow"],
        );
        check(Rule::LicenseNotAllowed, scene, &[]);
    }

    #[test]
    fn is_silent_where_those_terms_are_allowed_too() {
        check(
            RULE,
            "package zstd-sys 2.0.0\n license MIT\n text vendor/zstd/LICENSE BSD-3-Clause",
            &[],
        );
        let exception = "
            policy
              exception zstd-sys license:GPL-2.0-only
            package zstd-sys 2.0.0
              license MIT
              text vendor/zstd/COPYING GPL-2.0-only
        ";
        check(RULE, exception, &[]);
    }

    #[test]
    fn a_bundled_text_without_any_known_licence_says_nothing() {
        check(
            RULE,
            "package zstd-sys 2.0.0\n license MIT\n text vendor/LICENSE -",
            &[],
        );
    }
}
