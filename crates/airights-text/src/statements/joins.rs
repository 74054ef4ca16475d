//! How two neighbors among the names of a text are joined: as a choice, together, or not at all.

use super::choices::{ChoiceWords, Reach};
use super::context::sentence_around;
use super::gnu;
use super::items::{Item, Source};
use super::tokens::{Kind, Token, key};

/// How two neighbors are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    Or,
    And,
    Comma,
    /// Nothing joins them: they are of two statements.
    Apart,
}

/// How each item is joined with the next.
pub(super) fn joins(tokens: &[Token], items: &[Item], choices: &[ChoiceWords]) -> Vec<Join> {
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
pub(super) const FAR: usize = 30;

pub(super) fn join(tokens: &[Token], one: &Item, other: &Item) -> Join {
    let between = &tokens[one.tokens.end.min(other.tokens.start)..other.tokens.start];
    let is_whole = |item: &Item| matches!(item.source, Source::Text | Source::Tag);
    // Of the sentence behind a text, a few words may agree with the text's own.
    let opens = || opens_alternative(tokens, other) || between.iter().take(4).any(is_alternative);
    if other.source == Source::Words && is_whole(one) && between.len() <= FAR && opens() {
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
pub(super) fn without_later(tokens: &[Token]) -> Vec<&Token> {
    let mut all = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let later = gnu::later_length(tokens, at).filter(|length| *length > 1 || tokens[at].is_sign(b'+'));
        if later.is_none() {
            all.push(&tokens[at]);
        }
        at += later.unwrap_or(1);
    }
    all
}

/// "Alternatively, … may be distributed under the terms of …"
pub(super) fn opens_alternative(tokens: &[Token], item: &Item) -> bool {
    let sentence = sentence_around(tokens, &item.tokens);
    let before = &tokens[sentence.start..item.tokens.start];
    let head = &before[..before.len().min(8)];
    // What stands before the word may be a list that no full stop ends.
    let near = &before[before.len().saturating_sub(24)..];
    let is_or = head.first().is_some_and(|first| first.is(key("or")));
    is_or || head.iter().chain(near).any(is_alternative)
}

fn is_alternative(token: &Token) -> bool {
    token.is_any(&[key("alternatively"), key("alternative"), key("alternately")])
}
