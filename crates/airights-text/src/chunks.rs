//! Cuts a text into chunks of about four words, each known by a hash.
//!
//! Of texts that this project may not hold it keeps the hashes of their chunks alone. Where a chunk ends depends on the
//! two words around the cut and on nothing else, so that a text is cut alike wherever it stands and a change in it is
//! felt in the chunk or two around the change only. Shared with `build.rs` and with the example that makes the table.

use std::sync::LazyLock;

use crate::spelling::{OPERATIVE_WHEN_ADDED, OPERATIVE_WHEN_REMOVED, usual_spelling};
use crate::words::hash_word;

/// A chunk: 14 bits of the hash of its words, 5 bits of their number, 4 bits of the words of force among them.
pub(crate) type Chunk = u32;

/// Set on the chunks of a known text that may be left out: titles, copyright lines, placeholders.
pub(crate) const OPTIONAL: Chunk = 1 << 23;

/// Most words a chunk has.
const LONGEST: usize = 31;

/// A word as chunks see it: the same for all its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    hash: u64,
    /// Zero for words without force; else a few bits that tell them apart.
    force: u32,
}

/// The symbol of a word; `letters` are in lower case, without punctuation.
pub(crate) fn symbol(letters: &str) -> Symbol {
    let hash = hash_word(&usual_spelling(letters));
    let force = if FORCEFUL.binary_search(&hash).is_ok() {
        low_bits(hash >> 40, 4).max(1)
    } else {
        0
    };
    Symbol { hash, force }
}

/// Numbers of the words before which a chunk begins, and the number of words at last.
pub(crate) fn cuts(symbols: &[Symbol]) -> Vec<usize> {
    let mut all = Vec::with_capacity(symbols.len() / 3 + 2);
    all.push(0);
    let mut last = 0;
    for at in 1..symbols.len() {
        if at - last == LONGEST || ends_between(symbols[at - 1], symbols[at]) {
            all.push(at);
            last = at;
        }
    }
    if !symbols.is_empty() {
        all.push(symbols.len());
    }
    all
}

/// The chunk these words make; they are at most 31.
pub(crate) fn chunk(symbols: &[Symbol]) -> Chunk {
    let hash = symbols.iter().fold(0, |hash, symbol| mix(hash ^ symbol.hash));
    let length = u32::try_from(symbols.len().min(LONGEST)).unwrap_or_default();
    low_bits(hash, 14) | length << 14 | force(symbols) << 19
}

/// What the words of force among these come to; equal for the same words in any order.
pub(crate) fn force(symbols: &[Symbol]) -> u32 {
    symbols.iter().fold(0, |force, symbol| force ^ symbol.force)
}

/// Number of words in a chunk.
pub(crate) fn length(chunk: Chunk) -> usize {
    (chunk >> 14 & 31) as usize
}

/// What [`force`] gives for the words of a chunk.
pub(crate) fn force_of(chunk: Chunk) -> u32 {
    chunk >> 19 & 15
}

/// Hash of two chunks that follow each other, the key under which the index knows where they occur.
pub(crate) fn pair(first: Chunk, second: Chunk) -> u64 {
    mix(u64::from(first & !OPTIONAL) << 32 | u64::from(second & !OPTIONAL))
}

fn ends_between(before: Symbol, after: Symbol) -> bool {
    mix(before.hash.rotate_left(17) ^ after.hash).trailing_zeros() >= 2
}

fn mix(value: u64) -> u64 {
    let mixed = (value ^ (value >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ mixed >> 32
}

#[allow(clippy::cast_possible_truncation, reason = "the lowest bits are what is wanted")]
fn low_bits(value: u64, bits: u32) -> u32 {
    (value & ((1 << bits) - 1)) as u32
}

/// Hashes of the words of force, sorted.
static FORCEFUL: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let words = OPERATIVE_WHEN_ADDED.iter().chain(OPERATIVE_WHEN_REMOVED);
    let mut all: Vec<u64> = words.map(|word| hash_word(word)).collect();
    all.sort_unstable();
    all
});
