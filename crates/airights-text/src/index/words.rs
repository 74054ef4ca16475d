//! The SPDX texts, word by word.
//!
//! Eight tables: `vocabulary` (hash of a word → id), `letters` (id → word), `forces` (id → what the word can do), `words` (the texts, as ids),
//! `shingles` (hash of four words → slice of places) and `places` (text, position),
//! `landmarks` and `landmark_places` (the same, for one run of each text).

use std::ops::Range;
use std::sync::LazyLock;

#[cfg(test)]
use super::forces::FORCES;
use super::holes::{self, Hole, Known, Step};
use super::{Corpus, Places, Text, TextKind, has_bit, lookup, low_half, slot_of};
use crate::shingle;

/// The corpus of the SPDX texts.
pub(crate) struct Words;

/// Bytes of all tables.
#[cfg(test)]
pub(super) const BYTES: usize = VOCABULARY.len()
    + FORCES.len()
    + WORDS.len()
    + SHINGLES.len()
    + PLACES.len()
    + LANDMARKS.len()
    + LANDMARK_PLACES.len();

#[allow(clippy::unreadable_literal, reason = "nobody reads the generated table")]
static TEXTS: &[Text] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));
static VOCABULARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
static OWN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/own_words.bin"));
static SHINGLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shingles.bin"));
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));
static LANDMARKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/landmarks.bin"));
static LANDMARK_PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/landmark_places.bin"));

impl Corpus for Words {
    type Token = u16;

    const WORDS: usize = 1;
    const RUN: usize = shingle::LENGTH;
    const HAS_NEAR_TWINS: bool = false;
    const LONG_TEXT: usize = shingle::LONG_TEXT;

    #[inline]
    fn texts() -> &'static [Text] {
        TEXTS
    }

    #[inline]
    fn token(text: &Text, position: usize) -> Option<u16> {
        Some(marked(text, position)? & !shingle::MARKS)
    }

    #[inline]
    fn is_optional(text: &Text, position: usize) -> bool {
        marked(text, position).is_none_or(|id| id & shingle::OPTIONAL != 0)
    }

    fn fit(tokens: &[u16], number: usize, positions: Range<usize>, begins_anywhere: bool) -> Option<Vec<Step>> {
        let text = Self::texts().get(number)?;
        let known: Vec<Known> = positions
            .clone()
            .map(|position| Known {
                id: Self::token(text, position).unwrap_or_default(),
                may_be_nothing: marked(text, position).is_some_and(|id| id & shingle::MARKS == shingle::OPTIONAL),
            })
            .collect();
        holes::fit(tokens, &known, positions.start, holes::of(number), begins_anywhere)
    }

    fn holes(number: usize) -> &'static [Hole] {
        holes::of(number)
    }

    #[inline]
    fn may_be_nothing(text: &Text, position: usize) -> bool {
        marked(text, position).is_none_or(|id| id & shingle::MARKS == shingle::OPTIONAL)
    }

    #[inline]
    fn is_own(text: &Text, position: usize) -> bool {
        has_bit(OWN, text, position)
    }

    #[inline]
    fn places(run: &[u16]) -> Option<Places> {
        let hash = shingle::hash([run[0], run[1], run[2], run[3]]);
        if !shingle::is_kept(hash) || run.contains(&shingle::UNKNOWN) {
            return None;
        }
        lookup(SHINGLES, PLACES, hash)
    }
}

impl Words {
    /// Where a run is the one by which a text is looked for as a whole: near the start of its terms, and shared with as
    /// few other texts as can be.
    pub(crate) fn landmarks(run: &[u16]) -> Option<Places> {
        lookup(
            LANDMARKS,
            LANDMARK_PLACES,
            shingle::hash([run[0], run[1], run[2], run[3]]),
        )
    }
}

#[inline]
fn marked(text: &Text, position: usize) -> Option<u16> {
    let at = text.token_number(position)? * 2;
    Some(u16::from_le_bytes([WORDS[at], WORDS[at + 1]]))
}

/// Id of a word by the hash of its letters; [`shingle::UNKNOWN`] if no text has it.
#[inline]
pub(crate) fn word_id(hash: u64) -> u16 {
    let slots = VOCABULARY.len() / 8;
    let mut slot = slot_of(hash, slots);
    loop {
        let entry = &VOCABULARY[slot * 8..slot * 8 + 8];
        let id = u16::from_le_bytes([entry[4], entry[5]]);
        if id == shingle::UNKNOWN || entry[..4] == low_half(hash).to_le_bytes() {
            return id;
        }
        slot = (slot + 1) & (slots - 1);
    }
}

/// The letters of the word with this id, in the spelling the index knows it by; none of [`shingle::UNKNOWN`].
pub(crate) fn letters(id: u16) -> &'static str {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        include_str!(concat!(env!("OUT_DIR"), "/letters.txt"))
            .split('\n')
            .collect()
    });
    ALL.get(id as usize).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash_word;

    #[test]
    fn spellings_share_an_id() {
        assert_eq!(word_id(hash_word("licence")), word_id(hash_word("license")));
        assert_eq!(word_id(hash_word("organisation")), word_id(hash_word("organization")));
        assert_ne!(word_id(hash_word("license")), shingle::UNKNOWN);
        assert_eq!(word_id(hash_word("xyzzyplugh")), shingle::UNKNOWN);
    }

    #[test]
    fn a_word_is_said_by_its_letters() {
        assert_eq!(letters(word_id(hash_word("licence"))), "license");
        assert_eq!(letters(shingle::UNKNOWN), "");
    }

    #[test]
    fn what_people_mean_by_a_text_comes_first() {
        assert_eq!(TEXTS[0].id, "MIT");
    }
}
