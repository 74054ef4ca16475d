//! Runs of four words, the key under which the index knows where a phrase occurs.
//!
//! Shared with `build.rs`. Not every run is kept: of long texts one in eight is enough to find them, of short ones one
//! in two. Which runs are kept depends on their hash alone, so the text at hand is sampled at the same places.

/// Words in a run.
pub(crate) const LENGTH: usize = 4;

/// Texts with more words than this count as long.
pub(crate) const LONG_TEXT: usize = 600;

/// Id of words that no text of the index holds.
pub(crate) const UNKNOWN: u16 = 0;

/// Set on the words of a text of the index that may be left out: titles, copyright lines, placeholders, appendices.
pub(crate) const OPTIONAL: u16 = 0x8000;

/// Set, with [`OPTIONAL`], on those in whose place something else may stand, but not nothing.
pub(crate) const REPLACEABLE: u16 = 0x4000;

/// Both marks.
pub(crate) const MARKS: u16 = OPTIONAL | REPLACEABLE;

/// In a wording, a few words of any kind.
pub(crate) const SOME: u16 = 0x3fff;

/// In a wording, a few words of any kind, or none.
pub(crate) const ANY: u16 = 0x3ffe;

/// Hash of the run of words with these ids.
pub(crate) fn hash(ids: [u16; LENGTH]) -> u64 {
    let packed = ids
        .iter()
        .fold(0_u64, |packed, &id| (packed << 16) | u64::from(id & !MARKS));
    let mixed = (packed ^ (packed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Whether runs with this hash are kept at all.
pub(crate) fn is_kept(hash: u64) -> bool {
    hash.trailing_zeros() >= 1
}

/// Whether runs with this hash are kept for long texts too.
#[allow(dead_code, reason = "only `build.rs` asks")]
pub(crate) fn is_kept_for_long(hash: u64) -> bool {
    hash.trailing_zeros() >= 3
}
