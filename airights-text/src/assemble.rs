//! Puts a reading together: every word gets its part, and the parts become spans.

use std::ops::Range;

use crate::align::Alignment;
use crate::clauses::{self, Speaker};
use crate::cover::cover;
use crate::expression::expression;
use crate::gaps::{Label, Parts};
use crate::index::{self, TextKind};
use crate::lines::Lines;
use crate::reading::{
    Clause, Harmless, HarmlessKind, Match, MatchKind, Modality, Modification, Reading, Residue, Span,
};
use crate::words::each_word;

/// Reads a text that is expected to be a licence.
pub(crate) fn read(text: &str) -> Reading {
    let mut words: Vec<Range<usize>> = Vec::with_capacity(text.len() / 6);
    let mut ids: Vec<u16> = Vec::with_capacity(text.len() / 6);
    each_word(text, |word| {
        words.push(word.start..word.end);
        ids.push(index::word_id(word.hash));
    });
    let alignments = cover(&ids);
    let lines = Lines::new(text);
    let mut parts = Parts {
        text,
        words: &words,
        ids: &ids,
        labels: vec![Label::Residue; words.len()],
        found: Vec::new(),
    };
    for (number, alignment) in alignments.iter().enumerate() {
        for block in &alignment.blocks {
            parts.labels[block.at..block.at + block.length].fill(Label::Text(number));
        }
    }
    parts.explain_gaps(&alignments);
    parts.reading(&alignments, &lines)
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

impl Parts<'_> {
    fn reading(self, alignments: &[Alignment], lines: &Lines) -> Reading {
        let mut reading = Reading::default();
        let mut noticed: Vec<&'static str> = Vec::new();
        // Alignments with notices become harmless pointers; `numbers` says which match each other one became.
        let mut numbers: Vec<Option<usize>> = Vec::new();
        for alignment in alignments {
            let text = alignment.text();
            let kind = match text.kind {
                TextKind::License => MatchKind::License,
                TextKind::Exception => MatchKind::Exception,
                TextKind::Notice => {
                    noticed.push(text.id);
                    numbers.push(None);
                    continue;
                }
            };
            numbers.push(Some(reading.matches.len()));
            reading.matches.push(Match {
                id: text.id,
                kind,
                exact: self.is_exact(alignment),
                modification: self.modification(alignment),
                spans: Vec::new(),
            });
        }
        let mut dress = String::new();
        let mut clause_spans: Vec<Option<Span>> = vec![None; self.found.len()];
        let mut contexts: Vec<Vec<Span>> = vec![Vec::new(); self.found.len()];
        for (label, bytes) in self.stretches() {
            let span = lines.span(bytes.clone());
            match label {
                Label::Text(number) => {
                    if let Some(number) = numbers[number] {
                        reading.matches[number].spans.push(span);
                    } else {
                        dress.push_str(&self.text[bytes]);
                        dress.push(' ');
                        reading.harmless.push(Harmless {
                            kind: HarmlessKind::Pointer,
                            span,
                        });
                    }
                }
                Label::Harmless(kind) => {
                    dress.push_str(&self.text[bytes]);
                    dress.push(' ');
                    reading.harmless.push(Harmless { kind, span });
                }
                Label::Clause(number) => {
                    clause_spans[number] = Some(match clause_spans[number].take() {
                        Some(first) => lines.span(first.bytes.start..span.bytes.end),
                        None => span,
                    });
                }
                Label::Companion(number) => contexts[number].push(span),
                Label::Residue => {
                    let operative = self.text_has_force(&bytes);
                    dress.push_str(&self.text[bytes]);
                    dress.push(' ');
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
            let of_match = alignments
                .iter()
                .zip(&numbers)
                .find(|(alignment, _)| {
                    let range = alignment.range();
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
        let dress = clauses::flatten(&dress);
        reading.expression = expression(&reading.matches, &noticed, &dress);
        reading
    }

    fn text_has_force(&self, bytes: &Range<usize>) -> bool {
        let start = self.words.partition_point(|word| word.end <= bytes.start);
        let end = self.words.partition_point(|word| word.start < bytes.end);
        self.has_force(&(start..end.max(start)))
    }

    fn is_exact(&self, alignment: &Alignment) -> bool {
        let text = alignment.text();
        alignment.edits().into_iter().all(|edit| {
            edit.removed.clone().all(|position| text.is_optional(position))
                && self.labels[edit.added]
                    .iter()
                    .all(|label| matches!(label, Label::Harmless(_)))
        })
    }

    fn modification(&self, alignment: &Alignment) -> Modification {
        let text = alignment.text();
        let mut worst = Modification::None;
        for edit in alignment.edits() {
            let mut added: Vec<u16> = self.ids[edit.added.clone()].to_vec();
            for position in edit.removed.clone().filter(|&position| !text.is_optional(position)) {
                let Some(id) = text.word(position) else { continue };
                if let Some(at) = added.iter().position(|&other| other == id) {
                    added.swap_remove(at);
                } else if index::is_operative_when_removed(id) {
                    worst = Modification::Unclassified;
                }
            }
            for number in edit.added {
                match self.labels[number] {
                    Label::Clause(_) | Label::Companion(_) => worst = worst.max(Modification::Clauses),
                    Label::Residue if index::is_operative_when_added(self.ids[number]) => {
                        worst = Modification::Unclassified;
                    }
                    _ => {}
                }
            }
        }
        worst
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
