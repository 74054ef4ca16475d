//! Tells apart, where a text differs from the tokens at hand, what it lets vary from what it does not.
//!
//! Where a difference touches a stretch whose wording may vary, all of that stretch is read anew (`index::holes`): which
//! words happen to agree in it says nothing.

use std::ops::Range;

use super::between::in_one_piece;
use super::block::{Block, Difference, Edit, Variety};
use crate::index::{Corpus, Step, size, widened};

/// A stretch of the two sides that holds a difference.
struct Region {
    at: Range<usize>,
    positions: Range<usize>,
    /// Whether the text lets something of it vary.
    varies: bool,
}

/// The blocks that agree, and what differs between, before and after them.
pub(crate) fn refined<C: Corpus>(
    tokens: &[C::Token],
    start: usize,
    number: usize,
    blocks: Vec<Block>,
) -> (Vec<Block>, Vec<Difference>) {
    let text = &C::texts()[number];
    let blocks = from_the_start::<C>(tokens, number, blocks);
    let mut side =
        before_the_start::<C>(tokens, start, number, blocks[0]).unwrap_or_else(|| Side::new::<C>(number, blocks[0]));
    for region in regions::<C>(number, &blocks) {
        side.same(region.at.start, region.positions.start);
        let steps = if region.varies {
            C::fit(&tokens[region.at.clone()], number, region.positions.clone(), false)
        } else {
            None
        };
        match steps {
            Some(steps) => side.steps(&steps),
            None => side.differ::<C>(number, region.at.end, region.positions.end),
        }
    }
    let last = blocks[blocks.len() - 1];
    side.same(last.end(), last.position_end());
    if side.blocks.is_empty() {
        side = Side::new::<C>(number, blocks[0]);
        for block in &blocks {
            side.differ::<C>(number, block.at, block.position);
            side.same(block.end(), block.position_end());
        }
    }
    let edge = side.blocks[side.blocks.len() - 1];
    side.at = edge.end();
    side.position = edge.position_end();
    side.differences.retain(|found| {
        found.edit.added.start < edge.end() && found.edit.removed.start < edge.position_end()
            || found.edit.removed.start == 0
    });
    side.differ::<C>(number, edge.end(), text.len());
    in_one_piece(tokens, &mut side.blocks, &mut side.differences);
    (side.blocks, side.differences)
}

/// A few words that agree at the start, with others between them and the rest, may agree by chance: they are read anew
/// together with all that is missing before them.
fn from_the_start<C: Corpus>(tokens: &[C::Token], number: usize, blocks: Vec<Block>) -> Vec<Block> {
    let [first, second, ..] = blocks[..] else {
        return blocks;
    };
    let gap = (second.at - first.end()).max(second.position - first.position_end());
    if first.position == 0 || gap < first.length || first.length > CHANCE {
        return blocks;
    }
    let Some(steps) = C::fit(&tokens[first.at..second.at], number, 0..second.position, false) else {
        return blocks;
    };
    let mut start = Side {
        at: first.at,
        position: 0,
        blocks: Vec::new(),
        differences: Vec::new(),
    };
    start.steps(&steps);
    for block in &blocks[1..] {
        (start.at, start.position) = (block.at, block.position);
        start.same(block.end(), block.position_end());
    }
    start.blocks
}

/// Words missing at the start that are looked for among those before it.
const BEFORE: usize = 80;

/// What the first words of a text are, where the first block does not begin with them: of few words, or of a name, too
/// few agree to be found.
fn before_the_start<C: Corpus>(tokens: &[C::Token], start: usize, number: usize, first: Block) -> Option<Side> {
    let text = &C::texts()[number];
    let missing = (0..first.position)
        .filter(|&position| !C::may_be_nothing(text, position))
        .count();
    let reach = if missing > 0 { first.position + CHANCE } else { CHANCE };
    let from = start.max(first.at.saturating_sub(reach));
    if first.position == 0 || missing > 0 && first.position > BEFORE || from == first.at {
        return None;
    }
    let steps = C::fit(tokens.get(from..first.at)?, number, 0..first.position, true)?;
    let before = steps.iter().take_while(|step| **step == Step::Added).count();
    let steps = &steps[before..];
    // A title stands before all that may be left out.
    let same = steps.iter().filter(|step| **step == Step::Same).count();
    if missing == 0 && same < 2 || steps.iter().any(|step| matches!(step, Step::Missing | Step::Added)) {
        return None;
    }
    let mut side = Side {
        at: from + before,
        position: 0,
        blocks: Vec::new(),
        differences: Vec::new(),
    };
    side.steps(steps);
    Some(side)
}

/// So many words may agree by chance.
const CHANCE: usize = 16;

