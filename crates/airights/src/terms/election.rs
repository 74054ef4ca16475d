//! Which branch of an `OR` is taken: the one with the mildest verdict over license and AI uses together.

use airights_text::LicenseClass;
use spdx::{LicenseItem, LicenseReq};

use super::LicenseExpression;
use crate::level::Level;
use crate::policy::class_of;

/// What electing one term would cost. Less is better; the fields count in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ballot {
    /// The worst level over license and AI uses together.
    pub(crate) overall: Level,
    /// The level of the license alone.
    pub(crate) license: Level,
    /// Its place in `prefer`; terms that are not there come last.
    pub(crate) preference: usize,
    /// How much it asks for: of what is allowed either way, the milder license is taken.
    pub(crate) demand: Demand,
}

/// How much a license asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Demand {
    class: LicenseClass,
    /// Of one class, the GNU licenses ask more: of what a work is linked with, and not of its files alone.
    is_gnu: bool,
}

impl Demand {
    pub(crate) fn of(term: &LicenseReq) -> Self {
        let is_gnu = matches!(&term.license, LicenseItem::Spdx { id, .. } if id.is_gnu());
        Self {
            class: class_of(term),
            is_gnu,
        }
    }
}

impl Ballot {
    /// Terms that must all be taken weigh as much as the worst of them.
    fn and(self, other: Self) -> Self {
        Self {
            overall: self.overall.max(other.overall),
            license: self.license.max(other.license),
            preference: self.preference.max(other.preference),
            demand: self.demand.max(other.demand),
        }
    }
}

/// The positions of the elected terms, in the order of the text. Of equal branches the first is taken.
///
/// Every part of a ballot combines by maximum, and the first one decides before the others, so choosing the better
/// operand of each `OR` on the way up finds the mildest choice of all without listing the choices.
pub(crate) fn elect(expression: &LicenseExpression, ballots: &[Ballot]) -> Vec<usize> {
    let elected = expression.fold(
        |position, _| (ballots[position], vec![position]),
        |(left, mut left_terms), (right, mut right_terms)| {
            // Appending the shorter list keeps long chains linear.
            if left_terms.len() < right_terms.len() {
                std::mem::swap(&mut left_terms, &mut right_terms);
            }
            left_terms.append(&mut right_terms);
            (left.and(right), left_terms)
        },
        |left, right| if right.0 < left.0 { right } else { left },
    );
    let mut terms = elected.map(|(_, terms)| terms).unwrap_or_default();
    terms.sort_unstable();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, levels: &[(Level, usize)], expected: &[usize]) {
        let expression = LicenseExpression::parse(expression).expect("the test's expression parses");
        let ballot = |(&(level, preference), term): (&(Level, usize), &LicenseReq)| Ballot {
            overall: level,
            license: level,
            preference,
            demand: Demand::of(term),
        };
        let ballots: Vec<Ballot> = levels.iter().zip(expression.terms()).map(ballot).collect();
        assert_eq!(elect(&expression, &ballots), expected);
    }

    #[test]
    fn takes_the_mildest_branch() {
        use Level::{Allow, Deny, Warn};
        check("MIT", &[(Deny, 9)], &[0]);
        check("MIT OR Apache-2.0", &[(Deny, 0), (Allow, 9)], &[1]);
        check("MIT OR Apache-2.0", &[(Warn, 9), (Deny, 0)], &[0]);
        check("MIT AND Apache-2.0", &[(Warn, 9), (Deny, 0)], &[0, 1]);
        check(
            "(MIT OR ISC) AND (Zlib OR 0BSD)",
            &[(Deny, 0), (Allow, 9), (Allow, 9), (Deny, 0)],
            &[1, 2],
        );
        check("MIT AND ISC OR Zlib", &[(Allow, 0), (Deny, 0), (Warn, 9)], &[2]);
    }

    #[test]
    fn preference_breaks_ties_then_the_class_and_then_the_order_of_the_text() {
        let even = [(Level::Allow, 9), (Level::Allow, 9)];
        check("EPL-2.0 OR Apache-2.0", &even, &[1]);
        check("Apache-2.0 OR EPL-2.0", &even, &[0]);
        check("LGPL-3.0-or-later OR MPL-2.0", &even, &[1]);
        check("EPL-2.0 OR Apache-2.0", &[(Level::Allow, 0), (Level::Allow, 9)], &[0]);
        check("MIT OR Apache-2.0", &[(Level::Allow, 1), (Level::Allow, 0)], &[1]);
        check("MIT OR Apache-2.0", &[(Level::Allow, 9), (Level::Allow, 9)], &[0]);
    }
}
