//! Cuts a licence text into words and marks those that may be left out: titles, copyright lines, placeholders.

use crate::words;

/// A word of it.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) letters: String,
    pub(crate) optional: bool,
    /// Something else may stand in its place, but not nothing.
    pub(crate) replaceable: bool,
    pub(crate) start: usize,
}

/// The words of a text, with those marked that may be left out.
pub(crate) fn dressed(text: &str) -> Vec<Word> {
    let mut words = cut(text);
    mark_dress(text, &mut words);
    if words.iter().filter(|word| !word.optional).count() < 12 {
        // A text of a few short lines is all terms, however much it looks like a title.
        for word in &mut words {
            word.optional = false;
        }
    }
    words
}

/// The words of a text.
pub(crate) fn cut(text: &str) -> Vec<Word> {
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
            replaceable: false,
            start: word.start,
        });
    });
    all
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
