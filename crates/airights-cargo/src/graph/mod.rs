//! From cargo to the dependency graph: who is in it, who brings whom in, and in which roles.
//!
//! Cargo resolves; this module only asks it, reads the answer, and tells what each package is for.

mod cache;
mod cargo;
mod copies;
mod custom_cfg;
mod error;
#[cfg(test)]
mod fixture;
mod members;
mod metadata;
mod origins;
mod packages;
mod reduced;
mod roles;
mod saved;
mod selection;
mod surroundings;
#[cfg(test)]
mod tests;
mod untrusted;
mod ways;

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::time::SystemTime;

use airights::{DependencyGraph, Package, PerPackage};
use tracing::info;

pub use airights_manifest::PackageManifest;
pub use airights_manifest::lockfile::{Locked, locked};
pub use error::{CargoFailure, MetadataOrigin, ResolveError};
pub(super) use members::without_dependencies;
pub use members::{Members, members};
use metadata::Metadata;
pub use origins::{Origins, origins};
use packages::Assembled;
pub use selection::PackageSelection;
use surroundings::Surroundings;
pub use untrusted::Untrusted;

/// What to resolve, in the words of cargo's own flags.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one of cargo's switches, and they combine freely"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolveOptions {
    /// `--manifest-path`; `None`: the nearest `Cargo.toml` upwards of the current directory.
    pub manifest_path: Option<PathBuf>,
    /// A saved output of `cargo metadata --format-version 1`, read instead of running cargo.
    pub metadata_path: Option<PathBuf>,
    /// `--all-features`
    pub all_features: bool,
    /// `--no-default-features`
    pub no_default_features: bool,
    /// `--features`, one entry each.
    pub features: Vec<String>,
    /// `--package` and `--exclude`
    pub selection: PackageSelection,
    /// `--target`, one entry each; empty: every target.
    pub targets: Vec<String>,
    /// `--locked`
    pub locked: bool,
    /// `--offline`
    pub offline: bool,
    /// `--frozen`
    pub frozen: bool,
    /// Whether the project is a stranger's: then it is not resolved where its configuration may have cargo run a program.
    pub untrusted: bool,
    /// The directory resolutions are remembered in; `None`: cargo is always asked.
    pub cache: Option<PathBuf>,
    /// When to stop waiting for cargo, which then has failed; `None`: it takes as long as it takes.
    pub until: Option<Instant>,
}

/// What cargo resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The packages, their roles, and who depends on whom. Exactly the packages of cargo's own resolve; of selected members
    /// those that their builds contain, and of selected targets those that builds for them contain, what runs on the
    /// machine that builds among them.
    pub graph: DependencyGraph,
    /// What each package's manifest says.
    pub manifests: PerPackage<PackageManifest>,
    /// The directory of the workspace's own manifest.
    pub workspace_root: PathBuf,
    /// Where the workspace's `Cargo.lock` belongs. It may not exist.
    pub lockfile: PathBuf,
}

impl Resolved {
    /// The packages, each with what its manifest says.
    pub fn packages(&self) -> impl Iterator<Item = (&Package, &PackageManifest)> {
        self.graph.packages().iter().zip(self.manifests.values())
    }
}

/// Hears a line of cargo's that says what it waits for, while it does.
pub type OnWait<'a> = &'a (dyn Fn(&str) + Sync);

/// Resolves the workspace.
///
/// # Errors
///
/// When cargo cannot be run, or cannot resolve, or when its answer cannot be read.
pub fn resolve(options: &ResolveOptions) -> Result<Resolved, ResolveError> {
    resolve_with(options, &|_| {})
}

/// The same, for who wants to hear that cargo waits for another cargo.
///
/// # Errors
///
/// As with [`resolve`].
pub fn resolve_with(options: &ResolveOptions, on_wait: OnWait<'_>) -> Result<Resolved, ResolveError> {
    resolve_in(options, &Surroundings::of_this_process()?, on_wait)
}

/// A digest of all that selects what cargo resolves in a workspace, and of where it looks: options, environment,
/// configuration. The files of the workspace itself are no part of it.
///
/// # Errors
///
/// Where the process has no current directory.
pub fn selection_digest(options: &ResolveOptions) -> Result<String, ResolveError> {
    Ok(cache::selection(options, &Surroundings::of_this_process()?))
}

/// Reads a saved answer of `cargo metadata --format-version 1` that is at hand already.
///
/// # Errors
///
/// When it is not what cargo prints, or does not hang together.
pub fn read_metadata(json: &[u8]) -> Result<Resolved, ResolveError> {
    let answer = Metadata::parse(json, MetadataOrigin::AtHand, false)?;
    let assembled = packages::assemble(&answer, &ResolveOptions::default(), &Surroundings::of_this_process()?)?;
    Ok(assembled.resolved)
}

fn resolve_in(
    options: &ResolveOptions,
    surroundings: &Surroundings,
    on_wait: OnWait<'_>,
) -> Result<Resolved, ResolveError> {
    if options.untrusted {
        untrusted::check(surroundings).map_err(ResolveError::Untrusted)?;
    }
    let remembered = cache::Entry::of(options, surroundings);
    if let Some(resolved) = remembered.as_ref().and_then(cache::Entry::load) {
        info!(
            packages = resolved.graph.packages().len(),
            "nothing has changed since cargo last resolved this"
        );
        return Ok(resolved);
    }
    let begun = SystemTime::now();
    let answer = match &options.metadata_path {
        Some(path) => metadata::read_file(path, custom_cfg::may_be_set(options, surroundings))?,
        None => cargo::metadata(options, surroundings, on_wait)?,
    };
    let Assembled { resolved, left_out } = packages::assemble(&answer, options, surroundings)?;
    // Taking apart what cargo said takes a while, and nobody needs to wait for it.
    std::thread::spawn(move || drop(answer));
    if let Some(entry) = remembered {
        entry.store(&resolved, &left_out, begun);
    }
    Ok(resolved)
}

/// Where the workspace's `Cargo.lock` probably is, without asking cargo: the nearest one upwards of the manifest.
///
/// Only a hint, to begin work early that can do no harm when the guess is wrong.
pub fn lockfile_of(options: &ResolveOptions) -> Option<PathBuf> {
    let manifest = options.manifest_path.as_deref().unwrap_or(Path::new("Cargo.toml"));
    let manifest = std::path::absolute(manifest).ok()?;
    manifest
        .ancestors()
        .skip(1)
        .map(|directory| directory.join("Cargo.lock"))
        .find(|lockfile| lockfile.is_file())
}
