//! The ways out that `suggest` has proved, kept for `check`, so that its help can name them.
//!
//! They are kept under everything a proof rests on: the lockfile, the manifests, the policy, what is to be resolved, which
//! registries cargo's configuration names, and the versions of this tool and its reader. Whatever of it changes, nothing is
//! known any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use airights::Verdict;
use airights::suggest::{KnownWay, LockedPackage, Proposal, name_known_ways};
use airights_cargo::graph::selection_digest;
use airights_session::Project;
use airights_session::clock;
use airights_store::{Cached, FileName, keep, most, read};
use serde::{Deserialize, Serialize};

/// Opens every file. Changes with the format.
const KIND: &[u8] = b"cargo-airights ways 1\n";
/// So many workspaces, each in one state, are known: the newest.
const MOST_FILES: usize = 64;

/// What is known of one workspace in one state.
#[derive(Debug, Default)]
pub struct KnownWays {
    /// `None` where nothing is to be remembered.
    path: Option<PathBuf>,
    /// By the package, as [`name_of`] spells it.
    ways: BTreeMap<String, StoredWay>,
}

/// A [`KnownWay`] as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredWay {
    summary: String,
    commands: Vec<String>,
}

impl KnownWays {
    /// What is known of a workspace as it is.
    pub fn of(project: &Project) -> Self {
        // Most of the time nothing is denied, and nothing has to be looked up.
        if project.evaluation.verdict != Verdict::Violated {
            return Self::default();
        }
        let path = place(project);
        let kept = path.as_deref().and_then(|path| Cached::read(path, KIND));
        let ways = kept.and_then(|kept| postcard::from_bytes(kept.body()).ok());
        Self {
            path,
            ways: ways.unwrap_or_default(),
        }
    }

    /// Names them in the help of what is denied.
    pub fn name_in(&self, project: &mut Project) {
        if self.ways.is_empty() {
            return;
        }
        let graph = &project.resolved.graph;
        name_known_ways(&mut project.evaluation.findings, &|place| {
            let package = graph.package(place);
            let known = self.ways.get(&name_of(&LockedPackage::from(package)))?.clone();
            let way = KnownWay {
                summary: known.summary,
                commands: known.commands,
            };
            Some((package.name.clone(), way))
        });
    }

    /// Keeps the first proved way out of each package. Where none was found, none is known.
    pub fn remember(mut self, packages: &BTreeSet<LockedPackage>, proposals: &[&Proposal]) {
        let Some(path) = &self.path else { return };
        for package in packages {
            let solved = package.to_string();
            let mut ways = proposals.iter().filter(|proposal| proposal.solves.contains(&solved));
            match ways.find_map(|proposal| KnownWay::of(proposal)) {
                Some(KnownWay { summary, commands }) => {
                    self.ways.insert(name_of(package), StoredWay { summary, commands })
                }
                None => self.ways.remove(&name_of(package)),
            };
        }
        // What cannot be kept `check` does not name, and nothing else is lost.
        let stored = postcard::to_stdvec(&self.ways).ok();
        stored.and_then(|body| keep(path, KIND, &body, MOST_FILES));
    }
}

/// Two packages of one name and version may come from different places.
fn name_of(package: &LockedPackage) -> String {
    format!("{package} {}", package.source.as_deref().unwrap_or_default())
}

/// Where the ways out of a workspace are kept; `None` where nothing is to be remembered, or it has no lockfile.
fn place(project: &Project) -> Option<PathBuf> {
    let options = &project.options;
    let directory = options.cache.as_ref().filter(|_| options.metadata_path.is_none())?;
    let mut name = FileName::default();
    name.add(env!("CARGO_PKG_VERSION").as_bytes());
    name.add(airights_text::READER_FINGERPRINT.as_bytes());
    name.add(&read(&project.resolved.lockfile, most::LOCKFILE).ok()?);
    for path in local_manifests(project) {
        name.add(path.as_os_str().as_encoded_bytes());
        name.add(&read(&path, most::MANIFEST).ok()?);
    }
    name.add(format!("{:?}", project.policy).as_bytes());
    // An exception that has expired since lets nothing through any more.
    let today = clock::today();
    let exceptions = project.policy.exceptions.iter();
    name.add(
        &exceptions
            .map(|exception| u8::from(exception.expires.is_some_and(|last| last < today)))
            .collect::<Vec<_>>(),
    );
    name.add(selection_digest(options).ok()?.as_bytes());
    Some(directory.join("ways").join(name.finish()))
}

/// The manifests that may be edited, the workspace's own included.
fn local_manifests(project: &Project) -> impl Iterator<Item = PathBuf> {
    let resolved = &project.resolved;
    let packages = resolved.packages();
    let local = packages.filter(|(package, _)| package.source.is_none());
    let own = resolved.workspace_root.join("Cargo.toml");
    std::iter::once(own).chain(local.map(|(_, manifest)| manifest.manifest_path.clone()))
}
