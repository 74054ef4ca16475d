//! Another version of the crate, within what its dependents accept.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Change, LockedPackage, Rung, are_compatible};

use super::WayOut;
use super::proved::{proved, solve_together};
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: &str = "no version that its dependents accept passes";

/// Ways out in which nothing moves but what is denied.
pub(super) fn other_versions(
    workshop: &Workshop<'_>,
    open: &BTreeSet<LockedPackage>,
) -> Result<Vec<WayOut>, WaysError> {
    let proofs = solve_together(open, |targets| {
        let attempt = Attempt {
            targets: targets.clone(),
            ..Attempt::default()
        };
        workshop.attempt(&attempt)
    })?;
    proofs.into_iter().map(|proof| way_out(workshop, proof)).collect()
}

/// So many versions that were taken back are judged, newest first.
const MOST_TAKEN_BACK: usize = 6;

/// Ways out by versions that their publisher has taken back: cargo keeps such a version where it is locked, and picks it
/// where it is told to, so this is what the last version that passes may still be good for.
pub(super) fn taken_back(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    let mut ways = Vec::new();
    for target in open {
        let index = workshop.verdicts.index_of(target)?;
        let mut versions = index.newest_first();
        versions.retain(|entry| entry.yanked && are_compatible(&entry.version, &target.version));
        versions.truncate(MOST_TAKEN_BACK);
        let Some(entry) = workshop
            .verdicts
            .first_that_passes(&versions, workshop.roles_of(&target.name))?
        else {
            continue;
        };
        let attempt = Attempt {
            targets: BTreeSet::from([target.clone()]),
            held: BTreeMap::from([(target.clone(), entry.clone())]),
            ..Attempt::default()
        };
        if let Some(proof) = workshop.attempt(&attempt)? {
            ways.push(way_out(workshop, proof)?);
        }
    }
    Ok(ways)
}

fn way_out(workshop: &Workshop<'_>, proof: Proof) -> Result<WayOut, WaysError> {
    let taken_back: String = proof
        .attempt
        .held
        .values()
        .map(|entry| format!("; `{} {}` was yanked", entry.name, entry.version))
        .collect();
    let words = (moves_in_words(&proof), licenses_in_words(&proof) + &taken_back);
    proved(workshop, Rung::OtherVersion, proof, words)
}

/// "move `a` to 1.0.0 and `b` to 2.0.0".
pub(super) fn moves_in_words(proof: &Proof) -> String {
    let is_target = |name: &str| proof.attempt.targets.iter().any(|target| target.name == name);
    let mut moves: Vec<(bool, String)> = proof
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Moved { name, to, .. } => Some((!is_target(name), format!("`{name}` to {to}"))),
            Change::Added { .. } | Change::Removed { .. } => None,
        })
        .collect();
    moves.sort();
    let moves: Vec<String> = moves.into_iter().map(|(_, words)| words).collect();
    match &moves[..] {
        [] => "replace it".to_owned(),
        [most @ .., last] if !most.is_empty() => format!("move {} and {last}", most.join(", ")),
        moves => format!("move {}", moves.join(", ")),
    }
}

/// "`a 1.0.0` is `MIT`": under which licenses what comes stands.
pub(super) fn licenses_in_words(proof: &Proof) -> String {
    let come = proof.changes.iter().filter_map(|change| match change {
        Change::Moved { name, to, .. } => Some((name, to)),
        Change::Added { name, version } => Some((name, version)),
        Change::Removed { .. } => None,
    });
    let licenses = come.filter_map(|(name, version)| {
        let package = format!("{name} {version}");
        let license = proof.licenses.get(&package)?;
        Some(format!("`{package}` is `{license}`"))
    });
    let licenses: Vec<String> = licenses.collect();
    match &licenses[..] {
        [] => "nothing new is added".to_owned(),
        licenses => licenses.join(", "),
    }
}
