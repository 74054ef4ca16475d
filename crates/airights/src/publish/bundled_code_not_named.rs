//! # bundled-code-not-named
//!
//! Code of others inside the package stands under a license that the expression does not name.
//!
//! ## What it checks
//!
//! The license files deeper in what is published, those of vendored libraries, fonts and test data: whether each of their
//! licenses is among the terms of the expression.
//!
//! ## Why it matters
//!
//! The `license` key speaks for the whole package. Its users meet the terms of what is inside only when somebody looks.
//!
//! ## Example
//!
//! ```text
//! license = "MIT"                  # Cargo.toml
//! vendor/zlib/LICENSE: Zlib        # in the package
//! ```
//!
//! ## How to resolve
//!
//! Say `MIT AND Zlib`, or leave that code out of what is published with `exclude`.

use std::collections::BTreeMap;

use super::{PublishFacts, finding};
use crate::facts::{Declared, Evidence, EvidenceKind, Excerpt, LicenseText, TextKind, TextPlace};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::same_license;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let Declared::Expression(declared) = &package.facts.declared else {
        return Vec::new();
    };
    let terms = package.terms();
    let is_bundled = |text: &&LicenseText| text.place == TextPlace::Bundled && text.kind == TextKind::License;
    let mut unnamed: BTreeMap<&str, Evidence> = BTreeMap::new();
    for text in package.facts.texts.iter().filter(is_bundled) {
        let licenses = text.licenses.iter().filter(|license| !license.is_exception);
        for license in licenses.filter(|license| !terms.iter().any(|term| same_license(term, &license.id))) {
            unnamed.entry(&license.id).or_insert_with(|| Evidence {
                kind: EvidenceKind::LicenseText,
                excerpt: Excerpt {
                    lines: license.lines,
                    ..Excerpt::whole_file(&text.path)
                },
            });
        }
    }
    if unnamed.is_empty() {
        return Vec::new();
    }
    let problem = Problem::BundledNotNamed {
        declared: declared.raw.clone(),
        licenses: unnamed.keys().map(|&id| id.to_owned()).collect(),
    };
    let mut finding = finding(Rule::BundledCodeNotNamed, problem).help(Help::NameOrLeaveOut);
    finding.evidence = unnamed.into_values().collect();
    vec![finding.at(declared.evidence.clone())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::BundledCodeNotNamed;

    #[test]
    fn speaks_of_what_the_expression_does_not_name() {
        let expected = "warn: bundled-not-named `MIT` `Zlib`";
        check(
            RULE,
            "license MIT\ntext LICENSE MIT\ntext vendor/zlib/LICENSE Zlib",
            &[expected],
        );
    }

    #[test]
    fn is_silent_where_it_is_named() {
        check(RULE, "license MIT AND Zlib\ntext vendor/zlib/LICENSE Zlib", &[]);
        check(RULE, "license MIT\ntext LICENSE Zlib", &[]);
    }

    #[test]
    fn cannot_know_what_a_text_without_a_license_means() {
        check(RULE, "license MIT\ntext vendor/LICENSE -", &[]);
    }
}
