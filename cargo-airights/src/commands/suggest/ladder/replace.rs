//! Another crate does the same job, and takes the place of the direct dependency that leads to what is denied.
//!
//! Cargo resolves it and the whole graph is judged again, as on every rung. But the code has to follow, which nobody here
//! can prove, so such a way is told and never applied.

use std::collections::BTreeSet;

use airights::suggest::{Cost, DeadEnd, LockedPackage, ManifestEdit, Proposal, Rung};

use super::WayOut;
use super::direct::{Direct, leading_to};
use super::version::licenses_in_words;
use crate::alternatives::{Candidate, Pair};
use crate::commands::failure::Failure;
use crate::commands::suggest::alternatives::Alternatives;
use crate::commands::suggest::manifest::{DirectEdit, Edit};
use crate::commands::suggest::update_list::update_list;
use crate::commands::suggest::verdicts::candidates;
use crate::commands::suggest::workshop::{Attempt, Proof, Workshop};
use crate::registry::{IndexEntry, RegistryError};

/// So many candidates are looked at for one crate.
const MOST_TRIED: usize = 8;
/// So many that comply are shown.
const MOST_SHOWN: usize = 3;
/// So many versions of a candidate are judged, newest first.
const MOST_VERSIONS: usize = 6;

/// Ways out by another crate, and the packages that have none.
pub(super) fn by_another_crate(
    workshop: &Workshop<'_>,
    open: &BTreeSet<LockedPackage>,
) -> Result<(Vec<WayOut>, Vec<DeadEnd>), Failure> {
    let (mut ways, mut dead_ends) = (Vec::new(), Vec::new());
    if open.is_empty() {
        return Ok((ways, dead_ends));
    }
    let alternatives = Alternatives::known(&workshop.verdicts.upstream);
    for target in open {
        let directs = leading_to(&workshop.project.resolved, target);
        let names: BTreeSet<&str> = directs.iter().map(|direct| direct.package.name.as_str()).collect();
        let found = match names.first() {
            Some(name) if names.len() == 1 => in_the_place_of(workshop, &alternatives, name, &directs, target)?,
            _ => Vec::new(),
        };
        if found.is_empty() {
            dead_ends.push(DeadEnd {
                package: target.to_string(),
                rung: Rung::Replace,
                reason: alternatives.none_known(),
            });
        }
        ways.extend(found);
    }
    Ok((ways, dead_ends))
}

