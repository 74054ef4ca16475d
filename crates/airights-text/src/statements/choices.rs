//! Words that leave a choice, and the licenses that they leave it between: those of the same sentence, or those around it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::sentence_around;
use super::gnu;
use super::items::Item;
use super::names::is_license_word;
use super::terms::Choice;
use super::tokens::{Kind, Token, key};

/// Words that leave a choice.
#[derive(Clone, Debug)]
pub(super) struct ChoiceWords {
    pub(super) at: usize,
    pub(super) sentence: Range<usize>,
    pub(super) reach: Reach,
}

/// Between which licenses words leave a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those named in the same sentence.
    Sentence,
    /// Those named before it, or those that follow where none are.
    Around,
}

/// Wordings that leave a choice to whoever receives the work.
pub(super) const WORDINGS: &[&[u64]] = &[
    &[key("either")],
    &[key("at"), key("your"), key("option")],
    &[key("at"), key("your"), key("choice")],
    &[key("at"), key("your"), key("discretion")],
    &[key("at"), key("your"), key("own"), key("option")],
    &[key("your"), key("choice"), key("of")],
    &[key("choice"), key("of")],
    &[key("dual"), key("licensed")],
    &[key("dual"), key("license")],
    &[key("dual"), key("licenses")],
    &[key("dually"), key("licensed")],
    &[key("double"), key("licensed")],
    &[key("triple"), key("licensed")],
    &[key("tri"), key("licensed")],
    &[key("multi"), key("licensed")],
    &[key("multiple"), key("licensed")],
    &[key("one"), key("of"), key("the"), key("following")],
    &[key("one"), key("of"), key("the"), key("above")],
    &[key("any"), key("of"), key("the"), key("above")],
    &[key("either"), key("of"), key("the"), key("above")],
    &[key("one"), key("of"), key("these")],
    &[key("one"), key("of"), key("two")],
    &[key("one"), key("of"), key("three")],
    &[key("any"), key("of"), key("these")],
    &[key("any"), key("of"), key("the"), key("following")],
    &[key("any"), key("of"), key("them")],
    &[key("any"), key("one"), key("of")],
    &[key("under"), key("one"), key("of")],
    &[key("one"), key("or"), key("both")],
    &[key("one"), key("or"), key("more"), key("of")],
    &[key("whichever")],
    &[key("you"), key("may"), key("choose")],
    &[key("you"), key("can"), key("choose")],
    &[key("right"), key("to"), key("choose")],
    &[key("free"), key("to"), key("choose")],
    &[key("may"), key("select")],
    &[key("disjunctive")],
    &[key("disjunctively")],
    &[key("one"), key("of"), key("the"), key("two")],
    // What is granted on top of the terms around it.
    &[key("permission"), key("to"), key("use"), key("under")],
];

pub(super) const THE: u64 = key("the");

pub(super) fn choices_in(tokens: &[Token], items: &[Item]) -> Vec<ChoiceWords> {
    let mut is_taken = vec![false; tokens.len()];
    for item in items.iter().filter(|item| item.tokens.len() > 1) {
        is_taken[item.tokens.clone()].fill(true);
    }
    let mut all: Vec<ChoiceWords> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Word || is_taken[at] {
            continue;
        }
        let is_here = |wording: &[u64]| {
            let mut rest = tokens[at..]
                .iter()
                .filter(|token| matches!(token.kind, Kind::Word | Kind::Number));
            wording
                .iter()
                .all(|word| rest.next().is_some_and(|token| token.is(*word)))
        };
        if !WORDINGS
            .iter()
            .any(|wording| tokens[at].hash == wording[0] && is_here(wording))
        {
            continue;
        }
        // "Permission to use under GPL terms is granted" is another offer of the whole, and "the data with permission to
        // use under" is none.
        let opens = |at: usize| at == sentence_around(tokens, &(at..at + 1)).start;
        if tokens[at].is(key("permission")) && !opens(at) {
            continue;
        }
        // "the choice of the license means": somebody made it.
        let is_made = tokens[at].is(key("choice")) && at > 0 && tokens[at - 1].is(THE);
        if is_made && tokens.get(at + 3).is_some_and(is_license_word) {
            continue;
        }
        // "either express or implied", "either version 2 …": no choice of licenses.
        if tokens[at].is(key("either")) && !is_either_of_licenses(&tokens[at + 1..]) {
            continue;
        }
        if gnu::later_length(tokens, at.saturating_sub(1)).is_some()
            || gnu::later_length(tokens, at.saturating_sub(2)).is_some()
            || gnu::later_length(tokens, at).is_some() && !tokens[at].is(key("either"))
        {
            continue;
        }
        let sentence = sentence_around(tokens, &(at..at + 1));
        let own = items
            .iter()
            .filter(|item| !item.is_exception && sentence.contains(&item.tokens.start));
        let distinct: BTreeSet<&str> = own.map(|item| item.family.as_str()).collect();
        // "at your option." behind a list says nothing else.
        let speaks = sentence.len() <= 5
            || tokens[sentence.clone()]
                .iter()
                .any(|token| is_license_word(token) || token.is_any(&[key("terms"), key("under"), key("them")]));
        let reach = if distinct.len() > 1 {
            Reach::Sentence
        } else {
            Reach::Around
        };
        if reach == Reach::Around && !speaks {
            continue;
        }
        all.push(ChoiceWords { at, sentence, reach });
    }
    all
}

