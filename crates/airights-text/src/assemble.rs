//! Puts a reading together: every word gets its part, and the parts become spans.

use std::ops::Range;

use crate::chunks::{self, Symbol};
use crate::clauses::{self, Speaker};
use crate::force::{Force, hidden_force, is_normative};
use crate::gaps::{Extent, Label, Parts};
use crate::harmless::{is_in_mail_address, is_month};
use crate::index::{self, TextKind};
use crate::lines::Lines;
use crate::matching::{
    Change, ChangeKind, Explanation, Hand, Missing, better, licensedb_texts, spdx_texts, verbatim_texts,
};
use crate::reading::{
    self, Clause, Harmless, HarmlessKind, Match, MatchKind, Modality, Modification, Named, Reading, Residue, Span,
};
use crate::statements::{Stretch, TextHere, statements};
use crate::words::{each_word, hash_text};

/// Reads a text that is expected to be a licence.
pub(crate) fn read(text: &str) -> Reading {
    let mut words: Vec<Range<usize>> = Vec::with_capacity(text.len() / 6);
    let mut ids: Vec<u16> = Vec::with_capacity(text.len() / 6);
    let mut hash = 0;
    each_word(text, |word| {
        words.push(word.start..word.end);
        ids.push(index::word_id(word.hash));
        hash = hash_text(hash, word.hash);
    });
    let lines = Lines::new(text);
    let hand = Hand {
        text,
        words: &words,
        ids: &ids,
    };
    let quick = match index::whole_text(hash).filter(|_| !words.is_empty()) {
        Some((id, kind)) => vec![Explanation::whole(id, kind, words.len())],
        None => verbatim_texts(hand),
    };
    if !quick.is_empty() {
        let parts = Parts::explained(text, &words, &ids, &[], &quick, Extent::UntilResidue);
        if parts.leave_nothing_open(&quick) {
            return parts.reading(&quick, &lines);
        }
    }
    let texts = spdx_texts(hand);
    let parts = Parts::explained(text, &words, &ids, &[], &texts, Extent::UntilResidue);
    if parts.leave_nothing_open(&texts) {
        return parts.reading(&texts, &lines);
    }
    let symbols = symbols(text, &words);
    let (texts, symbols) = match better(&texts, licensedb_texts(&symbols), words.len()) {
        Some(better) => (better, symbols.as_slice()),
        None => (texts, [].as_slice()),
    };
    Parts::explained(text, &words, &ids, symbols, &texts, Extent::All).reading(&texts, &lines)
}

fn symbols(text: &str, words: &[Range<usize>]) -> Vec<Symbol> {
    let mut letters = String::new();
    let symbol = |word: &Range<usize>| {
        letters.clear();
        let word = &text[word.clone()];
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            letters.push_str(word);
            letters.make_ascii_lowercase();
        } else {
            let plain = word.chars().filter(|letter| letter.is_alphanumeric());
            letters.extend(plain.flat_map(char::to_lowercase));
        }
        chunks::symbol(&letters)
    };
    words.iter().map(symbol).collect()
}

/// Finds what a text that is no licence says of AI uses.
pub(crate) fn read_notice(text: &str) -> Vec<Clause> {
    let found = clauses::clauses(text, 0..text.len(), Speaker::Notice);
    if found.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    found
        .into_iter()
        .map(|found| Clause {
            ai_use: found.ai_use,
            value: found.value,
            conditions: found.conditions,
            modality: found.modality,
            span: lines.span(found.bytes),
            context: Vec::new(),
            of_match: None,
        })
        .collect()
}

impl<'a> Parts<'a> {
    /// The words with what these texts, and the words between them, make of each.
    fn explained(
        text: &'a str,
        words: &'a [Range<usize>],
        ids: &'a [u16],
        symbols: &'a [Symbol],
        texts: &[Explanation],
        extent: Extent,
    ) -> Self {
        let mut parts = Parts {
            text,
            words,
            ids,
            symbols,
            labels: vec![Label::Residue; words.len()],
            found: Vec::new(),
        };
        for (number, text) in texts.iter().enumerate() {
            for block in &text.blocks {
                parts.labels[block.clone()].fill(Label::Text(number));
            }
            for change in text.changes.iter().filter(|change| change.kind != ChangeKind::Open) {
                parts.labels[change.added.clone()].fill(Label::Text(number));
            }
        }
        parts.explain_gaps(texts, extent);
        parts
    }

    /// Whether there is a licence, every word is explained, and no licence was modified.
    fn leave_nothing_open(&self, texts: &[Explanation]) -> bool {
        let is_unmodified = texts.iter().all(|text| self.modification(text) == Modification::None);
        let speaks_of_a_license = texts.iter().any(|text| text.kind != TextKind::Disclaimer);
        speaks_of_a_license && !self.labels.contains(&Label::Residue) && is_unmodified
    }

