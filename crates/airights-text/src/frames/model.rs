//! The weights of what a sentence shows (`frames/weights.tsv`), and what they sum up to.
//!
//! `scripts/train-frames.py` makes the table from `benchmarks/ai-terms`: for each use, a multinomial logistic regression whose classes
//! are the values and silence. A weight is the logarithm of odds against silence in 64ths, so that sums are exact and the
//! same on every machine.

use std::sync::LazyLock;

use super::features::Features;
use super::hashed::{ByHash, hash};
use crate::vocabulary::{AiUse, UseValue};

/// The values a use may have, in the order of the columns.
const VALUES: [UseValue; 3] = [UseValue::Allowed, UseValue::Conditional, UseValue::Disallowed];

/// The weights of one feature: those of each use that it bears on, by value.
type Weights = Vec<(AiUse, [i32; 3])>;

/// By the hashes of the features.
static WEIGHTS: LazyLock<ByHash<Weights>> = LazyLock::new(|| {
    let rows = include_str!("../../frames/weights.tsv").lines();
    rows.filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// What stands in the table for what every sentence shows.
const ALWAYS: &str = "*";

/// A row: the feature, and for each use its name and the weights of its values.
fn row(line: &str) -> Option<(u64, Weights)> {
    let mut cells = line.split('\t');
    let feature = cells.next()?;
    let weights = cells.filter_map(|cell| {
        let mut parts = cell.split(' ');
        let ai_use = parts.next()?.parse().ok()?;
        let mut next = || parts.next()?.parse().ok();
        Some((ai_use, [next()?, next()?, next()?]))
    });
    Some((hash(&[feature]), weights.collect()))
}

/// What a sentence says of a use, as far as the weights know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) ai_use: AiUse,
    pub(super) value: UseValue,
    /// The logarithm of the odds of this value against silence, in 64ths.
    pub(super) weight: i32,
    /// The same against the next best value.
    pub(super) lead: i32,
}

/// The likeliest value of each use.
pub(super) fn said(features: &Features) -> Vec<Said> {
    let mut sums: Vec<(AiUse, [i32; 3])> = AiUse::ALL.iter().map(|&ai_use| (ai_use, [0; 3])).collect();
    let always = [hash(&[ALWAYS])];
    let hashes = features.hashes().iter().chain(&always);
    for (ai_use, weights) in hashes.filter_map(|hash| WEIGHTS.get(hash)).flatten() {
        let Some((_, sum)) = sums.iter_mut().find(|(of, _)| of == ai_use) else {
            continue;
        };
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += weight;
        }
    }
    let best = |(ai_use, sum): (AiUse, [i32; 3])| {
        let mut order: Vec<usize> = (0..VALUES.len()).collect();
        order.sort_by_key(|&value| std::cmp::Reverse(sum[value]));
        Said {
            ai_use,
            value: VALUES[order[0]],
            weight: sum[order[0]],
            lead: sum[order[0]] - sum[order[1]],
        }
    };
    sums.into_iter().map(best).collect()
}
