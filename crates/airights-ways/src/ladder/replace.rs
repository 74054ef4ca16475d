//! Other crates do the same job, and take the places of the direct dependencies that lead to what is denied.
//!
//! Cargo resolves it and the whole graph is judged again, as on every rung. But the code has to follow, which nobody here
//! can prove, so such a way is told and never applied.

mod shown;

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{DeadEnd, LockedPackage, Rung, Substitute};
use airights_registry::RegistryError;

use super::WayOut;
use super::direct::{Direct, leading_to};
use crate::WaysError;
use crate::alternatives::Pair;
use crate::attempt::Attempt;
use crate::known_alternatives::Alternatives;
use crate::manifest::{DirectEdit, Edit};
use crate::verdicts::{candidates, is_of_crates_io};
use crate::workshop::Workshop;

/// So many candidates are looked at for one crate, and so many combinations of them.
const MOST_TRIED: usize = 8;
/// So many that comply themselves are enough to choose from.
const MOST_COMPLIANT: usize = 5;
/// So many that comply with everything they bring in are shown.
const MOST_SHOWN: usize = 3;
/// So many versions of a candidate are judged, newest first.
const MOST_VERSIONS: usize = 6;

/// A crate that complies, in all the places of the one whose job it does.
#[derive(Clone)]
struct Replacement<'a> {
    substitute: Substitute,
    directs: &'a [Direct],
}

/// Ways out by other crates, and the packages that have none.
pub(super) fn by_another_crate(
    workshop: &Workshop<'_>,
    open: &BTreeSet<LockedPackage>,
) -> Result<(Vec<WayOut>, Vec<DeadEnd>), WaysError> {
    let (mut ways, mut dead_ends) = (Vec::new(), Vec::new());
    if open.is_empty() {
        return Ok((ways, dead_ends));
    }
    let alternatives = Alternatives::known(&workshop.verdicts.upstream);
    for target in open {
        match in_the_place_of_what_leads_to(workshop, &alternatives, target)? {
            Ok(found) => ways.extend(found),
            Err(reason) => dead_ends.push(DeadEnd {
                package: target.to_string(),
                rung: Rung::Replace,
                reason,
            }),
        }
    }
    Ok((ways, dead_ends))
}

/// Ways out by crates in the places of all direct dependencies that lead to the target, or why there is none.
fn in_the_place_of_what_leads_to(
    workshop: &Workshop<'_>,
    alternatives: &Alternatives,
    target: &LockedPackage,
) -> Result<Result<Vec<WayOut>, String>, WaysError> {
    let mut by_name: BTreeMap<String, Vec<Direct>> = BTreeMap::new();
    for direct in leading_to(&workshop.project.resolved, target) {
        by_name.entry(direct.package.name.clone()).or_default().push(direct);
    }
    let mut choices = Vec::new();
    for (name, directs) in &by_name {
        choices.push(compliant(workshop, alternatives, name, directs)?);
    }
    let mut ways = Vec::new();
    if let [only] = &choices[..] {
        ways.extend(
            only.iter()
                .filter(|found| is_std(found))
                .map(|found| shown::standard_library(found, target)),
        );
    }
    for replacements in combinations(&choices) {
        if ways.len() == MOST_SHOWN || choices.len() > 1 && !ways.is_empty() {
            break;
        }
        let attempt = Attempt {
            targets: BTreeSet::from([target.clone()]),
            edits: replacements.iter().flat_map(edits).collect(),
            ..Attempt::default()
        };
        if let Some(proof) = workshop.attempt(&attempt)? {
            ways.push(shown::way_out(workshop, &replacements, &proof)?);
        }
    }
    if ways.is_empty() {
        return Ok(Err(no_way(alternatives, target, &by_name, &choices)));
    }
    Ok(Ok(ways))
}

