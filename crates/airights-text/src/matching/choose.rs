//! Chooses between what the two indexes make of the same words.

use std::cmp::Reverse;
use std::ops::Range;

use super::known::{Change, ChangeKind, Explanation, Missing};
use crate::index::TextKind;

/// A LicenseDB text of fewer words than this is ordinary prose, unless little else stands in the file.
const TELLING: usize = 20;

/// The texts that explain most: those of SPDX, but for the places where a LicenseDB text leaves fewer words unexplained.
/// One of which nothing was changed goes before one that would have been.
/// In the order of the words; `words` is their number. `None` where nothing of LicenseDB is taken.
pub(crate) fn better(spdx: &[Explanation], mut licensedb: Vec<Explanation>, words: usize) -> Option<Vec<Explanation>> {
    licensedb.sort_by_key(|found| Reverse(found.matched()));
    let mut chosen = spdx.to_vec();
    let mut is_changed = false;
    for found in licensedb {
        let (rivals, others): (Vec<Explanation>, Vec<Explanation>) = chosen
            .iter()
            .cloned()
            .partition(|rival| overlap(&rival.range(), &found.range()));
        // A text that stands whole is not explained better by a variant that does not.
        if found.missing() > 0
            && !rivals.is_empty()
            && rivals
                .iter()
                .all(|rival| rival.kind == TextKind::License && rival.missing() == 0)
        {
            continue;
        }
        let matched = found.matched();
        if matched + found.missing() < TELLING && matched * 5 < words * 3 {
            continue;
        }
        let union = rivals.iter().fold(found.range(), |union, rival| {
            union.start.min(rival.range().start)..union.end.max(rival.range().end)
        });
        let explained: usize = rivals.iter().map(Explanation::matched).sum();
        let is_same = rivals.iter().all(|rival| rival.id == found.id);
        let is_better = match (is_clean(&found), rivals.iter().all(is_clean)) {
            (true, false) if matched * 10 >= explained * 9 => true,
            (false, true) if explained * 10 >= matched * 9 && !is_same => false,
            _ => cost(std::slice::from_ref(&found), &union) < cost(&rivals, &union),
        };
        if is_better {
            chosen = others;
            chosen.push(found);
            is_changed = true;
        }
    }
    chosen.sort_by_key(|found| (found.range().start, Reverse(found.range().end)));
    is_changed.then_some(chosen)
}

/// Words at the edge of a text that the chunks there hide.
const EDGE: usize = 8;

/// Whether all its words are there, and none between: what is missing is an edge of it at most.
fn is_clean(found: &Explanation) -> bool {
    let is_edge = |change: &Change| change.added.is_empty() && change.missing.words() <= EDGE;
    let mut open = found.changes.iter().filter(|change| change.kind == ChangeKind::Open);
    open.all(|change| match change.missing {
        Missing::Words(ref missing) => missing.is_empty() && change.added.is_empty(),
        Missing::Hidden { .. } => is_edge(change),
    })
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Words of the range that no text explains, and words of the texts that are missing.
fn cost(all: &[Explanation], range: &Range<usize>) -> usize {
    let matched: usize = all.iter().map(Explanation::matched).sum();
    let missing: usize = all
        .iter()
        .filter(|found| !matches!(found.kind, TextKind::Notice | TextKind::Disclaimer))
        .map(Explanation::missing)
        .sum();
    range.len().saturating_sub(matched) + missing
}
