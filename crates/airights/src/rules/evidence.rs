//! Where in a package's texts that stands of which rules speak.

use crate::facts::{Evidence, EvidenceKind, Excerpt, FoundLicense, LicenseText, Modification, TextKind};
use crate::terms::{LicenseExpression, same_license};

/// Words of a text, as evidence.
pub(super) fn in_text(text: &LicenseText, excerpt: Excerpt) -> Evidence {
    let kind = match text.kind {
        TextKind::License => EvidenceKind::LicenseText,
        TextKind::Copyright | TextKind::Notice | TextKind::Header => EvidenceKind::Notice,
    };
    Evidence { kind, excerpt }
}

/// The lines of a text that are a license.
pub(super) fn lines_of(text: &LicenseText, license: &FoundLicense) -> Excerpt {
    Excerpt {
        lines: license.lines,
        ..Excerpt::whole_file(&text.path)
    }
}

/// Where the terms of a license were changed, most telling first: where its own words differ, what is said of AI uses, what
/// is left over and has force. Where nobody can say, its own lines.
pub(super) fn changes_of(text: &LicenseText, license: &FoundLicense) -> Vec<Evidence> {
    if license.modification == Modification::None {
        return Vec::new();
    }
    let mut changes: Vec<Evidence> = license
        .changes
        .iter()
        .map(|change| in_text(text, change.clone()))
        .collect();
    changes.extend(text.statements.iter().map(|statement| statement.evidence.clone()));
    changes.extend(left_over(text));
    if changes.is_empty() {
        changes.push(in_text(text, lines_of(text, license)));
    }
    changes
}

/// Words with force that no license explains.
pub(super) fn left_over(text: &LicenseText) -> impl Iterator<Item = Evidence> {
    let operative = text.residue.iter().filter(|residue| residue.operative);
    operative.map(|residue| in_text(text, residue.excerpt.clone()))
}

/// Where in a text the terms stand that it adds.
pub(super) fn place_of(text: &LicenseText, added: &LicenseExpression) -> Vec<Evidence> {
    let is_added = |license: &&FoundLicense| added.terms().any(|term| same_license(term, &license.id));
    let licenses = text.licenses.iter().filter(is_added);
    let mut places: Vec<Evidence> = licenses.map(|license| in_text(text, lines_of(text, license))).collect();
    places.extend(left_over(text));
    if places.is_empty() {
        places.push(in_text(text, Excerpt::whole_file(&text.path)));
    }
    places
}
