//! The direct dependencies that lead to a denied package, and edits of the manifests until none of them does.

use std::collections::BTreeSet;
use std::path::PathBuf;

use airights::suggest::{LockedPackage, Rung};
use airights::{DependencyGraph, Package, PackageIx};
use airights_cargo::graph::Resolved;

use super::WayOut;
use super::proved::proved;
use super::siblings::tried_in_vain;
use super::version::{licenses_in_words, moves_in_words};
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::manifest::{DirectEdit, Edit};
use crate::workshop::Workshop;

/// A dependency that a local manifest names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Direct {
    /// The manifest, in the original.
    pub(super) manifest: PathBuf,
    /// The key it stands under there.
    pub(super) key: String,
    /// What it is today.
    pub(super) package: LockedPackage,
}

impl Direct {
    /// An edit of it.
    pub(super) fn edited(&self, edit: Edit) -> DirectEdit {
        DirectEdit {
            manifest: self.manifest.clone(),
            key: self.key.clone(),
            edit,
        }
    }
}

/// What may be edited about a direct dependency, so that it leads to the target no more.
pub(super) struct Question<'a> {
    /// What is edited already.
    pub(super) edits: &'a [DirectEdit],
    /// The dependency.
    pub(super) direct: &'a Direct,
    /// What is to go.
    pub(super) target: &'a LockedPackage,
}

impl Question<'_> {
    /// What is edited already, and one more edit of the dependency.
    pub(super) fn with(&self, edit: Edit) -> Vec<DirectEdit> {
        self.edits.iter().cloned().chain([self.direct.edited(edit)]).collect()
    }
}

