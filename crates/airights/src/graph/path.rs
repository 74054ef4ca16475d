//! The paths from the workspace to its packages, and how much of a long one is kept.

use std::ops::Deref;

use super::ways::Ways;
use crate::package::PackageIx;

/// So many packages at either end of a path are kept. Who needs more of it asks for the whole one.
const KEPT_AT_END: usize = 12;

/// A path from a workspace member to a package, both included. The middle of a long one is left out, so that those to all
/// packages of a chain take no more than a chain of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DependencyPath {
    packages: Vec<PackageIx>,
    left_out: usize,
}

impl DependencyPath {
    /// How many packages are left out in the middle.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The packages before those that are left out, and those after them.
    pub fn ends(&self) -> (&[PackageIx], &[PackageIx]) {
        let before = if self.left_out == 0 {
            self.packages.len()
        } else {
            KEPT_AT_END
        };
        self.packages.split_at(before)
    }
}

/// The packages that are kept.
impl Deref for DependencyPath {
    type Target = [PackageIx];

    fn deref(&self) -> &[PackageIx] {
        &self.packages
    }
}

/// The answer of [`DependencyGraph::shortest_paths`](super::DependencyGraph::shortest_paths).
#[derive(Clone, Debug)]
pub struct ShortestPaths {
    tree: Ways,
    /// Of each step, how many stand before it, and the last one of those that are kept at the beginning.
    depths: Vec<(usize, u32)>,
}

impl ShortestPaths {
    /// The paths of a tree.
    pub(super) fn along(tree: Ways) -> Self {
        let mut depths: Vec<(usize, u32)> = Vec::with_capacity(tree.steps().len());
        for (number, (_, before)) in (0..).zip(tree.steps()) {
            let before = before.and_then(|before| depths.get(before as usize));
            let (depth, head) = before.map_or((0, number), |(depth, head)| (depth + 1, *head));
            depths.push((depth, if depth < KEPT_AT_END { number } else { head }));
        }
        Self { tree, depths }
    }

    /// The path to a package, from a workspace member to the package itself.
    pub fn to(&self, place: PackageIx) -> Vec<PackageIx> {
        reversed(self.tree.backwards_from(self.end_of(place)))
    }

    /// The same, without the middle of a long one.
    pub fn cut_to(&self, place: PackageIx) -> DependencyPath {
        let end = self.end_of(place);
        let left_out = self.length(place).saturating_sub(2 * KEPT_AT_END);
        if left_out == 0 {
            return DependencyPath {
                packages: self.to(place),
                left_out,
            };
        }
        let head = end.and_then(|end| Some(self.depths.get(end as usize)?.1));
        let mut packages = reversed(self.tree.backwards_from(head));
        packages.extend(reversed(self.tree.backwards_from(end).take(KEPT_AT_END)));
        DependencyPath { packages, left_out }
    }

    /// How many packages are on the path.
    pub fn length(&self, place: PackageIx) -> usize {
        let depth = self.end_of(place).and_then(|end| self.depths.get(end as usize));
        depth.map_or(0, |(depth, _)| depth + 1)
    }

    fn end_of(&self, place: PackageIx) -> Option<u32> {
        self.tree.ends().get(place.index()).copied().flatten()
    }
}

fn reversed(backwards: impl Iterator<Item = PackageIx>) -> Vec<PackageIx> {
    let mut packages: Vec<PackageIx> = backwards.collect();
    packages.reverse();
    packages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Dependency, DependencyGraph};
    use crate::package::Package;

    fn chain(length: u32) -> DependencyGraph {
        let packages = (0..length).map(|place| Package {
            is_member: place == 0,
            ..Package::new("a", semver::Version::new(1, 0, 0))
        });
        let dependencies = (1..length).map(|to| Dependency {
            from: PackageIx(to - 1),
            to: PackageIx(to),
            key: "a".to_owned(),
        });
        DependencyGraph::new(packages.collect(), dependencies.collect())
    }

    #[test]
    fn a_long_path_keeps_its_ends_and_tells_what_is_left_out() {
        let paths = chain(100).shortest_paths();
        let path = paths.cut_to(PackageIx(99));
        let (start, end) = path.ends();
        assert_eq!((start.len(), path.left_out(), end.len()), (12, 76, 12));
        assert_eq!((start[0], start[11]), (PackageIx(0), PackageIx(11)));
        assert_eq!((end[0], end[11]), (PackageIx(88), PackageIx(99)));
        assert_eq!(paths.to(PackageIx(99)).len(), 100);
        let short = paths.cut_to(PackageIx(23));
        assert_eq!((&*short, short.left_out()), (&*paths.to(PackageIx(23)), 0));
        assert_eq!(short.ends(), (&*short, &[][..]));
    }

    /// A chain of packages is as large as a tree of them: counted, not timed.
    #[test]
    fn all_paths_of_a_chain_take_what_a_chain_takes() {
        let graph = chain(3000);
        let paths = graph.shortest_paths();
        let kept: usize = graph.iter().map(|(place, _)| paths.cut_to(place).len()).sum();
        assert!(kept <= 3000 * 2 * KEPT_AT_END);
        assert_eq!(paths.tree.steps().len(), 3000);
    }
}
