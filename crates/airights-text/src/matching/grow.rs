//! Grows an alignment from a run of tokens both sides have.
//!
//! Where the two differ it looks a few tokens ahead on either side for the place where they agree again, and failing that
//! jumps to the next run the index knows. Each step is bounded, so it costs time in proportion to the tokens it covers.

use super::block::{Anchor, Block};
use crate::index::{Corpus, Text};

/// Tokens looked ahead on both sides together, before giving up and jumping.
const NEAR: usize = 20;
/// Tokens at hand a jump may pass over.
const FAR: usize = 400;

fn agree<C: Corpus>(tokens: &[C::Token], at: usize, text: &Text, position: usize) -> bool {
    match (tokens.get(at), C::token(text, position)) {
        (Some(&here), Some(there)) => here == there,
        _ => false,
    }
}

fn run<C: Corpus>(tokens: &[C::Token], at: usize, end: usize, text: &Text, position: usize) -> usize {
    let mut length = 0;
    while at + length < end && agree::<C>(tokens, at + length, text, position + length) {
        length += 1;
    }
    length
}

/// The blocks from `seed` on, appended to `blocks`.
pub(crate) fn forward<C: Corpus>(
    tokens: &[C::Token],
    end: usize,
    number: usize,
    anchors: &[Anchor],
    seed: (usize, usize),
    blocks: &mut Vec<Block>,
) {
    let text = &C::texts()[number];
    let (mut at, mut position) = seed;
    loop {
        let length = run::<C>(tokens, at, end, text, position);
        if length > 0 {
            push(blocks, Block { at, position, length });
            at += length;
            position += length;
        }
        if at >= end || position >= text.len() {
            return;
        }
        if let Some((skip_at, skip_position)) = resume_near::<C>(tokens, at, end, text, position) {
            at += skip_at;
            position += skip_position;
        } else if let Some((next_at, next_position)) = resume_far::<C>(tokens, at, end, number, position, anchors) {
            at = next_at;
            position = next_position;
        } else {
            return;
        }
    }
}

/// Appends a block, joined with the one before where nothing lies between.
fn push(blocks: &mut Vec<Block>, block: Block) {
    if let Some(last) = blocks.last_mut()
        && last.end() == block.at
        && last.position_end() == block.position
    {
        last.length += block.length;
    } else {
        blocks.push(block);
    }
}

/// The nearest place ahead where both sides agree again for three words, as words to pass over on each side.
fn resume_near<C: Corpus>(
    tokens: &[C::Token],
    at: usize,
    end: usize,
    text: &Text,
    position: usize,
) -> Option<(usize, usize)> {
    for distance in 1..=NEAR {
        for skip_at in 0..=distance {
            let skip_position = distance - skip_at;
            if at + skip_at >= end || !agree::<C>(tokens, at + skip_at, text, position + skip_position) {
                continue;
            }
            let wanted = agreement_after(distance);
            let length = run::<C>(
                tokens,
                at + skip_at,
                end.min(at + skip_at + wanted),
                text,
                position + skip_position,
            );
            let is_last = position + skip_position + length == text.len() && distance <= 4;
            if length >= wanted || is_last {
                return Some((skip_at, skip_position));
            }
        }
    }
    None
}

/// The cheapest run the index knows further ahead, moved back to where the agreement begins.
fn resume_far<C: Corpus>(
    tokens: &[C::Token],
    at: usize,
    end: usize,
    number: usize,
    position: usize,
    anchors: &[Anchor],
) -> Option<(usize, usize)> {
    let text = &C::texts()[number];
    let first = anchors.partition_point(|anchor| anchor.at < at);
    let mut best: Option<(usize, (usize, usize))> = None;
    for anchor in anchors[first..]
        .iter()
        .take_while(|anchor| anchor.at < end && anchor.at < at + FAR)
    {
        for (_, place) in anchor.places.of(number) {
            if place < position {
                continue;
            }
            let cost = (anchor.at - at) + (place - position);
            if best.is_some_and(|(least, _)| least <= cost) {
                continue;
            }
            let mut back = 0;
            while back < anchor.at - at
                && back < place - position
                && agree::<C>(tokens, anchor.at - back - 1, text, place - back - 1)
            {
                back += 1;
            }
            let length = back + run::<C>(tokens, anchor.at, end.min(anchor.at + 40), text, place);
            if length >= 6 + (cost / 12).min(14) {
                best = Some((cost, (anchor.at - back, place - back)));
            }
        }
        if best.is_some_and(|(least, _)| least < anchor.at - at) {
            break;
        }
    }
    best.map(|(_, place)| place)
}

