//! Turns cargo's answer into the engine's graph and the manifests that go with it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use airights::graph::Dependency;
use airights::{BuildScript, DependencyGraph, Package, PackageIx, Role, Roles};
use airights_manifest::lockfile::Checksums;
use airights_manifest::{Inherited, inherit, shown, workspace_manifest};
use guppy::PackageId;
use guppy::graph::{PackageMetadata, PackagePublish, PackageSource, Workspace};
use semver::Version;
use serde_json::Value;

use super::error::ResolveError;
use super::metadata::Metadata;
use super::roles::Selection;
use super::selection::PackageSelection;
use super::surroundings::Surroundings;
use super::ways::ways;
use super::{PackageManifest, ResolveOptions, Resolved};

/// What was resolved, and what of it is not judged.
pub(super) struct Assembled {
    pub(super) resolved: Resolved,
    /// The manifests of packages that are not for what was selected, and that somebody may change.
    pub(super) left_out: Vec<PathBuf>,
}

/// Puts everything together.
///
/// # Errors
///
/// [`ResolveError`] where no member is selected.
pub(super) fn assemble(
    metadata: &Metadata,
    options: &ResolveOptions,
    surroundings: &Surroundings,
) -> Result<Assembled, ResolveError> {
    let workspace_root = metadata.packages.workspace().root().as_std_path();
    let lockfile = workspace_root.join("Cargo.lock");
    let resolved = in_order(metadata);
    let members = selected(&resolved, &options.selection, workspace_root)?;
    let left_out: Vec<&PackageId> = if options.selection.left_out.is_empty() {
        Vec::new()
    } else {
        let is_left_out = |package: &&PackageMetadata<'_>| {
            let package = described(package, Roles::NONE, workspace_root);
            options.selection.leaves_out(&package)
        };
        resolved.iter().filter(is_left_out).map(PackageMetadata::id).collect()
    };
    let (builds, checksums) = std::thread::scope(|scope| {
        let checksums = scope.spawn(|| Checksums::read(&lockfile));
        let builds = Selection::of(options).builds(metadata, &members, &left_out);
        let checksums = checksums
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (builds, checksums)
    });
    let by_normal_ways = by_normal_ways(&members);
    let sources = Sources::of(surroundings);
    let is_all = options.selection.is_all();
    let mut taken = Vec::with_capacity(resolved.len());
    let mut packages = Vec::with_capacity(resolved.len());
    let mut manifests = Vec::with_capacity(resolved.len());
    let mut left_out = Vec::new();
    for package in resolved {
        let source = source_of(&package);
        let checksum = source.and_then(|source| checksums.of(package.name(), package.version(), source));
        let immutable = sources.immutable(directory(&package), package.name(), package.version(), source, checksum);
        let roles = match builds.roles_of(&package) {
            Some(roles) => roles,
            // Of a part of the workspace just what is built from it is there, as in `cargo tree -p`, and of targets what
            // is built for them.
            None if !is_all || builds.is_elsewhere(&package) => {
                if immutable.is_none() {
                    left_out.push(package.manifest_path().into());
                }
                continue;
            }
            None => Roles::from_iter([Role::Unbuilt]),
        };
        packages.push(Package {
            checksum: checksum.map(str::to_owned),
            is_of_build_scripts: !by_normal_ways.contains(package.id()),
            ..described(&package, roles, workspace_root)
        });
        let (airights, inherited) = declaration(&package, &metadata.packages.workspace());
        manifests.push(PackageManifest {
            directory: directory(&package).to_owned(),
            manifest_path: package.manifest_path().into(),
            license: package.license().map(str::to_owned),
            license_file: package.license_file().map(ToString::to_string),
            readme: package.readme().map(ToString::to_string),
            airights,
            inherited,
            immutable,
        });
        taken.push(package);
    }
    let places: HashMap<&PackageId, PackageIx> = taken
        .iter()
        .map(PackageMetadata::id)
        .zip((0..).map(PackageIx))
        .collect();
    let graph = DependencyGraph::new(packages, dependencies(&taken, &places));
    let graph = graph.with_ways(ways(&builds.start, &builds.features, &places));
    let resolved = Resolved {
        graph: if is_all { graph } else { graph.of_a_part() },
        manifests: manifests.into(),
        workspace_root: workspace_root.to_owned(),
        lockfile,
    };
    Ok(Assembled { resolved, left_out })
}