pub(super) fn is_either_of_licenses(behind: &[Token]) -> bool {
    let words: Vec<u64> = behind
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .take(3)
        .map(|token| token.hash)
        .collect();
    !words.first().is_some_and(|first| {
        [
            key("express"),
            key("expressed"),
            key("version"),
            key("implied"),
            key("directly"),
            key("in"),
            key("source"),
        ]
        .contains(first)
    }) || words.first() == Some(&THE)
}

/// Where a part of the expression begins, and whether a sentence of its own grants it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) is_own: bool,
}

/// A choice whose licenses stand elsewhere: in the list before it, or in what follows where it opens the text.
pub(super) fn merge_by_reference(
    all: &mut Vec<Choice>,
    places: &mut Vec<Place>,
    choices: &[ChoiceWords],
    tokens: &[Token],
) {
    /// Words before which a choice opens the text.
    const OPENING: usize = 90;
    for choice in choices.iter().filter(|choice| choice.reach == Reach::Around) {
        let before = places.partition_point(|place| place.start < choice.sentence.start);
        let inside = places.partition_point(|place| place.start < choice.sentence.end) - before;
        let is_word = |token: &&Token| token.kind == Kind::Word;
        let words_before = tokens[..choice.at].iter().filter(is_word).take(OPENING).count();
        let near = just_before(&places[..before], choice.sentence.start);
        // "disjunctive with the public domain dedication": it is one of those before that is named again.
        let is_again = |choice: &Choice| {
            let mut before = all[near.clone()].iter().flat_map(|choice| &choice.terms);
            choice.terms.iter().all(|term| term.is_loose) && before.any(|term| term.family == choice.terms[0].family)
        };
        let range = if near.len() >= 2 && all[before..before + inside].iter().all(is_again) {
            near.start..before + inside
        } else if before <= 1 && inside <= 1 && words_before < OPENING {
            let first = if inside > 0 { 0 } else { before };
            let end = just_behind(places, before + inside, choice.sentence.end);
            first..end.max(items_behind(places, tokens, before + inside, &choice.sentence))
        } else if all.len() == 2
            && !places
                .iter()
                .any(|place| place.is_own && !choice.sentence.contains(&place.start))
        {
            0..2
        } else {
            continue;
        };
        if range.len() < 2 {
            continue;
        }
        let mut merged = Choice::default();
        for part in all.drain(range.clone()) {
            merged.terms.extend(part.terms);
        }
        places.drain(range.start + 1..range.end);
        places[range.start].is_own = false;
        all.insert(range.start, merged);
    }
}

/// Tokens between two parts that still belong together, a license's text counting as one.
pub(super) const NEARBY: usize = 60;

/// The parts just before a place, each not far from the next.
pub(super) fn just_before(places: &[Place], place: usize) -> Range<usize> {
    let mut first = places.len();
    let mut next = place;
    while first > 0 && next - places[first - 1].start <= NEARBY {
        first -= 1;
        next = places[first].start;
    }
    first..places.len()
}

/// Where the parts end that follow a place, each not far from the one before; a part that a sentence of its own grants is
/// none of them.
pub(super) fn just_behind(places: &[Place], first: usize, place: usize) -> usize {
    let mut end = first;
    let mut last = place;
    while let Some(next) = places
        .get(end)
        .filter(|next| !next.is_own && next.start.saturating_sub(last) <= NEARBY)
    {
        last = next.start;
        end += 1;
    }
    end
}

/// Where the items of a list end that a sentence with "the following" announces: each opens with its marker, and may be
/// granted by a sentence of its own.
fn items_behind(places: &[Place], tokens: &[Token], first: usize, sentence: &Range<usize>) -> usize {
    /// Tokens between the marker of an item and the name in it: "2) under the terms of the …".
    const LEAD: usize = 8;
    let announces = tokens[sentence.clone()]
        .iter()
        .any(|token| token.is_any(&[key("following"), key("below")]));
    let is_item = |place: &&Place| {
        let lead = &tokens[place.start.saturating_sub(LEAD).max(sentence.start)..place.start];
        lead.iter().any(|token| token.kind == Kind::Item)
    };
    if !announces {
        return first;
    }
    first + places[first..].iter().take_while(is_item).count()
}
