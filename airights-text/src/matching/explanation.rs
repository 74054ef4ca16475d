//! A known text as it explains words at hand, whichever index knows it.

use std::ops::Range;

use super::align::{Alignment, Block, Edit};
use super::cover::cover;
use super::verbatim::verbatim;
use crate::chunks::{self, Symbol};
use crate::index::{Chunks, Corpus, TextKind, Words};

/// A known text in the words at hand.
#[derive(Clone, Debug)]
pub(crate) struct Explanation {
    /// SPDX id or `LicenseRef-…`.
    pub(crate) id: &'static str,
    /// What the text is.
    pub(crate) kind: TextKind,
    /// Words that agree, in order; never empty.
    pub(crate) blocks: Vec<Range<usize>>,
    /// Where the two sides differ.
    pub(crate) changes: Vec<Change>,
}

/// A place where words were added to a known text, or are missing from it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Words at hand that the text does not have.
    pub(crate) added: Range<usize>,
    /// What the text has instead, apart from what may be left out.
    pub(crate) missing: Missing,
}

/// What is missing from a text.
#[derive(Clone, Debug)]
pub(crate) enum Missing {
    /// These words, by their id.
    Words(Vec<u16>),
    /// So many words, of which only their force is known.
    Hidden { words: usize, force: u32 },
}

impl Missing {
    /// Number of words.
    pub(crate) fn words(&self) -> usize {
        match self {
            Self::Words(ids) => ids.len(),
            Self::Hidden { words, .. } => *words,
        }
    }
}

impl Explanation {
    /// All the words at hand are the known text.
    pub(crate) fn whole(id: &'static str, kind: TextKind, words: usize) -> Self {
        Self {
            id,
            kind,
            blocks: std::iter::once(0..words).collect(),
            changes: Vec::new(),
        }
    }

    /// Words at hand from the first that agrees to the last.
    pub(crate) fn range(&self) -> Range<usize> {
        self.blocks[0].start..self.blocks[self.blocks.len() - 1].end
    }

    /// Words at hand that agree.
    pub(crate) fn matched(&self) -> usize {
        self.blocks.iter().map(Range::len).sum()
    }

    /// Words of the text that are missing.
    pub(crate) fn missing(&self) -> usize {
        self.changes.iter().map(|change| change.missing.words()).sum()
    }
}

/// The SPDX texts that stand whole among these words.
pub(crate) fn verbatim_texts(ids: &[u16]) -> Vec<Explanation> {
    verbatim(ids).iter().map(of_words).collect()
}

/// A text of so many words is not the beginning of another one that goes on differently.
const UNMISTAKABLE: u32 = 300;

/// The SPDX texts among these words, whole or not.
pub(crate) fn spdx_texts(ids: &[u16]) -> Vec<Explanation> {
    let mut known = verbatim(ids);
    known.retain(|found| found.text().required >= UNMISTAKABLE);
    cover(ids, known).iter().map(of_words).collect()
}

/// The LicenseDB texts among these words.
pub(crate) fn licensedb_texts(symbols: &[Symbol]) -> Vec<Explanation> {
    let cuts = chunks::cuts(symbols);
    let tokens: Vec<chunks::Chunk> = cuts
        .windows(2)
        .map(|cut| chunks::chunk(&symbols[cut[0]..cut[1]]))
        .collect();
    cover::<Chunks>(&tokens, Vec::new())
        .iter()
        .map(|alignment| of_chunks(alignment, &cuts, symbols))
        .collect()
}

fn of_words(alignment: &Alignment<Words>) -> Explanation {
    let text = alignment.text();
    let change = |edit: Edit| Change {
        added: edit.added,
        missing: Missing::Words(
            edit.removed
                .filter(|&position| !Words::is_optional(text, position))
                .filter_map(|position| Words::token(text, position))
                .collect(),
        ),
    };
    Explanation {
        id: text.id,
        kind: text.kind,
        blocks: alignment.blocks.iter().map(|block| block.at..block.end()).collect(),
        changes: alignment.edits().into_iter().map(change).collect(),
    }
}

fn of_chunks(alignment: &Alignment<Chunks>, cuts: &[usize], symbols: &[Symbol]) -> Explanation {
    let text = alignment.text();
    let mut blocks: Vec<Block> = alignment
        .blocks
        .iter()
        .map(|block| Block {
            at: cuts[block.at],
            position: block.position,
            length: cuts[block.end()] - cuts[block.at],
        })
        .collect();
    let mut ends: Vec<usize> = alignment.blocks.iter().map(Block::position_end).collect();
    // Where the text around is another one, the chunks at the edge are not cut as in the known text, and yet the words
    // may be the same.
    for number in 0..blocks.len() {
        let floor = number.checked_sub(1).map_or(0, |before| blocks[before].end());
        let first = number.checked_sub(1).map_or(0, |before| ends[before]);
        let block = &mut blocks[number];
        while block.position > first
            && let Some(chunk) = Chunks::token(text, block.position - 1)
            && let Some(start) = block
                .at
                .checked_sub(chunks::length(chunk))
                .filter(|&start| start >= floor)
            && chunks::chunk(&symbols[start..block.at]) == chunk
        {
            block.position -= 1;
            block.length += block.at - start;
            block.at = start;
        }
        let ceiling = blocks.get(number + 1).map_or(symbols.len(), |next| next.at);
        let last = blocks.get(number + 1).map_or(text.len(), |next| next.position);
        let block = &mut blocks[number];
        while ends[number] < last
            && let Some(chunk) = Chunks::token(text, ends[number])
            && let Some(words) = symbols.get(block.end()..block.end() + chunks::length(chunk))
            && block.end() + words.len() <= ceiling
            && chunks::chunk(words) == chunk
        {
            block.length += words.len();
            ends[number] += 1;
        }
    }
    let hidden = |removed: Range<usize>| {
        let required = removed
            .filter(|&position| !Chunks::is_optional(text, position))
            .filter_map(|position| Chunks::token(text, position));
        let (mut words, mut force) = (0, 0);
        for chunk in required {
            words += chunks::length(chunk);
            force ^= chunks::force_of(chunk);
        }
        Missing::Hidden { words, force }
    };
    let first = blocks[0];
    let last = blocks[blocks.len() - 1];
    let mut changes = vec![Change {
        added: first.at..first.at,
        missing: hidden(0..first.position),
    }];
    for number in 1..blocks.len() {
        changes.push(Change {
            added: blocks[number - 1].end()..blocks[number].at,
            missing: hidden(ends[number - 1]..blocks[number].position),
        });
    }
    changes.push(Change {
        added: last.end()..last.end(),
        missing: hidden(ends[ends.len() - 1]..text.len()),
    });
    changes.retain(|change| !change.added.is_empty() || change.missing.words() > 0);
    Explanation {
        id: text.id,
        kind: text.kind,
        blocks: blocks.iter().map(|block| block.at..block.end()).collect(),
        changes,
    }
}
