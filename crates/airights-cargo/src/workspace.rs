//! The packages of a workspace as their own manifests have them, without what they depend on: cargo is asked, and nothing
//! is resolved.

use std::path::{Path, PathBuf};

use airights_manifest::shown;
use cargo_metadata::Package;

use crate::graph::{ResolveError, ResolveOptions, without_dependencies};

/// A workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// The manifest in its root.
    pub root_manifest: PathBuf,
    /// Its packages, in cargo's order.
    pub members: Vec<Member>,
    /// The manifest that cargo would work on: the nearest one, or the one that was named.
    pub manifest: PathBuf,
}

/// A package of a workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its manifest.
    pub manifest: PathBuf,
    /// The `license` key, inherited or its own.
    pub license: Option<String>,
    /// Its README, as cargo finds it.
    pub readme: Option<PathBuf>,
    /// Where it is kept.
    pub repository: Option<String>,
    /// Whether it may be published anywhere.
    pub is_published: bool,
}

impl Workspace {
    /// A path as reports show it.
    pub fn shown(&self, path: &Path) -> String {
        shown(path, self.root())
    }

    /// Its directory.
    pub fn root(&self) -> &Path {
        self.root_manifest.parent().unwrap_or(Path::new("."))
    }
}

impl Member {
    /// The directory it is in.
    pub fn directory(&self) -> &Path {
        self.manifest.parent().unwrap_or(Path::new("."))
    }

    /// Its name and version.
    pub fn spec(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// Asks cargo which packages there are.
///
/// # Errors
///
/// When cargo cannot be run, or finds no workspace.
pub fn workspace(manifest_path: Option<&Path>) -> Result<Workspace, ResolveError> {
    let options = ResolveOptions {
        manifest_path: manifest_path.map(Path::to_owned),
        ..ResolveOptions::default()
    };
    let (metadata, started_from) = without_dependencies(&options)?;
    let root_manifest = metadata.workspace_root.join("Cargo.toml").into_std_path_buf();
    Ok(Workspace {
        manifest: started_from.unwrap_or_else(|| root_manifest.clone()),
        root_manifest,
        members: metadata.workspace_packages().into_iter().map(member).collect(),
    })
}

fn member(package: &Package) -> Member {
    Member {
        name: package.name.to_string(),
        version: package.version.to_string(),
        manifest: package.manifest_path.clone().into_std_path_buf(),
        license: package.license.clone(),
        readme: package
            .readme()
            .map(cargo_metadata::camino::Utf8PathBuf::into_std_path_buf),
        repository: package.repository.clone(),
        is_published: package.publish.as_ref().is_none_or(|registries| !registries.is_empty()),
    }
}
