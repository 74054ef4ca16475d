//! A modified text is not its base license: the terms it stands for carry what was changed, as `WITH AdditionRef-airights-…`.

use std::collections::BTreeMap;

use airights_text::{AiUse, UseValue};
use spdx::{AdditionItem, AdditionRef, LicenseItem, LicenseReq};

use super::LicenseExpression;
use super::expression::{gnu_base, license_name};
use crate::facts::{FoundLicense, LicenseText, Modification};
use crate::policy::UNCLASSIFIED;

/// What was changed in texts, by the license or exception it was changed in. An unmodified text of the same license
/// elsewhere changes nothing: the modified one was shipped too.
#[derive(Debug, Default)]
pub(super) struct Changes {
    licenses: BTreeMap<String, Addition>,
    exceptions: BTreeMap<String, Addition>,
}

impl Changes {
    /// Those of some texts. Of several of one license the heaviest counts; "unclassified" may be anything.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a LicenseText>) -> Self {
        let mut changes = Self::default();
        for text in texts {
            for license in &text.licenses {
                let Some(addition) = addition(text, license) else {
                    continue;
                };
                let known = changes.entry(license).or_insert_with(|| addition.clone());
                if addition > *known {
                    *known = addition;
                }
            }
        }
        changes
    }

    fn entry(&mut self, license: &FoundLicense) -> std::collections::btree_map::Entry<'_, String, Addition> {
        if license.is_exception {
            self.exceptions.entry(license.id.clone())
        } else {
            self.licenses.entry(gnu_base(&license.id).to_owned())
        }
    }

    /// The expression with each term that was changed carrying the change.
    pub(super) fn made_in(&self, expression: &LicenseExpression) -> LicenseExpression {
        expression.map_terms(|term| {
            let exception = match &term.addition {
                Some(AdditionItem::Spdx(exception)) => self.exceptions.get(exception.name),
                // What its author gave a name of its own is no longer the base license anyway.
                Some(AdditionItem::Other(_)) => return term.clone(),
                None => None,
            };
            let license = self.licenses.get(gnu_base(&license_name(term)));
            match license.max(exception) {
                None => term.clone(),
                Some(change) => LicenseReq {
                    license: term.license.clone(),
                    addition: Some(AdditionItem::Other(Box::new(AdditionRef {
                        doc_ref: None,
                        add_ref: change.name.clone(),
                    }))),
                },
            }
        })
    }

    /// Whether something was changed by words that nobody has classified, and none of these terms would show it.
    pub(super) fn are_unseen<'a>(&self, terms: impl Iterator<Item = &'a LicenseReq>) -> bool {
        let is_unclassified = |(_, addition): &(&String, &Addition)| addition.name == UNCLASSIFIED;
        let mut licenses: Vec<&str> = self
            .licenses
            .iter()
            .filter(is_unclassified)
            .map(|(id, _)| id.as_str())
            .collect();
        let mut exceptions: Vec<&str> = self
            .exceptions
            .iter()
            .filter(is_unclassified)
            .map(|(id, _)| id.as_str())
            .collect();
        for term in terms {
            let name = license_name(term);
            licenses.retain(|id| *id != gnu_base(&name));
            if let Some(AdditionItem::Spdx(exception)) = &term.addition {
                exceptions.retain(|id| *id != exception.name);
            }
        }
        !licenses.is_empty() || !exceptions.is_empty()
    }
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
            lic_ref: UNCLASSIFIED.to_owned(),
        })),
        addition: None,
    }
}

/// What is added to a modified license's id, ordered by how much it takes away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Addition {
    weight: (bool, UseValue),
    name: String,
}

fn addition(text: &LicenseText, license: &FoundLicense) -> Option<Addition> {
    match license.modification {
        Modification::None => None,
        Modification::Unclassified => Some(Addition {
            weight: (true, UseValue::Disallowed),
            name: UNCLASSIFIED.to_owned(),
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
