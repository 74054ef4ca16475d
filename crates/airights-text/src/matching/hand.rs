//! The words at hand, and what can be told of them by their letters.

use std::ops::Range;

use crate::index;

/// The words at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand<'a> {
    /// The text they stand in.
    pub(crate) text: &'a str,
    /// Where each is.
    pub(crate) words: &'a [Range<usize>],
    /// Their ids.
    pub(crate) ids: &'a [u16],
}

impl Hand<'_> {
    /// The letters of these words, without their dress, and their ids; not the numbers of items of a list.
    pub(super) fn letters(&self, range: Range<usize>) -> Vec<(String, u16)> {
        let mut all = Vec::new();
        for number in range {
            let bytes = self.words[number].clone();
            let plain = self.text[bytes.clone()]
                .chars()
                .filter(|letter| letter.is_alphanumeric());
            let letters: String = plain.flat_map(char::to_lowercase).collect();
            if !(is_label(&letters) && self.opens_line(bytes.start)) {
                all.push((letters, self.ids[number]));
            }
        }
        all
    }

    /// Whether the words that no English text has may be names: Latin letters, and hardly any without a capital.
    /// Everything else may be a sentence in another language.
    pub(super) fn are_names(&self, range: Range<usize>) -> bool {
        let unknown = range.filter(|&number| index::is_foreign(self.ids[number]));
        let mut words = unknown.map(|number| self.words[number].clone());
        let mut small = 0;
        words.all(|word| {
            // In "ex-works/some-thing" only the first begins a word.
            let begins = self.text[..word.start]
                .chars()
                .next_back()
                .is_none_or(|letter| !is_joint(letter));
            let letters = &self.text[word];
            small += usize::from(begins && letters.starts_with(char::is_lowercase));
            small <= SMALL_WORDS && letters.chars().all(is_latin)
        })
    }

    /// Whether just these stand before a word, where they are taken for the label of an item and for no words: a
    /// number of a section that a line begins with.
    pub(super) fn has_between(&self, word: usize, missing: &[u16]) -> bool {
        let start = word.checked_sub(1).map_or(0, |before| self.words[before].end);
        let end = self.words.get(word).map_or(self.text.len(), |next| next.start);
        let here = self.text[start..end].chars().filter(|letter| letter.is_alphanumeric());
        let mut there = missing.iter().flat_map(|&id| index::letters(id).chars());
        let mut here = here.flat_map(char::to_lowercase);
        // The number of the item that begins there may follow.
        !missing.is_empty() && there.all(|letter| here.next() == Some(letter))
    }

    /// Whether a word is the first of its line.
    pub(super) fn begins_line(&self, word: usize) -> bool {
        word == 0 || self.text[self.words[word - 1].end..self.words[word].start].contains('\n')
    }

    /// Whether nothing but labels and marks stands before this byte on its line.
    fn opens_line(&self, at: usize) -> bool {
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = self.text[line..at].split(|letter: char| !letter.is_alphanumeric());
        at - line < 40 && before.filter(|piece| !piece.is_empty()).all(is_label)
    }
}

/// A name has at most so many words without a capital that no English text has.
const SMALL_WORDS: usize = 3;

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '/' | '_' | '.' | '@' | ':')
}

fn is_latin(letter: char) -> bool {
    !letter.is_alphabetic() || matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether this numbers an item of a list: "3", "b", "iv".
fn is_label(letters: &str) -> bool {
    let is_number = letters.len() <= 2 && letters.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = letters.len() <= 4 && letters.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    is_number || is_roman || letters.len() == 1 && letters.is_ascii()
}
