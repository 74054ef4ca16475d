//! What one of the package's own license files amounts to, as an expression: nothing that was read in it is left out.

use airights_text::{AiUse, UseValue};

use super::LicenseExpression;
use super::modified::{Changes, unclassified};
use crate::facts::{FoundLicense, LicenseText, Modification, PackageFacts, Statement, TextKind, TextPlace};

/// The package's own license files: those that say under what it may be used.
pub(crate) fn own_licenses(facts: &PackageFacts) -> impl Iterator<Item = &LicenseText> + Clone {
    let is_own = |text: &&LicenseText| text.kind == TextKind::License && text.place == TextPlace::Own;
    facts.texts.iter().filter(is_own)
}

/// Those of them that speak of the package's code.
pub(super) fn code_licenses(facts: &PackageFacts) -> impl Iterator<Item = &LicenseText> + Clone {
    own_licenses(facts).filter(|text| is_about_code(text))
}

/// Whether a text speaks of the package's code, and not, by its file's name, of its documentation, fonts or pictures.
pub(crate) fn is_about_code(text: &LicenseText) -> bool {
    const OTHER_MATTERS: &[&str] = &[
        "art",
        "artwork",
        "asset",
        "assets",
        "book",
        "doc",
        "docs",
        "documentation",
        "font",
        "fonts",
        "icon",
        "icons",
        "image",
        "images",
        "logo",
        "logos",
        "manual",
        "media",
        "music",
        "sound",
        "sounds",
        "website",
    ];
    let name = text.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let mut words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    !words.any(|word| OTHER_MATTERS.contains(&word))
}

/// The package's own notices that take uses of it out, whatever license it is under: a notice seldom says more than whom to
/// name, and these say what may not be done.
pub(super) fn restricting_notices(facts: &PackageFacts) -> impl Iterator<Item = &LicenseText> + Clone {
    let is_notice = |text: &&LicenseText| {
        text.place == TextPlace::Own && matches!(text.kind, TextKind::Notice | TextKind::Copyright)
    };
    facts.texts.iter().filter(is_notice).filter(|text| restricts_uses(text))
}

/// Whether a text that is no license and names none says what the work may not be used for.
fn restricts_uses(text: &LicenseText) -> bool {
    let restricts =
        |statement: &Statement| statement.ai_use == AiUse::UseRestrictions && statement.value != UseValue::Allowed;
    text.licenses.is_empty() && text.expression.is_none() && text.statements.iter().any(restricts)
}

/// What a text says it is, its licenses without what was changed in them. An expression that cannot be read is an
/// unknown license; `None` means that the text names none.
pub(crate) fn named_in(text: &LicenseText) -> Option<LicenseExpression> {
    let unknown = || LicenseExpression::of_term(unclassified());
    let read = |expression: &str| LicenseExpression::parse(expression).unwrap_or_else(|_| unknown());
    if let Some(expression) = &text.expression {
        return Some(read(expression));
    }
    let licenses = text.licenses.iter().filter(|license| !license.is_exception);
    LicenseExpression::all_of(licenses.map(|license| read(&license.id)))
}

/// What a text amounts to: its licenses, each with what was changed in it; and where it holds words of prohibition, duty
/// or condition that are neither a license of it nor a change of one, or takes uses out, an unknown license. `elsewhere` is what is known to
/// count besides, and carries the changes of its own licenses.
pub(super) fn says(text: &LicenseText, elsewhere: Option<&LicenseExpression>) -> Option<LicenseExpression> {
    let named = named_in(text);
    let changes = Changes::of([text]);
    let is_changed = |license: &FoundLicense| license.modification == Modification::Unclassified;
    let is_unexplained = if text.licenses.iter().any(is_changed) {
        changes.are_unseen(named.iter().chain(elsewhere).flat_map(LicenseExpression::terms))
    } else {
        text.residue.iter().any(|residue| residue.operative) || restricts_uses(text)
    };
    let modified = named.map(|named| changes.made_in(&named));
    let unread = is_unexplained.then(|| LicenseExpression::of_term(unclassified()));
    LicenseExpression::all_of(modified.into_iter().chain(unread))
}
