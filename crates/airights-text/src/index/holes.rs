//! Reads words as a stretch of a known text whose wording may vary.
//!
//! The text says which of its words may be left out, and in which stretches something else may stand: names, dates,
//! other wordings of one clause. Of all ways to read the words at hand the one that leaves least unexplained is taken.

use std::ops::Range;

use super::forces::may_be_in_name;
use crate::shingle::{ANY, SOME, UNKNOWN};

/// A stretch of a text that may be worded otherwise.
#[derive(Debug)]
pub(crate) struct Hole {
    /// Its first word.
    pub(crate) start: u16,
    /// The word behind it.
    pub(crate) end: u16,
    wordings: &'static [&'static [u16]],
    is_equivalent: bool,
}

static WORDINGS: &[&[&[u16]]] = include!(concat!(env!("OUT_DIR"), "/wordings.rs"));
static HOLES: &[&[Hole]] = include!(concat!(env!("OUT_DIR"), "/holes.rs"));

/// The holes of text number `number`, in order.
pub(crate) fn of(number: usize) -> &'static [Hole] {
    HOLES.get(number).copied().unwrap_or_default()
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) id: u16,
    /// Whether it may be left out, and nothing need stand in its place.
    pub(crate) may_be_nothing: bool,
}

/// How words at hand and words of the text belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// One of each, and they are the same.
    Same,
    /// One of the text is left out, as it may be.
    LeftOut,
    /// One of the text is missing.
    Missing,
    /// One at hand was added.
    Added,
    /// So many at hand stand for so many of the text.
    Instead {
        at_hand: usize,
        known: usize,
        is_equivalent: bool,
    },
}

/// Words that a name has at most.
const NAME: usize = 16;
/// Pairs of words that are compared at most.
const MOST: usize = 40_000;

const UNREACHED: u32 = u32::MAX;

/// The cost of a step: the fewer words stay unexplained the better, and literally the same is better than that. A sentence
/// that stands between is one thing that was added, however long it is.
fn cost(step: Step, before: Step) -> u32 {
    match step {
        Step::Added if before == Step::Added => 6,
        Step::Same => 0,
        Step::LeftOut => 1,
        Step::Instead { at_hand, .. } => 2 + u32::try_from(at_hand / 4).unwrap_or_default(),
        Step::Missing | Step::Added => 40,
    }
}

/// The best way to read `ids` as the words `known`, the first of which has the position `first` in a text with these
/// holes; `None` where there are too many.
///
/// With `begins_anywhere`, words at hand before the first that belongs to them are passed over.
pub(crate) fn fit(
    ids: &[u16],
    known: &[Known],
    first: usize,
    holes: &[Hole],
    begins_anywhere: bool,
) -> Option<Vec<Step>> {
    let width = known.len() + 1;
    if ids.len().max(1) * width > MOST {
        return None;
    }
    let mut ways: Vec<(u32, Step)> = vec![(UNREACHED, Step::Same); (ids.len() + 1) * width];
    ways[0].0 = 0;
    let inside: Vec<(usize, usize, &Hole)> = holes
        .iter()
        .filter_map(|hole| {
            let start = usize::from(hole.start).checked_sub(first)?;
            let end = usize::from(hole.end).checked_sub(first)?;
            (end <= known.len()).then_some((start, end, hole))
        })
        .collect();
    for at in 0..=ids.len() {
        for position in 0..=known.len() {
            let (here, before) = ways[at * width + position];
            if here == UNREACHED {
                continue;
            }
            let is_before = begins_anywhere && position == 0;
            let mut reach = |at: usize, position: usize, step: Step| {
                let way = &mut ways[at * width + position];
                let is_free = is_before && step == Step::Added;
                let total = if is_free { here } else { here + cost(step, before) };
                if total < way.0 {
                    *way = (total, step);
                }
            };
            if let Some(word) = known.get(position) {
                if ids.get(at) == Some(&word.id) && word.id != UNKNOWN {
                    reach(at + 1, position + 1, Step::Same);
                }
                let step = if word.may_be_nothing {
                    Step::LeftOut
                } else {
                    Step::Missing
                };
                reach(at, position + 1, step);
            }
            if at < ids.len() {
                reach(at + 1, position, Step::Added);
            }
            for (_, end, hole) in inside.iter().filter(|(start, _, _)| *start == position) {
                for length in hole.wordings.iter().flat_map(|wording| lengths(&ids[at..], wording)) {
                    let step = Step::Instead {
                        at_hand: length,
                        known: end - position,
                        is_equivalent: hole.is_equivalent,
                    };
                    if length > 0 || *end > position {
                        reach(at + length, *end, step);
                    }
                }
            }
        }
    }
    Some(steps(&ways, width, (ids.len(), known.len())))
}

fn steps(ways: &[(u32, Step)], width: usize, end: (usize, usize)) -> Vec<Step> {
    let (mut at, mut position) = end;
    let mut steps = Vec::new();
    while (at, position) != (0, 0) {
        let step = ways[at * width + position].1;
        let (back, back_known) = size(step);
        at -= back;
        position -= back_known;
        steps.push(step);
    }
    steps.reverse();
    steps
}

/// Words at hand and words of the text that a step passes.
pub(crate) fn size(step: Step) -> (usize, usize) {
    match step {
        Step::Same => (1, 1),
        Step::LeftOut | Step::Missing => (0, 1),
        Step::Added => (1, 0),
        Step::Instead { at_hand, known, .. } => (at_hand, known),
    }
}

/// For each beginning of `ids` that fits the wording the number of its words. A name does not speak.
fn lengths(ids: &[u16], wording: &[u16]) -> Vec<usize> {
    let mut ends = vec![0];
    for part in wording {
        let name = |end: usize| {
            let plain = ids[end..].iter().take(NAME).take_while(|&&id| may_be_in_name(id));
            plain.count()
        };
        let mut next: Vec<usize> = match *part {
            SOME => ends.iter().flat_map(|&end| end + 1..=end + name(end)).collect(),
            ANY => ends.iter().flat_map(|&end| end..=end + name(end)).collect(),
            word => ends
                .iter()
                .filter(|&&end| ids.get(end) == Some(&word))
                .map(|&end| end + 1)
                .collect(),
        };
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    ends
}

/// The stretch of words that holds these and every hole that touches them.
pub(crate) fn widened(holes: &[Hole], words: &Range<usize>) -> Range<usize> {
    let mut all = words.clone();
    for hole in holes {
        let (start, end) = (usize::from(hole.start), usize::from(hole.end));
        if start <= words.end && words.start <= end {
            all = all.start.min(start)..all.end.max(end);
        }
    }
    all
}
