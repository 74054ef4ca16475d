//! Several denied packages at once: of the combinations of ways out that cargo resolves together, the one of least total
//! cost.
//!
//! That each way is proved alone does not say that they go together, and one move that helps several packages may cost less
//! than one for each. So combinations are proved as a whole, the cheapest by estimate first; where the cheapest ways of
//! some packages do not go together, the ladder is climbed further for them.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Change, Combination, Cost, LockedPackage, ManifestEdit, Releases};

use super::{RUNGS, Together, WayOut, majors, parents};
use crate::WaysError;
use crate::attempt::{Attempt, Proof};
use crate::update_list::update_list;
use crate::workshop::Workshop;

/// So many combinations are thought of; beyond them lie only dearer ways.
const MOST_COMBINATIONS: usize = 256;
/// So many of them are proved at a time.
const MOST_PROVED: usize = 6;

/// Finds the combination, marks the ways it is made of, and adds those that were found on the way to it. `None` where nothing
/// has a way out, or no combination was proved.
pub(super) fn cheapest(workshop: &Workshop<'_>, ways: &mut Vec<WayOut>) -> Result<Option<Together>, WaysError> {
    let mut search = Search {
        workshop,
        solvable: ways
            .iter()
            .filter_map(applicable)
            .flat_map(|proof| proof.attempt.targets.iter().cloned())
            .collect(),
        tried: BTreeMap::new(),
        best: None,
    };
    search.improve(ways)?;
    if search.is_worth_more_moves() {
        ways.extend(parents::common(workshop, &search.solvable)?);
        search.improve(ways)?;
    }
    if search.is_worth_more_edits() {
        ways.extend(majors::common(workshop, &search.solvable)?);
        search.improve(ways)?;
    }
    // What is cheapest alone may stand in the way of another; then a dearer way may not.
    for rung in RUNGS {
        if search.best.is_some() {
            break;
        }
        for target in search.solvable.clone() {
            let is_tried = ways
                .iter()
                .any(|way| way.proposal.rung == rung.rung && way.solves(&target));
            if !is_tried {
                ways.extend((rung.climb)(workshop, &BTreeSet::from([target]))?);
                search.improve(ways)?;
            }
        }
    }
    let Some(mut best) = search.best else { return Ok(None) };
    let mut commands = Vec::new();
    if best.parts.len() > 1
        && let Some(list) = update_list(workshop, &best.proof)?
    {
        commands = list.commands();
        best.proof.lockfile = list.lockfile;
    }
    for &part in &best.parts {
        ways[part].is_chosen = true;
    }
    let combination = Combination {
        // The ways that are chosen come first.
        proposals: (0..best.parts.len()).collect(),
        commands,
        cost: best.cost,
    };
    Ok(Some(Together {
        combination,
        proof: best.proof,
    }))
}

/// The proof of a way that files alone make true.
fn applicable(way: &WayOut) -> Option<&Proof> {
    way.proof.as_ref().filter(|_| way.proposal.rung.can_be_applied())
}

/// A combination that is proved.
struct Best {
    /// Its ways, by their places.
    parts: BTreeSet<usize>,
    /// All of them in one lockfile.
    proof: Proof,
    cost: Cost,
}

struct Search<'a> {
    workshop: &'a Workshop<'a>,
    /// What has a way out.
    solvable: BTreeSet<LockedPackage>,
    /// The combinations that were proved, or found not to be.
    tried: BTreeMap<BTreeSet<usize>, Option<(Proof, Cost)>>,
    best: Option<Best>,
}

