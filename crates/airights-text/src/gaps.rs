//! Says of every word what part it belongs to: first the words that known texts explain, then, gap by gap, clauses,
//! harmless words, and what is left over.

use std::ops::Range;

use crate::chunks::Symbol;
use crate::clauses::found::Found;
use crate::clauses::{self, Speaker};
use crate::force::{Force, hidden_force, is_foreign};
use crate::harmless::{harmless_kind, is_fenced};
use crate::index::{self, TextKind};
use crate::matching::{Change, ChangeKind, Explanation};
use crate::reading::HarmlessKind;

/// The part a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// Agrees with the text of this number, or varies from it without force.
    Text(usize),
    Harmless(HarmlessKind),
    /// Belongs to the clause of this number.
    Clause(usize),
    /// Leads up to the clause of this number, or says what follows from it.
    Companion(usize),
    Residue,
}

/// How far words are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    All,
    /// Only until words are left over: then other texts are looked for anyway.
    UntilResidue,
}

/// The words of a text, and what each is so far.
pub(crate) struct Parts<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Range<usize>],
    pub(crate) ids: &'a [u16],
    /// Empty where only SPDX texts were looked for.
    pub(crate) symbols: &'a [Symbol],
    pub(crate) labels: Vec<Label>,
    pub(crate) found: Vec<Found>,
}

/// A change inside a notice of at most this many words without force is a variation, such as another holder's name.
const VARIATION: usize = 14;

/// Fewer words than these are no clause.
const SHORTEST_CLAUSE: usize = 4;

/// A gap of more words than this is not all harmless.
const LONG_GAP: usize = 150;

/// Bytes of a line that are looked at from any place in it: what is longer is a whole text in one line, and looking for
/// its ends at each gap would take time that grows with their square.
const LONGEST_LINE: usize = 8_192;

/// Start of the line a byte is on, or a place within it where it is a very long one.
fn start_of_line(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST_LINE));
    text[from..at].rfind('\n').map_or(from, |newline| from + newline + 1)
}

/// End of the line a byte is on, or a place within it where it is a very long one.
fn end_of_line(text: &str, at: usize) -> usize {
    let to = text.ceil_char_boundary(text.len().min(at + LONGEST_LINE));
    text[at..to].find('\n').map_or(to, |length| at + length)
}

