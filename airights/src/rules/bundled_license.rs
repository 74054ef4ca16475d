//! # bundled-license
//!
//! Code vendored inside a package stands under a licence the policy does not allow.
//!
//! ## What it checks
//!
//! The licence files deeper in a package's tree: those of C libraries in `-sys` crates, of fonts and test data. Their
//! licences are judged like the package's own, but are never taken for it. A modified text is not allowed, whatever its
//! base licence is, and neither is one that forbids an AI use or ties it to conditions.
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

use airights_text::UseValue;

use crate::case::Case;
use crate::facts::{
    Evidence, EvidenceKind, Excerpt, FoundLicense, LicenseText, Modification, Statement, TextKind, TextPlace,
};
use crate::finding::Finding;
use crate::policy::Level;
use crate::rule::Rule;
use crate::terms::LicenseExpression;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let is_bundled = |text: &&LicenseText| text.place == TextPlace::Bundled && text.kind == TextKind::License;
    let mut licenses: BTreeSet<String> = BTreeSet::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for text in case.facts.texts.iter().filter(is_bundled) {
        let Some(terms) = terms_not_allowed(case, text) else {
            continue;
        };
        if licenses.insert(terms) {
            evidence.push(place_of(case, text));
        }
    }
    if licenses.is_empty() {
        return Vec::new();
    }
    let licenses: Vec<String> = licenses.into_iter().collect();
    let problem = format!(
        "contains code under {}, which this policy does not allow",
        licenses.join(" and ")
    );
    let mut finding = case.finding(Rule::BundledLicense, case.section.licenses.bundled, problem);
    finding.help = Some("find out whether that code becomes part of what you ship".to_owned());
    finding.evidence = evidence;
    vec![finding]
}

/// What the text of vendored code asks for beyond what is allowed, in words; `None` where it asks for nothing more.
fn terms_not_allowed(case: &Case<'_>, text: &LicenseText) -> Option<String> {
    let expression = text.expression.as_deref();
    if let Some(expression) = expression.filter(|expression| !is_allowed(case, expression)) {
        return Some(format!("`{expression}`"));
    }
    // As everywhere, a modified text is not its base licence, unless what was added only permits.
    let is_modified = |license: &&FoundLicense| match license.modification {
        Modification::None => false,
        Modification::Clauses => restriction(case, text).is_some(),
        Modification::Unclassified => true,
    };
    if let Some(license) = text.licenses.iter().find(is_modified) {
        return Some(format!("a modified `{}`", license.id));
    }
    restriction(case, text).map(|_| "terms on its use with AI".to_owned())
}

/// What the text refuses or ties to conditions of the uses the policy does not ignore, if anything.
fn restriction<'a>(case: &Case<'_>, text: &'a LicenseText) -> Option<&'a Statement> {
    let matters = |statement: &&Statement| case.section.ai.uses[statement.ai_use].of(statement.value) > Level::Allow;
    text.statements
        .iter()
        .filter(|statement| statement.value > UseValue::Unknown)
        .find(matters)
}

/// The words that restrict, where there are such; else the lines of the licence.
fn place_of(case: &Case<'_>, text: &LicenseText) -> Evidence {
    if let Some(statement) = restriction(case, text) {
        return statement.evidence.clone();
    }
    let lines = text.licenses.first().map_or((0, 0), |license| license.lines);
    let excerpt = Excerpt {
        lines,
        ..Excerpt::whole_file(&text.path)
    };
    Evidence {
        kind: EvidenceKind::LicenseText,
        excerpt,
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

    /// A rider on vendored code is a rider.
    #[test]
    fn speaks_of_vendored_texts_that_were_modified() {
        let scene = "
            package zstd-sys 2.0.0
              license MIT
              text LICENSE MIT
              text vendor/LICENSE MIT clauses
              says vendor/LICENSE train-ai disallowed of MIT
        ";
        let expected = "warn: `zstd-sys 2.0.0` contains code under a modified `MIT`, which this policy does not allow";
        check(RULE, scene, &[expected]);
        let scene = "
            package zstd-sys 2.0.0
              license MIT
              text vendor/LICENSE -
              says vendor/LICENSE train-ai disallowed
        ";
        let expected =
            "warn: `zstd-sys 2.0.0` contains code under terms on its use with AI, which this policy does not allow";
        check(RULE, scene, &[expected]);
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
