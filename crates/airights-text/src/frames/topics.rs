//! A quick look for words that make a sentence one that may matter, so that ordinary texts cost little.

use std::sync::LazyLock;

use super::lexicon::{self, Concept};
use crate::clauses::cut::{fold, stands_alone};

/// What a sentence of a notice must name, or the heading or stem above it: to feed something and its output is what ordinary
/// texts speak of as well.
const CORE: &[Concept] = &[
    Concept::Ai,
    Concept::Train,
    Concept::Dataset,
    Concept::Mine,
    Concept::Agent,
    Concept::Field,
    Concept::Commercial,
    Concept::NonCommercial,
    Concept::Compete,
];

/// Of longer words, so many letters are compared.
const LETTERS: usize = 6;
/// Of two words together, so many letters each are compared.
const FEW: usize = 4;
/// Each beginning sets two of so many bits, by as many bits of its hash.
const BITS: u32 = 20;

/// A set of beginnings by their hashes; it may take one for another in one case of thousands.
struct Set(Vec<u64>);

impl Set {
    fn new() -> Self {
        Self(vec![0; 1 << (BITS - 6)])
    }

    fn add(&mut self, hash: u64) {
        for (slot, bit) in places(hash) {
            self.0[slot] |= bit;
        }
    }

    fn has(&self, hash: u64) -> bool {
        places(hash).into_iter().all(|(slot, bit)| self.0[slot] & bit != 0)
    }
}

/// The two bits of a hash: the slot of each, and the bit in it.
fn places(hash: u64) -> [(usize, u64); 2] {
    let place = |bits: u64| {
        let bits = bits & ((1 << BITS) - 1);
        (usize::try_from(bits >> 6).unwrap_or_default(), 1 << (bits & 63))
    };
    [place(hash >> 44), place(hash >> 22)]
}

/// The beginnings of the words of topics.
struct Beginnings {
    /// Words that are whole: all letters up to [`LETTERS`].
    whole: Set,
    /// Beginnings of words: the same.
    open: Set,
    /// The first [`FEW`] letters of two words that stand together.
    pairs: Set,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let mut all = Beginnings {
        whole: Set::new(),
        open: Set::new(),
        pairs: Set::new(),
    };
    let is_cut_short = |(word, is_beginning): (&str, bool)| is_beginning && word.chars().count() < FEW;
    for (first, second) in lexicon::beginnings(CORE) {
        match second {
            Some(second) if !is_cut_short(first) && !is_cut_short(second) => {
                all.pairs.add(pair(few(first.0), few(second.0)));
            }
            _ => {
                let (word, is_beginning) = first;
                let hash = word.chars().take(LETTERS).fold(SEED, step);
                // Of a longer word only the beginning is known.
                let is_open = is_beginning || word.chars().count() > LETTERS;
                if is_open { &mut all.open } else { &mut all.whole }.add(hash);
            }
        }
    }
    all
});

fn few(word: &str) -> u64 {
    word.chars().take(FEW).fold(SEED, step)
}

const fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(17) ^ second
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, letter: char) -> u64 {
    let hash = (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// Where words of topics may stand, in order: all of them, and some that only begin or hash alike.
pub(super) fn topics(text: &str) -> Vec<usize> {
    let beginnings = &*BEGINNINGS;
    let mut found = Vec::new();
    let mut last = (0, None);
    let mut word = Word::default();
    let mut end = |word: &mut Word| {
        let word = std::mem::take(word);
        if word.letters == 0 {
            return;
        }
        let is_whole = word.letters <= LETTERS && beginnings.whole.has(word.hash);
        let (start, before): (usize, Option<u64>) = last;
        if before.is_some_and(|before| beginnings.pairs.has(pair(before, word.few))) {
            found.push(start);
        }
        if is_whole || word.is_known {
            found.push(word.start);
        }
        last = (word.start, Some(word.few));
    };
    for (at, letter) in text.char_indices() {
        if stands_alone(letter) {
            end(&mut word);
            word.begin(at);
            word.add(letter, beginnings);
            end(&mut word);
        } else if letter.is_ascii_alphanumeric() {
            word.begin(at);
            word.add(letter.to_ascii_lowercase(), beginnings);
        } else if letter.is_alphanumeric() {
            word.begin(at);
            for letter in letter.to_lowercase().flat_map(fold) {
                word.add(letter, beginnings);
            }
        } else {
            end(&mut word);
        }
    }
    end(&mut word);
    found.sort_unstable();
    found
}

/// What is known of a word so far.
#[derive(Default)]
struct Word {
    start: usize,
    letters: usize,
    /// Of its first [`LETTERS`].
    hash: u64,
    /// Of its first [`FEW`].
    few: u64,
    /// Whether a beginning is known.
    is_known: bool,
}

impl Word {
    fn begin(&mut self, at: usize) {
        if self.letters == 0 {
            (self.start, self.hash) = (at, SEED);
        }
    }

    fn add(&mut self, letter: char, beginnings: &Beginnings) {
        self.letters += 1;
        if self.letters <= LETTERS {
            self.hash = step(self.hash, letter);
            if self.letters <= FEW {
                self.few = self.hash;
            }
            self.is_known = self.is_known || beginnings.open.has(self.hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_found_in_any_language() {
        assert!(topics("You may train it.").contains(&8));
        assert!(!topics("训练").is_empty());
        assert!(!topics("KI-Modelle zu trainieren").is_empty());
        assert!(topics("qwx zzv").is_empty());
    }
}
