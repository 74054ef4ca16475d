//! Puts what a text names together to one expression: which are a choice, which hold together, what is an exception to what.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::sentence_around;
use super::gnu;
use super::mentions::{Mention, family_of};
use super::names::is_license_word;
use super::tags::present_id;
use super::tokens::{Kind, Token, key};
use super::{TextHere, UNKNOWN};

/// Where an item comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The text of a license stands here.
    Text,
    /// A tag.
    Tag,
    /// Running words.
    Words,
    /// An address.
    Address,
}

/// Something in a text that names a license.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) tokens: Range<usize>,
    pub(super) source: Source,
    /// An expression.
    pub(super) licenses: String,
    pub(super) is_exception: bool,
    family: String,
    pub(super) is_loose: bool,
    /// Only says where a license can be read.
    is_pointer: bool,
    /// Stands in the path of a file.
    is_path: bool,
    /// The words around it put something under it.
    is_granted: bool,
    /// Says nothing that others do not say better.
    is_void: bool,
    /// Stands in the text of an exception.
    pub(super) is_aside: bool,
}

impl Item {
    pub(super) fn of_text(at: usize, text: TextHere) -> Self {
        let licenses = present_id(text.id);
        Self {
            tokens: at..at + 1,
            source: Source::Text,
            family: family_of(&licenses),
            licenses,
            is_exception: text.is_exception,
            is_loose: false,
            is_pointer: false,
            is_path: false,
            is_granted: true,
            is_void: false,
            is_aside: false,
        }
    }

    /// Whether it is a license of GNU.
    pub(super) fn is_gnu(&self) -> bool {
        gnu::precise(&self.licenses).is_some()
    }

    pub(super) fn of_tag(at: usize, expression: Option<&str>) -> Self {
        let licenses = expression.unwrap_or(UNKNOWN).to_owned();
        Self {
            tokens: at..at + 1,
            source: Source::Tag,
            family: family_of(&licenses),
            licenses,
            is_exception: false,
            is_loose: false,
            is_pointer: false,
            is_path: false,
            is_granted: true,
            is_void: false,
            is_aside: false,
        }
    }

    pub(super) fn of_mention(mention: &Mention, tokens: &[Token]) -> Self {
        let licenses = if mention.licenses.contains(' ') {
            mention.licenses.clone()
        } else {
            present_id(&mention.licenses)
        };
        Self {
            tokens: mention.tokens.clone(),
            source: if mention.is_address {
                Source::Address
            } else {
                Source::Words
            },
            family: mention.family.clone(),
            licenses,
            is_exception: mention.is_exception,
            is_loose: mention.is_loose,
            is_pointer: mention.is_address || is_pointed_at(tokens, &mention.tokens),
            is_path: is_in_path(tokens, &mention.tokens),
            is_granted: is_granted(tokens, &mention.tokens),
            is_void: false,
            is_aside: false,
        }
    }
}

/// Whether one of these texts is an exception to the Apache License.
pub(super) fn is_for_apache(texts: &[TextHere]) -> bool {
    texts.iter().any(|text| APACHE_EXCEPTIONS.contains(&text.id))
}

/// Exceptions that are written for the Apache License; all others are for those of GNU.
const APACHE_EXCEPTIONS: &[&str] = &["LLVM-exception", "Swift-exception"];

/// Whether the words around a name only say where it can be read: "a copy of the …", "the full text of the … is in …".
fn is_pointed_at(tokens: &[Token], name: &Range<usize>) -> bool {
    let sentence = sentence_around(tokens, name);
    let before = &tokens[sentence.start.max(name.start.saturating_sub(30))..name.start];
    let is_copy = |pair: &[Token]| {
        pair[0].is_any(&[key("copy"), key("copies"), key("text"), key("texts")]) && pair[1].is(key("of"))
    };
    let is_pointer = before.windows(2).any(is_copy)
        || before
            .iter()
            .any(|token| token.is_any(&[key("text"), key("texts"), key("see"), key("found"), key("read")]));
    let is_grant = before.iter().any(|token| {
        token.is_any(&[
            key("licensed"),
            key("released"),
            key("distributed"),
            key("under"),
            key("covered"),
        ])
    });
    // "under Section 7 of the GPL, version 3, you are granted …"
    let is_of_a_section = before.iter().rev().take(5).any(|token| token.is(key("section")));
    is_pointer && !is_grant || is_of_a_section
}

