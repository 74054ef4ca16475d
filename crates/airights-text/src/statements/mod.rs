//! Reads what a text *says about* licenses, beside the license texts that stand in it.
//!
//! Most files that are no license text are statements: "Licensed under either of …", an SPDX tag, the notice of a GNU
//! license, an address. They are made of names (`names`), with the versions around them (`mentions`, `gnu`), of tags
//! (`tags`), and of the words that join them (`compose`). A mention is no license: "formerly under", "compatible with",
//! and everyday words that are names as well say nothing (`context`).

mod choices;
mod compose;
mod context;
mod exceptions;
mod gnu;
mod inbound;
mod items;
mod joins;
mod mentions;
mod names;
mod parts;
mod spoken;
mod tags;
mod terms;
mod tokens;

use std::ops::Range;

use crate::reading::Part;
use items::{Item, Source};
use tokens::Kind;

/// The id of what is called a license and is none that is known.
pub(crate) const UNKNOWN: &str = "LicenseRef-airights-unclassified";

/// A stretch of a text; with a number, that of the license text it belongs to.
pub(crate) type Stretch = (Range<usize>, Option<usize>);

/// A license text that stands in the text at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextHere {
    pub(crate) id: &'static str,
    pub(crate) is_exception: bool,
}

/// A license that the text names, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) bytes: Range<usize>,
    pub(crate) licenses: String,
    pub(crate) part: Part,
}

/// What a text says of licenses.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Statements {
    /// All of it as one expression; `None` where neither a text nor a statement grants anything.
    pub(crate) expression: Option<String>,
    /// The names that count, in order.
    pub(crate) said: Vec<Said>,
}

/// What these stretches say; those that belong to a license text carry its number in `texts`.
pub(crate) fn statements(text: &str, stretches: &[Stretch], texts: &[TextHere]) -> Statements {
    let (stretches, tags) = with_tags(text, stretches, texts.len());
    let tokens = tokens::tokens(text, &stretches);
    let mut found = mentions::mentions(text, &tokens);
    // An everyday word in the same sentence names nothing, and takes no name from what is named there.
    context::keep_what_is_told(text, &tokens, &mut found);
    let unknown = context::unknown_names(text, &tokens, &found);
    context::drop_what_is_denied(&tokens, &mut found);
    let mut items: Vec<Item> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Kind::Text(number) = token.kind {
            let item = match texts.get(number) {
                Some(text) => Item::of_text(at, *text),
                None => Item::of_tag(at, tags[number - texts.len()].expression.as_deref()),
            };
            // The parts of one text, with copyright lines between them, are one.
            if !items.iter().any(|other| {
                other.source == Source::Text && other.licenses == item.licenses && item.source == Source::Text
            }) {
                items.push(item);
            }
        }
    }
    let is_exception = |number: Option<usize>| {
        number
            .and_then(|number| texts.get(number))
            .is_some_and(|text| text.is_exception)
    };
    let asides = stretches
        .windows(2)
        .filter(|pair| is_exception(pair[0].1) && pair[1].1.is_none());
    let asides: Vec<Range<usize>> = asides.map(|pair| pair[1].0.clone()).collect();
    let named = found.iter().chain(&unknown).map(|mention| {
        let mut item = Item::of_mention(text, mention, &tokens);
        // What an exception names is what it is an exception to.
        let at = tokens[mention.tokens.start].start;
        item.is_aside = asides.iter().any(|aside| aside.contains(&at));
        item
    });
    items.extend(named);
    // What an exception's text says of licenses counts where nothing else says which GNU license it is an exception to.
    let is_answered =
        |item: &Item| !item.is_aside && (item.is_gnu() || !item.is_exception && exceptions::is_for_apache(texts));
    if items.iter().any(is_answered) {
        items.retain(|item| !item.is_aside);
    }
    items.sort_by_key(|item| item.tokens.start);
    let said = items
        .iter()
        .filter(|item| item.source != Source::Text)
        .map(|item| Said {
            bytes: match tokens[item.tokens.start].kind {
                Kind::Text(number) => tags[number - texts.len()].bytes.clone(),
                _ => tokens[item.tokens.start].start..tokens[item.tokens.end - 1].end,
            },
            licenses: item.licenses.clone(),
            part: parts::part_of(&tokens, &item.tokens),
        });
    let said = said.collect();
    Statements {
        expression: compose::compose(&tokens, items),
        said,
    }
}

/// Where a sentence names licenses that it puts something under, tags among them.
pub(crate) fn names(sentence: &str) -> Vec<Range<usize>> {
    let (stretches, tags) = with_tags(sentence, &[(0..sentence.len(), None)], 0);
    let tokens = tokens::tokens(sentence, &stretches);
    let mut found = mentions::mentions(sentence, &tokens);
    context::keep_what_is_told(sentence, &tokens, &mut found);
    let names = found
        .iter()
        .map(|mention| tokens[mention.tokens.start].start..tokens[mention.tokens.end - 1].end);
    names.chain(tags.into_iter().map(|tag| tag.bytes)).collect()
}

/// The stretches with those that are tags apart, numbered after the texts.
fn with_tags(text: &str, stretches: &[Stretch], texts: usize) -> (Vec<Stretch>, Vec<tags::Tag>) {
    let mut all = Vec::with_capacity(stretches.len());
    let mut found: Vec<tags::Tag> = Vec::new();
    for (bytes, number) in stretches {
        if number.is_some() {
            all.push((bytes.clone(), *number));
            continue;
        }
        let mut start = bytes.start;
        for tag in tags::tags(text, bytes.clone()) {
            all.push((start..tag.bytes.start, None));
            all.push((tag.bytes.clone(), Some(texts + found.len())));
            start = tag.bytes.end;
            found.push(tag);
        }
        all.push((start..bytes.end, None));
    }
    (all, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        statements(text, &[(0..text.len(), None)], &[]).expression
    }

    #[test]
    fn statements_are_expressions() {
        for (text, expected) in [
            (
                "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
                Some("Apache-2.0 OR MIT"),
            ),
            (
                "This crate is licensed under the GNU General Public License, version 3 or any later version.",
                Some("GPL-3.0-or-later"),
            ),
            (
                "made available under the terms of the Eclipse Public License v1.0",
                Some("EPL-1.0"),
            ),
            ("GNU GPL v2", Some("GPL-2.0-only")),
            (
                "It may be used under version 2 or later of the GNU Lesser General Public License.",
                Some("LGPL-2.0-or-later"),
            ),
            (
                "See https://creativecommons.org/licenses/by-nc/2.5/",
                Some("CC-BY-NC-2.5"),
            ),
            (
                "We dual-license it under the Unlicense and MIT.",
                Some("Unlicense OR MIT"),
            ),
            ("It is compatible with the GPL.", None),
            ("Formerly under the GPL, version 2.", None),
            ("Written in Python and Ruby.", None),
            (
                "SPDX-License-Identifier: MIT OR (Apache-2.0 AND ISC)",
                Some("MIT OR (Apache-2.0 AND ISC)"),
            ),
            (
                "Apache 2.0 with the LLVM exception, Apache 2.0, or MIT",
                Some("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"),
            ),
            (
                "subject to the Example Evaluation License (the \"License\"); you may not use this file",
                Some(UNKNOWN),
            ),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }
}