/// Those alternatives to a direct dependency that comply with everything they bring in.
fn in_the_place_of(
    workshop: &Workshop<'_>,
    alternatives: &Alternatives,
    name: &str,
    directs: &[Direct],
    target: &LockedPackage,
) -> Result<Vec<WayOut>, Failure> {
    let mut ways = Vec::new();
    for candidate in alternatives.of(name).into_iter().take(MOST_TRIED) {
        if ways.len() == MOST_SHOWN {
            break;
        }
        if candidate.name == Pair::STD {
            ways.push(standard_library(&candidate, name, target));
            continue;
        }
        let index = match workshop.verdicts.upstream.index_of(&candidate.name) {
            Ok(index) => index,
            // What is not on this disk cannot be judged now, and so is no way out now.
            Err(RegistryError::Offline { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut versions = candidates(&index, |_| true);
        versions.truncate(MOST_VERSIONS);
        let roles = workshop.roles_of(name);
        let Some(entry) = workshop.verdicts.first_that_passes(&versions, roles)? else {
            continue;
        };
        let attempt = Attempt {
            targets: BTreeSet::from([target.clone()]),
            edits: directs.iter().map(|direct| edit(direct, entry)).collect(),
            ..Attempt::default()
        };
        if let Some(proof) = workshop.attempt(&attempt)? {
            ways.push(way_out(
                workshop,
                alternatives,
                &candidate,
                (name, entry),
                directs,
                &proof,
            )?);
        }
    }
    Ok(ways)
}

fn edit(direct: &Direct, entry: &IndexEntry) -> DirectEdit {
    DirectEdit {
        manifest: direct.manifest.clone(),
        key: direct.key.clone(),
        edit: Edit::Replace {
            by: entry.name.clone(),
            requirement: requirement(entry),
        },
    }
}

fn requirement(entry: &IndexEntry) -> String {
    let version = &entry.version;
    format!("{}.{}.{}", version.major, version.minor, version.patch)
}

fn way_out(
    workshop: &Workshop<'_>,
    alternatives: &Alternatives,
    candidate: &Candidate,
    (name, entry): (&str, &IndexEntry),
    directs: &[Direct],
    proof: &Proof,
) -> Result<WayOut, Failure> {
    let line = format!("{} = \"{}\"", entry.name, requirement(entry));
    let edits = workshop
        .shown_edits(&proof.attempt.edits)
        .into_iter()
        .map(|edit| ManifestEdit {
            after: line.clone(),
            ..edit
        });
    let grounds = candidate
        .grounds
        .iter()
        .map(|ground| ground.evidence(name))
        .collect::<Vec<_>>()
        .join("; ");
    let figures = alternatives.figures(entry);
    let licenses = licenses_in_words(proof);
    let proposal = Proposal {
        rung: Rung::Replace,
        solves: proof.attempt.targets.iter().map(ToString::to_string).collect(),
        summary: format!("use `{}` in the place of `{name}`", entry.name),
        why: format!(
            "{grounds}; {licenses}; {figures}cargo resolved it, and nothing in the whole graph is denied anew; the code \
             that uses `{name}` has to follow"
        ),
        edits: edits.collect(),
        changes: proof.changes.clone(),
        commands: commands(workshop, directs, entry, proof)?,
        text: None,
        cost: workshop.cost(proof)?,
        is_proved: false,
    };
    Ok(WayOut::unproved(proposal))
}

/// What makes the proved lockfile. Nothing where it takes an editor.
fn commands(
    workshop: &Workshop<'_>,
    directs: &[Direct],
    entry: &IndexEntry,
    proof: &Proof,
) -> Result<Vec<String>, Failure> {
    let Some(list) = update_list(workshop, proof)? else {
        return Ok(Vec::new());
    };
    let manifests = workshop.manifests_after(&[]);
    let resolved = &workshop.project.resolved;
    let members = resolved.graph.iter().filter(|(_, package)| package.is_member).count();
    let mut commands = Vec::new();
    for direct in directs {
        let Some(tables) = manifests.tables_of(&direct.manifest, &direct.key) else {
            return Ok(Vec::new());
        };
        let dependent = resolved
            .graph
            .iter()
            .find(|(place, _)| resolved.manifests[place.index()].manifest_path == direct.manifest);
        let of = match dependent {
            Some((_, package)) if members > 1 => format!("-p {} ", package.name),
            _ => String::new(),
        };
        for table in tables {
            commands.push(format!("cargo remove {of}{table}{}", direct.key));
            commands.push(format!("cargo add {of}{table}{}@{}", entry.name, requirement(entry)));
        }
    }
    commands.extend(list.commands());
    Ok(commands)
}

/// Nothing comes in, so there is nothing to judge; that the target goes with it is not proved, so nothing is told to be run.
fn standard_library(candidate: &Candidate, name: &str, target: &LockedPackage) -> WayOut {
    let grounds: Vec<_> = candidate.grounds.iter().map(|ground| ground.evidence(name)).collect();
    let proposal = Proposal {
        rung: Rung::Replace,
        solves: vec![target.to_string()],
        summary: format!("use the standard library in the place of `{name}`"),
        why: format!("{}; the code that uses `{name}` has to follow", grounds.join("; ")),
        edits: Vec::new(),
        changes: Vec::new(),
        commands: Vec::new(),
        text: None,
        cost: Cost::default(),
        is_proved: false,
    };
    WayOut::unproved(proposal)
}
