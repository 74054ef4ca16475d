//! What differs between two texts, word by word: how lines are broken and indented changes no terms.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// So many words that stayed stand on each side of those that did not.
const CONTEXT: usize = 6;
/// What stayed between so many times as many words that did not stayed by chance.
const BY_CHANCE: usize = 6;
/// Texts of more words are compared line by line, those of more lines as a whole: a stranger decides how long a text is,
/// and how much of it differs.
const MOST_COMPARED: usize = 40_000;
/// Of a longer stretch only the ends are kept, half of this each.
const MOST_WORDS: usize = 120;

/// What differs between two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordChange {
    /// Words that stayed.
    pub kept: usize,
    /// Words that went.
    pub removed: usize,
    /// Words that came.
    pub added: usize,
    /// The places where words changed: those in clauses on AI uses first, then from top to bottom. None: only the layout
    /// differs.
    pub hunks: Vec<Hunk>,
}

/// A place where words changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// First and last line in the text as it was, 1-based and inclusive; `None` where it has no words here.
    pub lines_before: Option<(u32, u32)>,
    /// The same in the text as it is.
    pub lines_after: Option<(u32, u32)>,
    /// Whether it lies in a clause on AI uses, of either text.
    pub is_clause: bool,
    /// The words in order, with a few around them that stayed. Long stretches have `…` in their middle.
    pub pieces: Vec<Piece>,
}

/// Words in a row with the same fate, joined by single blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// They stayed.
    Same(String),
    /// They went.
    Removed(String),
    /// They came.
    Added(String),
}

impl WordChange {
    /// Whether hardly anything stayed: it is another text rather than a changed one.
    pub fn is_another_text(&self) -> bool {
        self.kept < self.removed.max(self.added) / 2
    }
}

/// Compares two texts. `clauses` are the lines in which each speaks of AI uses.
pub fn compare_words(before: (&str, &[(u32, u32)]), after: (&str, &[(u32, u32)])) -> WordChange {
    let (was, is, context) = units(before.0, after.0);
    let (old, new): (Vec<&str>, Vec<&str>) = (texts_of(&was), texts_of(&is));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut change = WordChange::default();
    for op in &ops {
        let (tag, old_range, new_range) = op.as_tag_tuple();
        let (went, came) = (count(&old[old_range]), count(&new[new_range]));
        if tag == DiffTag::Equal {
            change.kept += went;
        } else {
            change.removed += went;
            change.added += came;
        }
    }
    let groups = group_diff_ops(ops, context);
    let has_changes = |group: &Vec<DiffOp>| group.iter().any(|op| op.tag() != DiffTag::Equal);
    let hunks = groups.iter().filter(|group| has_changes(group)).map(|group| {
        let changed = group.iter().filter(|op| op.tag() != DiffTag::Equal);
        let lines_before = lines(&was, changed.clone().map(DiffOp::old_range));
        let lines_after = lines(&is, changed.map(DiffOp::new_range));
        Hunk {
            is_clause: meets(lines_before, before.1) || meets(lines_after, after.1),
            lines_before,
            lines_after,
            pieces: pieces(group, &old, &new),
        }
    });
    change.hunks = hunks.collect();
    change.hunks.sort_by_key(|hunk| !hunk.is_clause);
    change
}

/// A part of a text, with the line it begins on.
type Unit<'t> = (u32, &'t str);

/// What is compared of two texts, and how many units that stayed are shown around those that did not.
fn units<'t>(before: &'t str, after: &'t str) -> (Vec<Unit<'t>>, Vec<Unit<'t>>, usize) {
    let fits = |units: &[Unit<'_>]| units.len() <= MOST_COMPARED;
    let (was, is) = (words(before), words(after));
    if fits(&was) && fits(&is) {
        return (was, is, CONTEXT);
    }
    let (was, is) = (lines_of(before), lines_of(after));
    if fits(&was) && fits(&is) {
        return (was, is, 1);
    }
    (vec![(1, before)], vec![(1, after)], 0)
}

fn words(text: &str) -> Vec<Unit<'_>> {
    let lines = (1..).zip(text.lines());
    lines
        .flat_map(|(number, line)| line.split_whitespace().map(move |word| (number, word)))
        .collect()
}

