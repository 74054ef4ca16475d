//! A text in plain letters, with the way back to the original.
//!
//! What an author writes and what a reader sees may be different bytes: entities and tags, letters in another dress,
//! characters that show nothing, words cut at the end of a line, comment leaders. Everything behind this module reads the
//! plain text; whoever shows a place goes back to the original by [`Plain::original`]. `build.rs` compiles these very
//! files, so that the texts of the index and the text at hand are always undressed alike.
//!
//! There are three layers, each a file, and each sees what the one before it left: `markup`, `letters`, `lines`. A text
//! that needs none of them is not copied.

mod entities;
mod letters;
mod lines;
mod markup;
mod tables;

use std::borrow::Cow;
use std::ops::Range;

pub use letters::DisguiseKind;

/// A text in plain letters.
pub(crate) struct Plain<'a> {
    text: Cow<'a, str>,
    /// How each layer changed what the one before it left; the first one changed the original.
    layers: Vec<Vec<Placed>>,
    /// Words whose letters are not what they seem, in the original.
    pub(crate) disguises: Vec<(DisguiseKind, Range<usize>)>,
}

/// A stretch of text and what stands in its place.
pub(crate) struct Edit {
    range: Range<usize>,
    with: With,
}

/// What stands in the place of a stretch of text.
pub(crate) enum With {
    Nothing,
    Letter(char),
    Words(&'static str),
}

/// An edit that was made.
struct Placed {
    from: Range<usize>,
    to: Range<usize>,
    /// Of a stretch that was taken out: whether it belongs to what follows, since a blank stands before it.
    leads: bool,
}

impl<'a> Plain<'a> {
    /// The plain text. `is_known` says whether letters, in lower case, are a word.
    pub(crate) fn new(original: &'a str, is_known: impl Fn(&str) -> bool) -> Self {
        let mut plain = Self {
            text: Cow::Borrowed(original),
            layers: Vec::new(),
            disguises: Vec::new(),
        };
        plain.change(markup::edits(&plain.text));
        let (edits, disguises) = letters::edits(&plain.text);
        plain.disguises = disguises
            .into_iter()
            .map(|(kind, range)| (kind, plain.original(range)))
            .collect();
        plain.change(edits);
        plain.change(lines::edits(&plain.text, is_known));
        plain
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is another one than the original.
    pub(crate) fn is_changed(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Where a stretch of the plain text stands in the original. What was taken out belongs to the word before it, or to
    /// the one behind it where a blank stands before it.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.layers
            .iter()
            .rev()
            .fold(range, |range, layer| before(layer, &range))
    }

    /// The stretches of the original that stand in the plain text in another form or not at all.
    pub(crate) fn changed(&self) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            for edit in layer {
                let below = self.layers[..number].iter().rev();
                all.push(below.fold(edit.from.clone(), |range, layer| before(layer, &range)));
            }
        }
        all.sort_by_key(|range| range.start);
        all
    }

    fn change(&mut self, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let (text, layer) = applied(&self.text, edits);
        self.text = Cow::Owned(text);
        self.layers.push(layer);
    }
}

/// The next byte from `at` on that is wanted; many at a time are looked at, as most texts have few.
fn next_byte(bytes: &[u8], at: usize, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const CHUNK: usize = 32;
    let chunks = bytes[at..].chunks(CHUNK);
    let has = |chunk: &[u8]| chunk.iter().fold(false, |any, &byte| any | is_wanted(byte));
    let (number, chunk) = chunks.enumerate().find(|(_, chunk)| has(chunk))?;
    let place = chunk.iter().position(|&byte| is_wanted(byte))?;
    Some(at + number * CHUNK + place)
}

/// The text with these edits, which are in order and do not overlap.
fn applied(text: &str, edits: Vec<Edit>) -> (String, Vec<Placed>) {
    let mut changed = String::with_capacity(text.len() + 64);
    let mut layer = Vec::with_capacity(edits.len());
    let mut end = 0;
    for Edit { range, with } in edits {
        changed.push_str(text.get(end..range.start).unwrap_or(""));
        let leads = changed.chars().next_back().is_none_or(char::is_whitespace);
        let start = changed.len();
        match with {
            With::Nothing => {}
            With::Letter(letter) => changed.push(letter),
            With::Words(words) => changed.push_str(words),
        }
        end = range.end;
        layer.push(Placed {
            from: range,
            to: start..changed.len(),
            leads,
        });
    }
    changed.push_str(text.get(end..).unwrap_or(""));
    (changed, layer)
}

/// Where a stretch stood before a layer of edits.
fn before(layer: &[Placed], range: &Range<usize>) -> Range<usize> {
    let start = start_before(layer, range.start);
    start..end_before(layer, range.end).max(start)
}

/// The edits that take out something right at a place, and the one before them.
fn at(layer: &[Placed], place: usize) -> (&[Placed], Option<&Placed>) {
    let first = layer.partition_point(|edit| edit.to.start < place);
    let count = layer[first..].partition_point(|edit| edit.to.start == place);
    (
        &layer[first..first + count],
        first.checked_sub(1).map(|last| &layer[last]),
    )
}

fn start_before(layer: &[Placed], place: usize) -> usize {
    let (here, last) = at(layer, place);
    let mut start = match last {
        Some(edit) if place < edit.to.end => edit.from.start,
        Some(edit) => edit.from.end + (place - edit.to.end),
        None => place,
    };
    for edit in here {
        if edit.leads || !edit.to.is_empty() {
            return edit.from.start;
        }
        start = edit.from.end;
    }
    start
}

fn end_before(layer: &[Placed], place: usize) -> usize {
    let (here, last) = at(layer, place);
    let mut end = match last {
        Some(edit) if place <= edit.to.end => edit.from.end,
        Some(edit) => edit.from.end + (place - edit.to.end),
        None => place,
    };
    for edit in here {
        if edit.leads || !edit.to.is_empty() {
            break;
        }
        end = edit.from.end;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Plain<'_> {
        Plain::new(text, |word| word == "distribute")
    }

    #[test]
    fn dress_is_taken_off_and_its_place_is_known() {
        for (text, expected, word, place) in [
            ("as it is", "as it is", "it", "it"),
            ("lic<b>en</b>se", "license", "license", "lic<b>en</b>se"),
            ("a <b>grant</b> of", "a grant of", "grant", "<b>grant</b>"),
            ("licen&#115;e", "license", "license", "licen&#115;e"),
            ("dis-\n// tribute it", "distribute it", "distribute", "dis-\n// tribute"),
            ("ｔｒａｉｎ it", "train it", "train", "ｔｒａｉｎ"),
            ("tr\u{200b}ain it", "train it", "train", "tr\u{200b}ain"),
            ("t&#8203;r<i>ain</i>", "train", "train", "t&#8203;r<i>ain</i>"),
            ("l\u{456}cense", "license", "license", "l\u{456}cense"),
        ] {
            let plain = plain(text);
            assert_eq!(plain.text(), expected);
            let at = expected.find(word).expect("it is there");
            assert_eq!(&text[plain.original(at..at + word.len())], place, "{text}");
            assert_eq!(plain.is_changed(), text != expected);
        }
    }
}
