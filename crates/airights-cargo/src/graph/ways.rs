//! By which way each package comes in: a shortest chain of dependencies, each of which is turned on by the one before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use airights::PackageIx;
use airights::graph::Ways;
use guppy::PackageId;
use guppy::graph::DependencyDirection;
use guppy::graph::feature::{FeatureEdge, FeatureId, FeatureSet, SlashForm};

/// The chains to the packages that builds reach, both ends included.
///
/// `start` has the members with the features that they are built with, and each of `builds` the features that one build
/// turns on. A package takes its chain from the first build that reaches it.
pub(super) fn ways<'g>(
    start: &FeatureSet<'g>,
    builds: &[FeatureSet<'g>],
    places: &HashMap<&'g PackageId, PackageIx>,
) -> Ways {
    let mut ways = Ways::to(places.len());
    for build in builds {
        let walk = Walk::new(start, build, places);
        let first = walk.first.iter().map(|(package, feature)| (places[package], *feature));
        let mut first: Vec<_> = first.filter(|(place, _)| !ways.is_known(*place)).collect();
        first.sort_by_key(|(place, _)| *place);
        let mut steps = HashMap::new();
        for (place, feature) in first {
            let step = walk.step_to(feature, places, &mut steps, &mut ways);
            ways.end_with(place, step);
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

    /// The step by which a feature is reached, and before it those that are not there yet.
    fn step_to(
        &self,
        feature: FeatureId<'g>,
        places: &HashMap<&'g PackageId, PackageIx>,
        steps: &mut HashMap<FeatureId<'g>, u32>,
        ways: &mut Ways,
    ) -> u32 {
        let before = |feature: &FeatureId<'g>| self.came_from.get(feature).copied().flatten();
        let mut missing = vec![feature];
        while let Some(&last) = missing.last().filter(|last| !steps.contains_key(*last))
            && let Some(before) = before(&last)
        {
            missing.push(before);
        }
        let mut last: Option<(u32, FeatureId<'g>)> = None;
        for feature in missing.into_iter().rev() {
            let step = match (steps.get(&feature), last) {
                (Some(step), _) => *step,
                (None, Some((step, before))) if before.package_id() == feature.package_id() => step,
                (None, last) => ways.add_step(places[feature.package_id()], last.map(|(step, _)| step)),
            };
            steps.insert(feature, step);
            last = Some((step, feature));
        }
        last.map_or(0, |(step, _)| step)
    }
}
