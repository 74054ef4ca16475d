//! A dependent moves, too: cargo goes back to a version of it that does without what is denied, or on to one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Change, LockedPackage, Rung};
use airights::{DependencyGraph, Package, PackageIx};
use airights_manifest::lockfile::dependents_of;

use super::WayOut;
use super::proved::{proved, solve_together};
use super::version::{licenses_in_words, moves_in_words};
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::verdicts::is_of_a_registry;
use crate::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: &str = "no versions of its dependents that the manifests accept drop it";

/// So many of them are tried to be kept after all.
const KEPT_AFTER_ALL: usize = 16;

/// Ways out in which as few dependents move as can be.
pub(super) fn moves(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    let proofs = solve_together(open, |targets| solve(workshop, targets))?;
    proofs.into_iter().map(|proof| way_out(workshop, proof)).collect()
}

fn solve(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Result<Option<Proof>, WaysError> {
    let generations = generations_of(workshop, targets);
    // Where not even all of them together help, no few of them do.
    let Some(all) = generations.last() else {
        return Ok(None);
    };
    let attempt = |unlocked: &BTreeSet<LockedPackage>| Attempt {
        targets: targets.clone(),
        unlocked: unlocked.clone(),
        ..Attempt::default()
    };
    let Some(last) = workshop.attempt(&attempt(all))? else {
        return Ok(None);
    };
    for generation in &generations[..generations.len() - 1] {
        if let Some(proof) = workshop.attempt(&attempt(generation))? {
            return keep_what_can_stay(workshop, proof).map(Some);
        }
    }
    keep_what_can_stay(workshop, last).map(Some)
}

/// So many dependents that several packages have in common are tried.
const MOST_COMMON: usize = 6;

/// Ways out in which one dependent moves and several packages go with it, those nearest to these packages first.
pub(super) fn common(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    let graph = &workshop.project.resolved.graph;
    let paths = graph.shortest_paths();
    let mut reached_from: BTreeMap<PackageIx, BTreeSet<LockedPackage>> = BTreeMap::new();
    for target in targets {
        for place in all_above(graph, target) {
            reached_from.entry(place).or_default().insert(target.clone());
        }
    }
    let mut dependents = Vec::new();
    for (place, reached) in reached_from.into_iter().filter(|(_, reached)| reached.len() > 1) {
        let dependent = LockedPackage::from(graph.package(place));
        if is_of_a_registry(&dependent) && !targets.contains(&dependent) {
            let nearest_first = Reverse(paths.length(place));
            dependents.push((Reverse(reached.len()), nearest_first, dependent, reached));
        }
    }
    dependents.sort();
    let mut ways = Vec::new();
    for (.., dependent, reached) in dependents.into_iter().take(MOST_COMMON) {
        let attempt = Attempt {
            targets: reached.clone(),
            unlocked: BTreeSet::from([dependent]),
            // With a version of each in its place, as much would move as without the dependent.
            banned: reached,
            ..Attempt::default()
        };
        if let Some(proof) = workshop.attempt(&attempt)? {
            ways.push(way_out(workshop, proof)?);
        }
    }
    Ok(ways)
}

/// Everything that depends on a package, however far above it.
fn all_above(graph: &DependencyGraph, target: &LockedPackage) -> BTreeSet<PackageIx> {
    let mut dependents: BTreeMap<PackageIx, Vec<PackageIx>> = BTreeMap::new();
    for edge in graph.dependencies() {
        dependents.entry(edge.to).or_default().push(edge.from);
    }
    let is_target =
        |(place, package): (PackageIx, &Package)| (LockedPackage::from(package) == *target).then_some(place);
    let mut next: Vec<PackageIx> = graph.iter().filter_map(is_target).collect();
    let mut above = BTreeSet::new();
    while let Some(place) = next.pop() {
        let direct = dependents.get(&place).into_iter().flatten().copied();
        next.extend(direct.filter(|&dependent| above.insert(dependent)));
    }
    above
}

fn way_out(workshop: &Workshop<'_>, proof: Proof) -> Result<WayOut, WaysError> {
    let words = (moves_in_words(&proof), licenses_in_words(&proof));
    proved(workshop, Rung::ParentMoves, proof, words)
}

/// The dependents, their dependents with them, and so on up to those that nobody depends on.
fn generations_of(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Vec<BTreeSet<LockedPackage>> {
    let mut generations: Vec<BTreeSet<LockedPackage>> = Vec::new();
    let mut unlocked: BTreeSet<LockedPackage> = BTreeSet::new();
    loop {
        let known: BTreeSet<LockedPackage> = targets.union(&unlocked).cloned().collect();
        let dependents = dependents_of(workshop.scratch.locked(), &known).into_iter();
        let before = unlocked.len();
        unlocked.extend(dependents.filter(|package| is_of_a_registry(package) && !targets.contains(package)));
        if unlocked.len() == before {
            return generations;
        }
        generations.push(unlocked.clone());
    }
}

/// Tries to keep each dependent that has moved where it was, and those that have not moved in any case.
fn keep_what_can_stay(workshop: &Workshop<'_>, mut proof: Proof) -> Result<Proof, WaysError> {
    for _ in 0..KEPT_AFTER_ALL {
        let moved = moved_dependents(&proof);
        let mut fewer = None;
        for package in &moved {
            let mut attempt = proof.attempt.clone();
            attempt.unlocked.clone_from(&moved);
            attempt.unlocked.remove(package);
            if let Some(found) = workshop.attempt(&attempt)? {
                fewer = Some(found);
                break;
            }
        }
        match fewer {
            Some(fewer) => proof = fewer,
            None => break,
        }
    }
    Ok(proof)
}

fn moved_dependents(proof: &Proof) -> BTreeSet<LockedPackage> {
    let has_moved = |package: &&LockedPackage| {
        proof.changes.iter().any(|change| match change {
            Change::Moved { name, from, .. } => *name == package.name && *from == package.version,
            Change::Removed { name, version } => *name == package.name && *version == package.version,
            Change::Added { .. } => false,
        })
    };
    proof.attempt.unlocked.iter().filter(has_moved).cloned().collect()
}