/// The edits that may help, cheapest first.
type Candidates<'a> = &'a dyn Fn(&Question<'_>) -> Result<Vec<Edit>, WaysError>;

/// So many edits are tried for one direct dependency.
const MOST_EDITS: usize = 6;

/// Ways out by editing the manifests, one for each package that is still open, or for several where one edit helps them
/// all.
pub(super) fn ways_by_edits(
    workshop: &Workshop<'_>,
    open: &BTreeSet<LockedPackage>,
    rung: Rung,
    candidates: Candidates<'_>,
) -> Result<Vec<WayOut>, WaysError> {
    let mut open = open.clone();
    let mut ways = Vec::new();
    while let Some(target) = open.pop_first() {
        let Some(proof) = solve(workshop, &target, &Attempt::default(), candidates)? else {
            continue;
        };
        if let Some(both) = on_top_of_others(workshop, &ways, &target, &proof, candidates)? {
            ways.push(way_out(workshop, rung, both)?);
        }
        let mut all = proof.attempt.clone();
        all.targets.extend(open.iter().cloned());
        let proof = match workshop.attempt(&all)? {
            Some(joint) if !open.is_empty() => joint,
            _ => proof,
        };
        open.retain(|package| !proof.attempt.targets.contains(package));
        ways.push(way_out(workshop, rung, proof)?);
    }
    Ok(ways)
}

/// Where an earlier way edits the same dependencies, one that goes on from there and helps both.
fn on_top_of_others(
    workshop: &Workshop<'_>,
    ways: &[WayOut],
    target: &LockedPackage,
    proof: &Proof,
    candidates: Candidates<'_>,
) -> Result<Option<Proof>, WaysError> {
    let proofs = ways.iter().filter_map(|way| way.proof.as_ref());
    match proofs
        .into_iter()
        .find(|other| other.attempt.and(&proof.attempt).is_none())
    {
        Some(other) => solve(workshop, target, &other.attempt, candidates),
        None => Ok(None),
    }
}

/// A way out by the edits of a proof.
pub(super) fn way_out(workshop: &Workshop<'_>, rung: Rung, proof: Proof) -> Result<WayOut, WaysError> {
    let licenses = licenses_in_words(&proof);
    let instead: BTreeSet<&str> = proof.attempt.edits.iter().filter_map(instead).collect();
    let (summary, why) = match rung {
        Rung::FeatureOff if !instead.is_empty() => {
            let names: Vec<String> = instead.iter().map(|name| format!("`{name}`")).collect();
            (
                format!("ask for {} in the place of what brings it in", names.join(" and ")),
                "it does much the same; see that `cargo check` still passes".to_owned(),
            )
        }
        Rung::FeatureOff => {
            let in_vain = tried_in_vain(workshop, &proof.attempt.edits)?;
            let in_vain: Vec<String> = in_vain.iter().map(|name| format!("`{name}`")).collect();
            let others = match in_vain.as_slice() {
                [] => String::new(),
                [one] => format!(", and {one} in their place is denied, too"),
                names => format!(", and {} in their place are denied, too", names.join(" or ")),
            };
            (
                "ask for fewer features".to_owned(),
                format!("only these features bring it in{others}; see that `cargo check` still passes"),
            )
        }
        Rung::Pin => (
            "stay below the next version that is denied".to_owned(),
            "a later `cargo update` cannot bring it back".to_owned(),
        ),
        _ => (
            moves_in_words(&proof),
            format!("{licenses}; see that `cargo check` still passes"),
        ),
    };
    proved(workshop, rung, proof, (summary, why))
}

/// The feature that takes the place of others.
fn instead(edit: &DirectEdit) -> Option<&str> {
    match &edit.edit {
        Edit::Features { instead, .. } => instead.as_deref(),
        _ => None,
    }
}

/// Edits one direct dependency after the other, until none leads to the target any more, and proves the result together
/// with what is tried already.
fn solve(
    workshop: &Workshop<'_>,
    target: &LockedPackage,
    begun: &Attempt,
    candidates: Candidates<'_>,
) -> Result<Option<Proof>, WaysError> {
    let directs = leading_to(&workshop.project.resolved, target);
    let [first @ .., last] = &directs[..] else {
        return Ok(None);
    };
    let mut edits = begun.edits.clone();
    for direct in first {
        if !leads_to(workshop, &edits, direct, target)? {
            continue;
        }
        let mut freed = None;
        for trial in trials(&edits, direct, target, candidates)? {
            if !leads_to(workshop, &trial, direct, target)? {
                freed = Some(trial);
                break;
            }
        }
        match freed {
            Some(trial) => edits = trial,
            None => return Ok(None),
        }
    }
    // The last one is proved right away, with what was edited for the others.
    let mut last_trials = trials(&edits, last, target, candidates)?;
    if !edits.is_empty() {
        last_trials.insert(0, edits);
    }
    for edits in last_trials {
        let mut attempt = Attempt { edits, ..begun.clone() };
        attempt.targets.insert(target.clone());
        if let Some(proof) = workshop.attempt(&attempt)? {
            return Ok(Some(proof));
        }
    }
    Ok(None)
}

/// The edits so far, with each edit that may help.
fn trials(
    edits: &[DirectEdit],
    direct: &Direct,
    target: &LockedPackage,
    candidates: Candidates<'_>,
) -> Result<Vec<Vec<DirectEdit>>, WaysError> {
    let question = Question { edits, direct, target };
    let more = candidates(&question)?.into_iter().take(MOST_EDITS);
    Ok(more.map(|edit| question.with(edit)).collect())
}

/// The dependencies of the workspace's own packages from which the target can be reached: those on packages from elsewhere,
/// or, where the target is beside them on this disk, those on each other.
pub(super) fn leading_to(resolved: &Resolved, target: &LockedPackage) -> Vec<Direct> {
    let from_elsewhere = edges_to(resolved, target, &|package| package.source.is_some());
    if from_elsewhere.is_empty() {
        return edges_to(resolved, target, &|package| LockedPackage::from(package) != *target);
    }
    from_elsewhere
}

fn edges_to(resolved: &Resolved, target: &LockedPackage, is_meant: &dyn Fn(&Package) -> bool) -> Vec<Direct> {
    let graph = &resolved.graph;
    let mut found = BTreeSet::new();
    // A package from elsewhere on this disk is somebody else's to edit.
    let is_ours = |place: PackageIx| {
        let manifest = &resolved.manifests[place].manifest_path;
        graph.package(place).source.is_none() && manifest.starts_with(&resolved.workspace_root)
    };
    for (place, _) in graph.iter().filter(|(place, _)| is_ours(*place)) {
        for edge in graph.dependencies_of(place) {
            let package = graph.package(edge.to);
            if is_meant(package) && reaches(graph, edge.to, target) {
                found.insert(Direct {
                    manifest: resolved.manifests[place].manifest_path.clone(),
                    key: edge.key.clone(),
                    package: LockedPackage::from(package),
                });
            }
        }
    }
    found.into_iter().collect()
}

/// Whether a direct dependency still leads to the target after these edits. Where nothing fits, it might.
pub(super) fn leads_to(
    workshop: &Workshop<'_>,
    edits: &[DirectEdit],
    direct: &Direct,
    target: &LockedPackage,
) -> Result<bool, WaysError> {
    let Some(resolved) = workshop.resolved_after(edits)? else {
        return Ok(true);
    };
    let copy = workshop.scratch.place_of(&direct.manifest);
    let graph = &resolved.graph;
    let is_dependent = |place: PackageIx| resolved.manifests[place].manifest_path == copy;
    let leads = graph
        .iter()
        .filter(|(place, _)| is_dependent(*place))
        .any(|(place, _)| {
            let edges = graph.dependencies_of(place).iter();
            edges
                .filter(|edge| edge.key == direct.key)
                .any(|edge| reaches(graph, edge.to, target))
        });
    Ok(leads)
}

/// Whether one package is the target or depends on it.
fn reaches(graph: &DependencyGraph, from: PackageIx, target: &LockedPackage) -> bool {
    let is_target = |package: &Package| LockedPackage::from(package) == *target;
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(place) = next.pop() {
        if is_target(graph.package(place)) {
            return true;
        }
        let edges = graph.dependencies_of(place).iter();
        next.extend(edges.map(|edge| edge.to).filter(|&to| seen.insert(to)));
    }
    false
}
