//! Lays one known text alongside the tokens at hand and says which agree.
//!
//! An alignment starts at a run of tokens both have and grows from there in both directions (`grow`). How well it explains
//! the tokens at hand is its score; whether it may be spoken of at all depends on what is missing. What the text leaves
//! open, or lets vary, is read as such first (`refine`), so that neither counts against it.

use std::cmp::Reverse;
use std::marker::PhantomData;
use std::ops::Range;

use super::block::{Anchor, Block, Difference, Edit, Variety};
use super::grow::{backward, forward};
use super::refine::refined;
use crate::index::{Corpus, Text, TextKind};

/// How a known text lies in the tokens at hand.
#[derive(Clone, Debug)]
pub(crate) struct Alignment<C> {
    /// Number of the text in [`Corpus::texts`].
    pub(crate) number: usize,
    /// What agrees, in order; never empty.
    pub(crate) blocks: Vec<Block>,
    /// The greater the better it explains the tokens at hand.
    pub(crate) score: i64,
    /// Where the two sides differ.
    differences: Vec<Difference>,
    /// Required tokens of the text that are there.
    found: usize,
    corpus: PhantomData<C>,
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

    /// Where the two sides differ, the missing start and end of the text included, but for what it lets vary.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let open = self.differences.iter().filter(|found| found.kind == Variety::Open);
        open.map(|found| found.edit.clone()).collect()
    }

    /// Where the two sides differ, all of it.
    pub(crate) fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Whether the tokens from the first that agrees to the last are the whole text, with nothing added but what fills
    /// its placeholders.
    pub(crate) fn is_complete(&self) -> bool {
        self.lacks_nothing() && self.differences.iter().all(|found| found.kind != Variety::Open)
    }

    /// Whether every required token of the text is there.
    pub(crate) fn lacks_nothing(&self) -> bool {
        self.found == self.text().required as usize && self.missing() == 0
    }

    /// Of two texts for the same tokens the one that ranks higher is meant: it explains more, and needs fewer liberties.
    pub(crate) fn rank(&self) -> (i64, Reverse<usize>, Reverse<usize>) {
        let left_out = self.left_out();
        let score = self.score - signed(left_out / LEFT_OUT);
        (score, Reverse(left_out), Reverse(self.number))
    }

    /// Tokens between its first and last at hand that may be left out, and are.
    pub(crate) fn left_out(&self) -> usize {
        let (first, last) = (self.blocks[0], self.blocks[self.blocks.len() - 1]);
        let text = self.text();
        let inside = self.differences.iter().filter(|found| {
            let removed = &found.edit.removed;
            first.position < removed.start && removed.end <= last.position_end() && found.edit.added.is_empty()
        });
        inside
            .map(|found| match found.kind {
                Variety::Hole => found.edit.removed.len(),
                _ => found
                    .edit
                    .removed
                    .clone()
                    .filter(|&position| C::may_be_nothing(text, position))
                    .count(),
            })
            .sum()
    }

    /// Tokens of the text that are missing and may not be.
    pub(crate) fn missing(&self) -> usize {
        let text = self.text();
        let edits = self.differences.iter().filter(|found| found.kind == Variety::Open);
        edits
            .flat_map(|found| found.edit.removed.clone())
            .filter(|&position| !C::may_be_nothing(text, position))
            .count()
    }

    /// Tokens at hand that agree.
    pub(crate) fn matched(&self) -> usize {
        self.blocks.iter().map(|block| block.length).sum()
    }

    /// Whether enough of the text is there to speak of it at all.
    pub(crate) fn is_plausible(&self) -> bool {
        let text = self.text();
        let required = self.found + self.missing();
        let share = match text.kind {
            TextKind::Notice | TextKind::Disclaimer => 65,
            _ if required * C::WORDS < 30 => 80,
            _ if required * C::WORDS < 80 => 70,
            _ => 50,
        };
        self.found * 100 >= required * share
            && self.found * C::WORDS >= 8
            && !self.lacks_a_part()
            && !self.is_commonplace()
    }

    /// Whether what is there of the text stands in many others as well, and what it has of its own is missing: a
    /// disclaimer, or the notice of another license.
    fn is_commonplace(&self) -> bool {
        let text = self.text();
        let own = text.own as usize;
        let positions = |block: &Block| block.position..block.position_end();
        let is_own = |position: &usize| C::is_own(text, *position);
        matches!(text.kind, TextKind::License | TextKind::Exception)
            && own * C::WORDS >= TELLING
            && self.missing() * 100 > text.required as usize * NEARLY_WHOLE
            && self.blocks.iter().flat_map(positions).filter(is_own).count() * 100 < own * OWN_SHARE
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

/// So many words of its own tell a text from others.
const TELLING: usize = 8;
/// The share of them, in percent, that must be there.
const OWN_SHARE: usize = 50;
/// A text of which no more is missing, in percent, is there whatever it has of its own.
const NEARLY_WHOLE: usize = 8;

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
    let (blocks, differences) = refined::<C>(tokens, within.start, number, blocks);
    let found = blocks
        .iter()
        .flat_map(|block| block.position..block.position_end())
        .filter(|&position| !C::is_optional(text, position))
        .count();
    let mut alignment = Alignment {
        number,
        blocks,
        score: 0,
        differences,
        found,
        corpus: PhantomData,
    };
    alignment.score = score(&alignment);
    Some(alignment)
}

/// Words in the place of others that the text lets vary explain as much as the same words, all but. What is missing, or
/// stands in its place, tells another text with some of the same words, and the more so the more it is; words that were
/// only added do not.
fn score<C: Corpus>(alignment: &Alignment<C>) -> i64 {
    let text = alignment.text();
    let matched = signed(alignment.matched());
    let mut score = 4 * matched;
    let mut changed = 0;
    for Difference { edit, kind } in &alignment.differences {
        let added = signed(edit.added.len().min(GAP_COST));
        if *kind == Variety::Open {
            let missing = edit
                .removed
                .clone()
                .filter(|&position| !C::may_be_nothing(text, position));
            let missing = signed(missing.count());
            let is_inside = edit.removed.start > 0 && edit.removed.end < text.len();
            if missing > 0 && is_inside {
                changed += missing + added;
            }
            score -= 3 * missing + 2 * added;
        } else if added > 0 {
            score += 4 * signed(edit.added.len()) - 1;
        }
    }
    let share = changed * 100 / matched.max(1);
    if text.kind == TextKind::License && C::WORDS == 1 && share > FEW_CHANGES && score > 0 {
        score - score * (CHANGED_COST * (share - FEW_CHANGES)).min(90) / 100
    } else {
        score
    }
}

/// So many words in a hundred may be changed, and it is still that text before any other.
const FEW_CHANGES: i64 = 12;
/// How many times the share of those beyond lessens the score.
const CHANGED_COST: i64 = 6;

/// So many tokens that are left out weigh as much as the least that agrees: a text of which half may be left out is no
/// better than one that says just what is there, for a word at its end that happens to agree.
const LEFT_OUT: usize = 8;

/// A count as a number that may be subtracted from.
pub(crate) fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 8)
}
