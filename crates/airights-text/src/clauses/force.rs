//! What a sentence does with a deed it names: refuse it, permit it, reserve it.
//!
//! A sentence may hold several words of force ("you may use it for any purpose, but not to train"). The one that governs
//! a deed is the nearest before it in the same segment, else the nearest after it, else the last of the segments before,
//! else the first of those after, else that of the words above the sentence. A refusal of the same segment wins over a
//! permission: where the words leave a doubt, nothing is taken for allowed. What is left out of a rule is ruled the other
//! way.

use std::ops::Range;

pub(super) use super::cues::Force;
use super::cues::{Cue, cues};
use super::lexicon::{Class, Tagged, touch};

/// What the sentence does with the deed at these words; `stem` stands above it.
pub(super) fn on(sentence: &Tagged, stem: &Tagged, deed: &Range<usize>) -> Option<Force> {
    let all = cues(sentence);
    let segment = sentence.segments.get(deed.start).copied().unwrap_or_default();
    let segment_of = |cue: &Cue| sentence.segments[cue.at.start];
    let earlier = || all.iter().rev().find(|cue| segment_of(cue) < segment);
    let later = || all.iter().find(|cue| segment_of(cue) > segment);
    // "Use for training: not permitted" is answered by what follows.
    let answer = || later().filter(|cue| sentence.after_colon[cue.at.start]);
    let elsewhere = || answer().or_else(earlier).or_else(later).map(|cue| cue.force);
    in_segment(sentence, &all, deed)
        .or_else(elsewhere)
        .or_else(|| above(stem))
}

/// As [`on`], but only by words close by: what stands at the other end of a long sentence is about something else.
pub(super) fn close_to(sentence: &Tagged, stem: &Tagged, deed: &Range<usize>) -> Option<Force> {
    let all = cues(sentence);
    let lone = || if all.is_empty() { above(stem) } else { None };
    // "The following are excluded: …"
    let segment = sentence.segments.get(deed.start).copied().unwrap_or_default();
    let opens = sentence.segments.partition_point(|&other| other < segment);
    let is_list = sentence.after_colon.get(opens).copied().unwrap_or_default();
    let leads = |cue: &&Cue| is_list && sentence.segments[cue.at.start] + 1 == segment;
    let stem_within = || all.iter().rev().find(leads).map(|cue| cue.force);
    in_segment(sentence, &all, deed).or_else(stem_within).or_else(lone)
}

fn above(stem: &Tagged) -> Option<Force> {
    cues(stem).last().map(|cue| cue.force)
}

/// The word of force that governs a deed from within its segment, or as an exception.
fn in_segment(sentence: &Tagged, all: &[Cue], deed: &Range<usize>) -> Option<Force> {
    if let Some(force) = exception(sentence, all, deed) {
        return Some(force);
    }
    let segment = sentence.segments.get(deed.start).copied().unwrap_or_default();
    let here: Vec<&Cue> = all
        .iter()
        .filter(|cue| sentence.segments[cue.at.start] == segment)
        .collect();
    // What a deed amounts to comes after it, or leads to it: "it is a violation to …".
    let leads = |cue: &&&Cue| cue.at.start <= deed.start && (!cue.is_consequence || cue.at.end + 1 >= deed.start);
    let before = here.iter().rev().find(leads);
    // An order comes before what it forbids.
    // What is said of something else that is named along with it ("models that are not allowed to …") is not said of it.
    let is_aside = |cue: &Cue| {
        let leads = |relative: &Range<usize>| relative.end == cue.at.start || touch(relative, &cue.at);
        let follows = |relative: &Range<usize>| (deed.end..=deed.end + 1).contains(&relative.start);
        let is_next = |relative: &Range<usize>| follows(relative) && leads(relative);
        let is_later = |relative: &Range<usize>| deed.end <= relative.start && leads(relative);
        sentence.spans(Class::Relative).iter().any(is_next) || sentence.spans(Class::RelativeModal).iter().any(is_later)
    };
    let after = here
        .iter()
        .find(|cue| cue.at.start > deed.start && !cue.is_order && !is_aside(cue));
    // Words that may only say what a thing can do do not undo a refusal before them.
    let before = match before {
        Some(mild) if mild.force == Force::Mild => {
            let is_strict = |cue: &&&Cue| matches!(cue.force, Force::Refuse | Force::Reserve) && !cue.is_order;
            let stricter = here.iter().rev().filter(leads).find(is_strict);
            stricter.or(before)
        }
        other => other,
    };
    match (before, after) {
        (Some(before), Some(after)) if before.force >= Force::Grant && after.force < Force::Grant => Some(after.force),
        (Some(before), _) => Some(before.force),
        (None, after) => after.map(|cue| cue.force),
    }
}

