//! Which licenses ask that their text goes along with what is distributed under them.

use airights_text::LicenseClass;
use spdx::{LicenseItem, LicenseReq};

use crate::policy::class_of;

/// Licenses that are content with a pointer to their text, or ask for nothing; all of the public domain class go without
/// saying.
///
/// MPL-2.0 3.1 says "inform recipients … how they can obtain a copy", Blue Oak "or a link to it", CC-BY 3(a)(1)(C) "the URI
/// or hyperlink to"; the rest ask for nothing.
const NO_COPY: &[&str] = &[
    "0BSD",
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "FSFAP",
    "MIT-0",
    "MPL-2.0",
    "MPL-2.0-no-copyleft-exception",
    "Unlicense",
    "WTFPL",
];

/// Whether a term of an expression asks for a copy of its text. The author's own terms are looked after by the rule on
/// references.
pub(super) fn asks_for_text(term: &LicenseReq) -> bool {
    match &term.license {
        LicenseItem::Spdx { id, .. } => !NO_COPY.contains(&id.name) && class_of(term) != LicenseClass::PublicDomain,
        LicenseItem::Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::LicenseExpression;

    #[test]
    fn most_licenses_ask_for_their_text() {
        let asking = |text: &str| -> Vec<bool> {
            let expression = LicenseExpression::parse(text).expect("an expression");
            expression.terms().map(asks_for_text).collect()
        };
        let all = "MIT AND Apache-2.0 AND BSD-3-Clause AND ISC AND GPL-3.0-only AND Unicode-3.0";
        assert_eq!(asking(all), [true; 6]);
        assert_eq!(
            asking("Unlicense AND 0BSD AND CC0-1.0 AND MPL-2.0 AND LicenseRef-own"),
            [false; 5]
        );
    }
}
