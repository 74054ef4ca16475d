//! Tables whose keys are hashes already.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table by hashes.
pub(super) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// FNV-1a, a byte at a time, from [`SEED`].
pub(super) const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// What [`step`] begins with.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of words with blanks between.
pub(super) fn hash(words: &[&str]) -> u64 {
    let mut hash = SEED;
    for (number, word) in words.iter().enumerate() {
        let blank = (number > 0).then_some(b' ');
        hash = blank.into_iter().chain(word.bytes()).fold(hash, step);
    }
    hash
}

/// Keys that are hashes already.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| step(hash, byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
