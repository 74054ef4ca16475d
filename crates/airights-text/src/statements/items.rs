//! What names a license in a text, in order: texts, tags, words, addresses; and which of them only point at one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::sentence_around;
use super::mentions::{Mention, family_of};
use super::tags::present_id;
use super::tokens::{Token, key};
use super::{TextHere, UNKNOWN, gnu};

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
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about what is named"
)]
pub(super) struct Item {
    pub(super) tokens: Range<usize>,
    pub(super) source: Source,
    /// An expression.
    pub(super) licenses: String,
    pub(super) is_exception: bool,
    pub(super) family: String,
    pub(super) is_loose: bool,
    /// Only says where a license can be read.
    pub(super) is_pointer: bool,
    /// Stands in the path of a file.
    pub(super) is_path: bool,
    /// The words around it put something under it.
    pub(super) is_granted: bool,
    /// Says nothing that others do not say better.
    pub(super) is_void: bool,
    /// Stands in the text of an exception.
    pub(super) is_aside: bool,
}

impl Item {
    pub(super) fn of_text(at: usize, text: TextHere) -> Self {
        let present = present_id(text.id);
        // What SPDX once listed as a license and its exception in one has the words of the exception.
        let licenses = match present.split_once(" WITH ") {
            Some((_, exception)) if text.is_exception => exception.to_owned(),
            _ => present,
        };
        Self {
            is_exception: text.is_exception,
            ..Self::at(at, Source::Text, licenses)
        }
    }

    pub(super) fn of_tag(at: usize, expression: Option<&str>) -> Self {
        Self::at(at, Source::Tag, expression.unwrap_or(UNKNOWN).to_owned())
    }

    /// What one token stands for, and grants.
    fn at(at: usize, source: Source, licenses: String) -> Self {
        Self {
            tokens: at..at + 1,
            source,
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

    /// Whether it is a license of GNU.
    pub(super) fn is_gnu(&self) -> bool {
        gnu::precise(&self.licenses).is_some()
    }

    pub(super) fn of_mention(text: &str, mention: &Mention, tokens: &[Token]) -> Self {
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
            is_path: is_in_path(text, tokens, &mention.tokens),
            is_granted: is_granted(tokens, &mention.tokens),
            is_void: false,
            is_aside: false,
        }
    }
}

/// 'GNU General Public License Version 2 (the "GPL")': a short name is for what stands before it, and is part of it.
pub(super) fn take_in_short_names(tokens: &[Token], items: &mut Vec<Item>) {
    items.dedup_by(|short, name| {
        let from_bracket = tokens.get(name.tokens.end..short.tokens.end).unwrap_or_default();
        let opens = from_bracket.first().is_some_and(|first| first.is_sign(b'('));
        let is_near = short.tokens.start <= name.tokens.end + 2;
        let is_named = name.source == Source::Words && short.source == Source::Words;
        let says_no_more = short.licenses == name.licenses || short.is_loose && short.family == name.family;
        let is_short = opens && is_near && is_named && says_no_more && !name.is_loose;
        if is_short {
            name.tokens.end = short.tokens.end;
        }
        is_short
    });
}

/// Titles, addresses and paths give way to what the words beside them grant of the same family.
pub(super) fn settle_pointers(items: &mut [Item]) {
    // "License: GPL-2", "MPL 1.1/GPL 2.0/LGPL 2.1", and below it "either version 2 of the License, or any later version".
    let is_title = |item: &Item| item.source == Source::Words && !item.is_granted && item.licenses.ends_with("-only");
    let stated: BTreeSet<String> = items
        .iter()
        .filter(|item| item.source == Source::Words && !item.is_pointer && !item.is_loose && !is_title(item))
        .map(|item| item.licenses.clone())
        .collect();
    let titles: Vec<String> = items
        .iter()
        .filter(|item| is_title(item))
        .map(|item| item.licenses.clone())
        .collect();
    for item in items.iter_mut().filter(|item| is_title(item)) {
        let later = item.licenses.replace("-only", "-or-later");
        // The titles of several parts are not explained by the notice of one of them.
        let is_only_one = titles.iter().filter(|title| **title == item.licenses).count() == 1;
        if is_only_one && stated.contains(&later) && !stated.contains(&item.licenses) {
            item.licenses = later;
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

/// Whether the words around a name only say where it can be read: "a copy of the …", "the full text of the … is in …".
pub(super) fn is_pointed_at(tokens: &[Token], name: &Range<usize>) -> bool {
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
pub(super) fn is_in_path(text: &str, tokens: &[Token], name: &Range<usize>) -> bool {
    /// Bytes before a name that may be those of its path.
    const LONGEST_PATH: usize = 200;
    let Some(before) = name.start.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    let first = &tokens[name.start];
    // "MPL 1.1/GPL 2.0/LGPL 2.1" is no path: there are blanks in it.
    let line = &text[text.floor_char_boundary(first.start.saturating_sub(LONGEST_PATH))..first.start];
    let slashes = line
        .rsplit(char::is_whitespace)
        .next()
        .map_or(0, |path| path.matches('/').count());
    let is_below = first.is_tight && before.is_sign(b'/') && slashes > 1;
    let is_of_a_file = before.is_any(&[key("license"), key("licenses"), key("copying")])
        && before.end + 1 == first.start
        && !first.is_tight
        && before.is_joined;
    is_below || is_of_a_file
}

/// Whether the words before a name put something under it.
pub(super) fn is_granted(tokens: &[Token], name: &Range<usize>) -> bool {
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
