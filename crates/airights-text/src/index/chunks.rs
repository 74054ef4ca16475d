//! The texts of ScanCode LicenseDB that are no SPDX text, as hashes of chunks of about four words.
//!
//! Three tables: `chunks` (the texts, three bytes a chunk), `pairs` (hash of two chunks → slice of places) and
//! `chunk_places` (text, position).

use super::{Corpus, Places, Text, TextKind, has_bit, lookup};
use crate::chunks::{Chunk, OPTIONAL, pair};

/// The corpus of the LicenseDB texts.
pub(crate) struct Chunks;

/// Bytes of all tables.
#[cfg(test)]
pub(super) const BYTES: usize = CHUNKS.len() + PAIRS.len() + PLACES.len();

#[allow(clippy::unreadable_literal, reason = "nobody reads the generated table")]
static TEXTS: &[Text] = include!(concat!(env!("OUT_DIR"), "/chunk_texts.rs"));
static CHUNKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/chunks.bin"));
static OWN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/own_chunks.bin"));
static PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pairs.bin"));
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/chunk_places.bin"));

impl Corpus for Chunks {
    type Token = Chunk;

    const WORDS: usize = 4;
    const RUN: usize = 2;
    const HAS_NEAR_TWINS: bool = true;
    const LONG_TEXT: usize = 150;

    #[inline]
    fn texts() -> &'static [Text] {
        TEXTS
    }

    #[inline]
    fn token(text: &Text, position: usize) -> Option<Chunk> {
        Some(marked(text, position)? & !OPTIONAL)
    }

    #[inline]
    fn is_optional(text: &Text, position: usize) -> bool {
        marked(text, position).is_none_or(|chunk| chunk & OPTIONAL != 0)
    }

    #[inline]
    fn is_own(text: &Text, position: usize) -> bool {
        has_bit(OWN, text, position)
    }

    #[inline]
    fn places(run: &[Chunk]) -> Option<Places> {
        lookup(PAIRS, PLACES, pair(run[0], run[1]))
    }
}

#[inline]
fn marked(text: &Text, position: usize) -> Option<Chunk> {
    let at = text.token_number(position)? * 3;
    Some(u32::from_le_bytes([CHUNKS[at], CHUNKS[at + 1], CHUNKS[at + 2], 0]))
}
