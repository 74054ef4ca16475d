//! Chooses which known texts explain the tokens at hand.
//!
//! A window moves over the tokens. The runs in it vote for the texts they occur in; the best supported few are aligned,
//! and the one that explains most with least missing is taken. What lies before it, inside it and after it is covered
//! in the same way. Every window is bounded and always moves on, so the time is linear in the tokens.

use std::cmp::Reverse;
use std::marker::PhantomData;
use std::ops::Range;

use super::align::{Alignment, align, signed};
use super::block::Anchor;
use crate::index::{Corpus, TextKind};

/// The texts that explain the tokens, in order; they do not overlap, but one may lie in a gap of another. Those that are
/// `known` to be there stand, and only what lies between them is looked at.
pub(crate) fn cover<C: Corpus>(tokens: &[C::Token], known: Vec<Alignment<C>>) -> Vec<Alignment<C>> {
    let anchors = anchors::<C>(tokens);
    if anchors.is_empty() {
        return known;
    }
    let mut cover = Cover::<C> {
        tokens,
        anchors: &anchors,
        ballot: Ballot::new(),
        found: Vec::new(),
    };
    let mut start = 0;
    for alignment in known {
        let range = alignment.range();
        cover.range(start..range.start, 0);
        start = range.end;
        cover.found.push(alignment);
    }
    cover.range(start..tokens.len(), 0);
    let mut found = without_fragments(cover.found, tokens.len());
    found.sort_by_key(|alignment| alignment.blocks[0].at);
    found
}

/// Leaves out licences of which much is missing and that explain little of what no other text explains: other terms that
/// share some sentences with them, not the licence with other words around it.
fn without_fragments<C: Corpus>(mut found: Vec<Alignment<C>>, tokens: usize) -> Vec<Alignment<C>> {
    let explained: usize = found.iter().map(Alignment::matched).sum();
    found.retain(|alignment| {
        let unexplained = tokens.saturating_sub(explained);
        let missing = alignment.missing();
        let is_nearly_whole = missing * 10 <= alignment.text().required as usize || missing * C::WORDS <= FEW_WORDS;
        let is_whole = alignment.text().kind != TextKind::License || is_nearly_whole;
        is_whole || alignment.matched() >= unexplained / 2
    });
    found
}

fn anchors<C: Corpus>(tokens: &[C::Token]) -> Vec<Anchor> {
    tokens
        .windows(C::RUN)
        .enumerate()
        .filter_map(|(at, run)| C::places(run).map(|places| Anchor { at, places }))
        .collect()
}

/// Runs in a window, tokens in a window, texts that are aligned for it.
const WINDOW_RUNS: usize = 160;
const WINDOW_TOKENS: usize = 420;
const CANDIDATES: usize = 8;
/// Texts still aligned after one was found whole: its twins with something more rank next to it.
const MORE_TRIALS: usize = 3;
/// How deep texts inside gaps of texts are looked for.
const DEPTH: usize = 3;
/// So many words may be missing from a short text that is there: the name in its copyright line.
const FEW_WORDS: usize = 6;
/// A gap of fewer words than this holds no licence of its own.
const SMALL_GAP: usize = 10;

struct Cover<'a, C: Corpus> {
    tokens: &'a [C::Token],
    anchors: &'a [Anchor],
    ballot: Ballot<C>,
    found: Vec<Alignment<C>>,
}

