//! The words of force in a sentence, after they have governed each other.
//!
//! "Nothing here forbids it" is no prohibition, and "we withhold permission to" no permission: each word has its say only
//! on what it governs.

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

impl PartialOrd for Force {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (*self as u8).partial_cmp(&(*other as u8))
    }
}

/// Words of force, and where they stand.
pub(super) struct Cue {
    pub(super) at: Range<usize>,
    pub(super) force: Force,
    /// An order comes before what it forbids.
    pub(super) is_order: bool,
    /// What a deed amounts to comes after the deed, or leads to it: "it is a violation to …".
    pub(super) is_consequence: bool,
}

impl Cue {
    fn new(at: &Range<usize>, force: Force) -> Self {
        Self {
            at: at.clone(),
            force,
            is_order: false,
            is_consequence: false,
        }
    }
}

/// The words of force, in order, after each has had its say on the others: a negation turns what it governs, and a
/// permission that is refused, withdrawn or yet to be asked for is none.
pub(super) fn cues(sentence: &Tagged) -> Vec<Cue> {
    let governed = Government::of(sentence);
    let mut all: Vec<Cue> = Vec::new();
    for (class, force) in [
        (Class::Grant, Force::Grant),
        (Class::Mild, Force::Mild),
        (Class::Reserve, Force::Reserve),
    ] {
        let taken = || {
            governed
                .refusals
                .iter()
                .chain(&governed.orders)
                .chain(sentence.spans(Class::ByLaw))
        };
        let is_taken = |span: &Range<usize>| {
            taken().any(|other| touch(span, other)) || force == Force::Grant && governed.is_reserved(span)
        };
        let free = sentence.spans(class).iter().filter(|span| !is_taken(span));
        all.extend(free.map(|span| Cue::new(span, if governed.is_turned(span) { Force::Refuse } else { force })));
    }
    all.extend(governed.refusals.iter().map(|span| Cue::new(span, Force::Refuse)));
    all.extend(governed.orders.iter().map(|span| Cue {
        is_order: true,
        ..Cue::new(span, Force::Refuse)
    }));
    let consequences = sentence.spans(Class::Consequence).iter();
    all.extend(consequences.map(|span| Cue {
        is_consequence: true,
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

/// What governs the words of force in a sentence.
struct Government<'a> {
    sentence: &'a Tagged,
    refusals: Vec<Range<usize>>,
    orders: Vec<Range<usize>>,
    negators: Vec<&'a Range<usize>>,
}

/// Words between what governs and what is governed.
const NEAR: usize = 8;

impl<'a> Government<'a> {
    fn of(sentence: &'a Tagged) -> Self {
        let disclaimed = sentence.spans(Class::Disclaimed);
        let is_free = |span: &Range<usize>| !disclaimed.iter().any(|other| touch(span, other));
        let negators: Vec<&Range<usize>> = sentence
            .spans(Class::Negator)
            .iter()
            .filter(|span| is_free(span))
            .collect();
        let addressees = sentence.spans(Class::Addressee);
        let begins_segment = |at: usize| at == 0 || sentence.segments[at - 1] != sentence.segments[at];
        let is_addressed = |at: usize| addressees.iter().any(|addressee| addressee.end == at);
        // "It does not train" is no order.
        let orders = sentence.spans(Class::Order).iter();
        let orders = orders.filter(|order| begins_segment(order.start) || is_addressed(order.start));
        let mut all = Self {
            sentence,
            refusals: Vec::new(),
            orders: orders.cloned().collect(),
            negators,
        };
        let refusals = || sentence.spans(Class::Refuse).iter().filter(|span| is_free(span));
        // "Nothing here shall be read as a ban": what shall not be has no force of its own.
        let leads_to_denied = |span: &Range<usize>| {
            let is_near = |prohibition: &&Range<usize>| (span.end..span.end + NEAR).contains(&prohibition.start);
            let mut near = sentence.spans(Class::Prohibition).iter().filter(is_near);
            sentence
                .spans(Class::Nothing)
                .iter()
                .any(|nothing| nothing.start == span.start)
                && near.any(|prohibition| all.is_denied(prohibition))
        };
        let is_left = |span: &&Range<usize>| !all.is_denied(span) && !leads_to_denied(span);
        all.refusals = refusals().filter(is_left).cloned().collect();
        all
    }

    fn share_segment(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        self.sentence.segments[one.start] == self.sentence.segments[other.start]
    }

    /// "No clause of this license forbids it": a prohibition that is the first thing a negation speaks of is none.
    fn is_denied(&self, refusal: &Range<usize>) -> bool {
        let prohibitions = self.sentence.spans(Class::Prohibition);
        if !prohibitions.iter().any(|span| span.start == refusal.start) {
            return false;
        }
        let permissions = self.sentence.spans(Class::Permit).iter();
        let is_first = |negator: &Range<usize>| {
            let is_between = |span: &Range<usize>| negator.end <= span.start && span.start < refusal.start;
            negator.end <= refusal.start
                && self.share_segment(negator, refusal)
                && !permissions.clone().any(is_between)
                && !prohibitions.iter().any(is_between)
        };
        self.negators.iter().any(|negator| is_first(negator))
    }

    /// Whether a permission is negated, withdrawn or still to be had.
    fn is_turned(&self, permission: &Range<usize>) -> bool {
        let is_negated = self
            .negators
            .iter()
            .any(|negator| negator.start < permission.start && self.share_segment(negator, permission));
        is_negated || self.is_object_of(Class::Withhold, permission) || self.is_object_of(Class::Require, permission)
    }

    /// "Reserves the right to": what is reserved is granted to nobody.
    fn is_reserved(&self, permission: &Range<usize>) -> bool {
        self.is_object_of(Class::Reserve, permission)
    }

    /// Whether a permission is what "withholds" or its kind speaks of.
    fn is_object_of(&self, class: Class, permission: &Range<usize>) -> bool {
        let disclaimed = self.sentence.spans(Class::Disclaimed);
        self.sentence.spans(class).iter().any(|span| {
            !disclaimed.iter().any(|other| touch(span, other))
                && span.start < permission.start
                && permission.start <= span.end + NEAR
                && self.share_segment(span, permission)
        })
    }
}
