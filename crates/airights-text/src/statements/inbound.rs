//! What contributors grant to the project, which is not what the project grants: "As a contributor, you agree that your
//! code can be used under either …".
//!
//! Only permissive licenses are taken away: where a sentence is misread, no duty is lost by it.

use std::ops::Range;

use super::context::sentence_around;
use super::items::{Item, Source};
use super::tokens::{Token, key};
use crate::catalogue;
use crate::vocabulary::LicenseClass;

/// Words that a sentence about contributing has.
const CONTRIBUTING: &[u64] = &[
    key("contributor"),
    key("contributors"),
    key("contribution"),
    key("contributions"),
    key("contribute"),
    key("contributing"),
    key("contributed"),
];

/// Words by which it speaks to whoever contributes.
const CONTRIBUTORS: &[&[u64]] = &[
    &[key("you"), key("agree")],
    &[key("by"), key("you")],
    &[key("your"), key("contribution")],
    &[key("your"), key("contributions")],
];

/// Words by which it speaks of more than what is contributed.
const OF_ALL: &[u64] = &[
    key("project"),
    key("software"),
    key("program"),
    key("library"),
    key("using"),
    key("whole"),
    key("including"),
    key("all"),
    key("unless"),
];

/// Takes away what is named as the license of contributions, with the texts of it that follow; returns the sentences
/// that did. Where nothing else is named, it is what there is, and stays.
pub(super) fn take_away_inbound(tokens: &[Token], items: &mut Vec<Item>) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut is_inbound: Vec<bool> = Vec::with_capacity(items.len());
    for item in items.iter() {
        let sentence = sentence_around(tokens, &item.tokens);
        let words = &tokens[sentence.clone()];
        let is_to_them = |pair: &[Token]| {
            CONTRIBUTORS
                .iter()
                .any(|both| pair[0].is(both[0]) && pair[1].is(both[1]))
        };
        let is_named = matches!(item.source, Source::Words | Source::Address);
        let is_about_all = |token: &Token| token.is_any(OF_ALL) || token.is_sign(b';');
        let is_said_there = is_named
            && is_permissive(&item.licenses)
            && words.iter().any(|token| token.is_any(CONTRIBUTING))
            && words.windows(2).any(is_to_them)
            && !words.iter().any(is_about_all);
        if is_said_there && !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
        is_inbound.push(is_said_there);
    }
    for at in 0..items.len() {
        // The text of what the last such sentence names, and nothing before it did.
        let sentence = sentences
            .iter()
            .rfind(|sentence| sentence.end <= items[at].tokens.start);
        let (Some(sentence), Source::Text) = (sentence, items[at].source) else {
            continue;
        };
        let is_same = |other: &Item| other.licenses == items[at].licenses;
        let here = items.iter().zip(&is_inbound);
        let is_of_it = here
            .clone()
            .any(|(other, inbound)| *inbound && sentence.contains(&other.tokens.start) && is_same(other));
        let is_said_before = here
            .filter(|(other, inbound)| !**inbound && other.tokens.start < sentence.start)
            .any(|(other, _)| is_same(other));
        is_inbound[at] = is_of_it && !is_said_before;
    }
    if is_inbound.iter().all(|inbound| *inbound) {
        return Vec::new();
    }
    let mut inbound = is_inbound.into_iter();
    items.retain(|_| !inbound.next().unwrap_or(false));
    sentences
}

fn is_permissive(license: &str) -> bool {
    let class = catalogue::license(license).map(|license| license.class);
    matches!(class, Some(LicenseClass::Permissive | LicenseClass::PublicDomain))
}
