//! Reads long texts a piece at a time, so that the memory a reading takes does not grow with the text.
//!
//! What is read is each piece in plain letters ([`Plain`]); the places of a reading are those of the text as it is.
//! A piece ends where a paragraph does, and never inside a licence: what follows the last licence that was found whole
//! is left to the next piece. Headings and stems of lists do not reach from one piece into the next.

use std::ops::Range;

use crate::lines::Lines;
use crate::plain::Plain;
use crate::reading::{Clause, Disguise, DisguiseKind, Harmless, HarmlessKind, Match, Reading, Residue, Span};
use crate::words::hash_word;
use crate::{assemble, index, shingle};

/// Bytes of a piece; several times the longest licence.
const SEGMENT: usize = 1 << 20;

/// Disguised words that are listed at most.
const DISGUISES: usize = 32;

/// Reads a text that is expected to be a licence.
pub(crate) fn read(text: &str) -> Reading {
    read_in(text, SEGMENT)
}

/// Finds what a text that is no licence says of AI uses.
pub(crate) fn read_notice(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    let mut place = Place::default();
    while place.bytes < text.len() {
        let end = paragraph_end(text, place.bytes, SEGMENT);
        let part = &text[place.bytes..end];
        all.extend(read_notice_part(part).into_iter().map(|mut clause| {
            place.shift_clause(&mut clause, 0);
            clause
        }));
        place.pass(part);
    }
    all
}

fn read_in(text: &str, segment: usize) -> Reading {
    let mut whole = Whole::default();
    let mut place = Place::default();
    while place.bytes < text.len() {
        let end = paragraph_end(text, place.bytes, segment);
        let part = &text[place.bytes..end];
        let mut reading = read_part(part);
        let kept = if end < text.len() {
            settled(&reading, part.len())
        } else {
            part.len()
        };
        if kept < part.len() {
            reading = read_part(&part[..kept]);
        }
        whole.add(reading, &place);
        place.pass(&part[..kept]);
    }
    whole.finish()
}

/// Reads a piece.
fn read_part(part: &str) -> Reading {
    let plain = plain(part);
    let mut reading = assemble::read(plain.text());
    if plain.is_changed() {
        restore(&mut reading, part, &plain);
    }
    reading
}

fn read_notice_part(part: &str) -> Vec<Clause> {
    let plain = plain(part);
    let mut clauses = assemble::read_notice(plain.text());
    if plain.is_changed() && !clauses.is_empty() {
        let lines = Lines::new(part);
        for clause in &mut clauses {
            restore_clause(clause, &plain, &lines);
        }
    }
    clauses
}

fn plain(text: &str) -> Plain<'_> {
    Plain::new(text, |word| index::word_id(hash_word(word)) != shingle::UNKNOWN)
}

/// Turns the places in the plain text into those in the text as it is, and adds what is in no part since it was taken out.
fn restore(reading: &mut Reading, text: &str, plain: &Plain<'_>) {
    let lines = Lines::new(text);
    for clause in &mut reading.clauses {
        restore_clause(clause, plain, &lines);
    }
    let matches = reading.matches.iter_mut().flat_map(|found| {
        found
            .spans
            .iter_mut()
            .chain(found.changes.iter_mut().map(|change| &mut change.span))
    });
    let harmless = reading.harmless.iter_mut().map(|harmless| &mut harmless.span);
    let residue = reading.residue.iter_mut().map(|residue| &mut residue.span);
    let named = reading.named.iter_mut().map(|named| &mut named.span);
    for span in matches.chain(harmless).chain(residue).chain(named) {
        *span = lines.span(plain.original(span.bytes.clone()));
    }
    let removed = uncovered(reading, text, &plain.changed());
    reading.harmless.extend(removed.into_iter().map(|bytes| Harmless {
        kind: HarmlessKind::Separator,
        span: lines.span(bytes),
    }));
    reading.harmless.sort_by_key(|harmless| harmless.span.bytes.start);
    let disguises = plain.disguises.iter().map(|(kind, bytes)| Disguise {
        kind: *kind,
        span: lines.span(bytes.clone()),
    });
    reading.disguises = disguises.collect();
    // What is not what it seems was read for what it is, and is never passed over.
    let hides = |disguise: &&Disguise| disguise.kind != DisguiseKind::CompatibilityLetters;
    reading
        .residue
        .extend(reading.disguises.iter().filter(hides).map(|disguise| Residue {
            span: disguise.span.clone(),
            operative: disguise.kind != DisguiseKind::FormatCharacter,
        }));
    reading.residue.sort_by_key(|residue| residue.span.bytes.start);
}

