//! The packages of a workspace alone, without a resolve: what there is to publish. Needs neither lockfile nor network.

use std::error::Error;
use std::path::{Path, PathBuf};

use airights::Package;
use airights::package::{Role, Roles};
use airights_manifest::{shown, started_from};

use super::error::{MetadataOrigin, ResolveError};
use super::surroundings::Surroundings;
use super::{PackageManifest, ResolveOptions, cargo};
use crate::program::output;

/// The packages of a workspace.
#[derive(Clone, Debug)]
pub struct Members {
    /// Each with what its manifest says, sorted by name.
    pub packages: Vec<(Package, PackageManifest)>,
    /// Those cargo takes where none is named, by place in `packages`.
    pub default: Vec<usize>,
    /// The directory of the workspace's own manifest.
    pub workspace_root: PathBuf,
}

/// Asks cargo for the packages of the workspace.
///
/// # Errors
///
/// When cargo cannot be run, or cannot read the workspace.
pub fn members(options: &ResolveOptions) -> Result<Members, ResolveError> {
    let (metadata, started_from) = without_dependencies(options)?;
    Ok(read(&metadata, started_from.as_deref()))
}

/// What cargo says of the workspace alone, and the manifest it started from.
pub(crate) fn without_dependencies(
    options: &ResolveOptions,
) -> Result<(cargo_metadata::Metadata, Option<PathBuf>), ResolveError> {
    let surroundings = Surroundings::of_this_process()?;
    let mut command = cargo::command(options, &[], &surroundings);
    let output = output(command.arg("--no-deps"))?;
    let unreadable = |error: Box<dyn Error + Send + Sync>| ResolveError::MetadataOfAnotherFormat {
        origin: MetadataOrigin::Cargo,
        error,
    };
    let metadata = String::from_utf8(output.stdout).map_err(|error| unreadable(error.into()))?;
    let metadata = cargo_metadata::MetadataCommand::parse(metadata).map_err(|error| unreadable(error.into()))?;
    let started_from = started_from(options.manifest_path.as_deref(), &surroundings.current_dir);
    Ok((metadata, started_from))
}

fn read(metadata: &cargo_metadata::Metadata, named: Option<&Path>) -> Members {
    let workspace_root = metadata.workspace_root.as_std_path();
    let mut packages = metadata.workspace_packages();
    packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    let is_named = |package: &cargo_metadata::Package| named == Some(package.manifest_path.as_std_path());
    let is_default = |package: &cargo_metadata::Package| {
        if packages.iter().any(|package| is_named(package)) {
            return is_named(package);
        }
        let known = metadata.workspace_default_members.is_available();
        !known || metadata.workspace_default_members.contains(&package.id)
    };
    let places = packages.iter().enumerate();
    let default = places
        .filter(|(_, package)| is_default(package))
        .map(|(place, _)| place);
    Members {
        default: default.collect(),
        packages: packages.iter().map(|package| member(package, workspace_root)).collect(),
        workspace_root: workspace_root.to_owned(),
    }
}

fn member(package: &cargo_metadata::Package, workspace_root: &Path) -> (Package, PackageManifest) {
    let manifest_path = package.manifest_path.as_std_path();
    let described = Package {
        directory_url: super::packages::directory_url(&package.id.repr),
        roles: Roles::from_iter([Role::Member]),
        is_member: true,
        is_private: package.publish.as_ref().is_some_and(Vec::is_empty),
        registries: package.publish.clone().unwrap_or_default(),
        manifest: shown(manifest_path, workspace_root),
        ..Package::new(package.name.to_string(), package.version.clone())
    };
    let manifest = PackageManifest {
        directory: manifest_path.parent().unwrap_or(manifest_path).to_owned(),
        manifest_path: manifest_path.to_owned(),
        license: package.license.clone(),
        license_file: package.license_file.as_ref().map(ToString::to_string),
        readme: package.readme.as_ref().map(ToString::to_string),
        // What is inherited from the workspace stays behind when the package is published.
        airights: package.metadata.get("airights").cloned(),
        ..PackageManifest::default()
    };
    (described, manifest)
}
