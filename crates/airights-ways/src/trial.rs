//! Trying something: cargo resolves the copy, what it picks is judged, and what is denied of it is withheld, until nothing
//! is or nothing fits.

use std::collections::BTreeSet;

use airights::suggest::LockedPackage;
use airights_manifest::lockfile;

use super::attempt::{Attempt, Proof};
use super::denied::denied;
use super::filtered_cargo::Ended;
use super::manifest::Edit;
use super::verdicts::is_of_a_registry;
use super::workshop::Workshop;
use crate::WaysError;

/// So often cargo is asked anew because what it picked is denied, too.
const MAX_ROUNDS: usize = 40;

impl Workshop<'_> {
    /// Tries something. The proof, where it is a way out.
    pub(super) fn attempt(&self, attempt: &Attempt) -> Result<Option<Proof>, WaysError> {
        let tolerated: BTreeSet<LockedPackage> = self.denied.difference(&attempt.targets).cloned().collect();
        self.verdicts.rulings().tolerate(tolerated.iter());
        self.verdicts.rulings().ban(&attempt.banned);
        // What a feature of the package itself turns on stays in the lockfile, and goes from the graph alone.
        let stays_locked = attempt
            .edits
            .iter()
            .any(|edit| matches!(edit.edit, Edit::NotByDefault(_)));
        if stays_locked {
            return self.attempt_in_the_graph_alone(attempt, &tolerated);
        }
        for target in attempt.targets.iter().filter(|target| is_of_a_registry(target)) {
            self.verdicts
                .withhold_until_one_passes(target, self.roles_of(&target.name))?;
        }
        let mut free: BTreeSet<_> = attempt.targets.union(&attempt.unlocked).cloned().collect();
        let mut start = self.scratch.locked().to_owned();
        for (target, entry) in &attempt.held {
            free.remove(target);
            start = lockfile::with(&start, target, &entry.version, &entry.checksum);
        }
        let start = lockfile::without(&start, &free);
        let manifests = self.manifests_after(&attempt.edits);
        if !self.lay_out(&attempt.copies)? {
            return Ok(None);
        }
        for _ in 0..MAX_ROUNDS {
            self.scratch.reset(manifests.edited(), &start)?;
            if self.resolve(&attempt.edits)? != Ended::Well {
                return Ok(None);
            }
            let Some((resolved, evaluation)) = self.judge_again()? else {
                return Ok(None);
            };
            let denied_now = denied(&evaluation, &resolved.graph);
            let anew: Vec<_> = denied_now.difference(&tolerated).collect();
            if anew.is_empty() {
                return self.proof(attempt, &resolved.graph, &evaluation).map(Some);
            }
            if !anew.iter().all(|package| self.verdicts.can_withhold(package)) {
                return Ok(None);
            }
            for package in anew {
                self.verdicts.rulings().deny(package, "the policy denies it");
                let roles = resolved.graph.roles_of(&package.name);
                self.verdicts.withhold_until_one_passes(package, roles)?;
            }
        }
        Ok(None)
    }

    /// Tries edits with the lockfile as it is.
    fn attempt_in_the_graph_alone(
        &self,
        attempt: &Attempt,
        tolerated: &BTreeSet<LockedPackage>,
    ) -> Result<Option<Proof>, WaysError> {
        if self.resolved_after(&attempt.edits)?.is_none() {
            return Ok(None);
        }
        let Some((resolved, evaluation)) = self.judge_again()? else {
            return Ok(None);
        };
        if !denied(&evaluation, &resolved.graph).is_subset(tolerated) {
            return Ok(None);
        }
        self.proof(attempt, &resolved.graph, &evaluation).map(Some)
    }
}