/// What is left out of a rule is ruled the other way: "every use is free, save for training".
fn exception(sentence: &Tagged, cues: &[Cue], deed: &Range<usize>) -> Option<Force> {
    /// Words between "except" and what is left out.
    const REACH: usize = 6;
    let leads_to_deed = |except: &&Range<usize>| {
        // "Other than the right to train": the right is what is left out.
        let is_left_out = |cue: &Cue| {
            sentence
                .spans(Class::Entitlement)
                .iter()
                .any(|span| touch(span, &cue.at))
        };
        let is_between = |cue: &Cue| except.end <= cue.at.start && cue.at.start < deed.start && !is_left_out(cue);
        let is_disclaimed = || {
            sentence
                .spans(Class::Disclaimed)
                .iter()
                .any(|other| touch(other, except))
        };
        // "But" goes on with another rule where one came before.
        let goes_on =
            || sentence.spans(Class::But).contains(except) && cues.iter().any(|cue| cue.at.end <= except.start);
        except.end <= deed.start
            && deed.start <= except.end + REACH
            && !cues.iter().any(is_between)
            && !is_disclaimed()
            && !goes_on()
    };
    let except = sentence.spans(Class::Except).iter().rev().find(leads_to_deed)?;
    let is_next_to = |cue: &&Cue| sentence.segments[cue.at.start] + 1 >= sentence.segments[except.start];
    let before = || cues.iter().rev().filter(|cue| cue.at.end <= except.start);
    let is_granted = before().any(|cue| cue.force >= Force::Grant);
    let rule = before()
        .filter(is_next_to)
        .find(|cue| is_granted == (cue.force >= Force::Grant));
    // "Apart from training, everything is permitted."
    let rule = rule.or_else(|| {
        cues.iter()
            .find(|cue| cue.at.start >= deed.end && before().next().is_none())
    });
    let mut wholes = sentence
        .spans(Class::Whole)
        .iter()
        .chain(sentence.spans(Class::Entitlement));
    let is_whole = wholes.any(|whole| whole.start <= except.start);
    match rule.map(|cue| cue.force) {
        Some(Force::Refuse | Force::Reserve) => Some(Force::Mild),
        Some(Force::Grant | Force::Mild) => Some(Force::Refuse),
        None => is_whole.then_some(Force::Refuse),
    }
}

/// Whether anything is refused at all.
pub(super) fn refuses(sentence: &Tagged) -> bool {
    cues(sentence).iter().any(|cue| cue.force == Force::Refuse)
}

/// Whether something is held back of what is permitted: "… but without the right to sell the models".
pub(super) fn holds_back(sentence: &Tagged) -> bool {
    let opens_segment = |at: usize| at > 0 && sentence.segments[at - 1] != sentence.segments[at];
    let words = sentence.spans(Class::HeldBack);
    cues(sentence).iter().any(|cue| {
        cue.force == Force::Refuse
            && words.iter().any(|word| {
                cue.at.contains(&word.start)
                    || opens_segment(word.start) && sentence.segments[word.start] == sentence.segments[cue.at.start]
            })
    })
}

/// Whether anything is refused or permitted outright.
pub(super) fn rules(sentence: &Tagged) -> bool {
    let is_outright = |cue: &Cue| matches!(cue.force, Force::Refuse | Force::Grant);
    cues(sentence).iter().any(is_outright)
}
