//! The roles of packages that cargo resolves and never builds.
//!
//! Cargo's resolver takes `dependency?/feature` for a wish to have the dependency, and knows one set of features for all
//! builds. Of a hundred packages it lists, some five are in no build at all. They are judged like the others.

use std::collections::HashMap;

use airights::{Role, Roles};
use guppy::graph::PackageLink;
use guppy::platform::{EnabledTernary, PlatformSpec};
use guppy::{DependencyKind, PackageId};

use super::metadata::Metadata;

/// Gives each package without a role every role that those who depend on it could give it, until nothing more is to be
/// given.
pub(super) fn give_roles<'g>(
    roles: &mut HashMap<&'g PackageId, Roles>,
    metadata: &'g Metadata,
    platform: &PlatformSpec,
) {
    let ids = metadata.resolved.keys().filter(|id| !roles.contains_key(id));
    let unbuilt: Vec<_> = ids.filter_map(|id| metadata.packages.metadata(id).ok()).collect();
    loop {
        let mut has_grown = false;
        for package in &unbuilt {
            let given = package.reverse_direct_links().flat_map(|link| {
                let roles = roles.get(link.from().id()).copied().unwrap_or_default();
                given_by(link, roles, platform)
            });
            let known = roles.get(package.id()).copied().unwrap_or_default();
            let all: Roles = known.iter().chain(given).collect();
            if all != known {
                roles.insert(package.id(), all);
                has_grown = true;
            }
        }
        if !has_grown {
            break;
        }
    }
    for package in unbuilt {
        if let Some(roles) = roles.get_mut(package.id()) {
            *roles = roles.without_spare_dev();
        }
    }
}

/// The roles a package may get from one that depends on it.
fn given_by(link: PackageLink<'_>, roles: Roles, platform: &PlatformSpec) -> impl Iterator<Item = Role> + use<> {
    let is_there = |kind, platform: &PlatformSpec| {
        let status = link.req_for_kind(kind).status();
        status.enabled_on(platform) != EnabledTernary::Disabled
    };
    let normal = is_there(DependencyKind::Normal, platform);
    let build = is_there(DependencyKind::Build, &PlatformSpec::Any);
    let dev = link.from().in_workspace() && is_there(DependencyKind::Development, platform);
    let is_proc_macro = link.to().is_proc_macro();
    let passed_on = roles.iter().flat_map(move |role| {
        let as_built = if is_proc_macro && role == Role::Shipped {
            Role::Build
        } else {
            role
        };
        let for_build = if role == Role::Dev { Role::Dev } else { Role::Build };
        [normal.then_some(as_built), build.then_some(for_build)]
    });
    passed_on.flatten().chain(dev.then_some(Role::Dev))
}