impl<C: Corpus> Cover<'_, C> {
    fn range(&mut self, range: Range<usize>, depth: usize) {
        let mut start = range.start;
        let mut next = self.anchors.partition_point(|anchor| anchor.at < start);
        while let Some(anchor) = self.anchors.get(next).filter(|anchor| anchor.at < range.end) {
            let window_start = anchor.at;
            let window_end = range.end.min(window_start + WINDOW_TOKENS);
            let length = self.anchors[next..]
                .iter()
                .take(WINDOW_RUNS)
                .take_while(|anchor| anchor.at < window_end)
                .count();
            let window = &self.anchors[next..next + length];
            let within = start..range.end;
            let Some(mut best) = self.best(window, &within) else {
                next += (length / 2).max(1);
                continue;
            };
            // A window is too short to tell the near twins among long texts; all that was covered is not.
            if best.range().len() > WINDOW_TOKENS / 2 && !best.is_complete() {
                let first = self.anchors.partition_point(|anchor| anchor.at < best.range().start);
                let end = best.range().end + SLACK;
                let length = self.anchors[first..].partition_point(|anchor| anchor.at < end);
                if let Some(better) = self.best(&self.anchors[first..first + length], &within)
                    && better.score > best.score
                {
                    best = better;
                }
            }
            let covered = best.range();
            if depth < DEPTH {
                // What stands just before the first run may belong to a text that the run is in.
                let before = start.max(window_start.min(covered.start).saturating_sub(SLACK))..covered.start;
                if before.len() >= SMALL_GAP / C::WORDS {
                    self.range(before, depth + 1);
                }
                for edit in best
                    .edits()
                    .into_iter()
                    .filter(|edit| edit.added.len() >= SMALL_GAP / C::WORDS)
                {
                    self.range(edit.added, depth + 1);
                }
            }
            start = covered.end;
            next += self.anchors[next..].partition_point(|anchor| anchor.at < start);
            self.found.push(best);
        }
    }

    /// The text that explains the runs of a window best.
    fn best(&mut self, window: &[Anchor], within: &Range<usize>) -> Option<Alignment<C>> {
        let last = window.last()?.at;
        let mut best: Option<Alignment<C>> = None;
        let mut trials = CANDIDATES;
        for (text, seed) in self.ballot.elect(window) {
            if trials == 0 {
                break;
            }
            trials -= 1;
            let Some(alignment) = align::<C>(self.tokens, within, self.anchors, text, seed) else {
                continue;
            };
            if !alignment.is_plausible() || alignment.score <= 0 {
                continue;
            }
            // Nothing explains a window better than a whole text that fills it.
            let covered = alignment.range();
            if alignment.is_complete() && covered.start <= window[0].at && !C::HAS_NEAR_TWINS {
                trials = trials.min(MORE_TRIALS);
            }
            let is_final = !C::HAS_NEAR_TWINS
                && alignment.is_complete()
                && alignment.left_out() == 0
                && covered.start <= window[0].at
                && covered.end > last;
            if best.as_ref().is_none_or(|best| alignment.rank() > best.rank()) {
                best = Some(alignment);
            }
            if is_final {
                break;
            }
        }
        best
    }
}

/// Counts for how many runs of a window each text has, and along which diagonal they lie.
struct Ballot<C> {
    entries: Vec<Candidate>,
    touched: Vec<usize>,
    corpus: PhantomData<C>,
}

#[derive(Clone, Copy, Default)]
struct Candidate {
    votes: usize,
    /// Support of the diagonal through `seed`, by majority vote.
    support: usize,
    seed: (usize, usize),
}

/// How far two places may be off a common diagonal.
const SLACK: usize = 40;

impl<C: Corpus> Ballot<C> {
    fn new() -> Self {
        Self {
            entries: vec![Candidate::default(); C::texts().len()],
            touched: Vec::new(),
            corpus: PhantomData,
        }
    }

    fn elect(&mut self, window: &[Anchor]) -> Vec<(usize, (usize, usize))> {
        for anchor in window {
            for (text, position) in anchor.places.iter() {
                let entry = &mut self.entries[text];
                if entry.votes == 0 {
                    self.touched.push(text);
                }
                entry.votes += 1;
                let (at, place) = entry.seed;
                if entry.support == 0 {
                    entry.seed = (anchor.at, position);
                    entry.support = 1;
                } else if (anchor.at + place).abs_diff(position + at) <= SLACK {
                    entry.support += 1;
                } else {
                    entry.support -= 1;
                }
            }
        }
        let words = window.last().map_or(0, |last| last.at - window[0].at + C::RUN);
        let mut ranked: Vec<(i64, usize)> = self
            .touched
            .iter()
            .map(|&text| {
                let explained = self.explained(text, words);
                // A window holds the whole of a short text, if it holds it at all.
                let expected = (C::texts()[text].required as usize).min(words.max(WINDOW_TOKENS));
                (signed(explained) * 2 - signed(expected), text)
            })
            .collect();
        let first = |&(rank, text): &(i64, usize)| (Reverse(rank), text);
        if ranked.len() > CANDIDATES {
            ranked.select_nth_unstable_by_key(CANDIDATES, first);
            ranked.truncate(CANDIDATES);
        }
        ranked.sort_unstable_by_key(first);
        let elected = ranked
            .iter()
            .map(|&(_, text)| (text, self.entries[text].seed))
            .collect();
        for text in self.touched.drain(..) {
            self.entries[text] = Candidate::default();
        }
        elected
    }

    /// Estimate of the words of a window that a text has, from the share of its runs that the index keeps.
    fn explained(&self, text: usize, words: usize) -> usize {
        let runs_per_vote = if C::texts()[text].len() > C::LONG_TEXT { 8 } else { 2 };
        (self.entries[text].votes * runs_per_vote).min(words)
    }
}
