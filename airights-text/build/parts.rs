//! What the index holds: the SPDX texts as words, which of them may be left out, and notices cut from them.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::{spelling, words};

/// What a text of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    License,
    Exception,
    Notice,
}

/// One text of the index.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
    pub(crate) words: Vec<Word>,
}

/// A word of it.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) letters: String,
    pub(crate) optional: bool,
    start: usize,
}

/// Ids that win over others where texts are alike, because they are what people mean.
const USUAL: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "MPL-2.0",
    "BSL-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "LGPL-2.1-only",
    "LGPL-3.0-only",
    "AGPL-3.0-only",
    "OpenSSL",
    "X11",
    "MIT-0",
    "NCSA",
    "PostgreSQL",
    "HPND",
    "OFL-1.1",
];

/// Every text, the preferred one of any that are alike first.
pub(crate) fn entries(table: &str) -> Vec<Entry> {
    let rules: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
        .collect();
    let deprecated: HashSet<&str> = spdx::identifiers::LICENSES
        .iter()
        .filter(|license| license.flags & spdx::flags::IS_DEPRECATED != 0)
        .map(|license| license.name)
        .collect();
    let mut sources: Vec<(&'static str, Kind, &'static str)> = Vec::new();
    sources.extend(
        spdx::text::LICENSE_TEXTS
            .iter()
            // Deprecated ids that are an exception or a `+` in disguise hold no text of their own.
            .filter(|(id, _)| !(deprecated.contains(id) && (id.contains("-with-") || id.ends_with('+'))))
            .map(|&(id, text)| (id, Kind::License, text)),
    );
    sources.extend(
        spdx::text::EXCEPTION_TEXTS
            .iter()
            .map(|&(id, text)| (id, Kind::Exception, text)),
    );
    sources.sort_by_key(|(id, kind, _)| {
        let usual = USUAL.iter().position(|usual| usual == id).unwrap_or(USUAL.len());
        (usual, *kind == Kind::Exception, deprecated.contains(id), id.len(), *id)
    });
    let mut all = Vec::new();
    let mut notices = Vec::new();
    for (id, kind, text) in sources {
        let mut words = cut(text);
        mark_dress(text, &mut words);
        if words.iter().filter(|word| !word.optional).count() < 12 {
            // A text of a few short lines is all terms, however much it looks like a title.
            for word in &mut words {
                word.optional = false;
            }
        }
        for rule in rules.iter().filter(|rule| applies(rule[0], id)) {
            let Some(range) = find_part(&words, rule[2], rule.get(3).copied().unwrap_or("")) else {
                continue;
            };
            if rule[1] == "notice" {
                if !notices.iter().any(|notice: &Entry| notice.id == id) {
                    let words = words[range]
                        .iter()
                        .cloned()
                        .map(|word| Word {
                            optional: false,
                            ..word
                        })
                        .collect();
                    notices.push(Entry {
                        id,
                        kind: Kind::Notice,
                        words,
                    });
                }
            } else {
                words[range].iter_mut().for_each(|word| word.optional = true);
            }
        }
        all.push(Entry { id, kind, words });
    }
    all.extend(notices);
    all
}

/// The spelling of a word that the index knows it by.
pub(crate) fn usual_spelling(letters: &str) -> Cow<'_, str> {
    if let Some((_, usual)) = spelling::VARIANTS.iter().find(|(variant, _)| *variant == letters) {
        return Cow::Borrowed(usual);
    }
    for (british, american) in ENDINGS {
        if let Some(stem) = letters.strip_suffix(british).filter(|stem| stem.len() > 3) {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    Cow::Borrowed(letters)
}

/// Every spelling of a word the index knows, that one first.
pub(crate) fn spellings(letters: &str) -> Vec<String> {
    let mut all = vec![letters.to_owned()];
    all.extend(
        spelling::VARIANTS
            .iter()
            .filter(|(_, usual)| *usual == letters)
            .map(|(variant, _)| (*variant).to_owned()),
    );
    for (british, american) in ENDINGS {
        if let Some(stem) = letters.strip_suffix(american).filter(|stem| stem.len() > 3) {
            all.push(format!("{stem}{british}"));
        }
    }
    all
}

const ENDINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("isations", "izations"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("ise", "ize"),
];

fn applies(pattern: &str, id: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == id, |start| id.starts_with(start))
}

fn cut(text: &str) -> Vec<Word> {
    let mut all = Vec::new();
    words::each_word(text, |word| {
        let letters: String = text[word.start..word.end]
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        all.push(Word {
            letters,
            optional: false,
            start: word.start,
        });
    });
    all
}

fn find_part(words: &[Word], first: &str, last: &str) -> Option<std::ops::Range<usize>> {
    let start = find(words, first)?;
    if last.is_empty() {
        return Some(start..words.len());
    }
    let phrase = cut(last).len();
    let end = find(&words[start..], last)? + start + phrase;
    Some(start..end)
}

fn find(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase = cut(phrase);
    words.windows(phrase.len()).position(|run| {
        run.iter()
            .zip(&phrase)
            .all(|(a, b)| usual_spelling(&a.letters) == usual_spelling(&b.letters))
    })
}

/// Marks titles, copyright lines and placeholders as words that may be left out.
fn mark_dress(text: &str, words: &mut [Word]) {
    let mut mark = |start: usize, end: usize| {
        for word in words.iter_mut().filter(|word| (start..end).contains(&word.start)) {
            word.optional = true;
        }
    };
    let mut in_title = true;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let plain = line
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '<')
            .to_lowercase();
        let count = plain.split_whitespace().count();
        let is_copyright = plain.starts_with("copyright") && (count < 25) && !plain.starts_with("copyright and")
            || plain.starts_with("(c) ")
            || plain.starts_with("all rights reserved");
        if is_copyright {
            // Some texts go on in the same line; what follows the reservation or a full stop is terms.
            let length = ["all rights reserved.", ">. ", "reserved. "]
                .iter()
                .filter_map(|end| line.to_lowercase().find(end).map(|at| at + end.len()))
                .min()
                .unwrap_or(line.len());
            mark(offset, offset + length);
        } else if count > 10 || plain.contains("permission") || plain.contains("redistribution") {
            in_title = false;
        } else if in_title {
            mark(offset, offset + line.len());
        }
        offset += line.len();
    }
    for (open, close) in [('<', '>'), ('[', ']'), ('{', '}')] {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| at + from) {
            let end = text[start..].find(close).map_or(text.len(), |at| at + start);
            let inner = text.get(start + 1..end).unwrap_or("").to_lowercase();
            let is_hole = inner.split_whitespace().count() <= 8
                && inner.len() < 80
                && (open == '<' && !inner.contains("://") && !inner.contains('@')
                    || HOLES.iter().any(|hole| inner.contains(hole)));
            if is_hole {
                mark(start, end);
            }
            from = start + 1;
        }
    }
}

const HOLES: &[&str] = &[
    "year",
    "yyyy",
    "name",
    "owner",
    "holder",
    "insert",
    "date",
    "organi",
    "company",
    "author",
    "copyright",
    "fullname",
];