impl Parts<'_> {
    /// Labels the words that belong to no known text, as far as `extent` says.
    pub(crate) fn explain_gaps(&mut self, texts: &[Explanation], extent: Extent) {
        let mut at = 0;
        while at < self.words.len() {
            if self.labels[at] != Label::Residue {
                at += 1;
                continue;
            }
            let length = self.labels[at..]
                .iter()
                .take_while(|label| **label == Label::Residue)
                .count();
            if extent == Extent::UntilResidue && length > LONG_GAP {
                return;
            }
            let gap = at..at + length;
            self.explain_gap(gap.clone(), texts);
            if extent == Extent::UntilResidue && self.labels[gap].contains(&Label::Residue) {
                return;
            }
            at += length;
        }
    }

    fn explain_gap(&mut self, gap: Range<usize>, texts: &[Explanation]) {
        let bytes = self.words[gap.start].start..self.words[gap.end - 1].end;
        let inside = texts
            .iter()
            .position(|text| text.range().start < gap.start && gap.end < text.range().end);
        let varies = inside.is_some_and(|number| self.varies(&gap, &texts[number]));
        let repeats = inside.is_some_and(|number| self.repeats_notice(&gap, &texts[number]));
        let whole = self.widened(&bytes);
        let clauses_before = self.found.len();
        // Nothing is a variation before it is known to be no clause.
        if !(repeats || varies) || gap.len() >= SHORTEST_CLAUSE {
            self.add_clauses(&gap, whole);
        }
        if repeats || varies {
            for label in self.labels[gap].iter_mut().filter(|label| **label == Label::Residue) {
                *label = Label::Text(inside.unwrap_or_default());
            }
            return;
        }
        let mut parameters = Parameters::of(texts);
        for sentence in clauses::parts(self.text, self.line_start(bytes.start)..bytes.end) {
            let words = self.words_in(&gap, &sentence.bytes);
            if words.is_empty() || self.labels[words.start] != Label::Residue {
                continue;
            }
            let start = self.dressed_start(self.words[words.start].start);
            let end = sentence.bytes.end.max(start);
            if parameters.hold(&self.text[start..end]) {
                self.labels[words].fill(Label::Harmless(HarmlessKind::Pointer));
            } else if let Some(kind) = harmless_kind(&self.text[start..end]) {
                self.labels[words].fill(Label::Harmless(kind));
            } else if self.found.len() > clauses_before && clauses::is_companion(&self.text[start..end]) {
                self.labels[words].fill(Label::Companion(clauses_before));
            } else {
                self.explain_lines(&words);
            }
        }
        self.explain_fences(&gap);
    }

    /// The word behind the fence of a block of code names its language, and is in no sentence.
    fn explain_fences(&mut self, gap: &Range<usize>) {
        for word in gap.clone() {
            if self.labels[word] == Label::Residue && is_fenced(&self.text[..self.words[word].start]) {
                self.labels[word] = Label::Harmless(HarmlessKind::Separator);
            }
        }
    }

    /// Whether these words, inside a text, change nothing of it; in a notice, which has no terms, words without force.
    fn varies(&self, gap: &Range<usize>, text: &Explanation) -> bool {
        if text.kind == TextKind::Notice {
            return gap.len() <= VARIATION && !self.is_operative(gap);
        }
        let is_here = |change: &&Change| change.added.start <= gap.start && gap.end <= change.added.end;
        let change = text.changes.iter().find(is_here);
        change.is_some_and(|change| change.kind != ChangeKind::Open)
    }

    /// Whether these words, inside a notice, are all words of the notice: it was laid alongside out of step, where the
    /// text around it begins with the same words.
    fn repeats_notice(&self, gap: &Range<usize>, text: &Explanation) -> bool {
        let is_in_notice = |id: &u16| text.blocks.iter().any(|block| self.ids[block.clone()].contains(id));
        text.kind == TextKind::Notice && gap.len() <= VARIATION && self.ids[gap.clone()].iter().all(is_in_notice)
    }

    /// A sentence that is not harmless as a whole may hold copyright lines.
    fn explain_lines(&mut self, words: &Range<usize>) {
        let mut at = words.start;
        while at < words.end {
            let from = self.words[at].start;
            let line_start = start_of_line(self.text, from);
            let line_end = end_of_line(self.text, from);
            let length = self.words[at..words.end]
                .iter()
                .take_while(|word| word.start < line_end)
                .count();
            // Words such as "Copyright (c)" may already be explained by a licence; the whole line decides.
            let is_line = line_end - line_start < LONGEST_LINE;
            if is_line && harmless_kind(&self.text[line_start..line_end]) == Some(HarmlessKind::Copyright) {
                self.labels[at..at + length].fill(Label::Harmless(HarmlessKind::Copyright));
            }
            at += length;
        }
    }

    /// The copyright sign and its kind stand before the first word of a line.
    fn dressed_start(&self, word: usize) -> usize {
        let line = start_of_line(self.text, word);
        if self.text[line..word]
            .chars()
            .any(|letter| letter.is_alphanumeric() && letter != 'c' && letter != 'C')
        {
            word
        } else {
            line
        }
    }

    fn add_clauses(&mut self, gap: &Range<usize>, bytes: Range<usize>) {
        for clause in clauses::clauses(self.text, bytes, Speaker::License) {
            let words = self.words_in(gap, &clause.bytes);
            if words.is_empty() {
                continue;
            }
            let number = self.found.len();
            for label in &mut self.labels[words] {
                if *label == Label::Residue {
                    *label = Label::Clause(number);
                }
            }
            self.found.push(clause);
        }
    }

    /// The numbers of the words of `gap` that lie in these bytes.
    fn words_in(&self, gap: &Range<usize>, bytes: &Range<usize>) -> Range<usize> {
        let words = &self.words[gap.clone()];
        let start = gap.start + words.partition_point(|word| word.end <= bytes.start);
        let end = gap.start + words.partition_point(|word| word.start < bytes.end);
        start..end.max(start)
    }

    /// Start of the line a byte is on, so that bullets and comment leaders are seen.
    fn line_start(&self, at: usize) -> usize {
        let start = start_of_line(self.text, at);
        if self.text[start..at].chars().any(char::is_alphanumeric) {
            at
        } else {
            start
        }
    }

    /// A gap together with the rest of the paragraph it stands in.
    fn widened(&self, bytes: &Range<usize>) -> Range<usize> {
        let before = &self.text[..bytes.start];
        let mut start = before.len().saturating_sub(600);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let start = before[start..].rfind("\n\n").map_or(start, |at| start + at + 2);
        let after = &self.text[bytes.end..];
        let mut limit = after.len().min(600);
        while !after.is_char_boundary(limit) {
            limit -= 1;
        }
        let end = after[..limit].find("\n\n").unwrap_or(limit);
        start..bytes.end + end
    }

    /// Whether words may carry terms: they have force, or nobody can tell that they have none.
    pub(crate) fn is_operative(&self, words: &Range<usize>) -> bool {
        let bytes = self.words[words.start].start..self.words[words.end - 1].end;
        self.has_force(words) || hidden_force(&self.text[bytes]) == Force::Operative
    }

    fn has_force(&self, words: &Range<usize>) -> bool {
        self.ids[words.clone()]
            .iter()
            .any(|&id| index::is_operative_when_added(id))
    }
}

/// The lines of a gap that a license leaves to its licensor: the Business Source License has its date, its work and what
/// more it grants in front of its terms.
struct Parameters {
    openings: Vec<&'static str>,
    is_inside: bool,
}

impl Parameters {
    fn of(texts: &[Explanation]) -> Self {
        let rows = include_str!("../parameters.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'));
        let is_here = |id: &str| texts.iter().any(|text| text.id == id);
        Self {
            openings: rows.filter(|(id, _)| is_here(id)).map(|(_, words)| words).collect(),
            is_inside: false,
        }
    }

    /// Whether a sentence is a parameter, or goes on with the one before.
    fn hold(&mut self, sentence: &str) -> bool {
        let plain = sentence.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let opens = |words: &&&str| {
            plain
                .get(..words.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(words))
        };
        self.is_inside |= self.openings.iter().any(|words| opens(&words));
        self.is_inside && !is_foreign(sentence)
    }
}
