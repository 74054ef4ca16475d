//! What an alignment is made of: where both sides have the same tokens, and where they differ.

use std::ops::Range;

use crate::index::Places;

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

/// A place where the two sides differ: tokens at hand that were added, tokens of the text that are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Tokens at hand.
    pub(crate) added: Range<usize>,
    /// Tokens of the text.
    pub(crate) removed: Range<usize>,
}

/// A place where the two sides differ, and whether the text lets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) edit: Edit,
    pub(crate) kind: Variety,
}

/// What a text makes of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variety {
    /// It leaves this place open, or it may be left out.
    Hole,
    /// The same in other words.
    Equivalent,
    /// It knows nothing of it.
    Open,
}