fn restore_clause(clause: &mut Clause, plain: &Plain<'_>, lines: &Lines) {
    for span in std::iter::once(&mut clause.span).chain(&mut clause.context) {
        *span = lines.span(plain.original(span.bytes.clone()));
    }
}

/// What of these stretches, which are in order, is in no part of a reading; without the blanks around it.
fn uncovered(reading: &Reading, text: &str, stretches: &[Range<usize>]) -> Vec<Range<usize>> {
    let matches = reading.matches.iter().flat_map(|found| &found.spans);
    let clauses = reading
        .clauses
        .iter()
        .flat_map(|clause| std::iter::once(&clause.span).chain(&clause.context));
    let harmless = reading.harmless.iter().map(|harmless| &harmless.span);
    let residue = reading.residue.iter().map(|residue| &residue.span);
    let spans = matches.chain(clauses).chain(harmless).chain(residue);
    let mut covered: Vec<Range<usize>> = spans.map(|span| span.bytes.clone()).collect();
    covered.sort_by_key(|bytes| bytes.start);
    let mut covered = covered.into_iter().peekable();
    let mut end = 0;
    let mut all: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        while let Some(next) = covered.next_if(|next| next.start <= stretch.start) {
            end = end.max(next.end);
        }
        let rest = stretch.start.max(end)..stretch.end.max(end);
        let words = text[rest.clone()].trim();
        if words.is_empty() {
            continue;
        }
        // One stretch may reach into the next, where a layer changed what another one had changed.
        end = rest.end;
        let start = rest.start + (rest.len() - text[rest].trim_start().len());
        match all.last_mut() {
            Some(last) if text[last.end..start].trim().is_empty() => last.end = start + words.len(),
            _ => all.push(start..start + words.len()),
        }
    }
    all
}

/// Where a piece of about this many bytes ends: after a blank line, else after a line, else after a word.
fn paragraph_end(text: &str, start: usize, size: usize) -> usize {
    if text.len() - start <= size {
        return text.len();
    }
    let mut end = start + size;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let half = start + size / 2;
    let last = text.get(half..end).or_else(|| text.get(start..end)).unwrap_or("");
    let blank = last.rfind("\n\n").map(|at| at + 2);
    let line = || last.rfind('\n').map(|at| at + 1);
    let word = || last.rfind(char::is_whitespace).map(|at| at + 1);
    let kept = blank.or_else(line).or_else(word);
    // White space of several bytes ends past its first.
    let mut cut = kept.map_or(end, |length| end - last.len() + length);
    while !text.is_char_boundary(cut) {
        cut += 1;
    }
    cut
}

/// How much of a piece was read for good: up to the end of its last licence; where that is not all there and may go on
/// behind the piece, up to the end of the one before, since its title goes with it, or else up to its start. All of it
/// where none of these is in the second half.
fn settled(reading: &Reading, length: usize) -> usize {
    let start = |found: &Match| found.spans.first().map_or(0, |span| span.bytes.start);
    let end = |found: &Match| found.spans.last().map_or(0, |span| span.bytes.end);
    let mut matches: Vec<&Match> = reading.matches.iter().collect();
    matches.sort_by_key(|found| end(found));
    let ends = match matches.as_slice() {
        [.., last] if last.exact => [end(last), 0],
        [.., before, last] => [end(before), start(last)],
        [last] => [start(last), 0],
        [] => [0, 0],
    };
    ends.into_iter().find(|end| *end > length / 2).unwrap_or(length)
}

/// How far a text was read.
#[derive(Clone, Copy, Default)]
struct Place {
    bytes: usize,
    lines: u32,
}