fn lines_of(text: &str) -> Vec<Unit<'_>> {
    let lines = (1..).zip(text.lines().map(str::trim));
    lines.filter(|(_, line)| !line.is_empty()).collect()
}

fn count(units: &[&str]) -> usize {
    units.iter().map(|unit| unit.split_whitespace().count()).sum()
}

fn texts_of<'t>(units: &[Unit<'t>]) -> Vec<&'t str> {
    units.iter().map(|&(_, word)| word).collect()
}

/// The lines from the first of some units to the last.
fn lines(words: &[Unit<'_>], ranges: impl Iterator<Item = Range<usize>>) -> Option<(u32, u32)> {
    let ranges = ranges.filter(|range| !range.is_empty());
    ranges
        .map(|range| (words[range.start].0, words[range.end - 1].0))
        .reduce(|(first, _), (_, last)| (first, last))
}

fn meets(lines: Option<(u32, u32)>, clauses: &[(u32, u32)]) -> bool {
    lines.is_some_and(|(first, last)| clauses.iter().any(|&(from, to)| first <= to && from <= last))
}

/// The words of a place in their order. A word or two that stayed by chance between many that did not would only break
/// up what is to be read, so they are told with both.
fn pieces(group: &[DiffOp], old: &[&str], new: &[&str]) -> Vec<Piece> {
    let size = |op: &DiffOp| op.old_range().len().max(op.new_range().len());
    let stays_apart = |at: usize| {
        let around = at
            .checked_sub(1)
            .and_then(|before| Some((group.get(before)?, group.get(at + 1)?)));
        around.is_none_or(|(before, after)| size(before) + size(after) < BY_CHANCE * size(&group[at]))
    };
    let mut pieces = Vec::new();
    let (mut removed, mut added): (Range<usize>, Range<usize>) = (0..0, 0..0);
    let flush = |removed: &mut Range<usize>, added: &mut Range<usize>, pieces: &mut Vec<Piece>| {
        let (went, came) = (std::mem::take(removed), std::mem::take(added));
        pieces.extend((!went.is_empty()).then(|| Piece::Removed(joined(&old[went]))));
        pieces.extend((!came.is_empty()).then(|| Piece::Added(joined(&new[came]))));
    };
    for (at, op) in group.iter().enumerate() {
        if op.tag() == DiffTag::Equal && stays_apart(at) {
            flush(&mut removed, &mut added, &mut pieces);
            pieces.push(Piece::Same(joined(&old[op.old_range()])));
        } else {
            removed = extended(&removed, op.old_range());
            added = extended(&added, op.new_range());
        }
    }
    flush(&mut removed, &mut added, &mut pieces);
    pieces
}

/// A stretch and the one that follows it.
fn extended(stretch: &Range<usize>, next: Range<usize>) -> Range<usize> {
    if stretch.is_empty() {
        next
    } else {
        stretch.start..next.end
    }
}

fn joined(units: &[&str]) -> String {
    let words: Vec<&str> = units.iter().flat_map(|unit| unit.split_whitespace()).collect();
    if words.len() <= MOST_WORDS {
        return words.join(" ");
    }
    let (start, end) = (&words[..MOST_WORDS / 2], &words[words.len() - MOST_WORDS / 2..]);
    format!("{} … {}", start.join(" "), end.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The changed words in their order: `[-gone-]`, `{+come+}`.
    fn shown(change: &WordChange) -> Vec<String> {
        let hunks = change.hunks.iter().map(|hunk| {
            let pieces = hunk.pieces.iter().map(|piece| match piece {
                Piece::Same(words) => words.clone(),
                Piece::Removed(words) => format!("[-{words}-]"),
                Piece::Added(words) => format!("{{+{words}+}}"),
            });
            pieces.collect::<Vec<_>>().join(" ")
        });
        hunks.collect()
    }

    #[test]
    fn only_changed_words_are_told_with_a_few_around_them() {
        let before = "a b c d e f g h i j\nCopyright 2023 Somebody\nk l m n o p q r s t u 1 2 3 4 5 6";
        let after = "a b c d e f g h i j Copyright\n2024 Somebody k l m n o p q r s t u 1 2 3 4 5 6 7";
        let change = compare_words((before, &[]), (after, &[]));
        assert_eq!(
            shown(&change),
            [
                "f g h i j Copyright [-2023-] {+2024+} Somebody k l m n o",
                "1 2 3 4 5 6 {+7+}"
            ]
        );
        assert_eq!((change.kept, change.removed, change.added), (29, 1, 2));
        assert_eq!(change.hunks[0].lines_before, Some((2, 2)));
        assert_eq!(change.hunks[1].lines_before, None);
        assert!(!change.is_another_text());
    }

    #[test]
    fn a_word_that_stayed_by_chance_breaks_nothing_up() {
        let before = "THE OLD TERMS OF USE AND WHATEVER ELSE THERE WAS stay here";
        let after = "NEW CONDITIONS AND NOTHING MORE stay here";
        let change = compare_words((before, &[]), (after, &[]));
        assert_eq!(
            shown(&change),
            ["[-THE OLD TERMS OF USE AND WHATEVER ELSE THERE WAS-] {+NEW CONDITIONS AND NOTHING MORE+} stay here"]
        );
        assert_eq!((change.kept, change.removed, change.added), (3, 9, 4));
        let change = compare_words(("in 2023 by A", &[]), ("in 2024 by B", &[]));
        assert_eq!(shown(&change), ["in [-2023-] {+2024+} by [-A-] {+B+}"]);
    }

    #[test]
    fn another_layout_is_no_other_text() {
        let change = compare_words(("a  b\r\nc", &[]), ("a\n\tb c\n", &[]));
        assert_eq!((change.hunks.len(), change.kept), (0, 3));
    }

    #[test]
    fn clauses_come_first() {
        let filler = "x y z u v w x y z u v w x y z\n".repeat(3);
        let before = format!("one\n{filler}two\n{filler}no training\n");
        let after = format!("1\n{filler}2\n{filler}training is fine\n");
        let change = compare_words((&before, &[(9, 9)]), (&after, &[]));
        assert_eq!(change.hunks.len(), 3);
        assert!(change.hunks[0].is_clause && !change.hunks[1].is_clause);
        assert_eq!(change.hunks[1].lines_before, Some((1, 1)));
    }

    #[test]
    fn long_stretches_keep_their_ends() {
        let long: String = (0..1000).map(|number| format!("w{number} ")).collect();
        let change = compare_words(("", &[]), (&long, &[]));
        let [Piece::Added(words)] = &change.hunks[0].pieces[..] else {
            panic!("{change:?}")
        };
        assert!(words.starts_with("w0 ") && words.ends_with(" w999") && words.contains(" … "));
        assert!(change.is_another_text());
    }

    #[test]
    fn texts_of_any_length_are_compared_as_far_as_that_is_worth_it() {
        let lines = |count: usize, change: &str| -> String {
            let line = |number: usize| format!("line {number} of the text\n");
            (0..count)
                .map(|number| {
                    if number == 7 {
                        format!("{change}\n")
                    } else {
                        line(number)
                    }
                })
                .collect()
        };
        let (before, after) = (lines(20_000, "one thing"), lines(20_000, "another thing"));
        let change = compare_words((&before, &[]), (&after, &[]));
        assert_eq!((change.removed, change.added), (2, 2));
        assert_eq!(
            shown(&change),
            ["line 6 of the text [-one thing-] {+another thing+} line 8 of the text"]
        );
        assert_eq!(change.hunks[0].lines_after, Some((8, 8)));
        let (before, after) = (lines(50_000, "one thing"), lines(50_000, "another thing"));
        let change = compare_words((&before, &[]), (&after, &[]));
        assert_eq!((change.kept, change.removed, change.hunks.len()), (0, 249_997, 1));
        let change = compare_words((&before, &[]), (&before, &[]));
        assert_eq!((change.removed, change.hunks.len()), (0, 0));
    }

    proptest! {
        #[test]
        fn every_word_is_told(before in "([ab] |\n){0,40}", after in "([abc] |\n){0,40}") {
            let change = compare_words((&before, &[]), (&after, &[]));
            let words = |text: &str| text.split_whitespace().count();
            prop_assert_eq!(change.kept + change.removed, words(&before));
            prop_assert_eq!(change.kept + change.added, words(&after));
            let is_same = before.split_whitespace().eq(after.split_whitespace());
            prop_assert_eq!(change.hunks.is_empty(), is_same);
        }
    }
}