    /// A reading with the texts that are licenses, and which of its matches each text became; notices are only pointers.
    fn with_matches(&self, texts: &[Explanation], lines: &Lines) -> (Reading, Vec<Option<usize>>) {
        let mut reading = Reading::default();
        // Notices become harmless pointers; `numbers` says which match each other text became.
        let mut numbers: Vec<Option<usize>> = Vec::new();
        for text in texts {
            let kind = match text.kind {
                TextKind::License => MatchKind::License,
                TextKind::Exception => MatchKind::Exception,
                TextKind::Notice | TextKind::Disclaimer => {
                    numbers.push(None);
                    continue;
                }
            };
            numbers.push(Some(reading.matches.len()));
            reading.matches.push(Match {
                id: text.id,
                kind,
                exact: self.is_exact(text),
                modification: self.modification(text),
                spans: Vec::new(),
                changes: self.changes(text, lines),
            });
        }
        (reading, numbers)
    }

    fn reading(self, texts: &[Explanation], lines: &Lines) -> Reading {
        let (mut reading, numbers) = self.with_matches(texts, lines);
        // What is no license text may say something of licenses.
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut clause_spans: Vec<Option<Span>> = vec![None; self.found.len()];
        let mut contexts: Vec<Vec<Span>> = vec![Vec::new(); self.found.len()];
        for (label, bytes) in self.stretches() {
            let span = lines.span(bytes.clone());
            match label {
                Label::Text(number) => {
                    if let Some(number) = numbers[number] {
                        let found = &mut reading.matches[number];
                        found.spans.push(span);
                        // An exception often stands within the notice of the license it is made to.
                        match found.kind {
                            MatchKind::License => stretches.push((bytes, Some(number))),
                            MatchKind::Exception => {
                                stretches.push((bytes.start..bytes.start, Some(number)));
                                stretches.push((bytes, None));
                            }
                        }
                    } else {
                        stretches.push((bytes, None));
                        reading.harmless.push(Harmless {
                            kind: HarmlessKind::Pointer,
                            span,
                        });
                    }
                }
                Label::Harmless(kind) => {
                    stretches.push((bytes, None));
                    reading.harmless.push(Harmless { kind, span });
                }
                Label::Clause(number) => {
                    stretches.push((bytes, None));
                    clause_spans[number] = Some(match clause_spans[number].take() {
                        Some(first) => lines.span(first.bytes.start..span.bytes.end),
                        None => span,
                    });
                }
                Label::Companion(number) => contexts[number].push(span),
                Label::Residue => {
                    let operative = self.text_has_force(&bytes, texts);
                    stretches.push((bytes, None));
                    reading.residue.push(Residue { span, operative });
                }
            }
        }
        let mut last: Option<Span> = None;
        for ((found, span), context) in self.found.iter().zip(clause_spans).zip(contexts) {
            // Two clauses in one sentence share its words.
            let span = span
                .or_else(|| last.clone())
                .unwrap_or_else(|| lines.span(found.bytes.clone()));
            last = Some(span.clone());
            let of_match = texts
                .iter()
                .zip(&numbers)
                .find(|(text, _)| {
                    let range = text.range();
                    let bytes = self.words[range.start].start..self.words[range.end - 1].end;
                    bytes.start <= span.bytes.start && span.bytes.end <= bytes.end
                })
                .and_then(|(_, number)| *number);
            reading.clauses.push(Clause {
                ai_use: found.ai_use,
                value: found.value,
                conditions: found.conditions.clone(),
                modality: found.modality,
                span,
                context,
                of_match,
            });
        }
        attach_outside(&mut reading);
        let texts: Vec<TextHere> = reading
            .matches
            .iter()
            .map(|found| TextHere {
                id: found.id,
                is_exception: found.kind == MatchKind::Exception,
            })
            .collect();
        let statements = statements(self.text, &stretches, &texts);
        let named = statements.said.into_iter().map(|said| Named {
            licenses: said.licenses,
            part: said.part,
            span: lines.span(said.bytes),
        });
        reading.named = named.collect();
        reading.base = statements.expression;
        reading
    }

    /// Whether words that nobody has classified may be terms: within a license any word of force is one, beside it those
    /// that say what must be done, or must not.
    fn text_has_force(&self, bytes: &Range<usize>, texts: &[Explanation]) -> bool {
        let start = self.words.partition_point(|word| word.end <= bytes.start);
        let end = self.words.partition_point(|word| word.start < bytes.end);
        let is_within = |text: &Explanation| text.range().start <= start && end <= text.range().end;
        let is_inside = texts
            .iter()
            .any(|text| text.kind == TextKind::License && is_within(text));
        let words = &self.text[bytes.clone()];
        start < end
            && self.is_operative(&(start..end))
            && (is_inside || is_normative(words) || hidden_force(words) == Force::Operative)
    }

    fn is_exact(&self, text: &Explanation) -> bool {
        text.changes
            .iter()
            .all(|change| change.kind == ChangeKind::Hole || self.is_harmless(change))
    }

    /// Whether nothing is missing, and what was added is known to carry no terms.
    fn is_harmless(&self, change: &Change) -> bool {
        let is_known = |label: &Label| matches!(label, Label::Harmless(_));
        change.missing.words() == 0
            && self.labels[change.added.clone()].iter().all(is_known)
            && self.leaves_nothing_open(&change.added)
    }

