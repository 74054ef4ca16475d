//! The package whose terms are written, as far as a vocabulary names it.

use airights::declaration::TermsAt;
use airights_safe::text::is_hidden;

/// A package.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Where it is published, such as its repository.
    pub url: Option<&'a str>,
    /// Its `license` expression.
    pub license: Option<&'a str>,
    /// The texts behind the `LicenseRef-…` and `AdditionRef-…` of that expression, by their ids.
    pub license_texts: &'a [(&'a str, &'a str)],
}

/// A term of the license expression that has an id of its own, with the text behind the id.
pub(super) struct CustomTerm<'a> {
    /// The term as it stands: `MIT WITH AdditionRef-…`.
    pub(super) term: String,
    /// The id in it: `AdditionRef-…`.
    pub(super) id: &'a str,
    /// The text behind it.
    pub(super) text: &'a str,
}

impl<'a> Subject<'a> {
    /// Where it is published, if that is an address that can stand in any format as it is.
    pub(super) fn address(&self) -> Option<&'a str> {
        self.url.filter(|url| is_address(url))
    }

    /// The package URL, as SBOMs name packages (ECMA-427).
    pub(super) fn package_url(&self) -> String {
        // `+` is the one letter of a version that stands for something else there.
        format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B"))
    }

    /// The terms of the expression whose texts are known.
    pub(super) fn custom_terms(&self) -> Vec<CustomTerm<'a>> {
        let expression = self.license.unwrap_or_default().replace(['(', ')'], " ");
        let words: Vec<&str> = expression.split_whitespace().collect();
        let terms = words.split(|word| ["AND", "OR"].contains(word));
        let known = terms.flat_map(|term| {
            let texts = self.license_texts.iter().filter(|(id, _)| term.contains(id));
            texts.map(|&(id, text)| CustomTerm {
                term: term.join(" "),
                id,
                text,
            })
        });
        known.collect()
    }
}

/// Whether a text is an `https` or `http` address in which no format has to change, cut off or hide anything.
pub(super) fn is_address(text: &str) -> bool {
    let is_odd =
        |letter: char| letter.is_whitespace() || is_hidden(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}');
    matches!(TermsAt::new(text), TermsAt::Url(_)) && !text.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_terms_are_found_in_the_expression() {
        let subject = Subject {
            license: Some("(MIT WITH AdditionRef-a OR Apache-2.0) AND LicenseRef-b AND LicenseRef-c"),
            license_texts: &[("AdditionRef-a", "A"), ("LicenseRef-b", "B"), ("LicenseRef-d", "D")],
            ..Subject::default()
        };
        let told: Vec<_> = subject
            .custom_terms()
            .into_iter()
            .map(|custom| (custom.term, custom.id, custom.text))
            .collect();
        let expected = [
            ("MIT WITH AdditionRef-a", "AdditionRef-a", "A"),
            ("LicenseRef-b", "LicenseRef-b", "B"),
        ];
        assert_eq!(told, expected.map(|(term, id, text)| (term.to_owned(), id, text)));
    }
}
