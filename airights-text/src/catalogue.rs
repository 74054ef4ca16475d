//! The licences themselves: id, class, and what each says of the four AI uses.
//!
//! The facts are in `licenses.tsv`, which says where they come from; this file only reads it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::vocabulary::{AiUse, Condition, LicenseClass, UseValue};

/// One licence of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct License {
    /// SPDX id or `LicenseRef-…`.
    pub id: &'static str,
    /// Its class.
    pub class: LicenseClass,
    /// What it says of AI uses; a use that is not here is `unknown`.
    pub terms: Vec<Terms>,
}

/// What a licence says of one AI use.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The use.
    pub ai_use: AiUse,
    /// What is said.
    pub value: UseValue,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
    /// The section of the licence this rests on; `None` where it follows from the licence as a whole.
    pub section: Option<&'static str>,
}

/// Looks a licence up by its id, exactly as SPDX spells it.
///
/// The table is read once, when it is first asked for, in well under a millisecond.
pub fn license(id: &str) -> Option<&'static License> {
    LICENSES.get(id)
}

/// Every licence of the catalogue, sorted by id.
pub fn licenses() -> Vec<&'static License> {
    let mut all: Vec<&'static License> = LICENSES.values().collect();
    all.sort_unstable_by_key(|license| license.id);
    all
}

static TABLE: &str = include_str!("../licenses.tsv");

static LICENSES: LazyLock<HashMap<&'static str, License>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .map(|license| (license.id, license))
        .collect()
});

/// A row that cannot be read is left out; a test holds that there is none.
fn row(line: &'static str) -> Option<License> {
    let mut cells = line.split('\t');
    let (id, class) = (cells.next()?, cells.next()?.parse().ok()?);
    let uses = cells.next().unwrap_or("");
    let section = cells.next().filter(|section| !section.is_empty());
    let terms = uses
        .split(' ')
        .filter(|term| !term.is_empty())
        .map(|term| terms(term, section))
        .collect::<Option<_>>()?;
    Some(License { id, class, terms })
}

/// Reads `use=value` or `use=conditional(condition,condition)`.
fn terms(text: &str, section: Option<&'static str>) -> Option<Terms> {
    let (ai_use, value) = text.split_once('=')?;
    let (value, list) = match value.split_once('(') {
        Some((value, list)) => (value, list.strip_suffix(')')?),
        None => (value, ""),
    };
    let mut conditions: Vec<Condition> = list
        .split(',')
        .filter(|condition| !condition.is_empty())
        .map(|condition| condition.parse().ok())
        .collect::<Option<_>>()?;
    conditions.sort_unstable();
    let ai_use: AiUse = ai_use.parse().ok()?;
    // What a section says of training is not where freedom of use comes from.
    let section = section.filter(|_| ai_use != AiUse::UseRestrictions || value == "conditional");
    Some(Terms {
        ai_use,
        value: value.parse().ok()?,
        conditions,
        section,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(licenses().len(), rows);
    }

    #[test]
    fn every_spdx_licence_is_here() {
        for license_of_spdx in spdx::identifiers::LICENSES {
            assert!(license(license_of_spdx.name).is_some(), "{}", license_of_spdx.name);
        }
    }

    #[test]
    fn licences_have_the_class_and_terms_people_know_them_for() {
        for (id, class) in [
            ("MIT", LicenseClass::Permissive),
            ("0BSD", LicenseClass::Permissive),
            ("CC0-1.0", LicenseClass::PublicDomain),
            ("MPL-2.0", LicenseClass::WeakCopyleft),
            ("GPL-3.0-or-later", LicenseClass::StrongCopyleft),
            ("AGPL-3.0-only", LicenseClass::NetworkCopyleft),
            ("BUSL-1.1", LicenseClass::SourceAvailable),
            ("CC-BY-NC-4.0", LicenseClass::NonCommercial),
            ("Hippocratic-2.1", LicenseClass::UseRestricted),
            ("LicenseRef-NON-AI-MIT", LicenseClass::UseRestricted),
        ] {
            assert_eq!(license(id).map(|license| license.class), Some(class), "{id}");
        }
        let said = |id: &str, ai_use| {
            license(id)
                .and_then(|license| license.terms.iter().find(|terms| terms.ai_use == ai_use))
                .map(|terms| terms.value)
        };
        assert_eq!(said("MIT", AiUse::TrainAi), None);
        assert_eq!(said("MIT", AiUse::UseRestrictions), Some(UseValue::Allowed));
        assert_eq!(said("CDLA-Permissive-2.0", AiUse::TrainAi), Some(UseValue::Allowed));
        assert_eq!(
            said("LicenseRef-OpenRAIL-M", AiUse::UseRestrictions),
            Some(UseValue::Conditional)
        );
        assert_eq!(license("no such licence"), None);
    }
}
