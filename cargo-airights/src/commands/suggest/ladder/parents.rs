//! A dependent moves, too: cargo goes back to a version of it that does without what is denied, or on to one.

use std::collections::BTreeSet;

use airights::suggest::{Change, LockedPackage, Rung};

use super::version::{licenses_in_words, moves_in_words};
use super::{WayOut, proved, solve_together};
use crate::commands::failure::Failure;
use crate::commands::suggest::lockfile::dependents_of;
use crate::commands::suggest::verdicts::is_of_crates_io;
use crate::commands::suggest::workshop::{Attempt, Proof, Workshop};

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: (Rung, &str) = (
    Rung::ParentMoves,
    "no versions of its dependents that the manifests accept do without it",
);

/// So many of them are tried to be kept after all.
const KEPT_AFTER_ALL: usize = 16;

/// Ways out in which as few dependents move as can be.
pub(super) fn moves(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, Failure> {
    let proofs = solve_together(open, |targets| solve(workshop, targets))?;
    let way_out = |proof: Proof| {
        let words = (moves_in_words(&proof), licenses_in_words(&proof));
        proved(workshop, Rung::ParentMoves, proof, words)
    };
    proofs.into_iter().map(way_out).collect()
}

fn solve(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Result<Option<Proof>, Failure> {
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

/// The dependents, their dependents with them, and so on up to those that nobody depends on.
fn generations_of(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Vec<BTreeSet<LockedPackage>> {
    let mut generations: Vec<BTreeSet<LockedPackage>> = Vec::new();
    let mut unlocked: BTreeSet<LockedPackage> = BTreeSet::new();
    loop {
        let known: BTreeSet<LockedPackage> = targets.union(&unlocked).cloned().collect();
        let dependents = dependents_of(workshop.scratch.locked(), &known).into_iter();
        let before = unlocked.len();
        unlocked.extend(dependents.filter(|package| is_of_crates_io(package) && !targets.contains(package)));
        if unlocked.len() == before {
            return generations;
        }
        generations.push(unlocked.clone());
    }
}

/// Tries to keep each dependent that has moved where it was, and those that have not moved in any case.
fn keep_what_can_stay(workshop: &Workshop<'_>, mut proof: Proof) -> Result<Proof, Failure> {
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
