//! The ways by which packages come in. They are a tree, so that what ways have in common is there once: of a chain of
//! packages each adds one step.

use crate::package::PackageIx;

/// The way by which each package comes in: from a member to the package itself, both included, where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The package of each step, and the step before it, which stands before it here.
    steps: Vec<(PackageIx, Option<u32>)>,
    /// The last step of the way to each package.
    ends: Vec<Option<u32>>,
}

impl Ways {
    /// No ways, to so many packages.
    pub fn to(packages: usize) -> Self {
        Self {
            steps: Vec::new(),
            ends: vec![None; packages],
        }
    }

    /// Ways of these steps and ends, as [`Ways::steps`] and [`Ways::ends`] have them.
    pub fn of(steps: Vec<(PackageIx, Option<u32>)>, ends: Vec<Option<u32>>) -> Self {
        Self { steps, ends }
    }

    /// Adds a step to a package, after another one; `None` where the way begins. Returns its number.
    pub fn add_step(&mut self, package: PackageIx, after: Option<u32>) -> u32 {
        let number = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.steps.push((package, after));
        number
    }

    /// The way to a package ends with this step.
    pub fn end_with(&mut self, package: PackageIx, step: u32) {
        if let Some(end) = self.ends.get_mut(package.index()) {
            *end = Some(step);
        }
    }

    /// The steps.
    pub fn steps(&self) -> &[(PackageIx, Option<u32>)] {
        &self.steps
    }

    /// The last step to each package.
    pub fn ends(&self) -> &[Option<u32>] {
        &self.ends
    }

    /// Whether the way to a package is known.
    pub fn is_known(&self, package: PackageIx) -> bool {
        self.ends.get(package.index()).is_some_and(Option::is_some)
    }

    /// The packages of a step and those before it, backwards.
    pub(super) fn backwards_from(&self, last: Option<u32>) -> impl Iterator<Item = PackageIx> {
        let step = |number: u32| self.steps.get(number as usize);
        let steps = std::iter::successors(last.and_then(step), move |(_, before)| before.and_then(step));
        steps.map(|(package, _)| *package)
    }

    /// Whether they are those of so many packages: each way ends at its package, and none goes round in circles.
    pub(super) fn are_of(&self, packages: usize) -> bool {
        let mut steps = (0..).zip(&self.steps);
        let is_step = |(number, (package, before)): (u32, &(PackageIx, Option<u32>))| {
            package.index() < packages && before.is_none_or(|before| before < number)
        };
        let leads_there = |(package, end): (usize, &Option<u32>)| {
            let last = end.map(|end| self.steps.get(end as usize));
            last.is_none_or(|last| last.is_some_and(|(last, _)| last.index() == package))
        };
        self.ends.len() == packages && steps.all(is_step) && self.ends.iter().enumerate().all(leads_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DependencyGraph, Package};

    #[test]
    fn of_a_chain_each_package_adds_one_step() {
        let mut ways = Ways::to(1000);
        let mut last = None;
        for place in (0..1000).map(PackageIx) {
            let step = ways.add_step(place, last);
            ways.end_with(place, step);
            last = Some(step);
        }
        assert_eq!(ways.steps().len(), 1000);
        let packages = (0..1000).map(|_| Package::new("a", semver::Version::new(1, 0, 0)));
        let graph = DependencyGraph::new(packages.collect(), Vec::new()).with_ways(ways);
        let paths = graph.shortest_paths();
        assert_eq!(paths.to(PackageIx(2)), [0, 1, 2].map(PackageIx));
        assert_eq!(paths.length(PackageIx(999)), 1000);
    }

    #[test]
    fn ways_that_lead_elsewhere_are_none() {
        let one = PackageIx(1);
        for (steps, ends) in [
            (vec![(one, Some(0))], vec![None, Some(0)]),
            (vec![(one, None)], vec![Some(0), None]),
            (vec![(PackageIx(2), None)], vec![None, None]),
            (vec![(one, None)], vec![None, Some(1)]),
            (vec![(one, None)], vec![Some(0)]),
        ] {
            assert!(!Ways::of(steps.clone(), ends).are_of(2), "{steps:?}");
        }
        assert!(Ways::of(vec![(one, None)], vec![None, Some(0)]).are_of(2));
    }
}
