//! A known text as it explains words at hand, whichever index knows it.

use std::ops::Range;

use super::align::{Alignment, Block, Difference, Edit, Variety};
use super::cover::cover;
use super::front::{begin_a_line, end_with_the_line};
use super::trivial::is_trivial;
use super::verbatim::verbatim;
use crate::chunks::{self, Symbol};
use crate::index::{self, Chunks, Corpus, TextKind, Words};

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

/// The words at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand<'a> {
    /// The text they stand in.
    pub(crate) text: &'a str,
    /// Where each is.
    pub(crate) words: &'a [Range<usize>],
    /// Their ids.
    pub(crate) ids: &'a [u16],
}

impl Hand<'_> {
    /// The letters of these words, without their dress, and their ids; not the numbers of items of a list.
    fn letters(&self, range: Range<usize>) -> Vec<(String, u16)> {
        let mut all = Vec::new();
        for number in range {
            let bytes = self.words[number].clone();
            let plain = self.text[bytes.clone()]
                .chars()
                .filter(|letter| letter.is_alphanumeric());
            let letters: String = plain.flat_map(char::to_lowercase).collect();
            if !(is_label(&letters) && self.opens_line(bytes.start)) {
                all.push((letters, self.ids[number]));
            }
        }
        all
    }

    /// Whether the words that no English text has may be names: Latin letters, and hardly any without a capital.
    /// Everything else may be a sentence in another language.
    fn are_names(&self, range: Range<usize>) -> bool {
        let unknown = range.filter(|&number| index::is_foreign(self.ids[number]));
        let mut words = unknown.map(|number| self.words[number].clone());
        let mut small = 0;
        words.all(|word| {
            // In "ex-works/some-thing" only the first begins a word.
            let begins = self.text[..word.start]
                .chars()
                .next_back()
                .is_none_or(|letter| !is_joint(letter));
            let letters = &self.text[word];
            small += usize::from(begins && letters.starts_with(char::is_lowercase));
            small <= SMALL_WORDS && letters.chars().all(is_latin)
        })
    }

    /// Whether just these stand before a word, where they are taken for the label of an item and for no words: a
    /// number of a section that a line begins with.
    fn has_between(&self, word: usize, missing: &[u16]) -> bool {
        let start = word.checked_sub(1).map_or(0, |before| self.words[before].end);
        let end = self.words.get(word).map_or(self.text.len(), |next| next.start);
        let here = self.text[start..end].chars().filter(|letter| letter.is_alphanumeric());
        let mut there = missing.iter().flat_map(|&id| index::letters(id).chars());
        let mut here = here.flat_map(char::to_lowercase);
        // The number of the item that begins there may follow.
        !missing.is_empty() && there.all(|letter| here.next() == Some(letter))
    }

    /// Whether a word is the first of its line.
    pub(super) fn begins_line(&self, word: usize) -> bool {
        word == 0 || self.text[self.words[word - 1].end..self.words[word].start].contains('\n')
    }

    /// Whether nothing but labels and marks stands before this byte on its line.
    fn opens_line(&self, at: usize) -> bool {
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = self.text[line..at].split(|letter: char| !letter.is_alphanumeric());
        at - line < 40 && before.filter(|piece| !piece.is_empty()).all(is_label)
    }
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

/// A name has at most so many words without a capital that no English text has.
const SMALL_WORDS: usize = 3;

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '/' | '_' | '.' | '@' | ':')
}

fn is_latin(letter: char) -> bool {
    !letter.is_alphabetic() || matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether this numbers an item of a list: "3", "b", "iv".
fn is_label(letters: &str) -> bool {
    let is_number = letters.len() <= 2 && letters.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = letters.len() <= 4 && letters.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    is_number || is_roman || letters.len() == 1 && letters.is_ascii()
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
