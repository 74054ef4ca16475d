//! Finds the copyright lines of a licence text in which the blanks of its template were never filled in.
//!
//! MIT and its like are templates that begin with such a line. Apache-2.0 and the GNU licences show one within their own
//! text, where they tell how to apply them; there it is part of the instructions.

use crate::lines::Lines;
use crate::reading::{Match, Reading, Span};

/// Words that templates put between brackets.
const BLANK_WORDS: &[&str] = &[
    "author",
    "authors",
    "company",
    "copyright",
    "date",
    "dates",
    "email",
    "full",
    "fullname",
    "here",
    "holder",
    "holders",
    "insert",
    "name",
    "names",
    "of",
    "or",
    "organisation",
    "organization",
    "owner",
    "owners",
    "person",
    "project",
    "the",
    "this",
    "year",
    "years",
    "your",
    "yyyy",
];

/// The copyright lines with blanks in a text that was read, in its order.
pub fn blanks(text: &str, reading: &Reading) -> Vec<Span> {
    let lines = Lines::new(text);
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let bytes = start..start + line.trim_end().len();
        start += line.len();
        if speaks_of_copyright(line) && has_blank(line) {
            let span = lines.span(bytes);
            if !is_instruction(&span, &reading.matches) {
                found.push(span);
            }
        }
    }
    found
}

/// Whether a line is a copyright line, behind bullets and comment leaders.
fn speaks_of_copyright(line: &str) -> bool {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    let word: String = line.chars().take_while(char::is_ascii_alphabetic).collect();
    line.starts_with('©') || word.eq_ignore_ascii_case("copyright")
}

/// Whether something in brackets is made of a template's words alone: `<year>`, `[name of copyright owner]`.
fn has_blank(line: &str) -> bool {
    let is_open = |letter: char| matches!(letter, '<' | '[' | '{');
    let is_closed = |letter: char| matches!(letter, '>' | ']' | '}');
    let behind_brackets = line.split(is_open).skip(1);
    let mut inner = behind_brackets.filter_map(|rest| Some(&rest[..rest.find(is_closed)?]));
    inner.any(|inner| {
        let mut words = inner
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let is_of_a_template = |word: &str| BLANK_WORDS.iter().any(|blank| blank.eq_ignore_ascii_case(word));
        inner.contains(char::is_alphabetic) && words.all(is_of_a_template)
    })
}

/// Whether a line stands in the appendix of a licence, behind most of its words, or behind the last licence.
fn is_instruction(line: &Span, matches: &[Match]) -> bool {
    let mut spans = matches.iter().flat_map(|found| &found.spans);
    let mut first_and_last = matches.iter().filter_map(|found| {
        let first = found.spans.iter().map(|span| span.bytes.start).min()?;
        let last = found.spans.iter().map(|span| span.bytes.end).max()?;
        Some((first, last))
    });
    let is_in_appendix = first_and_last.any(|(first, last)| {
        let middle = first + (last - first) / 2;
        middle <= line.bytes.start && line.bytes.end <= last
    });
    let is_behind_all = !matches.is_empty() && spans.all(|span| span.bytes.end <= line.bytes.start);
    is_in_appendix || is_behind_all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        let reading = crate::read(text);
        let blanks = blanks(text, &reading);
        blanks.into_iter().map(|span| text[span.bytes].to_owned()).collect()
    }

    const MIT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and \
        associated documentation files (the \"Software\"), to deal in the Software without restriction";

    #[test]
    fn blanks_of_a_template_are_found() {
        for line in [
            "Copyright (c) <year> <copyright holders>",
            "Copyright (c) [year] [fullname]",
            "Copyright {yyyy} {name of copyright owner}",
            "  Copyright © <YEAR> The Authors",
            "Copyright (c) 2024 <Your Name Here>",
        ] {
            assert_eq!(marked(&format!("MIT License\n\n{line}\n\n{MIT}\n")), [line], "{line}");
        }
    }

    #[test]
    fn what_is_filled_in_is_left_alone() {
        for line in [
            "Copyright (c) 2024 The Example Developers <dev@example.org>",
            "Copyright (c) 2015-2016 [Somebody](https://example.org)",
            "the above copyright notice shall be included in <project>/NOTICE files",
            "<year>",
        ] {
            assert_eq!(marked(&format!("{line}\n\n{MIT}\n")), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn instructions_within_a_licence_are_no_blanks() {
        let apache = include_str!("../LICENSE-APACHE");
        assert!(apache.contains("[yyyy]"), "the appendix is there");
        assert_eq!(marked(apache), Vec::<String>::new());
        let line = "Copyright (c) [year] [fullname]";
        let both = format!("{apache}\n{line}\n\n{}", include_str!("../LICENSE-MIT"));
        assert_eq!(marked(&both), [line]);
    }

    #[test]
    fn a_text_without_a_known_licence_may_have_blanks() {
        let text = "Copyright [year] [name]\n\nTrain as you like.\n";
        assert_eq!(marked(text), ["Copyright [year] [name]"]);
    }
}
