//! Which part of a work a sentence speaks of where it names a license: "The documentation is under CC-BY-4.0".

use std::ops::Range;

use super::context::sentence_around;
use super::tokens::{Token, key};
use crate::reading::Part;

/// Words that stand for the whole of a work, or for its code.
const WHOLE: &[u64] = &[
    key("code"),
    key("source"),
    key("sources"),
    key("software"),
    key("library"),
    key("libraries"),
    key("crate"),
    key("crates"),
    key("program"),
    key("project"),
    key("package"),
    key("work"),
    key("everything"),
    key("all"),
    key("rest"),
    key("other"),
    key("product"),
    key("headers"),
];

/// Words that stand for a part that is not the code which others build.
const PARTS: &[(Part, &[u64])] = &[
    (
        Part::Documentation,
        &[
            key("documentation"),
            key("documents"),
            key("docs"),
            key("doc"),
            key("manual"),
            key("guide"),
            key("book"),
            key("tutorial"),
            key("tutorials"),
            key("website"),
            key("specification"),
        ],
    ),
    (
        Part::Tests,
        &[
            key("test"),
            key("tests"),
            key("testsuite"),
            key("fixtures"),
            key("benchmarks"),
            key("benches"),
            key("examples"),
            key("samples"),
        ],
    ),
    (
        Part::BuildTools,
        &[
            key("scripts"),
            key("makefile"),
            key("makefiles"),
            key("configure"),
            key("m4"),
            key("ci"),
        ],
    ),
    (
        Part::Media,
        &[
            key("logo"),
            key("logos"),
            key("icon"),
            key("icons"),
            key("images"),
            key("artwork"),
            key("assets"),
            key("fonts"),
            key("font"),
            key("sounds"),
            key("media"),
        ],
    ),
];

/// Words at which what a sentence is about has been said, and what is said of it begins.
const VERBS: &[u64] = &[
    key("is"),
    key("are"),
    key("was"),
    key("were"),
    key("may"),
    key("can"),
    key("has"),
    key("licensed"),
    key("released"),
    key("distributed"),
    key("covered"),
    key("available"),
    key("under"),
];

/// The part that the sentence around a name is about; the whole where it does not say, or says more than one.
pub(super) fn part_of(tokens: &[Token], name: &Range<usize>) -> Part {
    let sentence = sentence_around(tokens, name);
    let before = &tokens[sentence.start..name.start.max(sentence.start)];
    let subject = before.iter().take_while(|token| !token.is_any(VERBS));
    let mut parts: Vec<Part> = Vec::new();
    for token in subject {
        if token.is_any(WHOLE) {
            return Part::Whole;
        }
        let part = PARTS.iter().find(|(_, words)| token.is_any(words));
        parts.extend(part.map(|(part, _)| *part));
    }
    match parts.as_slice() {
        [first, others @ ..] if others.iter().all(|other| other == first) => *first,
        _ => Part::Whole,
    }
}
