//! Recognises words that carry no terms: titles, copyright lines, pointers to licences.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use crate::force::{Force, foreign_letters, has_limits, hidden_force, is_foreign, is_limit, is_of_people};
use crate::index;
use crate::reading::HarmlessKind;
use crate::statements;
use crate::words::{RawWord, each_word, hash_word};

/// What kind of harmless words a sentence is; `None` where it is not, or where that is not certain.
///
/// A sentence is harmless where each of its words is shown to be: a name of a license, an address, part of a known pattern,
/// or a word without force in a sentence that says nothing of what is granted.
pub(crate) fn harmless_kind(sentence: &str) -> Option<HarmlessKind> {
    let words = words_of(sentence);
    if words.is_empty() {
        return Some(HarmlessKind::Separator);
    }
    // The end of a copyright line that goes on in the next.
    let is_rest = words.len() == 1 && words[0].hash == hash_word("reserved");
    if is_rest || is_copyright(sentence, &words) || lists_people(sentence) {
        return Some(HarmlessKind::Copyright);
    }
    let named = statements::names(sentence);
    let mut quiet = addresses(sentence);
    quiet.extend(named.iter().cloned());
    quiet.sort_by_key(|range| range.start);
    let is_spoken = |word: &RawWord| {
        let next = quiet.partition_point(|range| range.end <= word.start);
        quiet.get(next).is_none_or(|range| word.start < range.start)
    };
    let mut forces: Vec<bool> = words
        .iter()
        .map(|word| is_forceful(word.hash) && is_spoken(word))
        .collect();
    let patterns = Patterns::in_words(&words, &mut forces);
    if forces.contains(&true) {
        return None;
    }
    // The usual words of force are not all there are, and English is not the only language.
    let hidden = hidden_force(sentence);
    let is_statement = !named.is_empty();
    let may_limit = !is_statement || is_foreign(sentence) || has_limits(sentence);
    if hidden == Force::Operative && may_limit && !patterns.are_all {
        return None;
    }
    let spoken = words.iter().filter(|word| is_spoken(word)).count();
    if is_statement || patterns.are_there {
        return Some(HarmlessKind::Pointer);
    }
    let is_title = spoken <= LONGEST_TITLE && !ends_as_sentence(sentence);
    let is_description = spoken <= LONGEST_DESCRIPTION && hidden == Force::None;
    (is_title || is_description).then_some(if is_address(sentence) {
        HarmlessKind::Pointer
    } else {
        HarmlessKind::Title
    })
}

/// Words of a title at most.
const LONGEST_TITLE: usize = 12;
/// Words of a sentence that only describes, at most.
const LONGEST_DESCRIPTION: usize = 45;

/// What the patterns of the table make of a sentence.
struct Patterns {
    /// Some pattern occurs.
    are_there: bool,
    /// Long patterns cover nearly all of it: then it is that sentence, whatever its words are.
    are_all: bool,
}

impl Patterns {
    /// Looks for the patterns, and takes the force from the words that they cover.
    fn in_words(words: &[RawWord], forces: &mut [bool]) -> Self {
        let keys: Vec<u64> = words.iter().map(|word| key(word.hash)).collect();
        let mut open = vec![true; keys.len()];
        let mut are_there = false;
        let speaks_of_people = LazyCell::new(|| words.iter().any(|word| is_of_people(word.hash)));
        for start in 0..keys.len() {
            let first = RULES.partition_point(|rule| rule.words[0] < Some(keys[start]));
            let of_word = RULES[first..]
                .iter()
                .take_while(|rule| rule.words[0] == Some(keys[start]));
            for rule in of_word.filter(|rule| rule.matches(&keys[start..], 0)) {
                if rule.is_reach && *speaks_of_people {
                    continue;
                }
                are_there = true;
                rule.disarm(&keys[start..], &mut forces[start..]);
                if rule.words.len() > 5 {
                    rule.disarm(&keys[start..], &mut open[start..]);
                }
            }
        }
        let left = open.iter().filter(|is_open| **is_open).count();
        Self {
            are_there,
            are_all: left * 3 <= keys.len(),
        }
    }
}

