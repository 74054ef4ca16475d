//! What a proof costs: what it changes, by what is known of the versions it moves to.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Cost, LockedPackage, Releases};
use airights_registry::CRATES_IO;

use super::attempt::Proof;
use super::release_info::release;
use super::verdicts::is_of_a_registry;
use super::workshop::Workshop;
use crate::WaysError;

impl Workshop<'_> {
    /// What is known of the crates of registries that proofs change.
    pub(super) fn releases(&self, proofs: &[&Proof]) -> Result<Releases, WaysError> {
        let changes = proofs.iter().flat_map(|proof| &proof.changes);
        let change: BTreeSet<&str> = changes.map(|change| change.parts().0).collect();
        let packages = self
            .locked
            .iter()
            .chain(proofs.iter().flat_map(|proof| &proof.packages));
        let mut of_registry: BTreeMap<&str, &LockedPackage> = BTreeMap::new();
        for package in packages.filter(|package| is_of_a_registry(package) && change.contains(&*package.name)) {
            of_registry.entry(&package.name).or_insert(package);
        }
        let mut releases = Releases::default();
        for (name, package) in of_registry {
            // The advisories are about crates of crates.io.
            let is_of_crates_io = package.source.as_deref() == Some(CRATES_IO);
            let advisories = if is_of_crates_io {
                self.release_info.advisories(name)
            } else {
                Vec::new()
            };
            let index = self.verdicts.index_of(package)?;
            let of_crate = index.entries.iter().map(|entry| release(entry, &advisories));
            releases.add(name, of_crate.collect());
        }
        Ok(releases)
    }

    /// What a proof costs.
    pub(super) fn cost(&self, proof: &Proof) -> Result<Cost, WaysError> {
        let edits = self.shown_edits(&proof.attempt.edits);
        Ok(Cost::of(&proof.true_changes(), edits.len(), &self.releases(&[proof])?))
    }
}
