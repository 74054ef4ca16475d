//! Puts what a text names together to one expression: which are a choice, which hold together, what is an exception to what.

use std::ops::Range;

use super::UNKNOWN;
use super::choices::{Place, choices_in, merge_by_reference};
use super::context::sentence_around;
use super::exceptions::{bearer, follows_with, is_made_to};
use super::inbound::take_away_inbound;
use super::items::{Item, Source, settle_pointers, take_in_short_names};
use super::joins::{Join, joins};
use super::terms::{Choice, Term, push_new, simplify};
use super::tokens::{Token, key};

/// The expression that these items amount to; `None` where there are none.
pub(super) fn compose(tokens: &[Token], mut items: Vec<Item>) -> Option<String> {
    take_in_short_names(tokens, &mut items);
    settle_pointers(&mut items);
    items.retain(|item| !item.is_void);
    let inbound = take_away_inbound(tokens, &mut items);
    let mut choices = choices_in(tokens, &items);
    choices.retain(|choice| !inbound.contains(&choice.sentence));
    let mut all: Vec<Choice> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut exceptions: Vec<String> = Vec::new();
    let joins = joins(tokens, &items, &choices);
    let mut is_joined = false;
    for (number, item) in items.iter().enumerate() {
        if item.is_exception {
            let before = number.checked_sub(1).map(|before| &items[before]);
            if except(tokens, &mut all, &mut exceptions, before, item) {
                is_joined = is_joined || number > 0 && joins[number - 1] == Join::Or;
            }
            continue;
        }
        let (licenses, with) = match item.licenses.split_once(" WITH ") {
            Some((license, exception)) if item.source == Source::Text => {
                (license.to_owned(), vec![exception.to_owned()])
            }
            _ => (item.licenses.clone(), Vec::new()),
        };
        let term = Term {
            licenses,
            with,
            family: item.family.clone(),
            is_loose: item.is_loose,
            is_text: item.source == Source::Text,
            is_pointer: item.is_pointer,
            is_void: false,
            is_own: item.source == Source::Tag
                || item.source == Source::Words && item.is_granted && !item.is_pointer && !item.is_loose,
        };
        let goes_on = number > 0 && (joins[number - 1] == Join::Or || is_joined);
        // "under the MPL (…). A copy is at … Alternatively, …": the address is of what was granted, and stands in between.
        while goes_on
            && let [.., granted, address] = all.as_slice()
            && address.only_points_at(granted)
        {
            all.pop();
            starts.pop();
        }
        if let Some(choice) = all.last_mut().filter(|_| goes_on) {
            choice.terms.push(term);
        } else {
            all.push(Choice { terms: vec![term] });
            starts.push(item.tokens.start);
        }
        is_joined = false;
    }
    let is_one_of_several =
        |number: usize| joins.get(number) == Some(&Join::Or) || number > 0 && joins[number - 1] == Join::Or;
    let elected = items
        .iter()
        .enumerate()
        .filter(|(number, item)| !is_one_of_several(*number) && is_elected(tokens, &item.tokens));
    for (_, item) in elected {
        elect(&mut all, &item.family);
    }
    let own = all
        .iter()
        .map(|choice| choice.terms.len() == 1 && choice.terms[0].is_own);
    let mut places: Vec<Place> = starts
        .into_iter()
        .zip(own)
        .map(|(start, is_own)| Place { start, is_own })
        .collect();
    merge_by_reference(&mut all, &mut places, &choices, tokens);
    // One that stands before all licenses is to the first that it fits; one that fits none is to the last that is named,
    // or to what nobody named.
    for exception in exceptions {
        if all.is_empty() {
            all.push(Choice::unknown());
        }
        let mut terms: Vec<&mut Term> = all.iter_mut().flat_map(|choice| &mut choice.terms).collect();
        let fits = terms.iter().position(|term| is_made_to(&exception, term));
        let licenses = terms[fits.unwrap_or(terms.len() - 1)].licenses.clone();
        for term in terms.iter_mut().filter(|term| term.licenses == licenses) {
            push_new(&mut term.with, &exception);
        }
    }
    simplify(&mut all);
    let parts: Vec<String> = all.iter().map(|choice| choice.written(all.len() > 1)).collect();
    let joined = parts.join(" AND ");
    // Whatever went in, what comes out is an expression.
    (!parts.is_empty()).then(|| {
        if spdx::Expression::parse(&joined).is_ok() {
            joined
        } else {
            UNKNOWN.to_owned()
        }
    })
}

/// Puts an exception to what it is made to, or to `open` where nothing here is; whether it was not there already.
fn except(
    tokens: &[Token],
    all: &mut [Choice],
    open: &mut Vec<String>,
    before: Option<&Item>,
    exception: &Item,
) -> bool {
    let is_said = |term: &Term| term.licenses.ends_with(&format!(" WITH {}", exception.licenses));
    if all.iter().any(|choice| choice.terms.iter().any(is_said)) {
        return false;
    }
    // "under the Example License with the … exception": it is an exception to what it stands behind.
    let is_words = |item: &Item| item.source == Source::Words;
    let is_behind =
        before.is_some_and(|before| is_words(before) && is_words(exception) && follows_with(tokens, before, exception));
    let last = all
        .last_mut()
        .and_then(|choice| choice.terms.last_mut())
        .filter(|term| is_behind && !term.licenses.contains(' '));
    match last {
        Some(term) => push_new(&mut term.with, &exception.licenses),
        None => match bearer(all, &exception.licenses) {
            Some(term) => push_new(&mut term.with, &exception.licenses),
            None => push_new(open, &exception.licenses),
        },
    }
    true
}

/// Whether the words before a name choose it: "Example Works elects to distribute it under the …".
fn is_elected(tokens: &[Token], name: &Range<usize>) -> bool {
    let sentence = sentence_around(tokens, name);
    let before = &tokens[sentence.start.max(name.start.saturating_sub(14))..name.start];
    // "If you elect the …": nobody has yet.
    let is_open = tokens[sentence.start..name.start]
        .iter()
        .any(|token| token.is_any(&[key("if"), key("when")]));
    !is_open
        && before.iter().any(|token| {
            token.is_any(&[
                key("elects"),
                key("elect"),
                key("elected"),
                key("chooses"),
                key("chose"),
                key("chosen"),
                key("opts"),
            ])
        })
}

/// Whoever passed the work on has chosen: of a choice that offers this license, it is the branch that is left.
fn elect(all: &mut [Choice], family: &str) {
    for choice in all.iter_mut().filter(|choice| choice.terms.len() > 1) {
        if choice.terms.iter().any(|term| term.family == family) {
            choice.terms.retain(|term| term.family == family);
        }
    }
}
