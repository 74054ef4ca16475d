//! The graph of the workspace as it is now, by what a lockfile names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airights::suggest::LockedPackage;
use airights::{PackageIx, Roles};
use airights_session::Project;

use super::git;
use super::sides::Place;

/// A resolved graph, by what a lockfile names.
pub(super) struct Graph<'a> {
    pub(super) project: &'a Project,
    pub(super) places: BTreeMap<LockedPackage, PackageIx>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(project: &'a Project) -> Self {
        let graph = &project.resolved.graph;
        Self {
            project,
            places: graph
                .iter()
                .map(|(place, package)| (LockedPackage::from(package), place))
                .collect(),
        }
    }

    /// Where a locked package is in the graph. Lockfiles and cargo's own answer may spell a git source differently.
    pub(super) fn place_of(&self, package: &LockedPackage) -> Option<PackageIx> {
        let is_alike = |known: &LockedPackage| known.name == package.name && known.version == package.version;
        self.places.get(package).copied().or_else(|| {
            let mut alike = self.places.iter().filter(|(known, _)| is_alike(known));
            let is_git = package
                .source
                .as_deref()
                .is_some_and(|source| source.starts_with("git+"));
            alike.next().filter(|_| is_git).map(|(_, place)| *place)
        })
    }

    pub(super) fn at(&self, package: &LockedPackage) -> Option<Place<'a>> {
        Some(Place::Graph(self.project, self.place_of(package)?))
    }

    /// The roles in which the graph holds a crate, in any version.
    pub(super) fn roles_of(&self, name: &str) -> Roles {
        self.project.resolved.graph.roles_of(name)
    }

    /// Where a local package lies, from the top of its git repository.
    pub(super) fn directory_of(&self, name: &str) -> Option<PathBuf> {
        let resolved = &self.project.resolved;
        let packages = resolved.packages();
        let mut local = packages.filter(|(package, _)| package.name == name && package.source.is_none());
        let (_, manifest) = local.next()?;
        let directory = manifest.directory.canonicalize().ok()?;
        let top = git::top(&resolved.workspace_root)?;
        directory.strip_prefix(top).ok().map(Path::to_owned)
    }
}
