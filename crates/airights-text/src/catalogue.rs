//! The licences themselves: id, class, and what each says of the four AI uses.
//!
//! The facts are in `licenses.tsv` (by hand) and `licensedb.tsv` (made from ScanCode LicenseDB), which say where they come
//! from; this file only reads them. What was looked at by hand goes before the rest.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::vocabulary::{AiUse, Condition, LicenseClass, UseValue};

/// One licence or exception of the catalogue.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the flags of the table, each for itself"
)]
pub struct License {
    /// SPDX id or `LicenseRef-…`.
    pub id: &'static str,
    /// Its class.
    pub class: LicenseClass,
    /// What it says of AI uses; a use that is not here is `unknown`.
    pub terms: Vec<Terms>,
    /// Its key in ScanCode LicenseDB, where it has one.
    pub scancode_key: Option<&'static str>,
    /// Other names it goes by: ids used in manifests, tags of model hubs.
    pub aliases: Vec<&'static str>,
    /// Whether the Open Source Initiative approved it, as the SPDX list marks it.
    pub is_osi_approved: bool,
    /// Whether the Free Software Foundation calls it free, as the SPDX list marks it.
    pub is_fsf_free: bool,
    /// Whether the SPDX list marks its id as deprecated.
    pub is_deprecated: bool,
    /// Whether it only grants patents: it stands beside a license and takes nothing from it.
    pub grants_only_patents: bool,
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

/// Looks a licence up by its id or one of its aliases, exactly as they are spelled.
///
/// The tables are read once, when one is first asked for, in about a millisecond.
pub fn license(name: &str) -> Option<&'static License> {
    let catalogue = &*CATALOGUE;
    let id = catalogue.aliases.get(name).copied().unwrap_or(name);
    catalogue.licenses.get(id)
}

/// Every licence and exception of the catalogue, sorted by id.
pub fn licenses() -> impl Iterator<Item = &'static License> {
    CATALOGUE.licenses.values()
}

/// What the SPDX list says today instead of an id that it has given up, in whatever case that is written: an id, or one with
/// its exception. `None` where it is the same license under no other id, or one of GNU's, where `GPL-2.0` is `GPL-2.0-only`
/// and `GPL-2.0+` is `GPL-2.0-or-later`.
pub fn renamed(id: &str) -> Option<&'static str> {
    let mut rows = RENAMED.iter();
    rows.find(|(old, _)| old.eq_ignore_ascii_case(id)).map(|(_, now)| *now)
}

/// Ids that the SPDX list has given up, and what it says instead. Those of GNU follow a rule and are not here.
const RENAMED: &[(&str, &str)] = &[
    ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
    ("BSD-2-Clause-NetBSD", "BSD-2-Clause"),
    ("bzip2-1.0.5", "bzip2-1.0.6"),
    ("eCos-2.0", "GPL-2.0-or-later WITH eCos-exception-2.0"),
    (
        "GPL-2.0-with-autoconf-exception",
        "GPL-2.0-only WITH Autoconf-exception-2.0",
    ),
    ("GPL-2.0-with-bison-exception", "GPL-2.0-only WITH Bison-exception-2.2"),
    (
        "GPL-2.0-with-classpath-exception",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ),
    ("GPL-2.0-with-font-exception", "GPL-2.0-only WITH Font-exception-2.0"),
    ("GPL-2.0-with-GCC-exception", "GPL-2.0-only WITH GCC-exception-2.0"),
    (
        "GPL-3.0-with-autoconf-exception",
        "GPL-3.0-only WITH Autoconf-exception-3.0",
    ),
    ("GPL-3.0-with-GCC-exception", "GPL-3.0-only WITH GCC-exception-3.1"),
    ("Net-SNMP", "LicenseRef-scancode-net-snmp"),
    ("Nokia-Qt-exception-1.1", "AdditionRef-scancode-nokia-qt-exception-1.1"),
    ("Nunit", "zlib-acknowledgement"),
    ("StandardML-NJ", "SMLNJ"),
    ("wxWindows", "LGPL-2.0-or-later WITH WxWindows-exception-3.1"),
];

