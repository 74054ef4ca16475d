//! The ladder: each rung is tried on the violations that no cheaper one has solved.

mod ask;
mod direct;
mod features;
mod majors;
mod parents;
mod patch;
mod pin;
mod proved;
mod replace;
mod siblings;
mod together;
mod version;

use std::collections::BTreeSet;

use airights::suggest::{Combination, DeadEnd, LockedPackage, Proposal, Rung, cheapest_first};

use super::attempt::Proof;
use super::verdicts::is_of_a_registry;
use super::workshop::Workshop;
use crate::WaysError;

/// A proposal with what is needed to make it true.
#[derive(Debug)]
pub struct WayOut {
    /// What is proposed.
    pub proposal: Proposal,
    /// The files that make it true; `None` where somebody has to be asked, or code has to follow.
    pub proof: Option<Proof>,
    /// Whether it is part of what costs least for all violations together.
    is_chosen: bool,
}

/// What was found on the way up.
#[derive(Debug, Default)]
pub struct Climbed {
    /// The ways out, in the order to try them.
    pub ways: Vec<WayOut>,
    /// Where rungs led nowhere, and why.
    pub dead_ends: Vec<DeadEnd>,
    /// What costs least for everything that has a way out.
    pub together: Option<Together>,
    /// Whether combinations were left untried, as it takes long.
    pub is_cut_short: bool,
}

/// The ways that cost least together.
#[derive(Debug)]
pub struct Together {
    /// What they are, and what they cost.
    pub combination: Combination,
    /// All of them in one lockfile.
    pub proof: Proof,
}

/// One rung that cargo can prove.
struct ProvedRung {
    rung: Rung,
    /// What is told while it is tried.
    told: &'static str,
    climb: fn(&Workshop<'_>, &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError>,
    /// Whether it is for packages of registries alone, which have other versions there.
    is_of_registries: bool,
    /// What is said where it leads nowhere.
    no_way: Option<&'static str>,
}

/// The rungs that files alone make true, cheapest first.
const RUNGS: [ProvedRung; 5] = [
    ProvedRung {
        rung: Rung::OtherVersion,
        told: "trying other versions",
        climb: version::other_versions,
        is_of_registries: true,
        no_way: Some(version::NO_WAY),
    },
    ProvedRung {
        rung: Rung::ParentMoves,
        told: "trying other versions of dependents",
        climb: parents::moves,
        is_of_registries: true,
        no_way: Some(parents::NO_WAY),
    },
    ProvedRung {
        rung: Rung::FeatureOff,
        told: "trying fewer features",
        climb: features::off,
        is_of_registries: false,
        no_way: Some(features::NO_WAY),
    },
    ProvedRung {
        rung: Rung::OtherMajor,
        told: "trying other major versions",
        climb: majors::others,
        is_of_registries: true,
        no_way: Some(majors::NO_WAY),
    },
    // What was said of other versions holds for most crates, whose publishers have taken none back.
    ProvedRung {
        rung: Rung::OtherVersion,
        told: "trying yanked versions",
        climb: version::taken_back,
        is_of_registries: true,
        no_way: None,
    },
];

/// What is left where nobody but the user can help: even other crates come before it, though the code has to follow.
const PATCH: ProvedRung = ProvedRung {
    rung: Rung::Patch,
    told: "trying copies",
    climb: patch::with_a_copy,
    is_of_registries: true,
    no_way: None,
};

/// What is said of a rung that was not tried to its end.
const CUT_SHORT: &str = "stopped early (time limit); name one crate to search for its fixes alone";

/// Finds ways out for the packages that are to go. `tell` hears of what is being tried.
///
/// # Errors
///
/// Where the copy cannot be worked with, or a registry has no answer. That nothing fits is a dead end, and no error.
pub fn climb(
    workshop: &Workshop<'_>,
    targets: &BTreeSet<LockedPackage>,
    tell: &dyn Fn(&'static str),
) -> Result<Climbed, WaysError> {
    let mut climbed = Climbed::default();
    tell("asking the registry");
    workshop.ask_ahead()?;
    let mut open = targets.clone();
    for rung in RUNGS {
        tell(rung.told);
        climbed.take(workshop, &mut open, &rung)?;
    }
    open.retain(is_of_a_registry);
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
    tell(PATCH.told);
    climbed.take(workshop, &mut open, &PATCH)?;
    tell("trying all together");
    climbed.together = together::cheapest(workshop, &mut climbed.ways)?;
    climbed.is_cut_short = workshop.take_out_of_time();
    tell("trying pins");
    let pins = pin::below_the_denied(workshop, &climbed.ways)?;
    climbed.ways.extend(pins);
    workshop.verdicts.save();
    climbed.ways.extend(ask::somebody(workshop.project, targets));
    climbed.ways.sort_by(|one, other| {
        let chosen_first = other.is_chosen.cmp(&one.is_chosen);
        chosen_first.then_with(|| cheapest_first(&one.proposal, &other.proposal))
    });
    Ok(climbed)
}

impl WayOut {
    /// A proposal that nobody has proved, or whose proof is not all it takes.
    fn unproved(proposal: Proposal) -> Self {
        Self {
            proposal,
            proof: None,
            is_chosen: false,
        }
    }

    /// Whether it is proved to be a way out for a package.
    fn solves(&self, target: &LockedPackage) -> bool {
        self.proof
            .as_ref()
            .is_some_and(|proof| proof.attempt.targets.contains(target))
    }
}

impl Climbed {
    /// The proposals, in the order to try them.
    pub fn proposals(&self) -> Vec<&Proposal> {
        self.ways.iter().map(|way| &way.proposal).collect()
    }

    /// Climbs a rung, and takes what it finds. What it has not solved stays open.
    fn take(
        &mut self,
        workshop: &Workshop<'_>,
        open: &mut BTreeSet<LockedPackage>,
        rung: &ProvedRung,
    ) -> Result<(), WaysError> {
        let is_meant = |package: &&LockedPackage| !rung.is_of_registries || is_of_a_registry(package);
        let tried: BTreeSet<LockedPackage> = open.iter().filter(is_meant).cloned().collect();
        let ways = (rung.climb)(workshop, &tried)?;
        let reason = if workshop.take_out_of_time() {
            Some(CUT_SHORT)
        } else {
            rung.no_way
        };
        for way in ways {
            if let Some(proof) = &way.proof {
                open.retain(|package| !proof.attempt.targets.contains(package));
            }
            self.ways.push(way);
        }
        let dead_end = |package: &LockedPackage| {
            Some(DeadEnd {
                package: package.to_string(),
                rung: rung.rung,
                reason: reason?.to_owned(),
            })
        };
        let unsolved = tried.iter().filter(|package| open.contains(*package));
        self.dead_ends.extend(unsolved.filter_map(dead_end));
        Ok(())
    }
}
