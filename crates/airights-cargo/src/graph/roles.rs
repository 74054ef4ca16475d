//! What each package is for: simulates the builds cargo would make, on target and host, without and with tests.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use airights::{Role, Roles};
use airights_manifest::Manifest;
use airights_store::{most, read_to_string};
use guppy::PackageId;
use guppy::graph::cargo::{CargoOptions, CargoResolverVersion, CargoSet};
use guppy::graph::feature::{FeatureFilterFn, FeatureId, FeatureLabel, FeatureSet};
use guppy::graph::{DependencyDirection, PackageGraph, PackageMetadata};
use guppy::platform::{Platform, PlatformSpec, TargetFeatures};

use super::ResolveOptions;
use super::copies::Copies;
use super::metadata::Metadata;

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

/// What simulated builds reach.
pub(super) struct Builds<'g> {
    roles: HashMap<&'g PackageId, Roles>,
    /// What only builds for other targets reach.
    elsewhere: HashSet<&'g PackageId>,
    /// The members that others wrote.
    copies: Copies<'g>,
    /// The members that are built, with their features.
    pub(super) start: FeatureSet<'g>,
    /// The features that the build turns on, and the build with tests.
    pub(super) features: [FeatureSet<'g>; 2],
}

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

    /// Simulates the builds of these members without some packages, none of which is among them.
    pub(super) fn builds<'g>(
        &self,
        metadata: &'g Metadata,
        members: &[PackageMetadata<'g>],
        left_out: &[&'g PackageId],
    ) -> Builds<'g> {
        let platforms = Platforms::of(&self.targets);
        let simulate = |platforms: &Platforms| Builds::simulate(metadata, &self.features, members, left_out, platforms);
        let mut builds = simulate(&platforms);
        builds.copies = Copies::among(&metadata.packages);
        if !matches!(platforms.target, PlatformSpec::Any) {
            let anywhere = simulate(&Platforms::ANY);
            let elsewhere = anywhere.roles.into_keys().filter(|id| !builds.roles.contains_key(id));
            builds.elsewhere = elsewhere.collect();
        }
        builds
    }
}

impl<'g> Builds<'g> {
    /// What a package is for, where a build reaches it.
    pub(super) fn roles_of(&self, package: &PackageMetadata<'_>) -> Option<Roles> {
        let roles = self.roles.get(package.id()).copied()?;
        Some(if package.in_workspace() && !self.copies.contains(package) {
            Roles::from_iter([Role::Member])
        } else {
            roles
        })
    }

    /// Whether a package is only for targets that nobody asked for.
    pub(super) fn is_elsewhere(&self, package: &PackageMetadata<'_>) -> bool {
        self.elsewhere.contains(package.id())
    }

    fn simulate(
        metadata: &'g Metadata,
        features: &Features,
        members: &[PackageMetadata<'g>],
        left_out: &[&'g PackageId],
        platforms: &Platforms,
    ) -> Self {
        let mut options = CargoOptions::new();
        options.set_resolver(resolver(&metadata.packages));
        options.set_target_platform(platforms.target.clone());
        options.set_host_platform(platforms.host.clone());
        options.add_omitted_packages(left_out.iter().copied());
        let start = features.of_members(metadata, members);
        let extra = features.of_dependencies(metadata, members);
        let mut with_tests = options.clone();
        with_tests.set_include_dev(true);
        let simulate = |options: &CargoOptions<'_>| {
            CargoSet::new(start.clone(), extra.clone(), options)
                .expect("a build can be simulated where what is omitted are packages of its graph")
        };
        let (build, tests) = std::thread::scope(|scope| {
            let build = scope.spawn(|| simulate(&options));
            let tests = simulate(&with_tests);
            let build = build.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (build, tests)
        });
        let (target, host) = (packages(build.target_features()), packages(build.host_features()));
        let features = [&build, &tests].map(|set| set.target_features().union(set.host_features()));
        let with_tests = packages(&features[1]);
        let roles_of = |id: &PackageId| {
            let roles = [
                (Role::Shipped, target.contains(id)),
                (Role::Build, host.contains(id)),
                (Role::Dev, with_tests.contains(id)),
            ];
            let roles = roles.into_iter().filter_map(|(role, has)| has.then_some(role));
            roles.collect::<Roles>().without_spare_dev()
        };
        let roles = metadata.resolved.keys().map(|id| (id, roles_of(id)));
        Self {
            roles: roles.filter(|(_, roles)| !roles.is_empty()).collect(),
            elsewhere: HashSet::new(),
            copies: Copies::default(),
            start,
            features,
        }
    }
}

fn packages<'g>(features: &FeatureSet<'g>) -> HashSet<&'g PackageId> {
    let packages = features.to_package_set();
    packages.package_ids(DependencyDirection::Forward).collect()
}