/// The members that are judged, with all that they depend on.
fn selected<'g>(
    packages: &[PackageMetadata<'g>],
    selection: &PackageSelection,
    workspace_root: &Path,
) -> Result<Vec<PackageMetadata<'g>>, ResolveError> {
    let members = packages.iter().filter(|package| package.in_workspace());
    let members: Vec<PackageMetadata<'g>> = members.copied().collect();
    let described = members
        .iter()
        .map(|member| described(member, Roles::NONE, workspace_root));
    let is_chosen = selection.choose(&described.collect::<Vec<_>>())?;
    let chosen = members.into_iter().zip(is_chosen);
    Ok(chosen
        .filter_map(|(member, is_chosen)| is_chosen.then_some(member))
        .collect())
}

/// The packages that chains of normal dependencies lead to from these.
fn by_normal_ways<'g>(members: &[PackageMetadata<'g>]) -> HashSet<&'g PackageId> {
    let mut reached: HashSet<&PackageId> = members.iter().map(PackageMetadata::id).collect();
    let mut todo = members.to_vec();
    while let Some(package) = todo.pop() {
        let links = package.direct_links().filter(|link| link.normal().is_present());
        let new = links.map(|link| link.to()).filter(|to| reached.insert(to.id()));
        todo.extend(new.collect::<Vec<_>>());
    }
    reached
}

/// What cargo says of a package.
fn described(package: &PackageMetadata<'_>, roles: Roles, workspace_root: &Path) -> Package {
    Package {
        source: source_of(package).map(str::to_owned),
        directory_url: directory_url(package.id().repr()),
        roles,
        is_member: package.in_workspace(),
        is_private: package.publish().is_never(),
        registries: match package.publish() {
            PackagePublish::Registries(names) => names.to_vec(),
            _ => Vec::new(),
        },
        manifest: shown(package.manifest_path().as_std_path(), workspace_root),
        build_script: build_script(package),
        ..Package::new(package.name(), package.version().clone())
    }
}

/// Crates with which build scripts compile code in other languages.
const COMPILERS: [&str; 7] = ["autotools", "cc", "cmake", "cxx-build", "gcc", "meson-next", "nasm-rs"];

fn build_script(package: &PackageMetadata<'_>) -> BuildScript {
    if !package.has_build_script() {
        return BuildScript::None;
    }
    let needs = package.direct_links().filter(|link| link.build().is_present());
    let needs = needs.map(|link| link.to().name());
    BuildScript::With(
        needs
            .filter(|name| COMPILERS.contains(name))
            .map(str::to_owned)
            .collect(),
    )
}

/// What a package declares of AI uses, with what a member inherits.
fn declaration(package: &PackageMetadata<'_>, workspace: &Workspace<'_>) -> (Option<Value>, Inherited) {
    let own = package.metadata_table().get("airights");
    let shared = workspace
        .metadata_table()
        .get("airights")
        .filter(|_| package.in_workspace());
    inherit(own, shared, || {
        workspace_manifest(directory(package), workspace.root().as_std_path())
    })
}

/// The packages of cargo's resolve by name, version and source.
fn in_order(metadata: &Metadata) -> Vec<PackageMetadata<'_>> {
    let ids = metadata.resolved.keys();
    let mut packages: Vec<_> = ids.filter_map(|id| metadata.packages.metadata(id).ok()).collect();
    packages.sort_by_key(|package| (package.name(), package.version(), source_of(package), package.id()));
    packages
}

fn dependencies(packages: &[PackageMetadata<'_>], places: &HashMap<&PackageId, PackageIx>) -> Vec<Dependency> {
    let links = packages.iter().flat_map(PackageMetadata::direct_links);
    links
        .filter_map(|link| {
            let (from, to) = link.endpoints();
            Some(Dependency {
                from: *places.get(from.id())?,
                to: *places.get(to.id())?,
                key: link.dep_name().to_owned(),
            })
        })
        .collect()
}

/// Cargo's own spelling of where a package comes from; `None` for a path on this disk.
fn source_of<'g>(package: &PackageMetadata<'g>) -> Option<&'g str> {
    match package.source() {
        PackageSource::Workspace(_) | PackageSource::Path(_) => None,
        PackageSource::External(source) => Some(source),
    }
}