/// The blocks before `seed`, last first.
pub(crate) fn backward<C: Corpus>(
    tokens: &[C::Token],
    start: usize,
    number: usize,
    anchors: &[Anchor],
    seed: (usize, usize),
) -> Vec<Block> {
    let text = &C::texts()[number];
    let (mut at, mut position) = seed;
    let mut blocks = Vec::new();
    loop {
        let length = run_before::<C>(tokens, start, at, text, position);
        if length > 0 {
            at -= length;
            position -= length;
            blocks.push(Block { at, position, length });
        }
        if let Some((skip_at, skip_position)) = resume_before::<C>(tokens, at, start, text, position) {
            at -= skip_at;
            position -= skip_position;
        } else if let Some(place) = resume_far_before::<C>(tokens, at, start, number, position, anchors) {
            (at, position) = place;
        } else {
            return blocks;
        }
    }
}

/// Words that agree right before `at` and `position`.
fn run_before<C: Corpus>(tokens: &[C::Token], start: usize, at: usize, text: &Text, position: usize) -> usize {
    let mut length = 0;
    while length < position && at - length > start && agree::<C>(tokens, at - length - 1, text, position - length - 1) {
        length += 1;
    }
    length
}

/// As [`resume_far`], towards the start: where the agreement ends.
fn resume_far_before<C: Corpus>(
    tokens: &[C::Token],
    at: usize,
    start: usize,
    number: usize,
    position: usize,
    anchors: &[Anchor],
) -> Option<(usize, usize)> {
    let text = &C::texts()[number];
    let last = anchors.partition_point(|anchor| anchor.at + C::RUN <= at);
    let mut best: Option<(usize, (usize, usize))> = None;
    for anchor in anchors[..last]
        .iter()
        .rev()
        .take_while(|anchor| anchor.at >= start && anchor.at + FAR > at)
    {
        let end = anchor.at + C::RUN;
        if best.is_some_and(|(least, _)| least < at - end) {
            break;
        }
        for (_, place) in anchor.places.of(number) {
            let place_end = place + C::RUN;
            if place_end > position {
                continue;
            }
            let cost = (at - end) + (position - place_end);
            if best.is_some_and(|(least, _)| least <= cost) {
                continue;
            }
            let forth = run::<C>(tokens, end, at, text, place_end).min(position - place_end);
            let length = forth + run_before::<C>(tokens, start.max(end.saturating_sub(40)), end, text, place_end);
            if length >= 6 + (cost / 12).min(14) {
                best = Some((cost, (end + forth, place_end + forth)));
            }
        }
    }
    best.map(|(_, place)| place)
}

/// Words that must agree for it not to be chance, after so many that do not.
fn agreement_after(distance: usize) -> usize {
    match distance {
        0..=2 => 2,
        3..=6 => 3,
        7..=12 => 4,
        _ => 5,
    }
}

/// As [`resume_near`], towards the start.
fn resume_before<C: Corpus>(
    tokens: &[C::Token],
    at: usize,
    start: usize,
    text: &Text,
    position: usize,
) -> Option<(usize, usize)> {
    for distance in 1..=NEAR {
        for skip_at in 0..=distance {
            let skip_position = distance - skip_at;
            if skip_at + 1 > at - start || skip_position + 1 > position {
                continue;
            }
            let (last_at, last_position) = (at - skip_at - 1, position - skip_position - 1);
            let wanted = agreement_after(distance);
            let mut length = 0;
            while length < wanted
                && length <= last_position
                && last_at >= start + length
                && agree::<C>(tokens, last_at - length, text, last_position - length)
            {
                length += 1;
            }
            if length >= wanted {
                return Some((skip_at, skip_position));
            }
        }
    }
    None
}
