//! What sentences say of AI uses by the concepts in them, in whatever words and language.
//!
//! A lexicon maps words to concepts; a small linear model, trained on sentences with labels, weighs concepts, their order and
//! the words themselves.

mod features;
mod hashed;
mod lexicon;
mod model;
mod topics;
pub(crate) mod units;

use std::ops::Range;

pub(crate) use features::Features;
use lexicon::Concept;

use crate::clauses::Speaker;
use crate::clauses::found::Found;
use crate::reading::Modality;
use crate::sentences::Quoting;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// The weight that makes a clause of a sentence of which no rule speaks, in 64ths of the logarithm of the odds. Beside a
/// license few words are about anything else; other texts are long and speak of many things: most of what they say of feeding
/// something to a model, or of what is good for what, is advice.
const ENOUGH_IN_LICENSE: i32 = 96;
const ENOUGH_IN_NOTICE: i32 = 240;
const ENOUGH_IN_NOTICE_OF_OTHER_USES: i32 = 288;
/// So much less is enough in other languages than English: fewer of their words are known.
const LESS_IN_OTHER_LANGUAGES: i32 = 64;
/// So much more makes a permission, and so much it leads over any other value: where its words are plain, and where they are
/// not.
const MORE_TO_PERMIT: i32 = 80;
const MORE_TO_PERMIT_IN_OTHER_WORDS: i32 = 128;
/// So much a value weighs and leads that takes the place of a milder one that a rule says.
const AGAINST_RULE: i32 = 128;

/// With any of these in it, a sentence is no plain permission.
const WITHHOLDING: &[Concept] = &[
    Concept::Not,
    Concept::Refuse,
    Concept::Breach,
    Concept::Reserve,
    Concept::Except,
];

/// What rules speak of, and advice does not.
const LEGAL: &[Concept] = &[
    Concept::Grant,
    Concept::Consent,
    Concept::Breach,
    Concept::NonCommercial,
];

/// What the sentences of a part say, rules and weights together; `ruled` is what the rules make of them.
/// Sentences with a signal in them are none.
pub(crate) fn weigh(
    text: &str,
    within: Range<usize>,
    speaker: Speaker,
    signals: &[Found],
    ruled: Vec<Found>,
) -> Vec<Found> {
    // What stands beside a license is short, and as likely of the kind that is looked for.
    let topics = match speaker {
        Speaker::License => None,
        Speaker::Notice => {
            let places = topics::topics(text.get(within.clone()).unwrap_or_default()).into_iter();
            Some(places.map(|at| at + within.start).collect::<Vec<usize>>())
        }
    };
    if topics.as_ref().is_some_and(Vec::is_empty) && ruled.is_empty() {
        return ruled;
    }
    let mut found: Vec<Found> = Vec::new();
    let mut refused = Vec::new();
    let mut ruled = ruled.into_iter().peekable();
    for unit in units::units(text, within, topics.as_deref()) {
        let mut here = Vec::new();
        while let Some(clause) = ruled.next_if(|clause| clause.bytes.start < unit.bytes.end) {
            here.push(clause);
        }
        // Lines for machines are signals, or none.
        let is_code = (unit.quoting == Quoting::Code || unit.words.contains('=')) && speaker == Speaker::Notice;
        let is_signal = |signal: &Found| signal.bytes.start < unit.bytes.end && unit.bytes.start < signal.bytes.end;
        if here.is_empty() && (is_code || !unit.may_speak || signals.iter().any(is_signal)) {
            continue;
        }
        let Some(features) = Features::of(&unit, speaker, &here) else {
            continue;
        };
        // Where nothing governs, nothing is ruled: titles, names, descriptions.
        if here.is_empty() && !features.is_governed() {
            continue;
        }
        let weighed = model::said(&features);
        for said in &weighed {
            let of_use = |clause: &Found| clause.ai_use == said.ai_use;
            let rule = here
                .iter()
                .filter(|clause| of_use(clause))
                .map(|clause| clause.value)
                .max();
            if rule.is_some_and(|rule| rule >= said.value) || !is_sure(said, rule.is_some(), &features, speaker) {
                continue;
            }
            here.retain(|clause| !of_use(clause));
            if rule.is_none() && said.value == UseValue::Disallowed {
                refused.push(found.len());
            }
            found.push(Found {
                ai_use: said.ai_use,
                value: said.value,
                conditions: conditions(&features, said.ai_use, said.value),
                modality: modality(&features, said.value),
                bytes: unit.bytes.clone(),
            });
        }
        found.extend(here);
    }
    // "It is not free for training. If you train on it, …": what follows says on which conditions it is.
    let is_opening = |number: usize| {
        let clause: &Found = &found[number];
        // Nothing stands between a sentence and the next one of its paragraph; the same sentence has no end before its start.
        let follows = |next: &&Found| {
            let between = text.get(clause.bytes.end..next.bytes.start);
            between.is_none_or(|between| between.trim().is_empty() && !between.contains("\n\n"))
        };
        let is_condition = |next: &Found| {
            next.bytes.start >= clause.bytes.end && next.ai_use == clause.ai_use && next.value == UseValue::Conditional
        };
        found[number + 1..].iter().take_while(follows).any(is_condition)
    };
    let mut openings = refused
        .into_iter()
        .filter(|&number| is_opening(number))
        .collect::<Vec<usize>>()
        .into_iter()
        .peekable();
    let mut number = 0;
    found.retain(|_| {
        let is_dropped = openings.next_if_eq(&number).is_some();
        number += 1;
        !is_dropped
    });
    found.extend(ruled);
    found
}