/// The alternatives to a crate that comply themselves, best first.
fn compliant<'a>(
    workshop: &Workshop<'_>,
    alternatives: &Alternatives,
    name: &str,
    directs: &'a [Direct],
) -> Result<Vec<Replacement<'a>>, WaysError> {
    let mut found = Vec::new();
    // What is known of other crates is known of those of crates.io; elsewhere the same name is another crate.
    if !directs.iter().all(|direct| is_of_crates_io(&direct.package)) {
        return Ok(found);
    }
    for candidate in alternatives.of(name).into_iter().take(MOST_TRIED) {
        if found.len() == MOST_COMPLIANT {
            break;
        }
        let mut take = |entry| {
            let substitute = alternatives.substitute(&candidate, name, entry);
            found.push(Replacement { substitute, directs });
        };
        if candidate.name == Pair::STD {
            take(None);
            continue;
        }
        let index = match workshop.verdicts.index_in(&workshop.verdicts.upstream, &candidate.name) {
            Ok(index) => index,
            // What is not on this disk cannot be judged now, and so is no way out now.
            Err(RegistryError::Offline { .. } | RegistryError::NotSparse { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut versions = candidates(&index, |_| true);
        versions.truncate(MOST_VERSIONS);
        if let Some(entry) = workshop
            .verdicts
            .first_that_passes(&versions, workshop.roles_of(name))?
        {
            take(Some(entry));
        }
    }
    Ok(found)
}

/// One alternative for each crate, in all combinations that are worth trying, those of the best first. Of the standard
/// library there is nothing to resolve.
fn combinations<'a>(choices: &[Vec<Replacement<'a>>]) -> Vec<Vec<Replacement<'a>>> {
    let mut combinations = vec![(0, Vec::new())];
    for choice in choices {
        let with_each = combinations.iter().flat_map(|(places, chosen)| {
            let crates = choice.iter().filter(|found| !is_std(found)).zip(0..);
            crates.map(move |(found, place): (&Replacement<'a>, usize)| {
                let chosen: Vec<Replacement<'a>> = chosen.iter().chain([found]).cloned().collect();
                (places + place, chosen)
            })
        });
        combinations = with_each.collect();
    }
    combinations.sort_by_key(|(places, _)| *places);
    let combinations = combinations.into_iter().map(|(_, chosen)| chosen);
    combinations
        .filter(|chosen| !chosen.is_empty())
        .take(MOST_TRIED)
        .collect()
}

fn is_std(found: &Replacement<'_>) -> bool {
    found.substitute.name == Pair::STD
}

/// The edits that put a crate in its places.
fn edits(replacement: &Replacement<'_>) -> Vec<DirectEdit> {
    let edit = Edit::Replace {
        by: replacement.substitute.name.clone(),
        requirement: shown::requirement(&replacement.substitute),
    };
    let directs = replacement.directs.iter();
    directs.map(|direct| direct.edited(edit.clone())).collect()
}

/// Why there is no way, and for which direct dependencies.
fn no_way(
    alternatives: &Alternatives,
    target: &LockedPackage,
    by_name: &BTreeMap<String, Vec<Direct>>,
    choices: &[Vec<Replacement<'_>>],
) -> String {
    let found = by_name.keys().zip(choices);
    let (without, with): (Vec<_>, Vec<_>) = found.partition(|(_, choice)| choice.is_empty());
    let listed = |names: &[&String]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let missing: Vec<&String> = without.iter().map(|(name, _)| *name).collect();
    if missing.is_empty() && !by_name.is_empty() {
        let names: Vec<&String> = by_name.keys().collect();
        let whose = format!(
            ": what would do the job of {} does not resolve, or brings in something that is denied",
            listed(&names)
        );
        return alternatives.none_known(&whose);
    }
    let is_direct = missing.iter().all(|name| **name == target.name);
    let leads = if missing.len() == 1 { "leads" } else { "lead" };
    let whose = if is_direct {
        String::new()
    } else {
        format!(" to {}, which {leads} to it", listed(&missing))
    };
    let would = with.iter().filter_map(|(name, choice)| {
        let best = choice.first()?;
        Some(format!("; `{}` would do the job of `{name}`", best.substitute.name))
    });
    alternatives.none_known(&(whose + &would.collect::<String>()))
}
