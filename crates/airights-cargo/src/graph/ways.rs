//! By which way each package comes in: a shortest chain of dependencies, each of which is turned on by the one before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use airights::PackageIx;
use guppy::PackageId;
use guppy::graph::DependencyDirection;
use guppy::graph::feature::{FeatureEdge, FeatureId, FeatureSet, SlashForm};

/// The chains to the packages that builds reach, both ends included, by place; empty where no build reaches a package.
///
/// `start` has the members with the features that they are built with, and each of `builds` the features that one build
/// turns on. A package takes its chain from the first build that reaches it.
pub(super) fn ways<'g>(
    start: &FeatureSet<'g>,
    builds: &[FeatureSet<'g>],
    places: &HashMap<&'g PackageId, PackageIx>,
) -> Vec<Vec<PackageIx>> {
    let mut ways = vec![Vec::new(); places.len()];
    for build in builds {
        let walk = Walk::new(start, build, places);
        for (package, feature) in &walk.first {
            let way = &mut ways[places[package].index()];
            if way.is_empty() {
                *way = walk.way_to(*feature, places);
            }
        }
    }
    ways
}

/// A walk from the members along the features that a build turns on, breadth first.
#[derive(Default)]
struct Walk<'g> {
    came_from: HashMap<FeatureId<'g>, Option<FeatureId<'g>>>,
    /// The feature by which each package was reached first.
    first: HashMap<&'g PackageId, FeatureId<'g>>,
}

impl<'g> Walk<'g> {
    fn new(start: &FeatureSet<'g>, build: &FeatureSet<'g>, places: &HashMap<&'g PackageId, PackageIx>) -> Self {
        let order = |feature: &FeatureId<'g>| (places[feature.package_id()], feature.label());
        let is_known = |feature: &FeatureId<'g>| places.contains_key(feature.package_id());
        let mut turns_on: HashMap<FeatureId<'g>, Vec<FeatureId<'g>>> = HashMap::new();
        for (from, to, edge) in build.links(DependencyDirection::Forward) {
            // What is only wished for brings nothing in.
            let is_wish = matches!(
                edge,
                FeatureEdge::NamedFeatureWithSlash {
                    slash: SlashForm::Weak(_),
                    ..
                }
            );
            if !is_wish && is_known(&from) && is_known(&to) {
                turns_on.entry(from).or_default().push(to);
            }
        }
        let mut next: Vec<_> = start
            .feature_ids(DependencyDirection::Forward)
            .filter(is_known)
            .collect();
        next.sort_by_key(order);
        let mut next: Vec<_> = next.into_iter().map(|feature| (feature, None)).collect();
        let mut walk = Self::default();
        while !next.is_empty() {
            let mut queue = Vec::new();
            for (feature, from) in std::mem::take(&mut next) {
                walk.step(feature, from, &mut queue);
            }
            // A feature that turns on another of its own package makes no way longer.
            let mut done = 0;
            while let Some(&feature) = queue.get(done) {
                done += 1;
                let mut turned_on = turns_on.remove(&feature).unwrap_or_default();
                turned_on.sort_by_key(order);
                for to in turned_on {
                    if to.package_id() == feature.package_id() {
                        walk.step(to, Some(feature), &mut queue);
                    } else {
                        next.push((to, Some(feature)));
                    }
                }
            }
        }
        walk
    }

    fn step(&mut self, feature: FeatureId<'g>, from: Option<FeatureId<'g>>, queue: &mut Vec<FeatureId<'g>>) {
        if let Entry::Vacant(place) = self.came_from.entry(feature) {
            place.insert(from);
            self.first.entry(feature.package_id()).or_insert(feature);
            queue.push(feature);
        }
    }

    fn way_to(&self, feature: FeatureId<'g>, places: &HashMap<&'g PackageId, PackageIx>) -> Vec<PackageIx> {
        let mut way = vec![places[feature.package_id()]];
        let mut at = feature;
        while let Some(Some(from)) = self.came_from.get(&at).copied() {
            if from.package_id() != at.package_id() {
                way.push(places[from.package_id()]);
            }
            at = from;
        }
        way.reverse();
        way
    }
}
