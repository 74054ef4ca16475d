//! A known text as it explains words at hand, whichever index knows it.

use std::ops::Range;

use super::align::Alignment;
use super::block::{Block, Difference, Edit, Variety};
use super::cover::cover;
use super::front::{begin_a_line, end_with_the_line};
use super::hand::Hand;
use super::known::{Change, ChangeKind, Explanation, Missing};
use super::trivial::is_trivial;
use super::verbatim::verbatim;
use crate::chunks::{self, Symbol};
use crate::index::{Chunks, Corpus, Words};

/// The SPDX texts that stand whole among these words.
pub(crate) fn verbatim_texts(hand: Hand) -> Vec<Explanation> {
    verbatim(hand.ids).iter().map(|found| of_words(found, hand)).collect()
}

/// A text of so many words is not the beginning of another one that goes on differently.
const UNMISTAKABLE: u32 = 300;

/// The SPDX texts among these words, whole or not.
pub(crate) fn spdx_texts(hand: Hand) -> Vec<Explanation> {
    let mut known = verbatim(hand.ids);
    known.retain(|found| found.text().required >= UNMISTAKABLE);
    cover(hand.ids, known)
        .iter()
        .map(|found| of_words(found, hand))
        .collect()
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

fn of_words(alignment: &Alignment<Words>, hand: Hand) -> Explanation {
    let text = alignment.text();
    let change = |difference: &Difference| {
        let Difference { edit, kind } = difference.clone();
        let missing: Vec<u16> = edit
            .removed
            .clone()
            .filter(|&position| kind == Variety::Equivalent || !Words::may_be_nothing(text, position))
            .filter_map(|position| Words::token(text, position))
            .collect();
        let is_foreign = !hand.are_names(edit.added.clone());
        let (missing, kind) = match kind {
            Variety::Hole | Variety::Equivalent if is_foreign => (Vec::new(), ChangeKind::Open),
            Variety::Hole => (Vec::new(), ChangeKind::Hole),
            Variety::Equivalent => (missing, ChangeKind::Equivalent),
            Variety::Open => {
                let kind = kind_of(&edit, &missing, hand);
                (missing, kind)
            }
        };
        Change {
            added: edit.added,
            missing: Missing::Words(missing),
            kind,
        }
    };
    let mut explanation = Explanation {
        id: text.id,
        kind: text.kind,
        blocks: alignment.blocks.iter().map(|block| block.at..block.end()).collect(),
        changes: alignment.differences().iter().map(change).collect(),
    };
    begin_a_line(&mut explanation, alignment, hand);
    end_with_the_line(&mut explanation.changes, hand);
    explanation
}

/// Words that a slip of the pen is felt in, where only the hashes of chunks are known.
const SLIP: usize = 14;

fn kind_of(edit: &Edit, missing: &[u16], hand: Hand) -> ChangeKind {
    if edit.added.is_empty() && hand.has_between(edit.added.start, missing)
        || is_trivial(&hand.letters(edit.added.clone()), missing)
    {
        ChangeKind::Trivial
    } else {
        ChangeKind::Open
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
    let change = |added: Range<usize>, removed: Range<usize>| {
        let required = removed
            .filter(|&position| !Chunks::is_optional(text, position))
            .filter_map(|position| Chunks::token(text, position));
        let (mut words, mut force) = (0, 0);
        for chunk in required {
            words += chunks::length(chunk);
            force ^= chunks::force_of(chunk);
        }
        // Which words they are is not known: a slip of the pen leaves their number and their force as they were.
        let is_alike = words == added.len() && words <= SLIP && chunks::force(&symbols[added.clone()]) == force;
        Change {
            added,
            missing: Missing::Hidden { words, force },
            kind: if is_alike {
                ChangeKind::Trivial
            } else {
                ChangeKind::Open
            },
        }
    };
    let first = blocks[0];
    let last = blocks[blocks.len() - 1];
    let mut changes = vec![change(first.at..first.at, 0..first.position)];
    for number in 1..blocks.len() {
        let added = blocks[number - 1].end()..blocks[number].at;
        changes.push(change(added, ends[number - 1]..blocks[number].position));
    }
    changes.push(change(last.end()..last.end(), ends[ends.len() - 1]..text.len()));
    changes.retain(|change| !change.added.is_empty() || change.missing.words() > 0);
    Explanation {
        id: text.id,
        kind: text.kind,
        blocks: blocks.iter().map(|block| block.at..block.end()).collect(),
        changes,
    }
}
