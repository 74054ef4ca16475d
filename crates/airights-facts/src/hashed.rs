//! Files that only a clarification of cargo-deny speaks of, be they license texts by their names or not.

use airights::facts::{Facts, Gathered, HashedFile};
use airights::policy::Clarification;
use airights::{DependencyGraph, PerPackage};
use airights_manifest::PackageManifest;

use super::contents::{self, Boundary, Way};
use super::xxh32;

/// Adds to the facts what those files of the packages are that clarifications name and nobody has read yet.
pub fn add_hashed(
    facts: &mut Facts,
    clarifications: &[Clarification],
    graph: &DependencyGraph,
    manifests: &PerPackage<PackageManifest>,
) {
    let packages = graph.packages().iter().zip(manifests.values());
    for ((package, manifest), gathered) in packages.zip(facts.values_mut()) {
        let Gathered::Facts(facts) = gathered else {
            continue;
        };
        let meant = clarifications.iter().filter(|known| known.krate.matches(package));
        for file in meant.flat_map(|clarification| &clarification.hashed) {
            let is_read = facts.texts.iter().any(|text| text.path == file.path);
            let boundary = Boundary::around([manifest.directory.clone()]);
            let read = || contents::read(&manifest.directory.join(&file.path), Way::Named, &boundary);
            if let Some(bytes) = (!is_read).then(read).and_then(Result::ok) {
                facts.hashed.push(HashedFile {
                    path: file.path.clone(),
                    xxh32: xxh32::of_lines(&bytes),
                });
            }
        }
    }
}
