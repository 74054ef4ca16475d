//! Which license an exception is made to.

use super::TextHere;
use super::gnu;
use super::items::Item;
use super::terms::{Choice, Term};
use super::tokens::{Token, key};

/// Whether one of these texts is an exception to the Apache License.
pub(super) fn is_for_apache(texts: &[TextHere]) -> bool {
    texts.iter().any(|text| APACHE_EXCEPTIONS.contains(&text.id))
}

/// Exceptions that are written for the Apache License; all others are for those of GNU.
pub(super) const APACHE_EXCEPTIONS: &[&str] = &["LLVM-exception", "Swift-exception"];

/// Whether the words between a license and an exception say that the one is granted with the other.
pub(super) fn follows_with(tokens: &[Token], one: &Item, other: &Item) -> bool {
    let between = tokens.get(one.tokens.end..other.tokens.start).unwrap_or_default();
    between.len() < 8
        && !between.iter().any(Token::ends_sentence)
        && between
            .iter()
            .any(|token| token.is_any(&[key("with"), key("w"), key("plus")]))
}

/// The license that an exception belongs to: the last one named before it of the kind it is written for.
pub(super) fn bearer<'a>(all: &'a mut [Choice], exception: &str) -> Option<&'a mut Term> {
    let is_for = |term: &Term| is_made_to(exception, term);
    let mut terms: Vec<&mut Term> = all
        .iter_mut()
        .flat_map(|choice| &mut choice.terms)
        .filter(|term| !term.licenses.contains(' '))
        .collect();
    let at = terms
        .iter()
        .rposition(|term| is_for(term) && term.with.is_empty())
        .or_else(|| terms.iter().rposition(|term| is_for(term)))?;
    Some(terms.swap_remove(at))
}

/// Whether an exception is one to this license.
pub(super) fn is_made_to(exception: &str, term: &Term) -> bool {
    if APACHE_EXCEPTIONS.contains(&exception) {
        term.licenses.starts_with("Apache") && !term.licenses.contains(' ')
    } else {
        gnu::precise(&term.licenses).is_some()
    }
}
