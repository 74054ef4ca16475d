//! A known text as it stands in the words at hand: what agrees, what was added, what is missing.

use std::ops::Range;

use crate::index::TextKind;

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
    /// Whether this is a change of the terms.
    pub(crate) kind: ChangeKind,
}

/// What a change of a known text amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    /// The text leaves this place open, for a name or another wording of its own, or what is missing may be left out.
    Hole,
    /// Another wording of the same clause.
    Equivalent,
    /// A slip of the pen, or another spelling.
    Trivial,
    /// The terms are others, unless what was added is shown to be harmless.
    Open,
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

    /// Words at hand that agree, or stand where the text lets its wording vary.
    pub(crate) fn matched(&self) -> usize {
        let varied = self.changes.iter().filter(|change| change.kind != ChangeKind::Open);
        let agreeing: usize = self.blocks.iter().map(Range::len).sum();
        agreeing + varied.map(|change| change.added.len()).sum::<usize>()
    }

    /// Words of the text that are missing, and may not be.
    pub(crate) fn missing(&self) -> usize {
        let open = self.changes.iter().filter(|change| change.kind == ChangeKind::Open);
        open.map(|change| change.missing.words()).sum()
    }
}