/// Where the two sides differ between the blocks, each together with all the holes it touches.
fn regions<C: Corpus>(number: usize, blocks: &[Block]) -> Vec<Region> {
    let mut all: Vec<Region> = Vec::new();
    for pair in blocks.windows(2) {
        let removed = pair[0].position_end()..pair[1].position;
        let mut positions = widened(C::holes(number), &removed);
        let varies = positions != removed
            || C::holes(number)
                .iter()
                .any(|hole| touches(hole.start, hole.end, &removed));
        // What begins or ends inside another difference takes in all of that.
        for other in blocks.windows(2) {
            let other = other[0].position_end()..other[1].position;
            if other.start < positions.start && positions.start < other.end {
                positions.start = other.start;
            }
            if other.start < positions.end && positions.end < other.end {
                positions.end = other.end;
            }
        }
        let (first, last) = (blocks[0], blocks[blocks.len() - 1]);
        positions = positions.start.max(first.position)..positions.end.min(last.position_end());
        if let Some(before) = all.last()
            && positions.start <= before.positions.end
        {
            positions = positions.start.min(before.positions.start)..positions.end.max(before.positions.end);
            let varies = varies || before.varies;
            all.pop();
            all.extend(region(blocks, positions, varies));
        } else {
            all.extend(region(blocks, positions, varies));
        }
    }
    all
}

fn touches(start: u16, end: u16, words: &Range<usize>) -> bool {
    usize::from(start) <= words.end && words.start <= usize::from(end)
}

/// The tokens at hand that lie beside these positions: what was added at either edge is among them.
fn region(blocks: &[Block], positions: Range<usize>, varies: bool) -> Option<Region> {
    let holds = |position: usize| move |block: &&Block| block.position <= position && position <= block.position_end();
    let first = blocks.iter().find(holds(positions.start))?;
    let last = blocks.iter().rfind(holds(positions.end))?;
    Some(Region {
        at: first.at + positions.start - first.position..last.at + positions.end - last.position,
        positions,
        varies,
    })
}

/// What was told of the two sides so far.
struct Side {
    at: usize,
    position: usize,
    blocks: Vec<Block>,
    differences: Vec<Difference>,
}

impl Side {
    fn new<C: Corpus>(number: usize, first: Block) -> Self {
        let mut side = Self {
            at: first.at,
            position: 0,
            blocks: Vec::new(),
            differences: Vec::new(),
        };
        side.differ::<C>(number, first.at, first.position);
        side
    }

    /// The two sides agree up to here.
    fn same(&mut self, at: usize, position: usize) {
        let length = at.saturating_sub(self.at);
        if length > 0 {
            if let Some(last) = self.blocks.last_mut()
                && last.end() == self.at
                && last.position_end() == self.position
            {
                last.length += length;
            } else {
                self.blocks.push(Block {
                    at: self.at,
                    position: self.position,
                    length,
                });
            }
        }
        (self.at, self.position) = (at, position);
    }

    /// They differ up to here, and nothing is known of it but what may be left out.
    fn differ<C: Corpus>(&mut self, number: usize, at: usize, position: usize) {
        let text = &C::texts()[number];
        let is_edge = self.blocks.is_empty() || position == text.len();
        let may_lack = |position| C::may_be_nothing(text, position) || is_edge && C::is_optional(text, position);
        let is_left_out = at == self.at && (self.position..position).all(may_lack);
        let kind = if is_left_out { Variety::Hole } else { Variety::Open };
        self.add(at, position, kind);
    }

    fn add(&mut self, at: usize, position: usize, kind: Variety) {
        let edit = Edit {
            added: self.at..at,
            removed: self.position..position,
        };
        (self.at, self.position) = (at, position);
        if edit.added.is_empty() && edit.removed.is_empty() {
            return;
        }
        if let Some(last) = self.differences.last_mut()
            && last.kind == kind
            && kind == Variety::Open
            && last.edit.added.end == edit.added.start
            && last.edit.removed.end == edit.removed.start
        {
            last.edit = Edit {
                added: last.edit.added.start..edit.added.end,
                removed: last.edit.removed.start..edit.removed.end,
            };
        } else {
            self.differences.push(Difference { edit, kind });
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for &step in steps {
            let (at_hand, known) = size(step);
            let (at, position) = (self.at + at_hand, self.position + known);
            match step {
                Step::Same => self.same(at, position),
                Step::Missing | Step::Added => self.add(at, position, Variety::Open),
                Step::Instead {
                    is_equivalent: true, ..
                } => self.add(at, position, Variety::Equivalent),
                Step::LeftOut | Step::Instead { .. } => self.add(at, position, Variety::Hole),
            }
        }
    }
}
