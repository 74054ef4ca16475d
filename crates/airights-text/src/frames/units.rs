//! What is weighed at once: a sentence with what stands above it and gives it its sense.

use std::ops::Range;

use crate::sentences::{Marker, Quoting, sentences, to_judge};

/// Bytes of the longest sentence that only says what becomes of the topic of its heading.
const LONGEST_ANSWER: usize = 120;
/// Bytes of the longest paragraph that may be a point of a list.
const LONGEST_POINT: usize = 240;

/// Bytes of the longest stem that is read again with each item below it.
const LONGEST_STEM: usize = 400;

/// A sentence with what stands above it.
#[derive(Debug)]
pub(crate) struct Unit {
    /// The words: the stems of the list, then the sentence.
    pub(crate) words: String,
    /// The heading it stands under.
    pub(crate) heading: String,
    /// The place of the sentence itself.
    pub(crate) bytes: Range<usize>,
    /// Whether it, or what stands above it, may name a topic.
    pub(crate) may_speak: bool,
    /// Whether it stands in a block of code or a quotation.
    pub(crate) quoting: Quoting,
}

/// The sentences of a part of a text; `topics` are the places where one may be named, where that is known.
pub(crate) fn units(text: &str, within: Range<usize>, topics: Option<&[usize]>) -> Vec<Unit> {
    let names_topic = |bytes: &Range<usize>| {
        let Some(topics) = topics else {
            return true;
        };
        let next = topics.partition_point(|&at| at < bytes.start);
        topics.get(next).is_some_and(|&at| at < bytes.end)
    };
    let mut units = Vec::new();
    let (mut heading, mut heading_speaks) = ("", false);
    let mut stems: Vec<Stem> = Vec::new();
    let mut has_items = false;
    for sentence in to_judge(text, sentences(text, within)) {
        let words = &text[sentence.bytes.clone()];
        let is_stem = ends_with_colon(words);
        if sentence.is_heading && !is_stem {
            heading = if words.len() < LONGEST_ANSWER { words } else { "" };
            heading_speaks = names_topic(&sentence.bytes);
            stems.clear();
        }
        // Texts without bullets put each point of a list in a paragraph of its own.
        let is_point = words.len() < LONGEST_POINT && !has_items;
        if let Some(marker) = sentence.item {
            has_items = true;
            // The stems within an item end with the next one of its list.
            let is_of_list = |stem: &Stem| stem.item.is_some_and(|item| item.is_of_list(marker));
            if let Some(first) = stems.iter().position(is_of_list) {
                stems.truncate(first);
            }
        } else if sentence.opens_paragraph && !is_point {
            stems.clear();
        }
        let above = stems.iter().map(|stem| stem.words).chain([words]);
        units.push(Unit {
            words: above.collect::<Vec<_>>().join(" "),
            heading: if sentence.is_heading { "" } else { heading }.to_owned(),
            bytes: sentence.bytes.clone(),
            may_speak: names_topic(&sentence.bytes)
                || (heading_speaks && words.len() < LONGEST_ANSWER)
                || stems.iter().any(|stem| stem.speaks),
            quoting: sentence.quoting,
        });
        if is_stem && sentence.item.is_none() {
            stems.clear();
            has_items = false;
        }
        if is_stem && words.len() < LONGEST_STEM {
            stems.push(Stem {
                words,
                item: sentence.item,
                speaks: names_topic(&sentence.bytes),
            });
        }
    }
    units
}

/// What opens a list, and stands above its items.
struct Stem<'a> {
    words: &'a str,
    /// The marker of the item it stands in.
    item: Option<Marker>,
    /// Whether it may name a topic.
    speaks: bool,
}

fn ends_with_colon(words: &str) -> bool {
    words.trim_end().trim_end_matches(['*', '_']).ends_with([':', '：'])
}
