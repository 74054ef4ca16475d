//! What the words that the index knows may do in a sentence.

use crate::shingle;

/// A byte of flags for each word, by its id.
pub(super) static FORCES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/forces.bin"));

/// Whether a word, added to a licence, may change what it asks.
pub(crate) fn is_operative_when_added(id: u16) -> bool {
    FORCES.get(id as usize).is_some_and(|force| force & 1 != 0)
}

/// Whether a word is in no English text that the index has.
pub(crate) fn is_foreign(id: u16) -> bool {
    id == shingle::UNKNOWN || FORCES.get(id as usize).is_none_or(|force| force & 0b1000 != 0)
}

/// Whether a word may be part of a name: neither does it ask anything, nor does it say anything of anybody.
pub(super) fn may_be_in_name(id: u16) -> bool {
    FORCES.get(id as usize).is_none_or(|force| force & 0b101 == 0)
}