fn directory<'g>(package: &PackageMetadata<'g>) -> &'g Path {
    let manifest = package.manifest_path().as_std_path();
    manifest.parent().unwrap_or(manifest)
}

/// Of a package on this disk the address of its directory, which begins cargo's id of it.
pub(super) fn directory_url(id: &str) -> Option<String> {
    let (url, _) = id.strip_prefix("path+")?.split_once('#')?;
    Some(url.to_owned())
}

/// The directories cargo unpacks packages into, and never changes afterwards.
struct Sources {
    registry: Option<PathBuf>,
    git: Option<PathBuf>,
}

impl Sources {
    fn of(surroundings: &Surroundings) -> Self {
        let home = surroundings.cargo_home();
        Self {
            registry: home.as_ref().map(|home| home.join("registry").join("src")),
            git: home.as_ref().map(|home| home.join("git").join("checkouts")),
        }
    }

    /// See [`PackageManifest::immutable`].
    fn immutable(
        &self,
        directory: &Path,
        name: &str,
        version: &Version,
        source: Option<&str>,
        checksum: Option<&str>,
    ) -> Option<String> {
        let is_in = |place: &Option<PathBuf>| place.as_ref().is_some_and(|place| directory.starts_with(place));
        let source = source?;
        if let Some(checksum) = checksum {
            return is_in(&self.registry).then(|| checksum.to_owned());
        }
        let (repository, commit) = source.rsplit_once('#')?;
        let is_checked_out = repository.starts_with("git+") && is_in(&self.git);
        // One commit may hold several packages.
        is_checked_out.then(|| format!("{commit}-{name}-{version}"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use semver::Version;

    use super::Sources;
    use crate::graph::fixture::{Fixture, roles};

    /// What `cargo vendor` leaves behind.
    const VENDORED: &str = "=== Cargo.toml
[package]
name = 'app'
[dependencies]
tool = { version = '1', registry = 'house' }
=== .cargo/config.toml
[registries.house]
index = 'https://registry.example/index'
[source.house]
registry = 'https://registry.example/index'
replace-with = 'vendored'
[source.vendored]
directory = 'vendor'
=== vendor/tool/Cargo.toml
[package]
name = 'tool'
version = '1.2.3+build'
=== vendor/tool/.cargo-checksum.json
{\"files\":{},\"package\":\"0123456789abcdef\"}
";

    #[test]
    fn vendored_packages_keep_their_registry_and_may_change() {
        let fixture = Fixture::new(VENDORED);
        fixture.lock();
        let resolved = fixture.resolve().unwrap();
        assert_eq!(roles(&resolved), ["app 0.0.0: member", "tool 1.2.3+build: shipped"]);
        let tool = &resolved.graph.packages()[1];
        assert_eq!(tool.source.as_deref(), Some("registry+https://registry.example/index"));
        assert_eq!(tool.checksum.as_deref(), Some("0123456789abcdef"));
        assert_eq!(tool.manifest, "vendor/tool/Cargo.toml");
        assert_eq!(resolved.manifests.values()[1].immutable, None);
    }

    #[test]
    fn only_what_cargo_unpacked_itself_never_changes() {
        let mut fixture = Fixture::new("");
        fixture
            .surroundings
            .variables
            .insert("CARGO_HOME".into(), "/home".into());
        let sources = Sources::of(&fixture.surroundings);
        let version = Version::new(1, 0, 0);
        let registry = Some("registry+https://registry.example/index");
        let git = Some("git+https://git.example/a?branch=main#0123");
        let cases = [
            ("/home/registry/src/x/a-1.0.0", registry, Some("ab"), Some("ab")),
            ("/home/registry/src/x/a-1.0.0", registry, None, None),
            ("/home/registry/src/x/a-1.0.0", None, None, None),
            ("/home/registry/srcs/a-1.0.0", registry, Some("ab"), None),
            ("/project/vendor/a", registry, Some("ab"), None),
            ("/home/git/checkouts/x/0123/a", git, None, Some("0123-a-1.0.0")),
            ("/project/vendor/a", git, None, None),
            ("/home/git/checkouts/x/0123/a", None, None, None),
        ];
        for (directory, source, checksum, expected) in cases {
            let found = sources.immutable(Path::new(directory), "a", &version, source, checksum);
            assert_eq!(found.as_deref(), expected, "{directory}");
        }
    }
}
