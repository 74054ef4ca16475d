//! The dependency graph as cargo resolved it, and the shortest way from the workspace to each package.

mod path;
mod ways;

use std::collections::{BTreeSet, VecDeque};

pub use self::path::{DependencyPath, ShortestPaths};
pub use self::ways::Ways;
use crate::package::{Package, PackageIx, Roles};

/// Every resolved package and who depends on whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DependencyGraph {
    packages: Vec<Package>,
    dependencies: Vec<Dependency>,
    ways: Ways,
    is_part: bool,
    judged: Option<Roles>,
}

/// One edge of the graph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// Who depends.
    pub from: PackageIx,
    /// On whom.
    pub to: PackageIx,
    /// The key in the dependent's manifest: the package's name, or what it was renamed to there.
    pub key: String,
}

impl DependencyGraph {
    /// Builds the graph. `dependencies` refer to `packages` by index; packages should come sorted by name, version
    /// and source, since every report lists them in this order.
    pub fn new(packages: Vec<Package>, mut dependencies: Vec<Dependency>) -> Self {
        dependencies.retain(|edge| edge.from.index() < packages.len() && edge.to.index() < packages.len());
        dependencies.sort();
        dependencies.dedup();
        Self {
            packages,
            dependencies,
            ways: Ways::default(),
            is_part: false,
            judged: None,
        }
    }

    /// The same, with the way by which each package comes in. Not every dependency is one that a build takes.
    #[must_use]
    pub fn with_ways(self, ways: Ways) -> Self {
        let is_whole = ways.are_of(self.packages.len());
        Self {
            ways: if is_whole { ways } else { Ways::default() },
            ..self
        }
    }

    /// The same, known to be only a part of what the workspace depends on.
    #[must_use]
    pub fn of_a_part(self) -> Self {
        Self { is_part: true, ..self }
    }

    /// The same, of which packages are judged in these roles only. It is a part, then.
    #[must_use]
    pub fn judged_in(self, roles: Roles) -> Self {
        Self {
            is_part: true,
            judged: Some(roles),
            ..self
        }
    }

    /// The roles in which a package is judged; none where it is not.
    pub fn judged_roles_of(&self, package: &Package) -> Roles {
        match self.judged {
            Some(judged) => package.roles.iter().filter(|&role| judged.contains(role)).collect(),
            None => package.roles,
        }
    }

    /// The roles that are judged, where not all of them are.
    pub fn judged_roles(&self) -> Option<Roles> {
        self.judged
    }

    /// Whether it is only a part of what the workspace depends on: what is not in it may be needed all the same.
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// The ways that are known.
    pub fn ways(&self) -> &Ways {
        &self.ways
    }

    /// The packages, in order.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The packages with their places.
    pub fn iter(&self) -> impl Iterator<Item = (PackageIx, &Package)> {
        (0..).map(PackageIx).zip(&self.packages)
    }

    /// The package at a place of this graph.
    ///
    /// # Panics
    ///
    /// If the place belongs to another graph.
    pub fn package(&self, place: PackageIx) -> &Package {
        &self.packages[place.index()]
    }

    /// The roles in which a crate is here, in any version.
    pub fn roles_of(&self, name: &str) -> Roles {
        let named = self.packages.iter().filter(|package| package.name == name);
        named.flat_map(|package| package.roles.iter()).collect()
    }

    /// Every edge, sorted.
    pub fn dependencies(&self) -> &[Dependency] {
        &self.dependencies
    }

    /// What one package depends on, sorted.
    pub fn dependencies_of(&self, place: PackageIx) -> &[Dependency] {
        let start = self.dependencies.partition_point(|edge| edge.from < place);
        let end = self.dependencies.partition_point(|edge| edge.from <= place);
        &self.dependencies[start..end]
    }

    /// These packages and everything they lead to.
    pub fn reached_from(&self, start: Vec<PackageIx>) -> BTreeSet<PackageIx> {
        let mut reached = BTreeSet::new();
        let mut open = start;
        while let Some(place) = open.pop() {
            if reached.insert(place) {
                open.extend(self.dependencies_of(place).iter().map(|edge| edge.to));
            }
        }
        reached
    }

    /// For each package, a shortest path from a workspace member to it, both ends included.
    ///
    /// Where the way by which a package comes in is known, that is the path.
    /// Of several shortest paths the one through the earlier packages is taken, so the answer never wavers. A package
    /// that no member reaches has a path of itself alone.
    pub fn shortest_paths(&self) -> ShortestPaths {
        let mut tree = self.ways.clone();
        if tree.ends().len() != self.packages.len() {
            tree = Ways::to(self.packages.len());
        }
        let mut steps: Vec<Option<u32>> = vec![None; self.packages.len()];
        let members = self.iter().filter(|(_, package)| package.is_member);
        let mut queue: VecDeque<(PackageIx, Option<u32>)> = members.map(|(place, _)| (place, None)).collect();
        while let Some((place, after)) = queue.pop_front() {
            if steps[place.index()].is_some() {
                continue;
            }
            let step = tree.add_step(place, after);
            steps[place.index()] = Some(step);
            let onward = self.dependencies_of(place).iter().map(|edge| (edge.to, Some(step)));
            queue.extend(onward.filter(|(to, _)| steps[to.index()].is_none()));
        }
        for (place, _) in self.iter().filter(|(place, _)| !self.ways.is_known(*place)) {
            let step = steps[place.index()].unwrap_or_else(|| tree.add_step(place, None));
            tree.end_with(place, step);
        }
        ShortestPaths::along(tree)
    }
}
