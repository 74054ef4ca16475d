//! Recognises what sentences say of AI uses.

mod above;
mod case;
mod cues;
pub(crate) mod cut;
mod field;
mod flat;
mod force;
pub(crate) mod found;
mod hints;
mod judge;
pub(crate) mod lexicon;
mod object;
mod permission;
mod quotation;
mod ruling;
mod signals;
mod subject;

pub(crate) use flat::flatten;

use std::ops::Range;

use self::found::Found;
use crate::sentences::{Sentence, sentences, to_judge};
use crate::{frames, plain_terms};

/// What kind of text speaks: the words of a licence bind, those of other texts may be about anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// A licence or a part of one.
    License,
    /// A README, an `AGENTS.md`, a machine-readable file.
    Notice,
}

/// The clauses in `text[within]`.
pub(crate) fn clauses(text: &str, within: Range<usize>, speaker: Speaker) -> Vec<Found> {
    let mut found = signals::signals(text, within.clone());
    let ruled = ruled(text, within.clone(), speaker);
    let weighed = frames::weigh(text, within.clone(), speaker, &found, ruled);
    found.extend(weighed);
    let plain = plain_terms::find(text, within);
    if found.is_empty() && plain.is_empty() {
        return found;
    }
    // What is put in words we know says just that.
    let is_plain = |clause: &Found| {
        let overlaps = |plain: &Found| clause.bytes.start < plain.bytes.end && plain.bytes.start < clause.bytes.end;
        plain.iter().any(overlaps)
    };
    found.retain(|clause| !is_plain(clause));
    found.extend(plain);
    found.sort_by_key(|clause| (clause.bytes.start, clause.bytes.end, clause.ai_use, clause.value));
    found.dedup();
    found
}

/// What the rules make of the sentences of `text[within]`.
pub(crate) fn ruled(text: &str, within: Range<usize>, speaker: Speaker) -> Vec<Found> {
    let part = text.get(within.clone()).unwrap_or("");
    let mut hints = hints::hints(part);
    if hints.is_empty() {
        return Vec::new();
    }
    for at in &mut hints {
        *at += within.start;
    }
    let mut found = Vec::new();
    let all = to_judge(text, sentences(text, within));
    judge::judge(text, &all, &hints, speaker, &mut found);
    found
}

/// Whether a sentence next to a clause only says where the clause applies, or what follows from breaking it.
pub(crate) fn is_companion(sentence: &str) -> bool {
    let flat = flatten(sentence);
    let phrases = include_str!("../../companions.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    phrases.into_iter().any(|phrase| flat::find(&flat, phrase).is_some())
}

/// Sentences of a part, for callers that place clauses.
pub(crate) fn parts(text: &str, within: Range<usize>) -> Vec<Sentence> {
    sentences(text, within)
}
