//! From a proved lockfile to the commands that make it: the fewest `cargo update`s, tried in the order they are printed.

use airights::suggest::{Change, LockedPackage, changes};
use airights_manifest::lockfile;
use semver::Version;

use super::attempt::Proof;
use super::filtered_cargo::Ended;
use super::workshop::Workshop;
use crate::WaysError;

/// Commands that make the proved lockfile without us.
#[derive(Debug)]
pub(super) struct UpdateList {
    /// The arguments after `cargo update`, one entry a command.
    pub(super) updates: Vec<Vec<String>>,
    /// The lockfile they make.
    pub(super) lockfile: String,
}

impl UpdateList {
    /// The commands, as they are typed.
    pub(super) fn commands(&self) -> Vec<String> {
        let updates = self.updates.iter();
        updates
            .map(|arguments| format!("cargo update {}", arguments.join(" ")))
            .collect()
    }
}

/// More commands than this nobody wants to type.
const MAX_COMMANDS: usize = 40;

/// Finds the commands, by running them on the copy with nothing withheld. `None` where the lockfile cannot be reached in
/// this way.
pub(super) fn update_list(workshop: &Workshop<'_>, proof: &Proof) -> Result<Option<UpdateList>, WaysError> {
    workshop.scratch.reset(&proof.edited, workshop.scratch.locked())?;
    let mut updates = Vec::new();
    if !proof.edited.is_empty() {
        // What any cargo command does by itself after a manifest was edited.
        let arguments = vec!["--workspace".to_owned()];
        if workshop.update_unfiltered(&arguments)? != Ended::Well {
            return Ok(None);
        }
        updates.push(arguments);
    }
    while updates.len() < MAX_COMMANDS {
        let lockfile = workshop.scratch.lockfile_now()?;
        let now = lockfile::packages(&lockfile);
        let missing = changes(&now, &proof.packages);
        if missing.is_empty() {
            return Ok(Some(UpdateList { updates, lockfile }));
        }
        let Some(done) = next_update(workshop, &now, &missing, proof)? else {
            return Ok(None);
        };
        updates.push(done);
    }
    Ok(None)
}

/// Runs the first command that brings the lockfile nearer to what was proved.
fn next_update(
    workshop: &Workshop<'_>,
    now: &[LockedPackage],
    missing: &[Change],
    proof: &Proof,
) -> Result<Option<Vec<String>>, WaysError> {
    let before = workshop.scratch.lockfile_now()?;
    for arguments in candidates(workshop, now, missing) {
        let ended = workshop.update_unfiltered(&arguments)?;
        let after = lockfile::packages(&workshop.scratch.lockfile_now()?);
        if ended == Ended::Well && changes(&after, &proof.packages).len() < missing.len() {
            return Ok(Some(arguments));
        }
        workshop.scratch.reset(&proof.edited, &before)?;
    }
    Ok(None)
}

/// A command for each package that has to move, those nearest to the workspace first: where a dependent moves, what it
/// depends on often follows by itself.
fn candidates(workshop: &Workshop<'_>, now: &[LockedPackage], missing: &[Change]) -> Vec<Vec<String>> {
    let graph = &workshop.project.resolved.graph;
    let paths = graph.shortest_paths();
    let depth = |name: &str| {
        let places = graph.iter().filter(|(_, package)| package.name == name);
        places.map(|(place, _)| paths.length(place)).min().unwrap_or(usize::MAX)
    };
    let mut moves: Vec<_> = missing
        .iter()
        .filter_map(|change| match change {
            Change::Moved { name, from, to } => Some((depth(name), name, from, to)),
            Change::Added { .. } | Change::Removed { .. } => None,
        })
        .collect();
    moves.sort();
    let command = |(_, name, from, to): (usize, &String, &Version, &Version)| {
        let is_only_one = now.iter().filter(|package| package.name == *name).count() == 1;
        let spec = if is_only_one {
            name.clone()
        } else {
            format!("{name}@{from}")
        };
        vec![spec, "--precise".to_owned(), to.to_string()]
    };
    moves.into_iter().map(command).collect()
}