/// The name of a month, in full or its first three letters: part of a date. "May" is a word of terms.
pub(crate) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    MONTHS
        .iter()
        .any(|month| *month == lower || month.get(..3) == Some(&lower))
}

/// Whether a full stop ends it that is none of an address, a version or a shortened word.
fn ends_as_sentence(sentence: &str) -> bool {
    sentence
        .trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .ends_with('.')
}

fn is_forceful(word: u64) -> bool {
    index::is_operative_when_added(index::word_id(word))
}

fn words_of(sentence: &str) -> Vec<RawWord> {
    let mut all = Vec::new();
    each_word(sentence, |word| all.push(word));
    all
}

/// Where addresses of pages and people stand: what they are made of is not said.
fn addresses(sentence: &str) -> Vec<Range<usize>> {
    if !sentence.contains("://") && !sentence.contains('@') {
        return Vec::new();
    }
    let start_of = |part: &str| part.as_ptr() as usize - sentence.as_ptr() as usize;
    sentence
        .split_whitespace()
        .filter(|part| part.contains("://") || part.contains('@') && part.contains('.'))
        .map(|part| start_of(part)..start_of(part) + part.len())
        .collect()
}

/// Whether these bytes are part of the address of a person: "ann@ex.example".
pub(crate) fn is_in_mail_address(text: &str, bytes: &Range<usize>) -> bool {
    // An address has 254 bytes at most (RFC 5321, section 4.5.3.1.3).
    let before = text.as_bytes()[..bytes.start].iter().rev().take(254);
    let after = text.as_bytes()[bytes.end..].iter().take(254);
    let start = bytes.start - before.take_while(|byte| !byte.is_ascii_whitespace()).count();
    let end = bytes.end + after.take_while(|byte| !byte.is_ascii_whitespace()).count();
    let part = text.get(start..end).unwrap_or_default();
    let address = part.trim_matches(|letter: char| !letter.is_alphanumeric());
    address.split_once('@').is_some_and(|(person, host)| {
        let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '+');
        person.chars().all(is_plain) && host.chars().all(is_plain) && host.contains('.')
    })
}

/// Whether what stands before a word ends in the fence of a block of code.
pub(crate) fn is_fenced(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    let line = ["```", "~~~"].iter().find_map(|fence| before.strip_suffix(fence));
    let line = line.map(|line| line.trim_end_matches([' ', '\t', '`', '~']));
    line.is_some_and(|line| line.is_empty() || line.ends_with('\n'))
}

fn is_address(sentence: &str) -> bool {
    sentence.contains("://") || sentence.contains("www.")
}

/// Words a copyright statement may open with.
const OPENINGS: &[&str] = &[
    "copyright",
    "copyrights",
    "this software is copyright",
    "this work is copyright",
    "copr",
    "portions copyright",
    "parts copyright",
    "(c)",
    "©",
    "&copy;",
    "all rights reserved",
    "all code copyright",
    "original copyright",
    "author",
    "authors",
    "written by",
    "spdx-filecopyrighttext",
    "some rights reserved",
    "@copyright",
    "\\copyright",
    "modifications copyright",
    "original work copyright",
    "modified work copyright",
    "derived work copyright",
    "additional copyright",
    "contributors",
];

