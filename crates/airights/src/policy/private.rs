//! Which packages are the project's own business, as cargo-deny's `[licenses.private]` tells them.

use super::SourceSpec;
use crate::package::Package;

/// What is private beyond the members that are never published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlsoPrivate {
    /// Dependencies that are never published: they come from a path or a repository.
    pub dependencies: bool,
    /// What is published to none but these registries, by the names that manifests give them.
    pub registries: Vec<String>,
    /// What comes from one of these.
    pub sources: Vec<SourceSpec>,
}

impl AlsoPrivate {
    /// Whether a package is private, though it may be no member that is never published.
    pub fn means(&self, package: &Package) -> bool {
        let is_own = |registry: &String| self.registries.contains(registry);
        let is_for_own = !package.registries.is_empty() && package.registries.iter().all(is_own);
        let is_from_own = || self.sources.iter().any(|source| source.matches(package));
        (self.dependencies && package.is_private) || is_for_own || is_from_own()
    }
}