/// What was looked at by hand.
static BY_HAND: &str = include_str!("../licenses.tsv");
/// What LicenseDB has: key, id, kind, class, and what its text is known by.
static LICENSEDB: &str = include_str!("../licensedb.tsv");

struct Catalogue {
    licenses: BTreeMap<&'static str, License>,
    aliases: BTreeMap<&'static str, &'static str>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut licenses: BTreeMap<&str, License> = rows(BY_HAND)
        .filter_map(by_hand)
        .map(|license| (license.id, license))
        .collect();
    for line in rows(LICENSEDB) {
        let Some((id, license)) = of_licensedb(line) else {
            continue;
        };
        let known = licenses.entry(id).or_insert_with(|| license.clone());
        known.scancode_key = known.scancode_key.or(license.scancode_key);
    }
    let aliases = licenses
        .values()
        .flat_map(|license| license.aliases.iter().map(|alias| (*alias, license.id)))
        .collect();
    Catalogue { licenses, aliases }
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// A row that cannot be read is left out; a test holds that there is none.
fn by_hand(line: &'static str) -> Option<License> {
    let mut cells = line.split('\t');
    let (id, class) = (cells.next()?, cells.next()?.parse().ok()?);
    let uses = cells.next().unwrap_or("");
    let section = cells.next().filter(|section| !section.is_empty());
    let terms = uses
        .split(' ')
        .filter(|term| !term.is_empty())
        .map(|term| terms(term, section))
        .collect::<Option<_>>()?;
    let flags = cells.next().unwrap_or("");
    let has_flag = |wanted| flags.split(' ').any(|flag| flag == wanted);
    let aliases = cells.next().unwrap_or("");
    Some(License {
        id,
        class,
        terms,
        scancode_key: None,
        aliases: aliases.split(' ').filter(|alias| !alias.is_empty()).collect(),
        is_osi_approved: has_flag("osi"),
        is_fsf_free: has_flag("fsf"),
        is_deprecated: has_flag("deprecated"),
        grants_only_patents: has_flag("patents"),
    })
}

fn of_licensedb(line: &'static str) -> Option<(&'static str, License)> {
    let mut cells = line.split('\t');
    let (key, id, _kind, class) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let license = License {
        id,
        class: class.parse().ok()?,
        terms: Vec::new(),
        scancode_key: Some(key),
        aliases: Vec::new(),
        is_osi_approved: false,
        is_fsf_free: false,
        is_deprecated: false,
        grants_only_patents: false,
    };
    Some((id, license))
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
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_read() {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for table in [BY_HAND, LICENSEDB] {
            let column = usize::from(std::ptr::eq(table, LICENSEDB));
            for line in rows(table) {
                assert!(by_hand(line).is_some() || of_licensedb(line).is_some(), "{line}");
                ids.extend(line.split('\t').nth(column));
            }
        }
        assert_eq!(licenses().map(|license| license.id).collect::<BTreeSet<_>>(), ids);
    }

    #[test]
    fn a_licence_goes_by_all_its_names() {
        let llama = license("LicenseRef-Llama-2").unwrap();
        assert_eq!(llama.scancode_key, Some("llama-2-license-2023"));
        assert_eq!(license(llama.id), Some(llama));
        assert_eq!(license("MIT").unwrap().scancode_key, Some("mit"));
        assert!(license("MIT").unwrap().is_osi_approved && license("MIT").unwrap().is_fsf_free);
        assert!(license("GPL-2.0").unwrap().is_deprecated);
        assert!(license("Google-Patent-WebM").unwrap().grants_only_patents);
        let names: Vec<&str> = licenses().flat_map(|license| license.aliases.iter().copied()).collect();
        assert!(names.len() > 50);
        for name in names {
            assert_eq!(CATALOGUE.licenses.get(name), None, "{name} is an id of its own");
        }
    }

    #[test]
    fn every_spdx_licence_is_here() {
        for license_of_spdx in spdx::identifiers::LICENSES {
            assert!(license(license_of_spdx.name).is_some(), "{}", license_of_spdx.name);
        }
        for exception in spdx::identifiers::EXCEPTIONS {
            assert!(license(exception.name).is_some(), "{}", exception.name);
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
