//! From proofs to ways out: in as few as can be, each with the commands that take it and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Cost, LockedPackage, Proposal, Releases, Rung};

use super::WayOut;
use crate::WaysError;
use crate::attempt::Proof;
use crate::update_list::update_list;
use crate::workshop::Workshop;

/// Proofs for as many packages as can be solved, in as few as possible: one for all of them where there is one, else one
/// for all those that can be solved alone, else one for each of these.
pub(super) fn solve_together(
    open: &BTreeSet<LockedPackage>,
    mut solve: impl FnMut(&BTreeSet<LockedPackage>) -> Result<Option<Proof>, WaysError>,
) -> Result<Vec<Proof>, WaysError> {
    if open.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(proof) = solve(open)? {
        return Ok(vec![proof]);
    }
    if open.len() == 1 {
        return Ok(Vec::new());
    }
    let mut alone: BTreeMap<&LockedPackage, Proof> = BTreeMap::new();
    for package in open {
        if let Some(proof) = solve(&BTreeSet::from([package.clone()]))? {
            alone.insert(package, proof);
        }
    }
    let solvable: BTreeSet<LockedPackage> = alone.keys().copied().cloned().collect();
    let is_worth_it = solvable.len() > 1 && solvable.len() < open.len();
    if is_worth_it && let Some(proof) = solve(&solvable)? {
        return Ok(vec![proof]);
    }
    Ok(alone.into_values().collect())
}

/// A proved way out, with the commands that take it.
pub(super) fn proved(
    workshop: &Workshop<'_>,
    rung: Rung,
    mut proof: Proof,
    words: (String, String),
) -> Result<WayOut, WaysError> {
    let list = update_list(workshop, &proof)?;
    let commands = match list {
        // No command of cargo makes a copy.
        _ if !proof.copies.is_empty() => vec![apply_in_words(&proof)],
        Some(list) => {
            let commands = list.commands();
            proof.lockfile = list.lockfile;
            commands
        }
        None => vec![apply_in_words(&proof)],
    };
    let releases = workshop.releases(&[&proof])?;
    let (summary, mut why) = words;
    why += &advisories_in_words(&proof, &releases);
    let edits = workshop.shown_edits(&proof.attempt.edits);
    let proposal = Proposal {
        rung,
        solves: proof.attempt.targets.iter().map(ToString::to_string).collect(),
        summary,
        why,
        cost: Cost::of(&proof.true_changes(), edits.len(), &releases),
        edits,
        changes: proof.changes.clone(),
        commands,
        text: None,
        substitutes: Vec::new(),
        is_proved: true,
    };
    Ok(WayOut {
        proposal,
        proof: Some(proof),
        is_chosen: false,
    })
}

/// What is left to run where no commands of cargo make the lockfile.
fn apply_in_words(proof: &Proof) -> String {
    let mut targets = proof.attempt.targets.iter();
    match (targets.next(), targets.next()) {
        (Some(only), None) => format!("cargo airights suggest {} --apply", only.name),
        _ => "cargo airights suggest --apply".to_owned(),
    }
}

/// "; RUSTSEC-2020-0001 is about `a 1.0.0`": what else there is to know of what comes.
fn advisories_in_words(proof: &Proof, releases: &Releases) -> String {
    let mut words = String::new();
    for change in &proof.true_changes() {
        let (name, _, comes) = change.parts();
        let Some(version) = comes else { continue };
        for id in releases.advisories(change) {
            words += &format!("; {id} is about `{name} {version}`");
        }
    }
    words
}