impl Features {
    /// Members of the workspace with the features they are built with.
    fn of_members<'g>(&self, metadata: &'g Metadata, members: &[PackageMetadata<'g>]) -> FeatureSet<'g> {
        let members = metadata
            .packages
            .resolve_ids(members.iter().map(PackageMetadata::id))
            .expect("the members are packages of this very graph");
        members.to_feature_set(FeatureFilterFn::new(|graph, feature: FeatureId<'g>| {
            let id = feature.package_id();
            match (self, feature.label()) {
                (Self::All, _) | (_, FeatureLabel::Base) => true,
                // Optional dependencies come in through the features that name them.
                (Self::Requested { names, .. }, FeatureLabel::OptionalDependency(dependency)) => {
                    let wants =
                        |name: &String| matches!(name.split_once('/'), Some((wanted, _)) if wanted == dependency);
                    names.iter().any(wants)
                }
                (Self::AsResolved, FeatureLabel::OptionalDependency(_)) => false,
                (Self::AsResolved, FeatureLabel::Named(name)) => {
                    // Where nobody says which are enabled, each may be.
                    let enabled = metadata.resolved.get(id).and_then(Option::as_ref);
                    enabled.is_none_or(|features| features.iter().any(|enabled| enabled == name))
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

    /// The features of dependencies that were asked for by name: `--features dependency/feature`.
    fn of_dependencies<'g>(&self, metadata: &'g Metadata, members: &[PackageMetadata<'g>]) -> FeatureSet<'g> {
        let graph = metadata.packages.feature_graph();
        let names = match self {
            Self::Requested { names, .. } => names.as_slice(),
            Self::All | Self::AsResolved => &[],
        };
        let wanted = names.iter().filter_map(|name| name.split_once('/'));
        let wanted = wanted.flat_map(|(dependency, feature)| {
            let links = members.iter().flat_map(PackageMetadata::direct_links);
            let meant = links.filter(move |link| link.dep_name() == dependency.trim_end_matches('?'));
            meant.filter_map(move |link| {
                let found = link.to().named_features().find(|name| *name == feature)?;
                Some(FeatureId::named(link.to().id(), found))
            })
        });
        graph
            .resolve_ids(wanted)
            .expect("these are features of packages of this very graph")
    }
}

/// Where a build runs, and where its result will.
struct Platforms {
    target: PlatformSpec,
    host: PlatformSpec,
}

impl Platforms {
    const ANY: Self = Self {
        target: PlatformSpec::Any,
        host: PlatformSpec::Any,
    };

    /// What is built for these targets is built on this machine, or on one of them. A platform that is not known to us
    /// could be any.
    fn of(targets: &[String]) -> Self {
        let known = |target: &String| Platform::new(target.clone(), TargetFeatures::Unknown).map(Arc::new);
        let targets = targets.iter().map(known).collect::<Result<Vec<_>, _>>();
        match (targets, Platform::build_target()) {
            (Ok(targets), Ok(here)) if !targets.is_empty() => Self {
                host: PlatformSpec::Platforms(targets.iter().cloned().chain([Arc::new(here)]).collect()),
                target: PlatformSpec::Platforms(targets),
            },
            _ => Self::ANY,
        }
    }
}

/// Whether a target is one of Rust's own, of which is known what it is without asking the compiler.
pub(super) fn is_well_known(target: &str) -> bool {
    Platform::new_strict(target.to_owned(), TargetFeatures::Unknown).is_ok()
}

/// The resolver of the workspace, found as cargo finds it: its key, the root package's edition, or the oldest.
fn resolver(graph: &PackageGraph) -> CargoResolverVersion {
    let manifest = graph.workspace().root().join("Cargo.toml");
    let text = read_to_string(manifest.as_std_path(), most::MANIFEST).unwrap_or_default();
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
