//! The ladder: each rung is tried on the violations that no cheaper one has solved.

mod ask;
mod direct;
mod features;
mod majors;
mod parents;
mod pin;
mod replace;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{DeadEnd, LockedPackage, Proposal, Rung, cheapest_first};

use super::update_list::update_list;
use super::verdicts::is_of_crates_io;
use super::workshop::{Proof, Workshop};
use crate::commands::failure::Failure;

/// A proposal with what is needed to make it true.
#[derive(Debug)]
pub(super) struct WayOut {
    pub(super) proposal: Proposal,
    pub(super) proof: Option<Proof>,
}

/// What was found on the way up.
#[derive(Debug, Default)]
pub(super) struct Climbed {
    pub(super) ways: Vec<WayOut>,
    pub(super) dead_ends: Vec<DeadEnd>,
}

/// What is said of a rung that was not tried to its end.
const CUT_SHORT: &str = "not tried to its end, as it takes long; name one crate to look for its ways out alone";

/// Finds ways out for the packages that are to go. `tell` hears of what is being tried.
pub(super) fn climb(
    workshop: &Workshop<'_>,
    targets: &BTreeSet<LockedPackage>,
    tell: &dyn Fn(&'static str),
) -> Result<Climbed, Failure> {
    let mut climbed = Climbed::default();
    tell("asking the registry");
    workshop.ask_ahead()?;
    // Only what comes from the registry has other versions there.
    let mut open: BTreeSet<_> = targets
        .iter()
        .filter(|target| is_of_crates_io(target))
        .cloned()
        .collect();
    tell("trying other versions");
    let ways = version::other_versions(workshop, &open)?;
    climbed.take(workshop, ways, &mut open, version::NO_WAY);
    tell("trying other versions of dependents");
    let ways = parents::moves(workshop, &open)?;
    climbed.take(workshop, ways, &mut open, parents::NO_WAY);
    tell("trying fewer features");
    let ways = features::off(workshop, &open)?;
    climbed.take(workshop, ways, &mut open, features::NO_WAY);
    tell("trying other major versions");
    let ways = majors::others(workshop, &open)?;
    climbed.take(workshop, ways, &mut open, majors::NO_WAY);
    tell("trying other crates");
    let (others, without) = replace::by_another_crate(workshop, &open)?;
    let is_cut_short = workshop.take_out_of_time();
    climbed.ways.extend(others);
    climbed.dead_ends.extend(without.into_iter().map(|mut dead_end| {
        if is_cut_short {
            CUT_SHORT.clone_into(&mut dead_end.reason);
        }
        dead_end
    }));
    tell("trying pins");
    let pins = pin::below_the_denied(workshop, &climbed.ways)?;
    climbed.ways.extend(pins);
    workshop.verdicts.save();
    climbed.ways.extend(ask::somebody(workshop.project, targets));
    climbed
        .ways
        .sort_by(|one, other| cheapest_first(&one.proposal, &other.proposal));
    Ok(climbed)
}

impl Climbed {
    /// The proposals, in the order to try them.
    pub(super) fn proposals(&self) -> Vec<&Proposal> {
        self.ways.iter().map(|way| &way.proposal).collect()
    }

    /// Takes what a rung has found. What it has not solved stays open.
    fn take(
        &mut self,
        workshop: &Workshop<'_>,
        ways: Vec<WayOut>,
        open: &mut BTreeSet<LockedPackage>,
        no_way: (Rung, &str),
    ) {
        let reason = if workshop.take_out_of_time() {
            CUT_SHORT
        } else {
            no_way.1
        };
        for way in ways {
            if let Some(proof) = &way.proof {
                open.retain(|package| !proof.attempt.targets.contains(package));
            }
            self.ways.push(way);
        }
        self.dead_ends.extend(open.iter().map(|package| DeadEnd {
            package: package.to_string(),
            rung: no_way.0,
            reason: reason.to_owned(),
        }));
    }
}

/// Proofs for as many packages as can be solved, in as few as possible: one for all of them where there is one, else one
/// for all those that can be solved alone, else one for each of these.
fn solve_together(
    open: &BTreeSet<LockedPackage>,
    mut solve: impl FnMut(&BTreeSet<LockedPackage>) -> Result<Option<Proof>, Failure>,
) -> Result<Vec<Proof>, Failure> {
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
fn proved(workshop: &Workshop<'_>, rung: Rung, mut proof: Proof, words: (String, String)) -> Result<WayOut, Failure> {
    let list = update_list(workshop, &proof)?;
    let commands = match list {
        Some(list) => {
            proof.lockfile = list.lockfile;
            let commands = list
                .updates
                .iter()
                .map(|arguments| format!("cargo update {}", arguments.join(" ")));
            commands.collect()
        }
        None => vec!["cargo airights suggest --apply".to_owned()],
    };
    let (summary, mut why) = words;
    why += &advisories_in_words(workshop, &proof)?;
    let proposal = Proposal {
        rung,
        solves: proof.attempt.targets.iter().map(ToString::to_string).collect(),
        summary,
        why,
        edits: workshop.shown_edits(&proof.attempt.edits),
        changes: proof.changes.clone(),
        commands,
        text: None,
        cost: workshop.cost(&proof)?,
        is_proved: true,
    };
    Ok(WayOut {
        proposal,
        proof: Some(proof),
    })
}

/// "; RUSTSEC-2020-0001 is about `a 1.0.0`": what else there is to know of what comes.
fn advisories_in_words(workshop: &Workshop<'_>, proof: &Proof) -> Result<String, Failure> {
    let releases = workshop.releases(proof)?;
    let mut words = String::new();
    for change in &proof.changes {
        let (name, _, comes) = change.parts();
        let Some(version) = comes else { continue };
        for id in releases.advisories(change) {
            words += &format!("; {id} is about `{name} {version}`");
        }
    }
    Ok(words)
}
