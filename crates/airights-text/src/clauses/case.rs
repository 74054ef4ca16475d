//! One sentence, with all that is asked about it.

use super::Speaker;
use super::above::Above;
use super::lexicon::{Class, Tagged};
use super::subject::Subject;

/// One sentence with all that bears on it.
pub(super) struct Case<'a> {
    pub(super) words: &'a str,
    pub(super) sentence: &'a Tagged,
    pub(super) above: &'a Above<'a>,
    pub(super) speaker: Speaker,
    pub(super) subject: Subject,
    /// An item of a list.
    pub(super) is_item: bool,
    /// A line to itself, with a mark of a heading or without.
    pub(super) is_caption: bool,
    /// A line behind the mark of a heading.
    pub(super) is_heading: bool,
}

/// A range of the words of a sentence.
pub(super) type Words = std::ops::Range<usize>;

impl Case<'_> {
    pub(super) fn has(&self, class: Class) -> bool {
        self.sentence.has(class)
    }

    /// The sentence, or the stem of its list.
    pub(super) fn has_with_stem(&self, class: Class) -> bool {
        self.has(class) || self.above.stem.has(class)
    }

    pub(super) fn is_short(&self) -> bool {
        self.words.len() < 110
    }

    pub(super) fn is_brief(&self) -> bool {
        self.words.len() < 300
    }
}
