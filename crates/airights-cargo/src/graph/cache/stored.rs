//! A resolution as it is stored: compact, and borrowing from the bytes it is read from.

use std::path::{Path, PathBuf};

use airights::graph::{Dependency, Ways};
use airights::{BuildScript, DependencyGraph, Package, PackageIx, Role, Roles};
use airights_manifest::Inherited;
use serde::{Deserialize, Serialize};

use crate::graph::{PackageManifest, Resolved};

/// Another one for each change of what is stored here.
pub(super) const FORMAT: u8 = 7;

/// Everything of a [`Resolved`].
#[derive(Serialize, Deserialize)]
pub(super) struct StoredResolution<'a> {
    #[serde(borrow)]
    packages: Vec<StoredPackage<'a>>,
    #[serde(borrow)]
    dependencies: Vec<(u32, u32, &'a str)>,
    /// By which way each package comes in, where a build reaches it: steps, and the last one to each package.
    steps: Vec<(u32, Option<u32>)>,
    ends: Vec<Option<u32>>,
    is_part: bool,
    workspace_root: &'a str,
    lockfile: &'a str,
}

#[derive(Serialize, Deserialize)]
struct StoredPackage<'a> {
    name: &'a str,
    version: String,
    source: Option<&'a str>,
    directory_url: Option<&'a str>,
    checksum: Option<&'a str>,
    roles: [bool; Role::ALL.len()],
    is_member: bool,
    is_private: bool,
    registries: Vec<&'a str>,
    is_of_build_scripts: bool,
    /// `None`: there is no build script.
    #[serde(borrow)]
    build_script: Option<Vec<&'a str>>,
    manifest: &'a str,
    manifest_path: &'a str,
    license: Option<&'a str>,
    license_file: Option<&'a str>,
    readme: Option<&'a str>,
    /// JSON in its own spelling, since the stored format does not describe itself.
    airights: Option<String>,
    inherited: Vec<&'a str>,
    inherited_from: &'a str,
    immutable: Option<&'a str>,
}

/// Writes a value in the stored format.
pub(super) fn encode<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    postcard::to_stdvec(value).ok()
}

/// Reads a value in the stored format.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

impl<'a> StoredResolution<'a> {
    /// A resolution to store; `None` if a path in it is not UTF-8.
    pub(super) fn of(resolved: &'a Resolved) -> Option<Self> {
        let packages = resolved.packages();
        let ways = resolved.graph.ways();
        let dependencies = resolved.graph.dependencies().iter();
        Some(Self {
            packages: packages
                .map(|(package, manifest)| StoredPackage::of(package, manifest))
                .collect::<Option<_>>()?,
            dependencies: dependencies
                .map(|edge| (edge.from.0, edge.to.0, edge.key.as_str()))
                .collect(),
            steps: ways.steps().iter().map(|(place, before)| (place.0, *before)).collect(),
            ends: ways.ends().to_vec(),
            is_part: resolved.graph.is_part(),
            workspace_root: resolved.workspace_root.to_str()?,
            lockfile: resolved.lockfile.to_str()?,
        })
    }

    /// The resolution that was stored; `None` if what was stored is none.
    pub(super) fn into_resolved(self) -> Option<Resolved> {
        let dependencies = self.dependencies.into_iter().map(|(from, to, key)| Dependency {
            from: PackageIx(from),
            to: PackageIx(to),
            key: key.to_owned(),
        });
        let packages = self.packages.into_iter().map(StoredPackage::into_package);
        let (packages, manifests): (Vec<_>, Vec<_>) = packages.collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let steps = self.steps.into_iter();
        let ways = Ways::of(
            steps.map(|(place, before)| (PackageIx(place), before)).collect(),
            self.ends,
        );
        let graph = DependencyGraph::new(packages, dependencies.collect()).with_ways(ways);
        Some(Resolved {
            graph: if self.is_part { graph.of_a_part() } else { graph },
            manifests: manifests.into(),
            workspace_root: PathBuf::from(self.workspace_root),
            lockfile: PathBuf::from(self.lockfile),
        })
    }
}

impl<'a> StoredPackage<'a> {
    fn of(package: &'a Package, manifest: &'a PackageManifest) -> Option<Self> {
        Some(Self {
            name: &package.name,
            version: package.version.to_string(),
            source: package.source.as_deref(),
            directory_url: package.directory_url.as_deref(),
            checksum: package.checksum.as_deref(),
            roles: Role::ALL.map(|role| package.roles.contains(role)),
            is_member: package.is_member,
            is_private: package.is_private,
            registries: package.registries.iter().map(String::as_str).collect(),
            is_of_build_scripts: package.is_of_build_scripts,
            build_script: match &package.build_script {
                BuildScript::Unknown => return None,
                BuildScript::None => None,
                BuildScript::With(crates) => Some(crates.iter().map(String::as_str).collect()),
            },
            manifest: &package.manifest,
            manifest_path: manifest.manifest_path.to_str()?,
            license: manifest.license.as_deref(),
            license_file: manifest.license_file.as_deref(),
            readme: manifest.readme.as_deref(),
            airights: manifest.airights.as_ref().map(ToString::to_string),
            inherited: manifest.inherited.keys.iter().map(String::as_str).collect(),
            inherited_from: &manifest.inherited.from,
            immutable: manifest.immutable.as_deref(),
        })
    }

    fn into_package(self) -> Option<(Package, PackageManifest)> {
        let roles = Role::ALL.into_iter().zip(self.roles);
        let roles: Roles = roles.filter_map(|(role, has)| has.then_some(role)).collect();
        let manifest_path = Path::new(self.manifest_path);
        let manifest = PackageManifest {
            directory: manifest_path.parent()?.to_owned(),
            manifest_path: manifest_path.to_owned(),
            license: self.license.map(str::to_owned),
            license_file: self.license_file.map(str::to_owned),
            readme: self.readme.map(str::to_owned),
            airights: self.airights.map(|json| serde_json::from_str(&json)).transpose().ok()?,
            inherited: Inherited {
                keys: self.inherited.into_iter().map(str::to_owned).collect(),
                from: self.inherited_from.to_owned(),
            },
            immutable: self.immutable.map(str::to_owned),
        };
        let package = Package {
            name: self.name.to_owned(),
            version: self.version.parse().ok()?,
            source: self.source.map(str::to_owned),
            directory_url: self.directory_url.map(str::to_owned),
            checksum: self.checksum.map(str::to_owned),
            roles,
            is_member: self.is_member,
            is_private: self.is_private,
            registries: self.registries.into_iter().map(str::to_owned).collect(),
            is_of_build_scripts: self.is_of_build_scripts,
            build_script: self.build_script.map_or(BuildScript::None, |crates| {
                BuildScript::With(crates.into_iter().map(str::to_owned).collect())
            }),
            manifest: self.manifest.to_owned(),
        };
        Some((package, manifest))
    }
}
