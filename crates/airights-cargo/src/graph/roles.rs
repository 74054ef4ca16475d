//! What each package is for: simulates the builds cargo would make, on target and host, without and with tests.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::sync::Arc;

use airights::{Role, Roles};
use airights_manifest::Manifest;
use guppy::PackageId;
use guppy::graph::cargo::{CargoOptions, CargoResolverVersion};
use guppy::graph::feature::{FeatureFilterFn, FeatureId, FeatureLabel, FeatureSet};
use guppy::graph::{DependencyDirection, PackageGraph};
use guppy::platform::{Platform, PlatformSpec, TargetFeatures};

use super::ResolveOptions;
use super::metadata::Metadata;
use super::unbuilt;

/// What the builds are made of.
pub(super) struct Selection {
    features: Features,
    targets: Vec<String>,
}

/// The features the members are built with.
enum Features {
    /// Each of them.
    All,
    /// Those that were asked for.
    Requested { names: Vec<String>, with_default: bool },
    /// Those that cargo enabled in its resolve: all that is known of metadata that somebody saved.
    AsResolved,
}

/// The roles of the packages that a simulated build reaches.
#[derive(Default)]
pub(super) struct RolesByPackage<'g>(HashMap<&'g PackageId, Roles>);

impl Selection {
    /// What the options select.
    pub(super) fn of(options: &ResolveOptions) -> Self {
        let features = if options.metadata_path.is_some() {
            Features::AsResolved
        } else if options.all_features {
            Features::All
        } else {
            let names = options.features.iter().flat_map(|list| list.split([' ', ',']));
            Features::Requested {
                names: names.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
                with_default: !options.no_default_features,
            }
        };
        let targets = options.targets.clone();
        Self { features, targets }
    }

    /// Simulates the builds.
    pub(super) fn roles<'g>(&self, metadata: &'g Metadata) -> RolesByPackage<'g> {
        let platform = platform(&self.targets);
        let mut roles = RolesByPackage::simulate(metadata, &self.features, &platform);
        unbuilt::give_roles(&mut roles.0, metadata, &platform);
        roles
    }
}

impl<'g> RolesByPackage<'g> {
    /// The roles of a package. What nothing explains counts as shipped, so that nothing escapes the strictest rules.
    pub(super) fn of(&self, id: &PackageId) -> Roles {
        self.0
            .get(id)
            .copied()
            .unwrap_or_else(|| Roles::from_iter([Role::Shipped]))
    }

    fn simulate(metadata: &'g Metadata, features: &Features, platform: &PlatformSpec) -> Self {
        let mut options = CargoOptions::new();
        options.set_resolver(resolver(&metadata.packages));
        options.set_target_platform(platform.clone());
        let members = features.of_members(metadata);
        let mut with_tests = options.clone();
        with_tests.set_include_dev(true);
        let (build, tests) = std::thread::scope(|scope| {
            let build = scope.spawn(|| Build::simulate(members.clone(), &options));
            let tests = Build::simulate(members.clone(), &with_tests);
            let build = build.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (build, tests)
        });
        let roles_of = |id: &PackageId| {
            let roles = [
                (Role::Shipped, build.target.contains(id)),
                (Role::Build, build.host.contains(id)),
                (Role::Dev, tests.target.contains(id) || tests.host.contains(id)),
            ];
            let roles = roles.into_iter().filter_map(|(role, has)| has.then_some(role));
            roles.collect::<Roles>().without_spare_dev()
        };
        let roles = metadata.resolved.keys().map(|id| (id, roles_of(id)));
        Self(roles.filter(|(_, roles)| !roles.is_empty()).collect())
    }
}

/// The packages of one simulated build.
struct Build<'g> {
    /// What is compiled for the machine the build is for.
    target: HashSet<&'g PackageId>,
    /// What is compiled for the machine the build runs on: build scripts and proc-macros.
    host: HashSet<&'g PackageId>,
}

impl<'g> Build<'g> {
    fn simulate(members: FeatureSet<'g>, options: &CargoOptions<'_>) -> Self {
        let set = members
            .into_cargo_set(options)
            .expect("a build from which no package is omitted can always be simulated");
        let packages = |side: &FeatureSet<'g>| {
            side.to_package_set()
                .package_ids(DependencyDirection::Forward)
                .collect()
        };
        Self {
            target: packages(set.target_features()),
            host: packages(set.host_features()),
        }
    }
}

