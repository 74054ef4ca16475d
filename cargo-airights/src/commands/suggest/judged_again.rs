//! The whole graph that a scratch copy resolves to, judged as `check` judges it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use airights::suggest::{LockedPackage, changes, violations};
use airights::{DependencyGraph, Evaluation};

use super::attempt::{Attempt, Proof};
use super::lockfile;
use super::workshop::Workshop;
use crate::commands::failure::Failure;
use crate::gather::clock;
use crate::gather::facts::{self, FactsOptions};
use crate::gather::graph::{self, Resolved};

impl Workshop<'_> {
    /// Judges the copy as `check` would judge it: with the user's own registry, and every package of the graph.
    pub(super) fn judge_again(&self) -> Result<(Resolved, Evaluation), Failure> {
        let options = FactsOptions {
            cache: self.project.options.cache.clone(),
            cargo_home: facts::cargo_home(),
            progress: None,
        };
        let reading = facts::begin(graph::lockfile_of(&self.options).as_deref(), options);
        let mut resolved = graph::resolve(&self.options)?;
        self.see_originals(&mut resolved);
        let facts = reading.finish(
            &resolved.graph,
            &resolved.manifests,
            &self.project.resolved.workspace_root,
        );
        let evaluation = airights::evaluate(&self.project.policy, &resolved.graph, &facts, clock::today());
        if let Some(missing) = evaluation.not_evaluated.first() {
            let package = resolved.graph.package(missing.package);
            return Err(Failure::new(
                format!("`{package}` could not be judged: {}", missing.reason),
                Some("nothing was changed".to_owned()),
            ));
        }
        Ok((resolved, evaluation))
    }

    /// The copy has manifests and nothing else, so local packages are read where they really are.
    fn see_originals(&self, resolved: &mut Resolved) {
        let originals = &self.project.resolved;
        let by_copy: BTreeMap<PathBuf, usize> = (0..)
            .zip(&originals.manifests)
            .map(|(place, manifest)| (self.scratch.place_of(&manifest.manifest_path), place))
            .collect();
        let packages = resolved.graph.packages().iter().zip(&mut resolved.manifests);
        for (_, manifest) in packages.filter(|(package, _)| package.source.is_none()) {
            if let Some(&original) = by_copy.get(&manifest.manifest_path) {
                *manifest = originals.manifests[original].clone();
            }
        }
    }

    /// What was just judged, as the proof of an attempt.
    pub(super) fn proof(
        &self,
        attempt: &Attempt,
        graph: &DependencyGraph,
        evaluation: &Evaluation,
    ) -> Result<Proof, Failure> {
        let licenses = evaluation.judgements.iter().filter_map(|judgement| {
            let package = graph.package(judgement.package).to_string();
            Some((package, judgement.license.effective.clone()?))
        });
        let lockfile = self.scratch.lockfile_now()?;
        let packages = lockfile::packages(&lockfile);
        Ok(Proof {
            attempt: attempt.clone(),
            edited: self.manifests_after(&attempt.edits).edited().clone(),
            copies: Arc::new(self.copied(&attempt.copies)?),
            licenses: licenses.collect(),
            changes: changes(&self.locked, &packages),
            packages,
            lockfile,
        })
    }
}

/// What an evaluation denies.
pub(super) fn denied(evaluation: &Evaluation, graph: &DependencyGraph) -> BTreeSet<LockedPackage> {
    let violations = violations(evaluation).into_iter();
    violations
        .map(|violation| LockedPackage::from(graph.package(violation.package)))
        .collect()
}