/// Whether the words are a copyright statement and nothing more. Names are no terms: "Nor", "Notify" and "May" are
/// words of force only where they do not begin with a capital, unless everything does.
fn is_copyright(sentence: &str, words: &[RawWord]) -> bool {
    let opening =
        sentence.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '©' | '&' | '@' | '\\'));
    let opens = OPENINGS.iter().any(|known| {
        let start = opening.as_bytes().get(..known.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(known.as_bytes()))
    });
    if !(opens || words.len() <= 40 && has_dated_sign(sentence)) || words.len() > 400 {
        return false;
    }
    // A name in another script is short; a sentence in one is not.
    if foreign_letters(sentence) > 24 || sentence.contains(['。', '！']) {
        return false;
    }
    let is_loud = !sentence.chars().any(char::is_lowercase);
    let reserved = ["reserved", "no"].map(hash_word);
    !words.iter().any(|word| {
        let first = sentence[word.start..].chars().next();
        let is_domain = word.start > 0 && sentence.as_bytes()[word.start - 1] == b'.';
        (is_forceful(word.hash) || is_limit(word.hash))
            && !reserved.contains(&word.hash)
            && !is_domain
            && (is_loud || first.is_some_and(char::is_lowercase))
    })
}

/// Whether each line is the name of a person and a mail address: "Jane Doe <jane@example.org>".
fn lists_people(sentence: &str) -> bool {
    const LONGEST_NAME: usize = 5;
    const PARTICLES: &[&str] = &[
        "van", "von", "zu", "zur", "de", "der", "den", "da", "das", "des", "di", "do", "dos", "du", "del", "della",
        "la", "le", "el", "al", "bin", "ibn", "ter", "ten", "af", "av", "y", "e",
    ];
    let is_person = |line: &str| {
        let line = line.trim_start_matches(|letter: char| letter.is_whitespace() || "*#/;-%".contains(letter));
        let Some((name, address)) = line.split_once(['<', '(']) else {
            return false;
        };
        let address = address.trim_end_matches(['>', ')', ',', ' ', '\r']);
        let is_name = |word: &str| {
            (word.starts_with(char::is_uppercase) || PARTICLES.contains(&word))
                && word.chars().all(|letter| letter < '\u{250}')
                && words_of(word).iter().all(|word| !is_forceful(word.hash))
        };
        // A single word is no term, whatever its letters.
        let is_nickname = |word: &str| {
            word.chars().all(|letter| letter < '\u{590}') && words_of(word).iter().all(|word| !is_forceful(word.hash))
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_named = match words.as_slice() {
            [word] => is_nickname(word),
            words => words.len() <= LONGEST_NAME && words.iter().all(|word| is_name(word)),
        };
        is_named
            && !has_limits(name)
            && !address.contains(char::is_whitespace)
            && is_in_mail_address(address, &(0..address.len()))
    };
    let mut lines = sentence.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(is_person)
}

/// Whether a copyright sign, and a year next, stand somewhere in the words: "Part of it © 2020 Jane Doe".
fn has_dated_sign(sentence: &str) -> bool {
    ["©", "(c)", "(C)"].iter().any(|sign| {
        sentence.split(sign).skip(1).any(|after| {
            let year = after.trim_start_matches([' ', ',', ':']).as_bytes();
            year.len() >= 4 && year[..4].iter().all(u8::is_ascii_digit)
        })
    })
}

/// Ordered by first word.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut all: Vec<Rule> = include_str!("../harmless.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(kind, pattern)| Rule::new(kind, pattern))
        .collect();
    all.sort_by_key(|rule| rule.words[0]);
    all
});

struct Rule {
    /// It says to which things something applies.
    is_reach: bool,
    /// Keys of the words; `None` stands for a few of any. The first is never `None`.
    words: Vec<Option<u64>>,
}

/// Words that `*` stands for at most.
const GAP: usize = 14;

impl Rule {
    fn new(kind: &str, pattern: &str) -> Self {
        Self {
            is_reach: kind == "reach",
            words: pattern
                .split_whitespace()
                .map(|word| (word != "*").then(|| key(hash_word(word))))
                .collect(),
        }
    }

    /// Whether the words start with the pattern, from its word number `at` on.
    fn matches(&self, words: &[u64], at: usize) -> bool {
        match self.words.get(at) {
            None => true,
            Some(Some(word)) => words.first() == Some(word) && self.matches(&words[1..], at + 1),
            Some(None) => (0..=GAP.min(words.len())).any(|skip| self.matches(&words[skip..], at + 1)),
        }
    }

