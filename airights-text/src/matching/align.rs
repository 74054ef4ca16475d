//! Lays one known text alongside the tokens at hand and says which agree.
//!
//! An alignment starts at a run of tokens both have and grows from there in both directions (`grow`). How well it explains
//! the tokens at hand is its score; whether it may be spoken of at all depends on what is missing.

use std::marker::PhantomData;
use std::ops::Range;

use super::grow::{backward, forward};
use crate::index::{Corpus, Places, Text, TextKind};

/// A run of tokens at hand that occurs in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor {
    /// Number of its first token at hand.
    pub(crate) at: usize,
    /// Where the index has it.
    pub(crate) places: Places,
}

/// A stretch of tokens both sides have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// First token at hand.
    pub(crate) at: usize,
    /// First token in the known text.
    pub(crate) position: usize,
    /// Number of tokens.
    pub(crate) length: usize,
}

impl Block {
    pub(crate) fn end(&self) -> usize {
        self.at + self.length
    }

    pub(crate) fn position_end(&self) -> usize {
        self.position + self.length
    }
}

/// How a known text lies in the tokens at hand.
#[derive(Clone, Debug)]
pub(crate) struct Alignment<C> {
    /// Number of the text in [`Corpus::texts`].
    pub(crate) number: usize,
    /// What agrees, in order; never empty.
    pub(crate) blocks: Vec<Block>,
    /// The greater the better it explains the tokens at hand.
    pub(crate) score: i64,
    /// Required tokens of the text that are there.
    found: usize,
    corpus: PhantomData<C>,
}

/// A place where the two sides differ: tokens at hand that were added, tokens of the text that are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Tokens at hand.
    pub(crate) added: Range<usize>,
    /// Tokens of the text.
    pub(crate) removed: Range<usize>,
}

impl<C: Corpus> Alignment<C> {
    /// Tokens at hand from the first that agrees to the last.
    pub(crate) fn range(&self) -> Range<usize> {
        let last = self.blocks[self.blocks.len() - 1];
        self.blocks[0].at..last.end()
    }

    /// The text that was laid alongside.
    pub(crate) fn text(&self) -> &'static Text {
        &C::texts()[self.number]
    }

    /// Where the two sides differ, the missing start and end of the text included.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let first = self.blocks[0];
        let last = self.blocks[self.blocks.len() - 1];
        let mut edits = vec![Edit {
            added: first.at..first.at,
            removed: 0..first.position,
        }];
        edits.extend(self.blocks.windows(2).map(|pair| Edit {
            added: pair[0].end()..pair[1].at,
            removed: pair[0].position_end()..pair[1].position,
        }));
        edits.push(Edit {
            added: last.end()..last.end(),
            removed: last.position_end()..self.text().len(),
        });
        edits.retain(|edit| !edit.added.is_empty() || !edit.removed.is_empty());
        edits
    }

    /// Whether the tokens from the first that agrees to the last are the whole text, with nothing added but what fills
    /// its placeholders.
    pub(crate) fn is_complete(&self) -> bool {
        let is_hole = |pair: &[Block]| pair[0].end() == pair[1].at || pair[0].position_end() < pair[1].position;
        self.lacks_nothing() && self.blocks.windows(2).all(is_hole)
    }

    /// Whether every required token of the text is there.
    pub(crate) fn lacks_nothing(&self) -> bool {
        self.found == self.text().required as usize
    }

    /// Required tokens of the text that are missing.
    pub(crate) fn missing(&self) -> usize {
        (self.text().required as usize).saturating_sub(self.found)
    }

    /// Tokens at hand that agree.
    pub(crate) fn matched(&self) -> usize {
        self.blocks.iter().map(|block| block.length).sum()
    }

    /// Whether enough of the text is there to speak of it at all.
    pub(crate) fn is_plausible(&self) -> bool {
        let text = self.text();
        let required = text.required as usize;
        let share = match text.kind {
            TextKind::Notice => 65,
            _ if required * C::WORDS < 30 => 80,
            _ if required * C::WORDS < 80 => 60,
            _ => 50,
        };
        self.found * 100 >= required * share && self.found * C::WORDS >= 8 && !self.lacks_a_part()
    }

    /// Whether so much is missing in one place that what is there is a part of the text, such as its disclaimer, and
    /// not the text: many vendors' own terms end in a disclaimer that a short licence ends in too.
    fn lacks_a_part(&self) -> bool {
        let text = self.text();
        let is_too_much = |removed: Range<usize>| {
            // A licence begins with what it grants.
            let largest = if removed.start == 0 {
                LARGEST_START
            } else {
                LARGEST_PART
            };
            let missing = removed.filter(|&position| !C::is_optional(text, position)).count();
            missing * 100 > text.required as usize * largest
        };
        text.kind == TextKind::License && self.edits().into_iter().any(|edit| is_too_much(edit.removed))
    }
}

/// The largest share of a licence, in percent, that may be missing in one place.
const LARGEST_PART: usize = 40;
/// The same at its start.
const LARGEST_START: usize = 20;

/// What a gap costs at most, in tokens: a long addition is no reason to prefer another licence.
const GAP_COST: usize = 40;

/// Aligns text number `number` with `tokens[within]`, starting where both have the run at `seed`.
pub(crate) fn align<C: Corpus>(
    tokens: &[C::Token],
    within: &Range<usize>,
    anchors: &[Anchor],
    number: usize,
    seed: (usize, usize),
) -> Option<Alignment<C>> {
    let mut blocks = backward::<C>(tokens, within.start, number, anchors, seed);
    blocks.reverse();
    forward::<C>(tokens, within.end, number, anchors, seed, &mut blocks);
    if blocks.is_empty() {
        return None;
    }
    let text = &C::texts()[number];
    let mut matched = 0;
    let mut found = 0;
    for block in &blocks {
        matched += block.length;
        found += (block.position..block.position_end())
            .filter(|&position| !C::is_optional(text, position))
            .count();
    }
    let gaps: usize = blocks
        .windows(2)
        .map(|pair| (pair[1].at - pair[0].end()).min(GAP_COST))
        .sum();
    let missing = (text.required as usize).saturating_sub(found);
    let score = 4 * signed(matched) - 3 * signed(missing) - 2 * signed(gaps);
    Some(Alignment {
        number,
        blocks,
        score,
        found,
        corpus: PhantomData,
    })
}

/// A count as a number that may be subtracted from.
pub(crate) fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 8)
}
