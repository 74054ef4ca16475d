//! The manifest asks for another major version of the direct dependency that leads to it.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{LockedPackage, Rung, are_compatible};
use airights_registry::IndexEntry;

use super::WayOut;
use super::direct::{Direct, leading_to, way_out, ways_by_edits};
use crate::WaysError;
use crate::attempt::Attempt;
use crate::manifest::{Edit, Manifests};
use crate::verdicts::candidates;
use crate::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: &str = "no other major version of the direct dependencies that lead to it passes";

/// So many major versions are judged, newer ones first.
const MOST_MAJORS: usize = 6;

/// Ways out by asking for another major version.
pub(super) fn others(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    ways_by_edits(workshop, open, Rung::OtherMajor, &|question| {
        other_majors(workshop, &workshop.manifests_after(question.edits), question.direct)
    })
}

/// Ways out in which one direct dependency is asked for in another major version, and several packages go with it.
pub(super) fn common(workshop: &Workshop<'_>, targets: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    // Several members may name one package, each in a manifest of its own.
    let mut led_to: BTreeMap<LockedPackage, (BTreeSet<Direct>, BTreeSet<LockedPackage>)> = BTreeMap::new();
    for target in targets {
        for direct in leading_to(&workshop.project.resolved, target) {
            let (directs, reached) = led_to.entry(direct.package.clone()).or_default();
            directs.insert(direct);
            reached.insert(target.clone());
        }
    }
    let mut ways = Vec::new();
    for (directs, reached) in led_to.into_values().filter(|(_, reached)| reached.len() > 1) {
        let Some(first) = directs.first() else { continue };
        for edit in other_majors(workshop, &workshop.manifests_after(&[]), first)? {
            let attempt = Attempt {
                targets: reached.clone(),
                edits: directs.iter().map(|direct| direct.edited(edit.clone())).collect(),
                ..Attempt::default()
            };
            if let Some(proof) = workshop.attempt(&attempt)? {
                ways.push(way_out(workshop, Rung::OtherMajor, proof)?);
                break;
            }
        }
    }
    Ok(ways)
}

/// The newest version of each other major that passes: upwards from today's first, then downwards.
fn other_majors(workshop: &Workshop<'_>, manifests: &Manifests<'_>, direct: &Direct) -> Result<Vec<Edit>, WaysError> {
    let declared = manifests.declared(&direct.manifest, &direct.key);
    if declared.and_then(|declared| declared.requirement).is_none() {
        return Ok(Vec::new());
    }
    let today = &direct.package.version;
    let index = workshop.verdicts.index_of(&direct.package)?;
    let mut majors: BTreeMap<_, Vec<&IndexEntry>> = BTreeMap::new();
    for entry in candidates(&index, |version| !are_compatible(version, today)) {
        let known = majors
            .keys()
            .find(|known| are_compatible(known, &entry.version))
            .cloned();
        majors
            .entry(known.unwrap_or_else(|| entry.version.clone()))
            .or_default()
            .push(entry);
    }
    let (older, newer): (Vec<_>, Vec<_>) = majors.into_iter().partition(|(version, _)| version < today);
    let in_order = newer.into_iter().rev().chain(older.into_iter().rev()).take(MOST_MAJORS);
    let mut edits = Vec::new();
    for (_, versions) in in_order {
        let roles = workshop.roles_of(&direct.package.name);
        if let Some(entry) = workshop.verdicts.first_that_passes(&versions, roles)? {
            let version = &entry.version;
            let requirement = format!("{}.{}.{}", version.major, version.minor, version.patch);
            edits.push(Edit::Require(requirement));
        }
    }
    Ok(edits)
}