    /// Whether each of these words is accounted for. A title stands on a line of its own, and behind a sentence that is
    /// at its end: within a line or a sentence, some words are part of it.
    fn leaves_nothing_open(&self, words: &Range<usize>) -> bool {
        let title = Label::Harmless(HarmlessKind::Title);
        let is_word = |word: &Range<usize>| {
            let letters = &self.text[word.clone()];
            letters.chars().filter(|letter| letter.is_alphabetic()).count() > 2
                && !is_month(letters)
                && !is_in_mail_address(self.text, word)
        };
        let is_said = self.labels[words.clone()].contains(&title)
            && (self.goes_on_a_line(words.start) || self.goes_on_a_sentence(words.start))
            && self.words[words.clone()].iter().any(is_word);
        !self.labels[words.clone()].contains(&Label::Residue) && !is_said
    }

    /// Whether other words stand before this one on its line.
    fn goes_on_a_line(&self, word: usize) -> bool {
        let start = self.words[word].start;
        let line = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        self.text[line..start].chars().any(char::is_alphanumeric)
    }

    /// Whether this word opens a line, and the sentence of a known text goes on from the line before: "…, if you link it
    /// with other files,".
    fn goes_on_a_sentence(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1) else {
            return false;
        };
        let between = &self.text[self.words[before].end..self.words[word].start];
        let goes_on = between.starts_with(',') || between.starts_with(char::is_whitespace);
        let is_next_line = between.matches('\n').count() == 1;
        let is_cut_off = |text: &str| {
            text.chars()
                .all(|letter| letter.is_whitespace() || "*#/;%>|,".contains(letter))
        };
        matches!(self.labels[before], Label::Text(_)) && goes_on && is_next_line && is_cut_off(between)
    }

    fn modification(&self, text: &Explanation) -> Modification {
        let mut worst = Modification::None;
        for change in &text.changes {
            let is_clause = |label: &Label| matches!(label, Label::Clause(_) | Label::Companion(_));
            if self.labels[change.added.clone()].iter().any(is_clause) {
                worst = worst.max(Modification::Clauses);
            }
            if self.changes_terms(change) {
                worst = Modification::Unclassified;
            }
        }
        worst
    }

    /// Whether words are missing, or were added that nobody has classified.
    fn changes_terms(&self, change: &Change) -> bool {
        if change.kind != ChangeKind::Open {
            return false;
        }
        let is_open = !self.leaves_nothing_open(&change.added);
        match change.missing {
            Missing::Words(ref missing) => !missing.is_empty() || is_open,
            Missing::Hidden { force, .. } => force != self.force_added(change),
        }
    }

    /// The changes of a text that are worth telling.
    fn changes(&self, text: &Explanation, lines: &Lines) -> Vec<reading::Change> {
        let told = |change: &&Change| change.kind != ChangeKind::Hole && !self.is_harmless(change);
        let change = |change: &Change| {
            let missing = match &change.missing {
                Missing::Words(ids) => {
                    let letters: Vec<&str> = ids.iter().map(|&id| index::letters(id)).collect();
                    Some(letters.join(" "))
                }
                Missing::Hidden { .. } => None,
            };
            reading::Change {
                span: lines.span(self.bytes_of(&change.added)),
                missing,
                operative: self.changes_terms(change),
            }
        };
        text.changes.iter().filter(told).map(change).collect()
    }

    /// Where these words are; where there are none, the place behind the word before.
    fn bytes_of(&self, words: &Range<usize>) -> Range<usize> {
        if words.is_empty() {
            let at = words.start.checked_sub(1).map_or(0, |before| self.words[before].end);
            return at..at;
        }
        self.words[words.start].start..self.words[words.end - 1].end
    }

    /// The force of the words added that are no clause and not harmless.
    fn force_added(&self, change: &Change) -> u32 {
        let words = change.added.clone();
        let open: Vec<Symbol> = words
            .filter(|&number| matches!(self.labels[number], Label::Residue | Label::Text(_)))
            .map(|number| self.symbols[number])
            .collect();
        chunks::force(&open)
    }
}

/// Operative residue and clauses outside of any licence change the licence they stand next to.
fn attach_outside(reading: &mut Reading) {
    let mut changes: Vec<(usize, Modification)> = reading
        .residue
        .iter()
        .filter(|residue| residue.operative)
        .map(|residue| (residue.span.bytes.start, Modification::Unclassified))
        .collect();
    changes.extend(
        reading
            .clauses
            .iter()
            .filter(|clause| clause.modality != Modality::Permit)
            .map(|clause| (clause.span.bytes.start, Modification::Clauses)),
    );
    for (at, modification) in changes {
        let before = reading
            .matches
            .iter()
            .rposition(|found| found.spans.first().is_some_and(|span| span.bytes.start < at));
        let target = before.or_else(|| (!reading.matches.is_empty()).then_some(0));
        if let Some(found) = target.map(|number| &mut reading.matches[number]) {
            found.modification = found.modification.max(modification);
            found.exact = false;
        }
    }
}
