//! Lookups in the two indexes that `build.rs` makes of known texts.
//!
//! [`Words`] holds the SPDX texts word by word, [`Chunks`] the texts of LicenseDB as hashes of chunks of words. Both are
//! sequences of tokens with a table of where each run of tokens occurs, and are searched by the same code (`cover`).
//! Nothing is unpacked: the tables are read where they lie in the binary.

mod chunks;
mod forces;
mod holes;
mod words;

use std::ops::Range;

pub(crate) use chunks::Chunks;
pub(crate) use forces::{is_foreign, is_operative_when_added};
pub(crate) use holes::{Hole, Step, size, widened};
pub(crate) use words::{Words, letters, word_id};

/// Texts as sequences of tokens.
pub(crate) trait Corpus {
    /// What a text is a sequence of.
    type Token: Copy + Eq;

    /// Words a token stands for, about.
    const WORDS: usize;
    /// Tokens in a run.
    const RUN: usize;
    /// Whether some texts differ from others in little more than their title, so that the first whole one is not yet it.
    const HAS_NEAR_TWINS: bool;
    /// Texts of more tokens than this have fewer of their runs in the table.
    const LONG_TEXT: usize;

    /// Every text. Their order is that of preference where texts are alike.
    fn texts() -> &'static [Text];

    /// The token of a text at a position; `None` past the end.
    fn token(text: &Text, position: usize) -> Option<Self::Token>;

    /// Whether the token at a position may be left out; those past the end may.
    fn is_optional(text: &Text, position: usize) -> bool;

    /// Whether the token at a position may not be left out, and stands in hardly any other text.
    fn is_own(text: &Text, position: usize) -> bool;

    /// Which stretches of text number `number` may be worded otherwise, in order.
    fn holes(_number: usize) -> &'static [Hole] {
        &[]
    }

    /// Whether the token at a position may be left out, and nothing need stand in its place.
    fn may_be_nothing(text: &Text, position: usize) -> bool {
        Self::is_optional(text, position)
    }

    /// Reads these tokens as this stretch of text number `number`, by what may vary in it; `None` where that is not
    /// known, or too much. With `begins_anywhere`, those before the first that belongs to it are passed over.
    fn fit(
        _tokens: &[Self::Token],
        _number: usize,
        _positions: Range<usize>,
        _begins_anywhere: bool,
    ) -> Option<Vec<Step>> {
        None
    }

    /// Where a run occurs; `None` where it does not, or is none of those that are kept.
    fn places(run: &[Self::Token]) -> Option<Places>;
}

/// Id and kind of the text with this hash ([`hash_text`](crate::words::hash_text)), if it is known word for word.
pub(crate) fn whole_text(hash: u64) -> Option<(&'static str, TextKind)> {
    let found = WHOLE_TEXTS.binary_search_by_key(&hash, |(hash, _, _)| *hash).ok()?;
    let (_, id, kind) = WHOLE_TEXTS[found];
    Some((id, kind))
}

#[allow(clippy::unreadable_literal, reason = "nobody reads the generated table")]
static WHOLE_TEXTS: &[(u64, &str, TextKind)] = include!(concat!(env!("OUT_DIR"), "/whole.rs"));

/// What a known text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A licence.
    License,
    /// An exception to one.
    Exception,
    /// A notice that points at the licence of its id.
    Notice,
    /// A disclaimer of warranty, as licences and much else end in; it grants nothing.
    Disclaimer,
}

/// A known text.
#[derive(Debug)]
pub(crate) struct Text {
    /// SPDX id or `LicenseRef-…`.
    pub(crate) id: &'static str,
    /// What it is.
    pub(crate) kind: TextKind,
    start: u32,
    length: u32,
    /// Tokens that may not be left out.
    pub(crate) required: u32,
    /// Those of them that hardly another text has.
    pub(crate) own: u32,
}

impl Text {
    /// Number of tokens.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    /// Place of one of its tokens among those of all texts.
    #[inline]
    fn token_number(&self, position: usize) -> Option<usize> {
        (position < self.len()).then_some(self.start as usize + position)
    }
}

/// Whether the bit of a token is set in a table that has one for each.
#[inline]
fn has_bit(table: &[u8], text: &Text, position: usize) -> bool {
    text.token_number(position)
        .is_some_and(|number| table[number / 8] >> (number % 8) & 1 != 0)
}

/// Where a run of tokens occurs: for each place two bytes of the text's number and two of the position in it, ordered
/// by text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places(&'static [u8]);

impl Places {
    /// Each place as number of the text and position in it.
    pub(crate) fn iter(self) -> impl Iterator<Item = (usize, usize)> {
        self.0.chunks_exact(4).map(place)
    }

    /// The places in text number `text` alone.
    pub(crate) fn of(self, text: usize) -> impl Iterator<Item = (usize, usize)> {
        let (mut low, mut high) = (0, self.0.len() / 4);
        while low < high {
            let middle = usize::midpoint(low, high);
            if place(&self.0[middle * 4..]).0 < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.0[low * 4..]
            .chunks_exact(4)
            .map(place)
            .take_while(move |place| place.0 == text)
    }
}

#[inline]
fn place(bytes: &[u8]) -> (usize, usize) {
    (
        usize::from(u16::from_le_bytes([bytes[0], bytes[1]])),
        usize::from(u16::from_le_bytes([bytes[2], bytes[3]])),
    )
}

/// Looks a run up by its hash in a table of 8-byte slots with open addressing: 32 bits of the hash, 24 of the place in
/// the list of places, 8 of their number.
#[inline]
fn lookup(table: &'static [u8], list: &'static [u8], hash: u64) -> Option<Places> {
    let slots = table.len() / 8;
    let mut slot = slot_of(hash, slots);
    loop {
        let entry = &table[slot * 8..slot * 8 + 8];
        let packed = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]);
        if packed == 0 {
            return None;
        }
        if entry[..4] == low_half(hash).to_le_bytes() {
            let start = (packed & 0x00ff_ffff) as usize * 4;
            let length = (packed >> 24) as usize * 4;
            return Some(Places(&list[start..start + length]));
        }
        slot = (slot + 1) & (slots - 1);
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "only the bits below the number of slots are wanted"
)]
fn slot_of(hash: u64, slots: usize) -> usize {
    (hash >> 32) as usize & (slots - 1)
}

#[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn low_half(hash: u64) -> u32 {
    hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_indexes_together_are_small() {
        let bytes = words::BYTES + chunks::BYTES;
        assert!(bytes < 8_000_000, "{bytes}");
        assert!(Words::texts().len() > 600);
        assert!(Chunks::texts().len() > 2_000);
    }

    #[test]
    fn a_run_is_found_where_it_stands() {
        fn check<C: Corpus>() {
            let text = &C::texts()[0];
            let found = (0..text.len() - C::RUN).any(|at| {
                let run: Vec<C::Token> = (at..at + C::RUN).filter_map(|at| C::token(text, at)).collect();
                C::places(&run).is_some_and(|places| places.iter().any(|place| place == (0, at)))
            });
            assert!(found, "{}", text.id);
        }
        check::<Words>();
        check::<Chunks>();
    }
}