/// Whether a name is part of that of a file: "/usr/share/common-licenses/GPL-2", "LICENSE-MIT".
fn is_in_path(tokens: &[Token], name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    let first = &tokens[name.start];
    let slashes = tokens[..name.start]
        .iter()
        .rev()
        .take(6)
        .filter(|token| token.is_sign(b'/'))
        .count();
    let is_below = first.is_tight && before.is_sign(b'/') && slashes > 1;
    let is_of_a_file = before.is_any(&[key("license"), key("licenses"), key("copying")])
        && before.end + 1 == first.start
        && !first.is_tight
        && before.is_joined;
    is_below || is_of_a_file
}

/// Whether the words before a name put something under it.
fn is_granted(tokens: &[Token], name: &Range<usize>) -> bool {
    let sentence = sentence_around(tokens, name);
    let before = &tokens[sentence.start.max(name.start.saturating_sub(9))..name.start];
    let words = &[
        key("under"),
        key("terms"),
        key("licensed"),
        key("only"),
        key("is"),
        key("are"),
    ];
    let is_licensed = tokens.get(name.end).is_some_and(|token| token.is(key("licensed")));
    is_licensed || before.iter().any(|token| token.is_any(words))
}

/// Licenses of which one may be chosen.
#[derive(Clone, Debug, Default)]
struct Choice {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq)]
struct Term {
    licenses: String,
    with: Vec<String>,
    family: String,
    is_loose: bool,
    is_text: bool,
    is_pointer: bool,
    /// Another part of the text says in full what is meant here.
    is_void: bool,
    /// A tag or a sentence grants it by itself.
    is_own: bool,
}

/// How two neighbors are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    Or,
    And,
    Comma,
    /// Nothing joins them: they are of two statements.
    Apart,
}

