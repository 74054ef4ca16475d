//! The table of signals: files that say in a form for machines what AI may do with a package.
//!
//! A signal is a file of `signals/`: what it is called, in which vocabularies it speaks, and how it is read. One row of
//! [`SIGNALS`] makes it known. All of them are preferences, unless their vocabulary is one of reservations.

pub(super) mod ai_txt;
pub(super) mod git_attributes;
pub(super) mod keep_away;
pub(super) mod robots;
pub(super) mod rsl;
pub(super) mod tdmrep;

use std::ops::Range;

use airights_text::signals::{About, Signal};
use airights_text::{AiUse, Clause, Lines, Modality, Said, Span, UseValue};
use airights_vocabularies::{Kind, Unreadable, Vocabulary};

use super::place::Place;

/// Every signal.
pub(super) static SIGNALS: &[&SignalFile] = &[
    &ai_txt::SIGNAL,
    &git_attributes::SIGNAL,
    &keep_away::SIGNAL,
    &robots::SIGNAL,
    &rsl::SIGNAL,
    &tdmrep::SIGNAL,
];

/// A file that is a signal.
#[derive(Debug)]
pub(super) struct SignalFile {
    /// What it is called, by where it stands; written as in the [`table`](super::table).
    pub(super) names: &'static [(Place, &'static [&'static str])],
    /// The vocabularies it speaks in, where these are known to others as well.
    pub(super) vocabularies: &'static [Vocabulary],
    /// Whether it is also read as a text in which somebody may say anything.
    has_words: bool,
    /// What its form says, or why it is not in that form.
    read: fn(&str) -> Result<Vec<Signal>, Unreadable>,
}

impl PartialEq for SignalFile {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for SignalFile {}

impl SignalFile {
    /// What it says in words, and what its form adds.
    ///
    /// # Errors
    ///
    /// Why it is not in its form.
    pub(super) fn clauses(&self, text: &str) -> Result<Vec<Clause>, String> {
        let reserves = self.vocabularies.iter().any(|of| of.kind() == Kind::Reservation);
        let signals = (self.read)(text).map_err(|error| error.to_string())?;
        let signals = clauses(text, signals, reserves);
        let mut words = if self.has_words { of_notice(text) } else { Vec::new() };
        let is_new = |said: &Clause| {
            let mut known = signals.iter();
            !known.any(|clause| (clause.ai_use, clause.value) == (said.ai_use, said.value))
        };
        words.retain(is_new);
        Ok([signals, words].concat())
    }
}

/// What a text says that is no license: in words, in lines for machines, and in documents that stand in it.
pub(super) fn of_notice(text: &str) -> Vec<Clause> {
    with_embedded(text, airights_text::read_notice(text))
}

/// What a text says, with what the documents say that stand in it.
pub(super) fn with_embedded(text: &str, mut said: Vec<Clause>) -> Vec<Clause> {
    said.extend(clauses(text, rsl::embedded(text), false));
    said
}

/// Signals as clauses. Where the vocabulary is one of reservations, what is not allowed is reserved.
fn clauses(text: &str, signals: Vec<Signal>, reserves: bool) -> Vec<Clause> {
    if signals.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let clauses = signals.into_iter().filter_map(|signal| {
        let About::Use(ai_use) = signal.about else { return None };
        let value = signal.said.value;
        let is_reserved = reserves && value != UseValue::Allowed;
        Some(Clause {
            ai_use,
            value,
            conditions: signal.said.conditions,
            modality: if is_reserved {
                Modality::Reserve
            } else {
                Modality::Signal
            },
            // What a file says by its presence stands nowhere in it.
            span: if signal.bytes.is_empty() {
                Span {
                    bytes: 0..0,
                    lines: (0, 0),
                }
            } else {
                lines.span(signal.bytes)
            },
            context: Vec::new(),
            of_match: None,
        })
    });
    clauses.collect()
}

/// What most of those mean who refuse AI as such.
const EVERY_USE: &[AiUse] = &[AiUse::TrainAi, AiUse::AiInput];

fn refusals(uses: &[AiUse], bytes: &Range<usize>) -> Vec<Signal> {
    let refusal = |&ai_use: &AiUse| Signal {
        about: About::Use(ai_use),
        said: Said::new(UseValue::Disallowed, &[]),
        bytes: bytes.clone(),
    };
    uses.iter().map(refusal).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The uses a file refuses, each with its line.
    pub(super) fn refused_with_lines(signal: &SignalFile, text: &str) -> String {
        let clauses = signal.clauses(text).expect("a form that takes any text");
        let told = clauses.into_iter().map(|clause| {
            assert_eq!(clause.value, UseValue::Disallowed, "{text}");
            format!("{}:{}", clause.span.lines.0, clause.ai_use)
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reservations_are_read_with_their_lines() {
        let text = "[\n  {\"location\": \"/\", \"tdm-reservation\": 0},\n  {\"location\": \"/a\", \"tdm-reservation\": 1},\n  \
                    {\"location\": \"/b\", \"tdm-reservation\": 1, \"tdm-policy\": \"https://x\"},\n  {\"tdm-reservation\": 7}\n]";
        let clauses = tdmrep::SIGNAL.clauses(text).expect("a `tdmrep.json`");
        let of_training = clauses.iter().filter(|clause| clause.ai_use == AiUse::TrainAi);
        let found: Vec<_> = of_training
            .map(|clause| (clause.value, clause.modality, clause.span.lines.0))
            .collect();
        let expected = [
            (UseValue::Allowed, Modality::Signal, 2),
            (UseValue::Disallowed, Modality::Reserve, 3),
            (UseValue::Conditional, Modality::Reserve, 4),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_left_open_for_a_part_is_no_permission() {
        let text = "[{\"location\": \"/images/\", \"tdm-reservation\": 0}, {\"tdm-reservation\": 0}]";
        assert_eq!(tdmrep::SIGNAL.clauses(text), Ok(Vec::new()));
    }

    #[test]
    fn anything_else_is_an_error_and_no_permission() {
        for text in ["", "{}", "[1]", "[{\"tdm-reservation\": 0}", "no"] {
            assert!(tdmrep::SIGNAL.clauses(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(\\PC|[\\[\\]{},:\"<>/]|tdm-reservation|0|1|rslstandard.org/rsl|<rsl|</rsl>|-train=no){0,30}") {
            for signal in SIGNALS {
                let _ = signal.clauses(&text);
            }
            of_notice(&text);
        }
    }
}