impl Search<'_> {
    /// Proves combinations, as long as one may be cheaper than the best so far.
    fn improve(&mut self, ways: &[WayOut]) -> Result<(), WaysError> {
        let proofs: Vec<&Proof> = ways.iter().filter_map(applicable).collect();
        let releases = self.workshop.releases(&proofs)?;
        let targets = |way| applicable(way).map_or_else(BTreeSet::new, |proof| proof.attempt.targets.iter().collect());
        let helped: Vec<BTreeSet<&LockedPackage>> = ways.iter().map(targets).collect();
        let mut combinations: Vec<(Cost, BTreeSet<usize>)> = combinations(&helped, &self.solvable)
            .into_iter()
            .filter(|parts| !matches!(self.tried.get(parts), Some(None)))
            .map(|parts| (estimate(ways, &parts, &releases), parts))
            .collect();
        combinations.sort();
        for (estimate, parts) in combinations.into_iter().take(MOST_PROVED) {
            if self.best.as_ref().is_some_and(|best| best.cost <= estimate) {
                break;
            }
            let found = match self.tried.get(&parts) {
                Some(known) => known.clone(),
                None => self.prove(ways, &parts)?,
            };
            self.tried.insert(parts.clone(), found.clone());
            if let Some((proof, cost)) = found
                && self.best.as_ref().is_none_or(|best| cost < best.cost)
            {
                self.best = Some(Best { parts, proof, cost });
            }
        }
        Ok(())
    }

    fn prove(&self, ways: &[WayOut], parts: &BTreeSet<usize>) -> Result<Option<(Proof, Cost)>, WaysError> {
        let proofs: Vec<&Proof> = parts.iter().filter_map(|&part| applicable(&ways[part])).collect();
        if let [single] = proofs[..] {
            return Ok(Some((single.clone(), self.workshop.cost(single)?)));
        }
        let mut whole = Attempt::default();
        for proof in proofs {
            let Some(with) = whole.and(&proof.attempt) else {
                return Ok(None);
            };
            whole = with;
        }
        let Some(proof) = self.workshop.attempt(&whole)? else {
            return Ok(None);
        };
        let cost = self.workshop.cost(&proof)?;
        Ok(Some((proof, cost)))
    }

    /// Whether one move might do what several do now.
    fn is_worth_more_moves(&self) -> bool {
        let several = Cost {
            moves: 2,
            ..Cost::default()
        };
        self.solvable.len() > 1 && self.best.as_ref().is_none_or(|best| best.cost >= several)
    }

    /// Whether one edit might do what several do now.
    fn is_worth_more_edits(&self) -> bool {
        let several = Cost {
            manifest_edits: 2,
            ..Cost::default()
        };
        self.solvable.len() > 1 && self.best.as_ref().is_none_or(|best| best.cost >= several)
    }
}

/// The sets of ways that help everything, by their places, when each way helps some. No way is taken in after which nothing
/// more is helped.
fn combinations<T: Ord>(helped: &[BTreeSet<&T>], everything: &BTreeSet<T>) -> BTreeSet<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    let mut open = vec![BTreeSet::new()];
    while let Some(parts) = open.pop().filter(|_| found.len() < MOST_COMBINATIONS) {
        let is_helped = |one: &&T| parts.iter().any(|&part: &usize| helped[part].contains(one));
        let Some(next) = everything.iter().find(|one| !is_helped(one)) else {
            if !parts.is_empty() {
                found.insert(parts);
            }
            continue;
        };
        // The last one is looked at first, so those that come first are put last.
        let helping = (0..helped.len()).rev().filter(|&part| helped[part].contains(next));
        open.extend(helping.map(|part| parts.iter().copied().chain([part]).collect()));
    }
    found
}

/// What a combination costs if nothing else happens than what each of its ways does alone.
fn estimate(ways: &[WayOut], parts: &BTreeSet<usize>, releases: &Releases) -> Cost {
    let proposals = || parts.iter().map(|&part| &ways[part].proposal);
    let changes: BTreeSet<&Change> = proposals().flat_map(|proposal| &proposal.changes).collect();
    let changes: Vec<Change> = changes.into_iter().cloned().collect();
    let line = |edit: &'_ ManifestEdit| (edit.path.clone(), edit.before.clone(), edit.after.clone());
    let edits: BTreeSet<_> = proposals()
        .flat_map(|proposal| proposal.edits.iter().map(line))
        .collect();
    Cost::of(&changes, edits.len(), releases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(helped: &[&str], everything: &str, expected: &[&[usize]]) {
        let letters: Vec<Vec<char>> = helped.iter().map(|letters| letters.chars().collect()).collect();
        let helped: Vec<BTreeSet<&char>> = letters.iter().map(|letters| letters.iter().collect()).collect();
        let found = combinations(&helped, &everything.chars().collect());
        let expected = expected.iter().map(|parts| parts.iter().copied().collect());
        assert_eq!(found, expected.collect());
    }

    #[test]
    fn every_combination_helps_everything() {
        check(&["a"], "a", &[&[0]]);
        check(&["ab", "a", "b"], "ab", &[&[0], &[1, 2], &[0, 1]]);
        check(&["", "a"], "a", &[&[1]]);
        check(&["a"], "ab", &[]);
        check(&[], "", &[]);
    }

    #[test]
    fn there_is_an_end_to_combinations() {
        let letters: BTreeSet<u32> = (0..40).collect();
        let helped: Vec<BTreeSet<&u32>> = letters
            .iter()
            .flat_map(|one| [BTreeSet::from([one]), BTreeSet::from([one])])
            .collect();
        let found = combinations(&helped, &letters);
        assert_eq!(found.len(), MOST_COMBINATIONS);
        // Those that come first are among them.
        assert!(found.contains(&(0..40).map(|number| 2 * number).collect()));
    }
}