impl Features {
    /// The members of the workspace with the features they are built with.
    fn of_members<'g>(&self, metadata: &'g Metadata) -> FeatureSet<'g> {
        let members = metadata.packages.resolve_workspace();
        members.to_feature_set(FeatureFilterFn::new(|graph, feature: FeatureId<'g>| {
            let id = feature.package_id();
            match (self, feature.label()) {
                (Self::All, _) | (_, FeatureLabel::Base) => true,
                // Optional dependencies come in through the features that name them.
                (_, FeatureLabel::OptionalDependency(_)) => false,
                (Self::AsResolved, FeatureLabel::Named(name)) => {
                    let enabled = metadata.resolved.get(id);
                    enabled.is_some_and(|features| features.iter().any(|enabled| enabled == name))
                }
                (Self::Requested { names, with_default }, FeatureLabel::Named(name)) => {
                    let member = graph.package_graph().metadata(id).map_or("", |member| member.name());
                    *with_default && name == "default"
                        || names.iter().any(|wanted| match wanted.split_once('/') {
                            Some((package, feature)) => feature == name && member == package,
                            None => wanted == name,
                        })
                }
            }
        }))
    }
}

/// The platforms the build is for. One that is not known to us could be any.
fn platform(targets: &[String]) -> PlatformSpec {
    let known = |target: &String| Platform::new(target.clone(), TargetFeatures::Unknown).map(Arc::new);
    match targets.iter().map(known).collect::<Result<Vec<_>, _>>() {
        Ok(platforms) if !platforms.is_empty() => PlatformSpec::Platforms(platforms),
        _ => PlatformSpec::Any,
    }
}

/// The resolver of the workspace, found as cargo finds it: its key, the root package's edition, or the oldest.
fn resolver(graph: &PackageGraph) -> CargoResolverVersion {
    let manifest = graph.workspace().root().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap_or_default();
    let root = Manifest::parse(&text).ok();
    let stated = root.as_ref().and_then(Manifest::resolver);
    let root_package = graph.workspace().member_by_path("").ok();
    match (stated, root_package.map(|package| package.edition())) {
        (Some("3"), _) | (None, Some("2024")) => CargoResolverVersion::V3,
        (Some("2"), _) | (None, Some("2021")) => CargoResolverVersion::V2,
        _ => CargoResolverVersion::V1,
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::fixture::{Fixture, roles};

    /// A workspace in which only a build script turns on the feature that brings in `heavy`.
    fn check(root: &str, expected: &str) {
        let fixture = Fixture::new(&format!(
            "=== Cargo.toml
[workspace]
members = ['app']
{root}
=== app/Cargo.toml
[package]
name = 'app'
[dependencies]
common = {{ path = '../../common' }}
[build-dependencies]
common = {{ path = '../../common', features = ['extra'] }}
=== app/build.rs
fn main() {{}}
=== ../common/Cargo.toml
[package]
name = 'common'
[features]
extra = ['dep:heavy']
[dependencies]
heavy = {{ path = '../heavy', optional = true }}
=== ../heavy/Cargo.toml
[package]
name = 'heavy'
"
        ));
        assert_eq!(roles(&fixture.resolve().unwrap())[2], expected, "{root}");
    }

    #[test]
    fn features_are_shared_as_the_workspaces_resolver_shares_them() {
        check("", "heavy 0.0.0: shipped build");
        check("resolver = '1'", "heavy 0.0.0: shipped build");
        check("resolver = '2'", "heavy 0.0.0: build");
        check("resolver = '3'", "heavy 0.0.0: build");
        check(
            "[package]\nname = 'root'\nedition = '2018'",
            "heavy 0.0.0: shipped build",
        );
        check(
            "[package]\nname = 'root'\nedition = '2018'\nresolver = '2'",
            "heavy 0.0.0: build",
        );
        check("[package]\nname = 'root'\nedition = '2021'", "heavy 0.0.0: build");
        check("[package]\nname = 'root'\nedition = '2024'", "heavy 0.0.0: build");
    }
}
