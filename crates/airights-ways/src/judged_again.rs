//! The whole graph that a scratch copy resolves to, judged as `check` judges it.

use std::sync::Arc;

use airights::suggest::changes;
use airights::{DependencyGraph, Evaluation};
use airights_cargo::graph::Resolved;
use airights_manifest::lockfile;

use super::attempt::{Attempt, Proof};
use super::workshop::Workshop;
use crate::WaysError;

impl Workshop<'_> {
    /// Judges the copy as `check` would judge it: with the user's own registry, and every package of the graph. `None` where
    /// there was no time to.
    pub(super) fn judge_again(&self) -> Result<Option<(Resolved, Evaluation)>, WaysError> {
        let judged = self.scratch.judge(self.project, &self.options);
        let judged = self.in_time(judged.map_err(WaysError::from))?;
        Ok(judged.map(|judged| (judged.resolved, judged.evaluation)))
    }

    /// What was just judged, as the proof of an attempt.
    pub(super) fn proof(
        &self,
        attempt: &Attempt,
        graph: &DependencyGraph,
        evaluation: &Evaluation,
    ) -> Result<Proof, WaysError> {
        let licenses = evaluation.judgements.iter().filter_map(|judgement| {
            let package = graph.package(judgement.package).to_string();
            Some((package, judgement.license.effective.clone()?))
        });
        let lockfile = self.scratch.lockfile_now()?;
        let packages = lockfile::packages(&lockfile);
        let edited = self.manifests_after(&attempt.edits).edited().clone();
        let originals = self.scratch.manifests().iter();
        let before = originals.filter(|(path, _)| edited.contains_key(*path));
        let before = before.map(|(path, text)| (path.clone(), text.clone()));
        let locked = (self.project.resolved.lockfile.clone(), self.scratch.locked().to_owned());
        Ok(Proof {
            attempt: attempt.clone(),
            before: before.chain([locked]).collect(),
            edited,
            copies: Arc::new(self.copied(&attempt.copies)?),
            licenses: licenses.collect(),
            changes: changes(&self.locked, &packages),
            packages,
            lockfile,
        })
    }
}