/// Whether what weighs most weighs enough. A permission needs more, and most where words are there that withhold; so does what
/// is stricter than a rule. No weight makes what a rule says milder: it was written by somebody who had seen such words.
fn is_sure(said: &model::Said, is_ruled: bool, features: &Features, speaker: Speaker) -> bool {
    if is_ruled {
        return said.weight >= AGAINST_RULE && said.lead >= AGAINST_RULE;
    }
    // A notice says what its work is good for more often than what it may be used for.
    let is_advice = speaker == Speaker::Notice && said.ai_use == AiUse::UseRestrictions;
    if is_advice && !features.has_any(LEGAL) {
        return false;
    }
    let enough = match (speaker, said.ai_use) {
        (Speaker::License, _) => ENOUGH_IN_LICENSE,
        (Speaker::Notice, AiUse::AiInput | AiUse::UseRestrictions) => ENOUGH_IN_NOTICE_OF_OTHER_USES,
        (Speaker::Notice, _) => ENOUGH_IN_NOTICE,
    };
    let less = if features.is_foreign {
        LESS_IN_OTHER_LANGUAGES
    } else {
        0
    };
    let more = match said.value {
        UseValue::Allowed if features.has_any(WITHHOLDING) => MORE_TO_PERMIT_IN_OTHER_WORDS,
        UseValue::Allowed => MORE_TO_PERMIT,
        _ => 0,
    };
    said.weight >= enough + more - less && said.lead >= more
}

/// What is asked in return, by the concepts that are there.
fn conditions(features: &Features, ai_use: AiUse, value: UseValue) -> Vec<Condition> {
    if value != UseValue::Conditional {
        return Vec::new();
    }
    if ai_use == AiUse::UseRestrictions {
        let is_commercial = features.has_any(&[Concept::Commercial, Concept::NonCommercial]);
        return vec![if is_commercial && !features.has_any(&[Concept::Field]) {
            Condition::NonCommercial
        } else {
            Condition::FlowDown
        }];
    }
    let asked = [
        (Concept::Credit, Condition::Credit),
        (Concept::Pay, Condition::DirectContribution),
        (Concept::Open, Condition::OpenResult),
        (Concept::NonCommercial, Condition::NonCommercial),
        (Concept::Consent, Condition::Consent),
    ];
    let mut all: Vec<Condition> = asked
        .into_iter()
        .filter(|(concept, _)| features.has_any(&[*concept]))
        .map(|(_, condition)| condition)
        .collect();
    if all.is_empty() {
        all.push(Condition::Other);
    }
    all.sort();
    all
}

fn modality(features: &Features, value: UseValue) -> Modality {
    if value == UseValue::Disallowed && features.has_any(&[Concept::Reserve]) {
        Modality::Reserve
    } else {
        Modality::in_words(value)
    }
}
