//! A modified text is not its base license: the terms it stands for carry what was changed, as `WITH AdditionRef-airights-…`.

use airights_text::{AiUse, UseValue};
use spdx::{AdditionItem, AdditionRef, LicenseItem, LicenseReq};

use super::{LicenseExpression, same_license};
use crate::facts::{FoundLicense, LicenseText, Modification};

/// The expression with each term whose text was modified carrying an `AdditionRef-airights-…`. An unmodified text of the
/// same license elsewhere changes nothing: the modified one was shipped too.
pub(super) fn with_modifications<'a>(
    expression: &LicenseExpression,
    texts: impl Iterator<Item = &'a LicenseText> + Clone,
) -> LicenseExpression {
    expression.map_terms(|term| {
        let licenses = texts
            .clone()
            .flat_map(|text| text.licenses.iter().map(move |license| (text, license)));
        let additions = licenses
            .filter(|(_, license)| is_in(term, license))
            .filter_map(|(text, license)| addition(text, license));
        // Of several texts of one license the most heavily modified counts; "unclassified" may be anything.
        match additions.max() {
            // What its author gave a name of its own is no longer the base license anyway.
            Some(Addition { name, .. }) if !matches!(term.addition, Some(AdditionItem::Other(_))) => LicenseReq {
                license: term.license.clone(),
                addition: Some(AdditionItem::Other(Box::new(AdditionRef {
                    doc_ref: None,
                    add_ref: name,
                }))),
            },
            _ => term.clone(),
        }
    })
}

/// Whether a license of a text was changed by words that nobody has classified, and no term shows it.
pub(super) fn is_changed_unseen<'a>(text: &LicenseText, terms: impl Iterator<Item = &'a LicenseReq> + Clone) -> bool {
    let changed = text
        .licenses
        .iter()
        .filter(|license| license.modification == Modification::Unclassified);
    changed
        .into_iter()
        .any(|license| !terms.clone().any(|term| is_in(term, license)))
}

/// Whether a term carries an addition that is no SPDX exception.
pub(super) fn is_modified(term: &LicenseReq) -> bool {
    matches!(term.addition, Some(AdditionItem::Other(_)))
}

/// What nobody has read, as a license.
pub(super) fn unclassified() -> LicenseReq {
    LicenseReq {
        license: LicenseItem::Other(Box::new(spdx::LicenseRef {
            doc_ref: None,
            lic_ref: crate::policy::UNCLASSIFIED.to_owned(),
        })),
        addition: None,
    }
}

/// Whether a license or exception of a text is what a term names.
fn is_in(term: &LicenseReq, license: &FoundLicense) -> bool {
    if license.is_exception {
        matches!(&term.addition, Some(AdditionItem::Spdx(exception)) if exception.name == license.id)
    } else {
        same_license(term, &license.id)
    }
}

/// What is added to a modified license's id, ordered by how much it takes away.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Addition {
    weight: (bool, UseValue),
    name: String,
}

fn addition(text: &LicenseText, license: &FoundLicense) -> Option<Addition> {
    match license.modification {
        Modification::None => None,
        Modification::Unclassified => Some(Addition {
            weight: (true, UseValue::Disallowed),
            name: crate::policy::UNCLASSIFIED.to_owned(),
        }),
        Modification::Clauses => {
            let (value, ai_use) = harshest_clause(text, license)?;
            Some(Addition {
                weight: (false, value),
                name: format!("airights-{ai_use}-{value}"),
            })
        }
    }
}

/// The most restrictive clause in a license's text; `None` where all of them only permit, which takes nothing away.
fn harshest_clause(text: &LicenseText, license: &FoundLicense) -> Option<(UseValue, AiUse)> {
    text.statements
        .iter()
        .filter(|statement| statement.of_license.as_ref().is_none_or(|id| *id == license.id))
        .filter(|statement| statement.value > UseValue::Unknown)
        .map(|statement| (statement.value, statement.ai_use))
        .max_by_key(|&(value, ai_use)| (value, std::cmp::Reverse(ai_use)))
}
