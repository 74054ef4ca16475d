//! The manifest is told to stay below the next denied version, so that no later `cargo update` brings it back.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, Rung, are_compatible};
use semver::{Version, VersionReq};

use super::WayOut;
use super::direct::{leading_to, way_out};
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::manifest::{DirectEdit, Edit};
use crate::workshop::Workshop;

/// For each way out that only the lockfile remembers, one that the manifests remember.
pub(super) fn below_the_denied(workshop: &Workshop<'_>, ways: &[WayOut]) -> Result<Vec<WayOut>, WaysError> {
    let mut pins = Vec::new();
    for way in ways {
        let is_only_locked = matches!(way.proposal.rung, Rung::OtherVersion | Rung::ParentMoves);
        let Some(proof) = way.proof.as_ref().filter(|_| is_only_locked) else {
            continue;
        };
        for target in &proof.attempt.targets {
            let attempt = Attempt {
                edits: edits(workshop, target, proof)?,
                ..proof.attempt.clone()
            };
            if attempt.edits.is_empty() {
                continue;
            }
            if let Some(mut pinned) = workshop.attempt(&attempt)? {
                // It is a way out for all of them, and holds this one fast.
                pinned.attempt.targets = BTreeSet::from([target.clone()]);
                pins.push(way_out(workshop, Rung::Pin, pinned)?);
            }
        }
    }
    Ok(pins)
}

/// What to ask for wherever the target itself is a direct dependency.
fn edits(workshop: &Workshop<'_>, target: &LockedPackage, proof: &Proof) -> Result<Vec<DirectEdit>, WaysError> {
    let is_kept =
        |package: &&LockedPackage| package.name == target.name && are_compatible(&package.version, &target.version);
    let Some(kept) = proof.packages.iter().find(is_kept) else {
        return Ok(Vec::new());
    };
    let Some(limit) = next_denied(workshop, kept)? else {
        return Ok(Vec::new());
    };
    let manifests = workshop.manifests_after(&[]);
    let directs = leading_to(&workshop.project.resolved, target).into_iter();
    let edits = directs.filter(|direct| direct.package == *target).filter_map(|direct| {
        let declared = manifests.declared(&direct.manifest, &direct.key)?;
        let requirement = format!("{}, <{limit}", declared.requirement?);
        VersionReq::parse(&requirement).ok()?;
        Some(DirectEdit {
            manifest: direct.manifest,
            key: direct.key,
            edit: Edit::Require(requirement),
        })
    });
    Ok(edits.collect())
}

/// The first version after the one that is kept that is withheld.
fn next_denied(workshop: &Workshop<'_>, kept: &LockedPackage) -> Result<Option<Version>, WaysError> {
    let index = workshop.verdicts.index_of(kept)?;
    let later = index.entries.iter().filter(|entry| entry.version > kept.version);
    let denied = later.filter(|entry| workshop.verdicts.rulings().withholds(entry));
    let next = denied.map(|entry| &entry.version).min();
    Ok(next.map(|version| Version::new(version.major, version.minor, version.patch)))
}
