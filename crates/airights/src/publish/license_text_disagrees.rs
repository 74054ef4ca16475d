//! # license-text-disagrees
//!
//! A license text in the package is not of a license that the manifest declares.
//!
//! ## What it checks
//!
//! Each license in the package's own license files has to be among the terms of the expression, and unmodified, unless the
//! expression says that there is more (`WITH AdditionRef-…`, `AND LicenseRef-…`). Whoever uses the crate will be told of the
//! same mismatch by `cargo airights check`.
//!
//! ## Why it matters
//!
//! Two statements of one's own terms that differ are worth less than either.
//!
//! ## Example
//!
//! ```text
//! license = "MIT"               # Cargo.toml
//! BSD 3-Clause License …        # LICENSE
//! ```
//!
//! ## How to resolve
//!
//! Declare what the text says, or replace the text by that of the license you declare.

use std::collections::BTreeSet;

use super::facts::own_names;
use super::{PublishFacts, finding};
use crate::facts::{Declared, Evidence, EvidenceKind, Excerpt, FoundLicense, LicenseText, Modification};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::{OtherTerms, Problem};
use crate::rule::Rule;
use crate::terms::{own_licenses, same_license};

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let Declared::Expression(declared) = &package.facts.declared else {
        return Vec::new();
    };
    let mut others: BTreeSet<OtherTerms> = BTreeSet::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for text in own_licenses(&package.facts) {
        for license in text.licenses.iter().filter(|license| !license.is_exception) {
            if let Some(other) = not_declared(package, license) {
                others.insert(other);
                evidence.push(place_of(text, license));
            }
        }
    }
    if others.is_empty() {
        return Vec::new();
    }
    let problem = Problem::TextDisagrees {
        declared: declared.raw.clone(),
        texts: others,
    };
    let mut finding = finding(Rule::LicenseTextDisagrees, problem).help(Help::DeclareWhatTextSays);
    finding.evidence = evidence;
    vec![finding.at(declared.evidence.clone())]
}

/// What a text holds beyond the expression.
fn not_declared(package: &PublishFacts, license: &FoundLicense) -> Option<OtherTerms> {
    let terms = package.terms();
    // The LGPL is written on top of the GPL, so a package under it rightly holds both texts.
    let carries_gpl = license.id.starts_with("GPL-") && terms.iter().any(|term| term.to_string().starts_with("LGPL-"));
    let is_declared = carries_gpl || terms.iter().any(|term| same_license(term, &license.id));
    let says_more = terms.iter().any(|term| !own_names(term).is_empty());
    match license.modification {
        _ if !is_declared => Some(OtherTerms::License(license.id.clone())),
        Modification::None => None,
        Modification::Clauses | Modification::Unclassified if says_more => None,
        Modification::Clauses | Modification::Unclassified => Some(OtherTerms::Modified(license.id.clone())),
    }
}

fn place_of(text: &LicenseText, license: &FoundLicense) -> Evidence {
    let left_over = text.residue.iter().filter(|residue| residue.operative);
    let said = text.statements.iter().map(|statement| &statement.evidence.excerpt);
    let words = said.chain(left_over.map(|residue| &residue.excerpt)).next();
    let excerpt = words.filter(|_| license.modification != Modification::None).cloned();
    Evidence {
        kind: EvidenceKind::LicenseText,
        excerpt: excerpt.unwrap_or_else(|| Excerpt {
            lines: license.lines,
            ..Excerpt::whole_file(&text.path)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::LicenseTextDisagrees;

    #[test]
    fn speaks_of_a_text_that_is_not_declared_or_was_changed() {
        let expected = "deny: text-disagrees `MIT` `BSD-3-Clause`";
        check(RULE, "license MIT\ntext LICENSE BSD-3-Clause", &[expected]);
        let expected = "deny: text-disagrees `MIT` `MIT (modified)`";
        check(RULE, "license MIT\ntext LICENSE MIT unclassified", &[expected]);
    }

    #[test]
    fn is_silent_where_they_agree() {
        check(RULE, "license MIT OR Apache-2.0\ntext LICENSE MIT", &[]);
        check(RULE, "license MIT WITH AdditionRef-mine\ntext LICENSE MIT clauses", &[]);
        check(RULE, "license LGPL-3.0-only\ntext COPYING GPL-3.0-only", &[]);
    }

    #[test]
    fn cannot_know_without_both() {
        check(RULE, "license MIT\ntext LICENSE -", &[]);
        check(RULE, "text LICENSE MIT", &[]);
    }
}
