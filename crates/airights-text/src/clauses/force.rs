//! What a sentence does with a deed it names: refuse it, permit it, reserve it.
//!
//! A sentence may hold several words of force ("you may use it for any purpose, but not to train"). The one that governs
//! a deed is the nearest before it in the same segment, else the nearest after it, else the last of the segments before,
//! else the first of those after, else that of the words above the sentence. A refusal of the same segment wins over a
//! permission: where the words leave a doubt, nothing is taken for allowed.

use std::ops::Range;

use super::lexicon::{Class, Tagged, touch};

/// What the words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    Refuse,
    Reserve,
    Grant,
    /// Words that may permit, or only say what a thing can do.
    Mild,
}

/// What the sentence does with the deed at these words; `stem` stands above it.
pub(super) fn on(sentence: &Tagged, stem: &Tagged, deed: &Range<usize>) -> Option<Force> {
    let all = cues(sentence);
    let segment = sentence.segments.get(deed.start).copied().unwrap_or_default();
    let segment_of = |cue: &Cue| sentence.segments[cue.at.start];
    let here: Vec<&Cue> = all.iter().filter(|cue| segment_of(cue) == segment).collect();
    let before = here.iter().rev().find(|cue| cue.at.start <= deed.start);
    // An order comes before what it forbids.
    let after = here.iter().find(|cue| cue.at.start > deed.start && !cue.is_order);
    // Words that may only say what a thing can do do not undo a refusal before them.
    let before = match before {
        Some(mild) if mild.force == Force::Mild => {
            let stricter = here.iter().rev().find(|cue| {
                cue.at.start <= deed.start && matches!(cue.force, Force::Refuse | Force::Reserve) && !cue.is_order
            });
            stricter.or(before)
        }
        other => other,
    };
    let governing = match (before, after) {
        (Some(before), Some(after)) if before.force >= Force::Grant && after.force == Force::Refuse => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    };
    if let Some(cue) = governing {
        return Some(cue.force);
    }
    let earlier = all.iter().rev().find(|cue| segment_of(cue) < segment);
    let later = all.iter().find(|cue| segment_of(cue) > segment);
    // "Use for training: not permitted" is answered by what follows.
    let answer = later.filter(|cue| sentence.after_colon[cue.at.start]);
    let above = cues(stem).into_iter().next_back();
    answer
        .or(earlier)
        .or(later)
        .map(|cue| cue.force)
        .or(above.map(|cue| cue.force))
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

impl PartialOrd for Force {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (*self as u8).partial_cmp(&(*other as u8))
    }
}

struct Cue {
    at: Range<usize>,
    force: Force,
    is_order: bool,
}

impl Cue {
    fn new(at: &Range<usize>, force: Force) -> Self {
        Self {
            at: at.clone(),
            force,
            is_order: false,
        }
    }
}

/// The words of force, in order; a permission inside a refusal ("no permission is granted") is none.
fn cues(sentence: &Tagged) -> Vec<Cue> {
    let disclaimed = sentence.spans(Class::Disclaimed);
    let mut refusals: Vec<Range<usize>> = sentence.spans(Class::Refuse).to_vec();
    refusals.retain(|span| !disclaimed.iter().any(|other| touch(span, other)));
    // "It does not train" is no order.
    let addressees = sentence.spans(Class::Addressee);
    let begins_segment = |at: usize| at == 0 || sentence.segments[at - 1] != sentence.segments[at];
    let is_addressed = |at: usize| addressees.iter().any(|addressee| addressee.end == at);
    let orders = sentence.spans(Class::Order).iter();
    let orders = orders.filter(|order| begins_segment(order.start) || is_addressed(order.start));
    let orders: Vec<Range<usize>> = orders.cloned().collect();
    let negators = sentence.spans(Class::Negator).iter();
    let is_free = |span: &&Range<usize>| !disclaimed.iter().any(|other| touch(span, other));
    let negators: Vec<&Range<usize>> = negators.filter(is_free).collect();
    let mut all: Vec<Cue> = Vec::new();
    for (class, force) in [
        (Class::Grant, Force::Grant),
        (Class::Mild, Force::Mild),
        (Class::Reserve, Force::Reserve),
    ] {
        let spans = sentence.spans(class).iter();
        let taken = || refusals.iter().chain(&orders).chain(sentence.spans(Class::ByLaw));
        let free = spans.filter(|span| !taken().any(|other| touch(span, other)));
        all.extend(free.map(|span| {
            let is_negated = negators.iter().any(|negator| {
                negator.start < span.start && sentence.segments[negator.start] == sentence.segments[span.start]
            });
            Cue::new(span, if is_negated { Force::Refuse } else { force })
        }));
    }
    all.extend(refusals.iter().map(|span| Cue::new(span, Force::Refuse)));
    all.extend(orders.iter().map(|span| Cue {
        is_order: true,
        ..Cue::new(span, Force::Refuse)
    }));
    if all.is_empty() {
        let unless = sentence.spans(Class::Unless).iter();
        all.extend(unless.map(|span| Cue::new(span, Force::Refuse)));
    }
    // Where two begin alike, the more lenient comes first, so that the nearest before a deed is the stricter.
    all.sort_by_key(|cue| (cue.at.start, std::cmp::Reverse(cue.force as u8)));
    all
}
