//! Where the sentence of somebody else ends and a known text goes on: at the end of a line. A title, a line of copyright
//! and the place of a name would take in the end of a sentence before them, "… the Public License, version 2.".

use super::align::Alignment;
use super::hand::Hand;
use super::known::{Change, ChangeKind, Explanation};
use crate::index::{Corpus, Words};

/// Takes out of an explanation the words before its first whole line, where the text may do without them.
pub(super) fn begin_a_line(explanation: &mut Explanation, alignment: &Alignment<Words>, hand: Hand) {
    let first = explanation.range().start;
    let is_before = |change: &&Change| !change.added.is_empty() && change.added.end <= first;
    let holes = explanation.changes.iter().filter(is_before);
    let start = holes.map(|change| change.added.start).fold(first, usize::min);
    if hand.begins_line(start) {
        return;
    }
    let end = explanation.range().end;
    let Some(line) = (start..end).find(|&word| hand.begins_line(word)) else {
        return;
    };
    let may_do_without = alignment.blocks.iter().all(|block| {
        (block.at.max(start)..block.end().min(line))
            .all(|word| Words::is_optional(alignment.text(), block.position + word - block.at))
    });
    if !may_do_without {
        return;
    }
    for block in &mut explanation.blocks {
        block.start = block.start.max(line).min(block.end);
    }
    explanation.blocks.retain(|block| !block.is_empty());
    explanation
        .changes
        .retain(|change| change.added.end > line || change.added.is_empty() && change.added.start >= line);
}

/// Gives the words that were added before the place of a name the rest of their line, which is no part of the name.
pub(super) fn end_with_the_line(changes: &mut [Change], hand: Hand) {
    for number in 1..changes.len() {
        let (before, behind) = changes.split_at_mut(number);
        let (added, name) = (&mut before[number - 1], &mut behind[0]);
        let is_name = name.kind == ChangeKind::Hole && added.kind == ChangeKind::Open && !added.added.is_empty();
        if !is_name || added.added.end != name.added.start || hand.begins_line(name.added.start) {
            continue;
        }
        let mut rest = name.added.clone();
        if let Some(line) = rest.find(|&word| hand.begins_line(word)) {
            added.added.end = line;
            name.added.start = line;
        }
    }
}