impl Place {
    fn pass(&mut self, part: &str) {
        let lines = part.bytes().filter(|byte| *byte == b'\n').count();
        self.bytes += part.len();
        self.lines = self.lines.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    fn shift(&self, span: &mut Span) {
        let Range { start, end } = span.bytes;
        span.bytes = start + self.bytes..end + self.bytes;
        let (first, last) = span.lines;
        span.lines = (first.saturating_add(self.lines), last.saturating_add(self.lines));
    }

    fn shift_clause(&self, clause: &mut Clause, matches_before: usize) {
        self.shift(&mut clause.span);
        clause.context.iter_mut().for_each(|span| self.shift(span));
        clause.of_match = clause.of_match.map(|number| number + matches_before);
    }
}

/// The readings of the pieces as one.
#[derive(Default)]
struct Whole {
    reading: Reading,
    expressions: Vec<String>,
}

impl Whole {
    fn add(&mut self, mut part: Reading, place: &Place) {
        for clause in &mut part.clauses {
            place.shift_clause(clause, self.reading.matches.len());
        }
        for found in &mut part.matches {
            let changes = found.changes.iter_mut().map(|change| &mut change.span);
            found.spans.iter_mut().chain(changes).for_each(|span| place.shift(span));
        }
        let harmless = part.harmless.iter_mut().map(|harmless| &mut harmless.span);
        let residue = part.residue.iter_mut().map(|residue| &mut residue.span);
        let disguises = part.disguises.iter_mut().map(|disguise| &mut disguise.span);
        let named = part.named.iter_mut().map(|named| &mut named.span);
        for span in harmless.chain(residue).chain(disguises).chain(named) {
            place.shift(span);
        }
        self.reading.matches.append(&mut part.matches);
        self.reading.clauses.append(&mut part.clauses);
        self.reading.harmless.append(&mut part.harmless);
        self.reading.residue.append(&mut part.residue);
        self.reading.named.append(&mut part.named);
        let room = DISGUISES.saturating_sub(self.reading.disguises.len());
        self.reading.disguises.extend(part.disguises.into_iter().take(room));
        if let Some(expression) = part.base
            && !self.expressions.contains(&expression)
        {
            self.expressions.push(expression);
        }
    }

    /// What all pieces amount to: each of them holds.
    fn finish(mut self) -> Reading {
        let is_single = self.expressions.len() < 2;
        let terms = self.expressions.into_iter().map(|term| {
            if term.contains(" OR ") && !is_single {
                format!("({term})")
            } else {
                term
            }
        });
        self.reading.base = terms.reduce(|all, term| format!("{all} AND {term}"));
        self.reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_whole_wherever_pieces_end() {
        let ids = ["MIT", "Apache-2.0", "ISC", "BSD-3-Clause", "Zlib", "MPL-2.0"];
        let text = |id: &str| {
            spdx::text::LICENSE_TEXTS
                .iter()
                .find(|(name, _)| *name == id)
                .map_or("", |found| found.1)
        };
        let both: String = ids
            .iter()
            .cycle()
            .take(36)
            .map(|id| format!("{}\n\n* * *\n\n", text(id)))
            .collect();
        let at_once = assemble::read(&both);
        let found = |reading: &Reading| reading.matches.iter().map(|found| found.id).collect::<Vec<_>>();
        for size in [60_000, 71_000, 101_001] {
            let pieces = read_in(&both, size);
            assert_eq!(found(&pieces), found(&at_once), "{size}");
            assert_eq!(pieces.residue, at_once.residue, "{size}");
            let spans = |reading: &Reading| {
                reading
                    .matches
                    .iter()
                    .map(|found| found.spans.clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(spans(&pieces), spans(&at_once), "{size}");
        }
    }

    #[test]
    fn pieces_end_on_characters_and_move_on() {
        for text in [
            "ä".repeat(5_000),
            "\u{2003}".repeat(5_000),
            "a\u{2028}ß ".repeat(2_000),
            "x".repeat(9_000),
        ] {
            let mut at = 0;
            while at < text.len() {
                let end = paragraph_end(&text, at, 1_001);
                assert!(text.is_char_boundary(end) && at < end, "{at}..{end}");
                at = end;
            }
            read_in(&text, 1_001);
        }
    }
}
