//! The last version that passes, copied into the workspace, takes the place of the denied one.
//!
//! Where what depends on it accepts that version, another rung has found it, as cargo can be told to take even what was
//! taken back. A patch is for dependents that ask for nothing older, and are somebody else's to edit.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, Rung, are_compatible};

use super::WayOut;
use super::proved::proved;
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::package_copy::PackageCopy;
use crate::workshop::Workshop;

/// So many versions are judged, newest first.
const MOST_VERSIONS: usize = 12;

/// Ways out by a copy.
pub(super) fn with_a_copy(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    let workspace = &workshop.project.resolved.workspace_root;
    let mut ways = Vec::new();
    for target in open.iter().filter(|target| can_be_patched(target)) {
        let index = workshop.verdicts.index_of(target)?;
        let mut versions = index.newest_first();
        versions.retain(|entry| entry.version < target.version && are_compatible(&entry.version, &target.version));
        versions.truncate(MOST_VERSIONS);
        let Some(of) = workshop
            .verdicts
            .first_that_passes(&versions, workshop.roles_of(&target.name))?
        else {
            continue;
        };
        let copy = PackageCopy {
            target: target.clone(),
            of: of.clone(),
        };
        // What is there already is somebody's work.
        if copy.place_in(workspace).exists() {
            continue;
        }
        let attempt = Attempt {
            targets: BTreeSet::from([target.clone()]),
            edits: vec![copy.edit(workspace)],
            copies: vec![copy.clone()],
            ..Attempt::default()
        };
        if let Some(proof) = workshop.attempt(&attempt)? {
            ways.push(way_out(workshop, &copy, proof)?);
        }
    }
    Ok(ways)
}

/// What `[patch.crates-io]` speaks of.
fn can_be_patched(package: &LockedPackage) -> bool {
    package.source.as_deref() == Some(airights_registry::CRATES_IO)
}

fn way_out(workshop: &Workshop<'_>, copy: &PackageCopy, proof: Proof) -> Result<WayOut, WaysError> {
    let PackageCopy { target, of } = copy;
    let license = proof
        .licenses
        .get(&target.to_string())
        .map_or("unknown", String::as_str);
    let original = format!("`{} {}`", of.name, of.version);
    let words = (
        format!("put a copy of {original} in the place of `{target}`"),
        format!(
            "{original} is `{license}`, and what depends on it asks for nothing older than {}; see that `cargo check` still \
             passes, and keep the copy up to date yourself",
            target.version
        ),
    );
    proved(workshop, Rung::Patch, proof, words)
}