/// The expression that these items amount to; `None` where there are none.
pub(super) fn compose(tokens: &[Token], mut items: Vec<Item>) -> Option<String> {
    settle_pointers(&mut items);
    items.retain(|item| !item.is_void);
    let choices = choices_in(tokens, &items);
    let mut all: Vec<Choice> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut exceptions: Vec<String> = Vec::new();
    let joins = joins(tokens, &items, &choices);
    let mut is_joined = false;
    for (number, item) in items.iter().enumerate() {
        if item.is_exception {
            let is_said = |term: &Term| term.licenses.ends_with(&format!(" WITH {}", item.licenses));
            if all.iter().any(|choice| choice.terms.iter().any(is_said)) {
                continue;
            }
            // "under the Example License with the … exception": it is an exception to what it stands behind.
            let is_behind = number > 0
                && items[number - 1].source == Source::Words
                && item.source == Source::Words
                && follows_with(tokens, &items[number - 1], item);
            let last = all
                .last_mut()
                .and_then(|choice| choice.terms.last_mut())
                .filter(|term| is_behind && !term.licenses.contains(' '));
            if let Some(term) = last {
                push_new(&mut term.with, &item.licenses);
                is_joined = is_joined || number > 0 && joins[number - 1] == Join::Or;
                continue;
            }
            match bearer(&mut all, &item.licenses) {
                Some(term) => push_new(&mut term.with, &item.licenses),
                None => push_new(&mut exceptions, &item.licenses),
            }
            is_joined = is_joined || number > 0 && joins[number - 1] == Join::Or;
            continue;
        }
        let term = Term {
            licenses: item.licenses.clone(),
            with: Vec::new(),
            family: item.family.clone(),
            is_loose: item.is_loose,
            is_text: item.source == Source::Text,
            is_pointer: item.is_pointer,
            is_void: false,
            is_own: item.source == Source::Tag
                || item.source == Source::Words && item.is_granted && !item.is_pointer && !item.is_loose,
        };
        let goes_on = number > 0 && (joins[number - 1] == Join::Or || is_joined);
        match all.last_mut().filter(|_| goes_on) {
            Some(choice) => choice.terms.push(term),
            None => {
                all.push(Choice { terms: vec![term] });
                starts.push(item.tokens.start);
            }
        }
        is_joined = false;
    }
    for item in items.iter().filter(|item| is_elected(tokens, &item.tokens)) {
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
    // One that stands before all licenses is to the first that it fits; one that fits none is to what nobody named.
    for exception in exceptions {
        if all.is_empty() {
            all.push(Choice::unknown());
        }
        let mut terms = all.iter_mut().flat_map(|choice| &mut choice.terms);
        if let Some(term) = terms.find(|term| is_made_to(&exception, term)) {
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

/// Titles, addresses and paths give way to what the words beside them grant of the same family.
fn settle_pointers(items: &mut [Item]) {
    // "License: GPL-2", and below it "either version 2 of the License, or any later version".
    for at in 1..items.len() {
        let base = items[at - 1]
            .licenses
            .strip_suffix("-only")
            .map(|base| format!("{base}-or-later"));
        if base.as_deref() == Some(items[at].licenses.as_str())
            && !items[at - 1].is_granted
            && items[at - 1].source == Source::Words
        {
            items[at - 1].licenses = items[at].licenses.clone();
        }
    }
    // A variant's name above a text that SPDX lists: the text says what it is.
    for at in 1..items.len() {
        let is_titled = items[at].source == Source::Text && !items[at - 1].is_granted;
        if is_titled
            && items[at - 1].source != Source::Tag
            && items[at - 1].licenses.starts_with("LicenseRef-scancode-")
        {
            items[at - 1].is_void = true;
        }
    }
    let is_said =
        |item: &Item| item.source == Source::Words && !item.is_pointer && !item.is_loose || item.source == Source::Text;
    let said: BTreeSet<String> = items
        .iter()
        .filter(|item| is_said(item))
        .map(|item| item.family.clone())
        .collect();
    let named: BTreeSet<String> = items
        .iter()
        .filter(|item| !(item.source == Source::Address || item.is_path))
        .map(|item| item.family.clone())
        .collect();
    let granted: BTreeSet<String> = items
        .iter()
        .filter(|item| item.source == Source::Words && item.is_granted && !item.is_pointer)
        .map(|item| item.family.clone())
        .collect();
    let has_gnu = items
        .iter()
        .any(|item| is_said(item) && gnu::precise(&item.licenses).is_some());
    for item in items.iter_mut() {
        let is_page = item.source == Source::Address || item.is_path;
        item.is_loose |= is_page && said.contains(&item.family);
        // A path beside a name without a version does not say which version was granted.
        item.is_void |=
            item.is_pointer && !item.is_loose && item.source == Source::Words && granted.contains(&item.family)
                || item.is_path && named.contains(&item.family)
                || item.is_loose && item.is_pointer && has_gnu && gnu::is_open(&item.licenses);
    }
}

fn push_new(list: &mut Vec<String>, word: &str) {
    if !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}

/// Whether the words between a license and an exception say that the one is granted with the other.
fn follows_with(tokens: &[Token], one: &Item, other: &Item) -> bool {
    let between = tokens.get(one.tokens.end..other.tokens.start).unwrap_or_default();
    between.len() < 8
        && !between.iter().any(Token::ends_sentence)
        && between
            .iter()
            .any(|token| token.is_any(&[key("with"), key("w"), key("plus")]))
}

/// The license that an exception belongs to: the last one named before it of the kind it is written for.
fn bearer<'a>(all: &'a mut [Choice], exception: &str) -> Option<&'a mut Term> {
    let is_for = |term: &Term| is_made_to(exception, term);
    let mut terms: Vec<&mut Term> = all
        .iter_mut()
        .flat_map(|choice| &mut choice.terms)
        .filter(|term| !term.licenses.contains(' '))
        .collect();
    let at = terms
        .iter()
        .rposition(|term| is_for(term) && term.with.is_empty())
        .or_else(|| terms.iter().rposition(|term| is_for(term)))?;
    Some(terms.swap_remove(at))
}

/// Whether an exception is one to this license.
fn is_made_to(exception: &str, term: &Term) -> bool {
    if APACHE_EXCEPTIONS.contains(&exception) {
        term.licenses.starts_with("Apache") && !term.licenses.contains(' ')
    } else {
        gnu::precise(&term.licenses).is_some()
    }
}

/// Whether the words before a name choose it: "Example Works elects to distribute it under the …".
fn is_elected(tokens: &[Token], name: &Range<usize>) -> bool {
    let sentence = sentence_around(tokens, name);
    let before = &tokens[sentence.start.max(name.start.saturating_sub(14))..name.start];
    before.iter().any(|token| {
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

/// How each item is joined with the next.
fn joins(tokens: &[Token], items: &[Item], choices: &[ChoiceWords]) -> Vec<Join> {
    let mut all: Vec<Join> = items.windows(2).map(|pair| join(tokens, &pair[0], &pair[1])).collect();
    // "A, B or C": a comma stands for the word before the last.
    for at in (0..all.len()).rev() {
        if all[at] == Join::Comma {
            all[at] = match all.get(at + 1) {
                Some(Join::Or) => Join::Or,
                Some(Join::And) => Join::And,
                _ => Join::Comma,
            };
        }
    }
    // "dual-licensed under A and B", "either of A, B at your option": the sentence says that it is a choice.
    for choice in choices {
        let sentence = &choice.sentence;
        let inside =
            |at: usize| sentence.contains(&items[at].tokens.start) && sentence.contains(&items[at + 1].tokens.start);
        let has_or = (0..all.len()).any(|at| inside(at) && all[at] == Join::Or);
        for at in (0..all.len()).filter(|&at| inside(at)) {
            let is_listed = all[at] == Join::And
                || all[at] == Join::Comma
                || all[at] == Join::Apart && choice.reach == Reach::Sentence;
            if is_listed && !has_or {
                all[at] = Join::Or;
            }
        }
    }
    all
}

/// Tokens between two names that are still joined.
const FAR: usize = 30;

fn join(tokens: &[Token], one: &Item, other: &Item) -> Join {
    let between = &tokens[one.tokens.end.min(other.tokens.start)..other.tokens.start];
    let is_whole = |item: &Item| matches!(item.source, Source::Text | Source::Tag);
    if other.source == Source::Words && is_whole(one) && between.len() <= FAR && opens_alternative(tokens, other) {
        return Join::Or;
    }
    if is_whole(one) || is_whole(other) {
        return Join::Apart;
    }
    if between.len() > FAR || between.iter().any(Token::ends_sentence) {
        return if opens_alternative(tokens, other) {
            Join::Or
        } else {
            Join::Apart
        };
    }
    let between = without_later(between);
    let is_or = |token: &Token| token.is(key("or")) || token.is_sign(b'/') && between.len() <= 3 || token.is_sign(b'|');
    if between.iter().copied().any(is_or) {
        return Join::Or;
    }
    if between
        .iter()
        .any(|token| token.is(key("and")) || token.is_sign(b'&') || token.is(key("plus")) || token.is_sign(b'+'))
    {
        return Join::And;
    }
    if between
        .iter()
        .any(|token| token.is_sign(b',') || token.kind == Kind::Item || token.is_sign(b';'))
        && between.len() < 8
    {
        return Join::Comma;
    }
    Join::Apart
}

/// The tokens but those that say "or any later version", whose "or" joins nothing.
fn without_later(tokens: &[Token]) -> Vec<&Token> {
    let mut all = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match gnu::later_length(tokens, at).filter(|length| *length > 1 || tokens[at].is_sign(b'+')) {
            Some(length) => at += length,
            None => {
                all.push(&tokens[at]);
                at += 1;
            }
        }
    }
    all
}

/// "Alternatively, … may be distributed under the terms of …"
fn opens_alternative(tokens: &[Token], item: &Item) -> bool {
    let sentence = sentence_around(tokens, &item.tokens);
    let head = &tokens[sentence.start..item.tokens.start.min(sentence.start + 8)];
    let is_or = head.first().is_some_and(|first| first.is(key("or")));
    is_or
        || head
            .iter()
            .any(|token| token.is_any(&[key("alternatively"), key("alternative"), key("alternately")]))
}

/// Words that leave a choice.
#[derive(Clone, Debug)]
struct ChoiceWords {
    at: usize,
    sentence: Range<usize>,
    reach: Reach,
}

/// Between which licenses words leave a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Those named in the same sentence.
    Sentence,
    /// Those named before it, or those that follow where none are.
    Around,
}

const THE: u64 = key("the");

/// Wordings that leave a choice to whoever receives the work; whether they speak of licenses that stand elsewhere.
const WORDINGS: &[(&[u64], bool)] = &[
    (&[key("either")], true),
    (&[key("at"), key("your"), key("option")], true),
    (&[key("at"), key("your"), key("choice")], true),
    (&[key("at"), key("your"), key("discretion")], true),
    (&[key("at"), key("your"), key("own"), key("option")], true),
    (&[key("your"), key("choice"), key("of")], true),
    (&[key("choice"), key("of")], true),
    (&[key("dual"), key("licensed")], true),
    (&[key("dual"), key("license")], true),
    (&[key("dual"), key("licenses")], true),
    (&[key("dually"), key("licensed")], true),
    (&[key("double"), key("licensed")], true),
    (&[key("triple"), key("licensed")], true),
    (&[key("tri"), key("licensed")], true),
    (&[key("multi"), key("licensed")], true),
    (&[key("multiple"), key("licensed")], true),
    (&[key("one"), key("of"), key("the"), key("following")], true),
    (&[key("one"), key("of"), key("these")], true),
    (&[key("one"), key("of"), key("two")], true),
    (&[key("one"), key("of"), key("three")], true),
    (&[key("any"), key("of"), key("these")], true),
    (&[key("any"), key("of"), key("the"), key("following")], true),
    (&[key("any"), key("of"), key("them")], true),
    (&[key("any"), key("one"), key("of")], true),
    (&[key("under"), key("one"), key("of")], true),
    (&[key("one"), key("or"), key("both")], true),
    (&[key("one"), key("or"), key("more"), key("of")], true),
    (&[key("whichever")], true),
    (&[key("you"), key("may"), key("choose")], true),
    (&[key("you"), key("can"), key("choose")], true),
    (&[key("may"), key("select")], true),
    (&[key("disjunctive")], false),
    (&[key("disjunctively")], false),
];

fn choices_in(tokens: &[Token], items: &[Item]) -> Vec<ChoiceWords> {
    let is_taken = |at: usize| {
        items
            .iter()
            .any(|item| item.tokens.len() > 1 && item.tokens.contains(&at))
    };
    let mut all: Vec<ChoiceWords> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Word || is_taken(at) {
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
        let Some((_, _)) = WORDINGS
            .iter()
            .find(|(wording, _)| tokens[at].hash == wording[0] && is_here(wording))
        else {
            continue;
        };
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

fn is_either_of_licenses(behind: &[Token]) -> bool {
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
struct Place {
    start: usize,
    is_own: bool,
}

/// A choice whose licenses stand elsewhere: in the list before it, or in what follows where it opens the text.
fn merge_by_reference(all: &mut Vec<Choice>, places: &mut Vec<Place>, choices: &[ChoiceWords], tokens: &[Token]) {
    /// Words before which a choice opens the text.
    const OPENING: usize = 90;
    for choice in choices.iter().filter(|choice| choice.reach == Reach::Around) {
        let before = places.partition_point(|place| place.start < choice.sentence.start);
        let inside = places.partition_point(|place| place.start < choice.sentence.end) - before;
        let is_word = |token: &&Token| token.kind == Kind::Word;
        let words_before = tokens[..choice.at].iter().filter(is_word).count();
        let near = just_before(&places[..before], choice.sentence.start);
        let range = if near.len() >= 2 && inside == 0 {
            near
        } else if before <= 1 && inside <= 1 && words_before < OPENING {
            let first = if inside > 0 { 0 } else { before };
            first..just_behind(places, before + inside, choice.sentence.end)
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
const NEARBY: usize = 60;

/// The parts just before a place, each not far from the next.
fn just_before(places: &[Place], place: usize) -> Range<usize> {
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
fn just_behind(places: &[Place], first: usize, place: usize) -> usize {
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

/// Leaves out what is said twice, and what another part says better.
fn simplify(all: &mut Vec<Choice>) {
    let is_precise = |term: &&Term| !term.is_loose;
    let terms = || all.iter().flat_map(|choice| &choice.terms);
    let mut precise: Vec<(String, String)> = Vec::new();
    for term in terms().filter(is_precise) {
        if !precise.iter().any(|(family, _)| *family == term.family) {
            precise.push((term.family.clone(), term.licenses.clone()));
        }
    }
    let precise_of = |family: &str| {
        precise
            .iter()
            .find(|(known, _)| known == family)
            .map(|(_, licenses)| licenses.clone())
    };
    // Exceptions stay with what takes the place of the loose name they were said of.
    let carried: Vec<(String, Vec<String>)> = all
        .iter()
        .flat_map(|choice| &choice.terms)
        .filter(|term| term.is_loose && precise_of(&term.family).is_some() && !term.with.is_empty())
        .map(|term| (term.family.clone(), term.with.clone()))
        .collect();
    for choice in all.iter_mut() {
        // A choice keeps its branches, under the name that is said in full elsewhere.
        for term in choice.terms.iter_mut().filter(|term| term.is_loose) {
            if let Some(licenses) = precise_of(&term.family) {
                term.licenses = licenses;
                term.is_void = true;
            }
        }
        if choice.terms.iter().all(|term| term.is_void) {
            choice.terms.clear();
        }
        for term in &mut choice.terms {
            for (_, with) in carried
                .iter()
                .filter(|(family, _)| *family == term.family && !term.licenses.contains(' '))
            {
                with.iter().for_each(|exception| push_new(&mut term.with, exception));
            }
        }
    }
    // The text of a GNU license says neither "only" nor "or later"; the words beside it do.
    let granted: BTreeSet<String> = all
        .iter()
        .flat_map(|choice| &choice.terms)
        .filter(|term| !term.is_text && !term.is_pointer)
        .flat_map(|term| term.licenses.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for choice in all.iter_mut() {
        for term in choice.terms.iter_mut().filter(|term| term.is_text || term.is_pointer) {
            if let Some(base) = term.licenses.strip_suffix("-only") {
                let later = format!("{base}-or-later");
                if granted.contains(&later) && !granted.contains(&term.licenses) {
                    term.licenses = later;
                }
            }
        }
        let mut seen: Vec<Term> = Vec::new();
        for term in choice.terms.drain(..) {
            match seen.iter_mut().find(|known| {
                known.licenses == term.licenses
                    && (known.with == term.with
                        || known.with.is_empty() != term.with.is_empty()
                            && (known.is_text || term.is_text || known.is_loose || term.is_loose))
            }) {
                Some(known) => {
                    if known.with.is_empty() {
                        known.with.clone_from(&term.with);
                    }
                }
                None => seen.push(term),
            }
        }
        choice.terms = seen;
    }
    // Whoever says "the same terms as Perl" and shows the Artistic License shows the one of Perl.
    let is_of_perl = granted.contains("Artistic-1.0-Perl");
    let texts = all
        .iter_mut()
        .flat_map(|choice| &mut choice.terms)
        .filter(|term| term.is_text);
    for term in texts.filter(|term| is_of_perl && term.licenses == "Artistic-1.0") {
        "Artistic-1.0-Perl".clone_into(&mut term.licenses);
    }
    // The LGPL, version 3, is written as additions to the GPL and is often shipped together with it.
    let has_lgpl = all.iter().any(|choice| {
        choice
            .terms
            .iter()
            .any(|term| term.is_text && term.licenses.starts_with("LGPL-3.0"))
    });
    for choice in all.iter_mut().filter(|_| has_lgpl) {
        choice
            .terms
            .retain(|term| !(term.is_text && term.licenses.starts_with("GPL-3.0") && term.with.is_empty()));
    }
    all.retain(|choice| !choice.terms.is_empty());
    // What a choice already offers, or a longer statement already says, is not said again; unless it is a grant of its own,
    // which is for another part of the work.
    let mut is_dropped = vec![false; all.len()];
    for number in 0..all.len() {
        is_dropped[number] = (0..all.len()).any(|other| {
            let (choice, by) = (&all[number], &all[other]);
            let is_wider = by.licenses() > choice.licenses();
            let is_own = is_wider && choice.is_own() && !is_shown_whole(&all, by, number);
            other != number && !is_dropped[other] && !is_own && choice.is_within(by) && (is_wider || other < number)
        });
    }
    let mut is_dropped = is_dropped.into_iter();
    all.retain(|_| !is_dropped.next().unwrap_or(false));
}

impl Term {
    /// Whether this is the same license, said at least as fully.
    fn covers(&self, other: &Self) -> bool {
        let is_same = self.licenses == other.licenses
            || self.licenses.split(' ').any(|id| id == other.licenses) && !self.licenses.contains("WITH");
        is_same && other.with.iter().all(|exception| self.with.contains(exception))
    }
}

/// Whether other branches of a choice stand by themselves as well: then these are what is chosen from, each said in full.
fn is_shown_whole(all: &[Choice], choice: &Choice, but: usize) -> bool {
    let is_alone = |term: &Term| {
        let stands =
            |(number, other): (usize, &Choice)| number != but && other.terms.len() == 1 && other.terms[0].covers(term);
        all.iter().enumerate().any(stands)
    };
    let others = choice
        .terms
        .iter()
        .filter(|term| !all[but].terms.iter().any(|own| own.covers(term)));
    let mut others = others.peekable();
    others.peek().is_some() && others.all(is_alone)
}

impl Choice {
    /// A license that nobody knows.
    fn unknown() -> Self {
        let term = Term {
            licenses: UNKNOWN.to_owned(),
            with: Vec::new(),
            family: UNKNOWN.to_owned(),
            is_loose: false,
            is_text: false,
            is_pointer: false,
            is_void: false,
            is_own: false,
        };
        Self { terms: vec![term] }
    }

    fn is_own(&self) -> bool {
        self.terms.len() == 1 && self.terms[0].is_own
    }

    /// How many licenses it offers.
    fn licenses(&self) -> usize {
        let of = |term: &Term| {
            term.licenses
                .split(' ')
                .filter(|part| !matches!(*part, "OR" | "AND" | "WITH"))
                .count()
        };
        self.terms.iter().map(of).sum()
    }

    fn is_within(&self, other: &Self) -> bool {
        self.terms
            .iter()
            .all(|term| other.terms.iter().any(|known| known.covers(term)))
    }

    fn written(&self, is_part: bool) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| term.written(self.terms.len() > 1))
            .collect();
        let all = terms.join(" OR ");
        if is_part && (terms.len() > 1 || all.contains(" OR ")) {
            format!("({all})")
        } else {
            all
        }
    }
}

impl Term {
    fn written(&self, is_part: bool) -> String {
        if self.with.is_empty() {
            let needs_brackets = is_part && self.licenses.contains(" AND ");
            return if needs_brackets {
                format!("({})", self.licenses)
            } else {
                self.licenses.clone()
            };
        }
        let all: Vec<String> = self
            .with
            .iter()
            .map(|exception| format!("{} WITH {exception}", self.licenses))
            .collect();
        if is_part && all.len() > 1 {
            format!("({})", all.join(" AND "))
        } else {
            all.join(" AND ")
        }
    }
}