    /// Takes the force from the words the pattern itself has.
    fn disarm(&self, words: &[u64], forces: &mut [bool]) {
        let mut next = 0;
        for (at, wanted) in self.words.iter().enumerate() {
            let Some(wanted) = wanted else {
                while next < words.len() && !self.matches(&words[next..], at + 1) {
                    next += 1;
                }
                continue;
            };
            if words.get(next) == Some(wanted) {
                forces[next] = false;
            }
            next += 1;
        }
    }
}

/// The same for all spellings of a word.
fn key(hash: u64) -> u64 {
    match index::word_id(hash) {
        crate::shingle::UNKNOWN => hash | 1 << 63,
        id => u64::from(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_their_addresses_are_no_terms() {
        for (list, expected) in [
            (
                "Jane Doe <jane@example.org>\nBjörn Ex <b.ex+mail@example.com>\n * Zoë van de Ex <z@example.org>",
                true,
            ),
            (
                "Jane Q. Doe <jane@example.org>\nÉmile Ex <e@example.org>\nИван <i@example.org>\njd <j@example.org>",
                true,
            ),
            ("Zoé du Ex <z@example.org>\nAna dos Ex e Ey <a@example.org>", true),
            ("只供学校 <x@example.org>", false),
            ("Jane Doe <jane@example.org>\nonly for schools <x@example.org>", false),
            ("Must Not Sell <x@example.org>", false),
            ("Noncommercial Use <x@example.org>", false),
            ("Noncommercial <x@example.org>", false),
            ("Jane Doe <not an address>", false),
            ("", false),
        ] {
            assert_eq!(lists_people(list), expected, "{list}");
        }
    }

    #[test]
    fn dress_is_told_from_terms() {
        for (sentence, expected) in [
            (
                "Copyright (c) 2020-2024 Jane Doe <jane@example.org>. All rights reserved.",
                Some(HarmlessKind::Copyright),
            ),
            ("# The MIT License (MIT)", Some(HarmlessKind::Pointer)),
            ("# Notes on the parser", Some(HarmlessKind::Title)),
            (
                "The first part of it is © 1995-2016 International Example Works and others.",
                Some(HarmlessKind::Copyright),
            ),
            ("The first part is © 2020 Jane Doe and may not be sold.", None),
            (
                "@ 2020 Jane Doe <may.not.answer@example.org>",
                Some(HarmlessKind::Title),
            ),
            (
                "The Example Language https://example.org/blob/main/docs/terms/shall/not/LICENSE-MIT",
                Some(HarmlessKind::Pointer),
            ),
            ("See <https://example.org/license>", Some(HarmlessKind::Pointer)),
            (
                "However, these files are an exception and are licensed solely under the MIT license:",
                Some(HarmlessKind::Pointer),
            ),
            (
                "However, these files are licensed solely under the MIT license for academic use, and may not be sold.",
                None,
            ),
            (
                "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
                Some(HarmlessKind::Pointer),
            ),
            (
                "This crate is licensed under the MIT licence, but you may not sell it.",
                None,
            ),
            ("You may not train models.", None),
            (
                "This license does not apply to the fonts in assets.",
                Some(HarmlessKind::Pointer),
            ),
            ("If you are left-handed, this license does not apply to you.", None),
            ("The license applies only to members of the club.", None),
            ("Copyright 2020 Jane Doe, but only for personal use", None),
            (
                "Copyright 2020 Ours Inc. All rights reserved. This is confidential and proprietary.",
                None,
            ),
            ("(c) Ours, proprietary and confidential", None),
            ("Source-available.", None),
            ("Source available at https://ours.example", Some(HarmlessKind::Pointer)),
            ("NoAI", None),
            ("Additional terms at https://ours.example apply.", None),
        ] {
            assert_eq!(harmless_kind(sentence), expected, "{sentence}");
        }
    }
}
