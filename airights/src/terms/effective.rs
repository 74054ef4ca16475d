//! Which licence counts for a package: the user's clarification, else what it declares, else what its texts say; with
//! each term whose text was modified written as what it is.

use airights_text::{AiUse, UseValue};
use spdx::{AdditionItem, AdditionRef, LicenseReq};

use super::{LicenseExpression, same_license};
use crate::facts::{Declared, FoundLicense, LicenseText, Modification, PackageFacts, TextKind, TextPlace};
use crate::policy::Clarification;

/// The licence that counts, and where it was taken from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EffectiveLicense {
    /// The expression; `None` where nothing is known.
    pub(crate) expression: Option<LicenseExpression>,
    /// Where it was taken from.
    pub(crate) origin: Origin,
}

/// Where the licence that counts was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The user's clarification.
    Clarified,
    /// The manifest.
    Declared,
    /// The texts, since the manifest declares none.
    Found,
    /// Nowhere.
    Unknown,
}

impl EffectiveLicense {
    /// Finds the licence of a package, under a clarification that still fits its texts if there is one.
    pub(crate) fn of(facts: &PackageFacts, clarification: Option<&Clarification>) -> Self {
        if let Some(clarification) = clarification {
            let expression = LicenseExpression::from(&clarification.license);
            return Self {
                expression: Some(expression),
                origin: Origin::Clarified,
            };
        }
        let (expression, origin) = match &facts.declared {
            Declared::Expression(declared) => (Some(LicenseExpression::from(&declared.expression)), Origin::Declared),
            // What cannot be read is not guessed at from the texts: they may say less than the words that were meant.
            Declared::Unreadable { .. } => (None, Origin::Unknown),
            Declared::Absent => match LicenseExpression::all_of(found_expressions(facts)) {
                Some(found) => (Some(found), Origin::Found),
                None => (None, Origin::Unknown),
            },
        };
        Self {
            expression: expression.map(|expression| with_modifications(&expression, facts)),
            origin,
        }
    }
}

/// The distinct expressions of the package's own licence files.
fn found_expressions(facts: &PackageFacts) -> impl Iterator<Item = LicenseExpression> {
    let mut texts: Vec<&str> = own_licenses(facts)
        .filter_map(|text| text.expression.as_deref())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter().filter_map(|text| LicenseExpression::parse(text).ok())
}

/// The package's own licence files: those that say under what it may be used.
pub(crate) fn own_licenses(facts: &PackageFacts) -> impl Iterator<Item = &LicenseText> {
    let is_own = |text: &&LicenseText| text.kind == TextKind::License && text.place == TextPlace::Own;
    facts.texts.iter().filter(is_own)
}

/// The expression with each term whose text was modified carrying an `AdditionRef-airights-…`.
fn with_modifications(expression: &LicenseExpression, facts: &PackageFacts) -> LicenseExpression {
    expression.map_terms(|term| {
        let additions = own_licenses(facts)
            .flat_map(|text| text.licenses.iter().map(move |license| (text, license)))
            .filter(|(_, license)| !license.is_exception && same_license(term, &license.id))
            .filter_map(|(text, license)| addition(text, license));
        // Of several texts of one licence the most heavily modified counts; "unclassified" may be anything.
        match additions.max() {
            None => term.clone(),
            Some(Addition { name, .. }) => LicenseReq {
                license: term.license.clone(),
                addition: Some(AdditionItem::Other(Box::new(AdditionRef {
                    doc_ref: None,
                    add_ref: name,
                }))),
            },
        }
    })
}

/// What is added to a modified licence's id, ordered by how much it takes away.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Addition {
    weight: (bool, UseValue),
    name: String,
}

fn addition(text: &LicenseText, license: &FoundLicense) -> Option<Addition> {
    match license.modification {
        Modification::None => None,
        Modification::Unclassified => {
            let name = "airights-unclassified".to_owned();
            Some(Addition {
                weight: (true, UseValue::Disallowed),
                name,
            })
        }
        Modification::Clauses => {
            let (value, ai_use) = harshest_clause(text, license)?;
            Some(Addition {
                weight: (false, value),
                name: format!("airights-{ai_use}-{value}"),
            })
        }
    }
}

/// The most restrictive clause in a licence's text; `None` where all of them only permit, which takes nothing away.
fn harshest_clause(text: &LicenseText, license: &FoundLicense) -> Option<(UseValue, AiUse)> {
    text.statements
        .iter()
        .filter(|statement| statement.of_license.as_ref().is_none_or(|id| *id == license.id))
        .filter(|statement| statement.value > UseValue::Unknown)
        .map(|statement| (statement.value, statement.ai_use))
        .max_by_key(|&(value, ai_use)| (value, std::cmp::Reverse(ai_use)))
}
