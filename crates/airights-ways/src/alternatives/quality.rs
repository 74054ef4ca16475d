//! How well candidates are ranked, where somebody knows the right ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The right answers: for each crate, those that do its job.
pub type Gold = BTreeMap<String, BTreeSet<String>>;

/// How often the right crate comes first, or among the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Crates that were asked for.
    pub asked: u32,
    /// Those for which anything was found.
    pub covered: u32,
    /// Those for which the right one came first.
    pub first: u32,
    /// Those for which it was among the first five.
    pub five: u32,
    /// Those for which it was among the first ten.
    pub ten: u32,
    /// The sum of one by its place, in millionths.
    reciprocal: u32,
}

/// The names of the columns that a [`Quality`] prints.
pub const COLUMNS: &str = "covered  hit@1  hit@5 hit@10    MRR   of all sources";

impl Quality {
    /// Asks for each crate.
    pub fn of(gold: &Gold, rank: impl Fn(&str) -> Vec<String>) -> Self {
        let mut quality = Self::default();
        for (from, to) in gold {
            let found = rank(from);
            quality.asked += 1;
            quality.covered += u32::from(!found.is_empty());
            let Some(place) = found.iter().position(|name| to.contains(name)) else {
                continue;
            };
            quality.first += u32::from(place == 0);
            quality.five += u32::from(place < 5);
            quality.ten += u32::from(place < 10);
            quality.reciprocal += u32::try_from(1_000_000 / (place + 1)).unwrap_or_default();
        }
        quality
    }

    /// The mean of one by the place of the right crate, over those for which anything was found.
    pub fn mean_reciprocal_rank(&self) -> f64 {
        share(self.reciprocal, self.covered) / 1_000_000.0
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            asked,
            covered,
            first,
            five,
            ten,
            ..
        } = *self;
        write!(
            formatter,
            "{covered:>7} {:>6.2} {:>6.2} {:>6.2} {:>6.2}   hit@1 {:.2}, hit@5 {:.2}",
            share(first, covered),
            share(five, covered),
            share(ten, covered),
            self.mean_reciprocal_rank(),
            share(first, asked),
            share(five, asked),
        )
    }
}

fn share(count: u32, of: u32) -> f64 {
    f64::from(count) / f64::from(of.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted() {
        let gold: Gold = ["a", "b", "c", "d"]
            .map(|name| (name.to_owned(), BTreeSet::from(["right".to_owned()])))
            .into();
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let quality = Quality::of(&gold, |name| match name {
            "a" => names(&["right", "wrong"]),
            "b" => names(&["wrong", "right"]),
            "c" => names(&["wrong"]),
            _ => Vec::new(),
        });
        assert_eq!(
            quality.to_string(),
            "      3   0.33   0.67   0.67   0.50   hit@1 0.25, hit@5 0.50"
        );
    }
}
