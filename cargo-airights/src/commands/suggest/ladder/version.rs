//! Another version of the crate, within what its dependents accept.

use std::collections::BTreeSet;

use airights::suggest::{Change, LockedPackage, Rung};

use super::{WayOut, proved, solve_together};
use crate::commands::failure::Failure;
use crate::commands::suggest::workshop::{Attempt, Proof, Workshop};

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: (Rung, &str) = (Rung::OtherVersion, "no version that its dependents accept passes");

/// Ways out in which nothing moves but what is denied.
pub(super) fn other_versions(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, Failure> {
    let proofs = solve_together(open, |targets| {
        let attempt = Attempt {
            targets: targets.clone(),
            ..Attempt::default()
        };
        workshop.attempt(&attempt)
    })?;
    proofs.into_iter().map(|proof| way_out(workshop, proof)).collect()
}

fn way_out(workshop: &Workshop<'_>, proof: Proof) -> Result<WayOut, Failure> {
    let words = (moves_in_words(&proof), licenses_in_words(&proof));
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
        [] => "do without it".to_owned(),
        [most @ .., last] if !most.is_empty() => format!("move {} and {last}", most.join(", ")),
        moves => format!("move {}", moves.join(", ")),
    }
}

/// "`a 1.0.0` is `MIT`": under which licences what comes stands.
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
        [] => "nothing new comes in".to_owned(),
        licenses => licenses.join(", "),
    }
}
