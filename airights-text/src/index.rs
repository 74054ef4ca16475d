//! Lookups in the index that `build.rs` makes of the SPDX texts.
//!
//! Nothing is unpacked: the tables are read where they lie in the binary. There are five:
//! `vocabulary` (hash of a word → id), `forces` (id → what the word can do), `words` (the texts, as ids),
//! `shingles` (hash of four words → slice of places) and `places` (text, position).

use crate::shingle;

/// What a text of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A licence.
    License,
    /// An exception to one.
    Exception,
    /// A notice that points at the licence of its id.
    Notice,
}

/// One text of the index. Their order is that of preference where texts are alike.
#[derive(Debug)]
pub(crate) struct Text {
    /// SPDX id.
    pub(crate) id: &'static str,
    /// What it is.
    pub(crate) kind: TextKind,
    start: u32,
    length: u32,
    /// Words that may not be left out.
    pub(crate) required: u32,
}

/// Every text of the index.
#[allow(clippy::unreadable_literal, reason = "nobody reads the generated table")]
pub(crate) static TEXTS: &[Text] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

static VOCABULARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));
static FORCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forces.bin"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
static SHINGLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shingles.bin"));
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));

impl Text {
    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    /// Id of the word at `position`, without the mark of optional words; `None` past the end.
    pub(crate) fn word(&self, position: usize) -> Option<u16> {
        Some(self.marked(position)? & !shingle::OPTIONAL)
    }

    /// Whether the word at `position` may be left out.
    pub(crate) fn is_optional(&self, position: usize) -> bool {
        self.marked(position).is_none_or(|id| id & shingle::OPTIONAL != 0)
    }

    fn marked(&self, position: usize) -> Option<u16> {
        if position >= self.len() {
            return None;
        }
        let at = (self.start as usize + position) * 2;
        Some(u16::from_le_bytes([WORDS[at], WORDS[at + 1]]))
    }
}

/// Id of a word by the hash of its letters; [`shingle::UNKNOWN`] if no text has it.
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

/// Whether a word, added to a licence, may change what it asks.
pub(crate) fn is_operative_when_added(id: u16) -> bool {
    FORCES.get(id as usize).is_some_and(|force| force & 1 != 0)
}

/// Whether a word, taken out of a licence, may change what it grants.
pub(crate) fn is_operative_when_removed(id: u16) -> bool {
    FORCES.get(id as usize).is_some_and(|force| force & 2 != 0)
}

/// Where a run of four words occurs in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    offset: u32,
    count: u32,
}

impl Places {
    /// Each place as number of the text and position in it, ordered by text.
    pub(crate) fn iter(self) -> impl Iterator<Item = (usize, usize)> {
        let start = self.offset as usize * 4;
        PLACES[start..start + self.count as usize * 4]
            .chunks_exact(4)
            .map(|place| {
                (
                    usize::from(u16::from_le_bytes([place[0], place[1]])),
                    usize::from(u16::from_le_bytes([place[2], place[3]])),
                )
            })
    }

    /// The places in text number `text` alone.
    pub(crate) fn of(self, text: usize) -> impl Iterator<Item = (usize, usize)> {
        // Places are ordered by text, so a search by halves finds the first.
        let (mut low, mut high) = (0, self.count as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.get(middle).0 < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..self.count as usize)
            .map(move |number| self.get(number))
            .take_while(move |place| place.0 == text)
    }

    fn get(self, number: usize) -> (usize, usize) {
        let at = (self.offset as usize + number) * 4;
        (
            usize::from(u16::from_le_bytes([PLACES[at], PLACES[at + 1]])),
            usize::from(u16::from_le_bytes([PLACES[at + 2], PLACES[at + 3]])),
        )
    }
}

/// Looks a run of four words up by its hash.
pub(crate) fn places(hash: u64) -> Option<Places> {
    let slots = SHINGLES.len() / 8;
    let mut slot = slot_of(hash, slots);
    loop {
        let entry = &SHINGLES[slot * 8..slot * 8 + 8];
        let packed = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]);
        if packed == 0 {
            return None;
        }
        if entry[..4] == low_half(hash).to_le_bytes() {
            return Some(Places {
                offset: packed & 0x00ff_ffff,
                count: packed >> 24,
            });
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
    use crate::words::hash_word;

    #[test]
    fn spellings_share_an_id() {
        assert_eq!(word_id(hash_word("licence")), word_id(hash_word("license")));
        assert_eq!(word_id(hash_word("organisation")), word_id(hash_word("organization")));
        assert_ne!(word_id(hash_word("license")), shingle::UNKNOWN);
        assert_eq!(word_id(hash_word("xyzzyplugh")), shingle::UNKNOWN);
    }

    #[test]
    fn the_whole_index_is_small() {
        let bytes = VOCABULARY.len() + FORCES.len() + WORDS.len() + SHINGLES.len() + PLACES.len();
        assert!(bytes < 8_000_000, "{bytes}");
        assert!(TEXTS.len() > 600);
    }

    #[test]
    fn a_run_of_words_is_found_where_it_stands() {
        let mit = &TEXTS[0];
        assert_eq!(mit.id, "MIT");
        let found = (0..mit.len() - 4).any(|at| {
            let run = [0, 1, 2, 3].map(|step| mit.word(at + step).unwrap());
            places(shingle::hash(run)).is_some_and(|places| places.iter().any(|place| place == (0, at)))
        });
        assert!(found);
    }
}
