//! What is weighed at once: a sentence with what stands above it and gives it its sense.

use std::ops::Range;

use crate::sentences::{Quoting, sentences, to_judge};

/// Bytes of the longest sentence that only says what becomes of the topic of its heading.
const LONGEST_ANSWER: usize = 120;
/// Bytes of the longest paragraph that may be a point of a list.
const LONGEST_POINT: usize = 240;

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
    let (mut heading_speaks, mut stem_speaks, mut has_items) = (false, false, false);
    let mut units = Vec::new();
    let mut heading = String::new();
    let mut stem = String::new();
    for sentence in to_judge(text, sentences(text, within)) {
        let words = &text[sentence.bytes.clone()];
        let is_stem = ends_with_colon(words);
        if sentence.is_heading && !is_stem {
            words.clone_into(&mut heading);
            heading_speaks = names_topic(&sentence.bytes);
            stem.clear();
        }
        // Texts without bullets put each point of a list in a paragraph of its own.
        let is_point = words.len() < LONGEST_POINT && !has_items;
        if sentence.item.is_some() {
            has_items = true;
        } else if sentence.opens_paragraph && !is_point {
            stem.clear();
        }
        let above = if stem.is_empty() {
            String::new()
        } else {
            format!("{stem} ")
        };
        units.push(Unit {
            words: format!("{above}{words}"),
            heading: if sentence.is_heading {
                String::new()
            } else {
                heading.clone()
            },
            bytes: sentence.bytes.clone(),
            may_speak: names_topic(&sentence.bytes)
                || (heading_speaks && words.len() < LONGEST_ANSWER)
                || (stem_speaks && !stem.is_empty()),
            quoting: sentence.quoting,
        });
        if is_stem {
            if sentence.item.is_none() {
                stem.clear();
                has_items = false;
            }
            stem_speaks = names_topic(&sentence.bytes) || (stem_speaks && !stem.is_empty());
            if !stem.is_empty() {
                stem.push(' ');
            }
            stem.push_str(words);
        }
    }
    units
}

fn ends_with_colon(words: &str) -> bool {
    words.trim_end().trim_end_matches(['*', '_']).ends_with([':', '：'])
}
