//! Which tokens of a text are its own, and which are commonplaces.
//!
//! Disclaimers, the notice of the GNU licenses and the grant of the MIT license stand in dozens of texts. Where nothing
//! of a text is found but such sentences, the text is not there. The texts of both indexes are counted together.

use std::collections::HashMap;

use crate::chunks::{self, Chunk, Symbol};
use crate::dress::Word;

/// What stands in so many texts is a commonplace.
const COMMON: usize = 6;

/// Counts in how many texts two chunks follow each other.
#[derive(Default)]
pub(crate) struct Commonplaces {
    /// The last text counted, and the number of texts.
    pairs: HashMap<u64, (usize, usize)>,
    texts: usize,
}

impl Commonplaces {
    /// Counts a text.
    pub(crate) fn count(&mut self, text: &[Chunk]) {
        self.texts += 1;
        for pair in text.windows(2) {
            let entry = self.pairs.entry(chunks::pair(pair[0], pair[1])).or_default();
            if entry.0 != self.texts {
                *entry = (self.texts, entry.1 + 1);
            }
        }
    }

    /// For each chunk whether it is a text's own.
    pub(crate) fn own(&self, text: &[Chunk]) -> Vec<bool> {
        let mut own = vec![true; text.len()];
        for (at, pair) in text.windows(2).enumerate() {
            let found = self.pairs.get(&chunks::pair(pair[0], pair[1]));
            if found.is_some_and(|&(_, texts)| texts >= COMMON) {
                own[at..=at + 1].fill(false);
            }
        }
        own
    }

    /// For each word whether it is a text's own.
    pub(crate) fn own_words(&self, words: &[Word]) -> Vec<bool> {
        let (cuts, text) = chunked(words);
        let own = self.own(&text);
        let lengths = cuts.windows(2).map(|cut| cut[1] - cut[0]);
        own.into_iter()
            .zip(lengths)
            .flat_map(|(own, length)| std::iter::repeat_n(own, length))
            .collect()
    }
}

/// The chunks of these words, and where each begins.
pub(crate) fn chunked(words: &[Word]) -> (Vec<usize>, Vec<Chunk>) {
    let symbols: Vec<Symbol> = words.iter().map(|word| chunks::symbol(&word.letters)).collect();
    let cuts = chunks::cuts(&symbols);
    let text = cuts.windows(2).map(|cut| chunks::chunk(&symbols[cut[0]..cut[1]]));
    let text = text.collect();
    (cuts, text)
}

/// One bit a token.
pub(crate) fn bits(own: &[bool]) -> Vec<u8> {
    let byte = |bits: &[bool]| {
        bits.iter()
            .enumerate()
            .fold(0, |byte, (at, &bit)| byte | u8::from(bit) << at)
    };
    own.chunks(8).map(byte).collect()
}
