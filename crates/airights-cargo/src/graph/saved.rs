//! Whether a saved answer of cargo hangs together, and fits what is on this disk. Cargo itself is believed; a file may have
//! been edited, and what was left out of it, or put elsewhere, must not pass for what is allowed.
//!
//! What an honest answer may be without cannot be missed: members' features that nobody asked for, dependencies for
//! platforms that were filtered out, packages that are not on this disk, which nobody can judge then.

mod on_disk;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::reduced::{ReducedMetadata, ReducedNode};

/// What a saved answer says of a package.
#[derive(Deserialize)]
struct SavedPackage {
    id: String,
    name: String,
    version: String,
    source: Option<String>,
    manifest_path: String,
    license: Option<String>,
    license_file: Option<String>,
    metadata: Option<serde_json::Value>,
    dependencies: Vec<SavedDependency>,
    features: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct SavedDependency {
    name: String,
    rename: Option<String>,
    kind: Option<String>,
    target: Option<String>,
    optional: bool,
    uses_default_features: bool,
    features: Vec<String>,
}

/// One link of cargo's resolve.
#[derive(Deserialize)]
struct Link {
    pkg: String,
}

/// The sources that cargo knows.
const SOURCES: [&str; 5] = ["directory+", "git+", "local-registry+", "registry+", "sparse+"];

/// Checks whether a saved answer hangs together.
///
/// # Errors
///
/// What does not.
pub(super) fn check_itself(metadata: &ReducedMetadata<'_>) -> Result<(), String> {
    check_graph(metadata, &packages(metadata)?)
}

/// The same, and whether it fits what is on this disk.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn check(metadata: &ReducedMetadata<'_>) -> Result<(), String> {
    let packages = packages(metadata)?;
    check_graph(metadata, &packages)?;
    let members: HashSet<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
    let root: String = read(metadata.workspace_root, "the root of the workspace")?;
    on_disk::check_members(
        &root,
        packages
            .values()
            .filter(|package| members.contains(package.id.as_str())),
    )?;
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let enabled: HashMap<&str, &[String]> = nodes
        .filter_map(|node| Some((node.id.as_str(), node.features.as_deref()?)))
        .collect();
    packages.values().try_for_each(|package| {
        let enabled = enabled.get(package.id.as_str());
        // Where cargo does not say which are enabled, each may be.
        let is_enabled = |feature: &str| enabled.is_none_or(|enabled| enabled.iter().any(|name| name == feature));
        on_disk::check(package, members.contains(package.id.as_str()), is_enabled)
    })
}

fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue, what: &str) -> Result<T, String> {
    serde_json::from_str(raw.get()).map_err(|error| format!("{what}: {error}"))
}

/// The packages by their ids, each of which may be there once, and has to fit the source.
fn packages(metadata: &ReducedMetadata<'_>) -> Result<BTreeMap<String, SavedPackage>, String> {
    let mut packages = BTreeMap::new();
    for package in &metadata.packages {
        let json = serde_json::to_string(package).map_err(|error| error.to_string())?;
        let package: SavedPackage =
            serde_json::from_str(&json).map_err(|error| format!("`{}`: {error}", package.id))?;
        let id = &package.id;
        if let Some(source) = &package.source {
            let address = source.split('#').next().unwrap_or_default();
            if !SOURCES.iter().any(|kind| address.starts_with(kind)) {
                return Err(format!("`{source}` is not a source of packages"));
            }
            if !id.contains(address) {
                return Err(format!("`{id}` is not from `{source}`"));
            }
        }
        let id = id.clone();
        if let Some(package) = packages.insert(id, package) {
            return Err(format!("`{}` is there twice", package.id));
        }
    }
    if packages.is_empty() {
        return Err("it names no package".to_owned());
    }
    Ok(packages)
}

/// Whether everything that is depended on is resolved, and everything that is resolved is depended on.
fn check_graph(metadata: &ReducedMetadata<'_>, packages: &BTreeMap<String, SavedPackage>) -> Result<(), String> {
    let Some(resolve) = &metadata.resolve else {
        return Ok(());
    };
    let mut links: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for node in &resolve.nodes {
        if links.insert(&node.id, links_of(node)?).is_some() {
            return Err(format!("`{}` is resolved twice", node.id));
        }
    }
    let members = &metadata.workspace_members;
    if members.is_empty() {
        return Err("it names no member of the workspace".to_owned());
    }
    if let Some(missing) = members.iter().find(|member| !links.contains_key(member.as_str())) {
        return Err(format!("`{missing}` is a member of the workspace, and is not resolved"));
    }
    if let Some(root) = resolve.root.as_ref().filter(|root| !members.contains(root)) {
        return Err(format!("`{root}` is the root, and no member of the workspace"));
    }
    let is_member: HashSet<&str> = members.iter().map(String::as_str).collect();
    for (id, linked) in &links {
        if let Some(missing) = linked.iter().find(|to| !links.contains_key(to.as_str())) {
            return Err(format!("`{id}` depends on `{missing}`, which is not resolved"));
        }
        let Some(package) = packages.get(*id) else {
            return Err(format!("`{id}` is resolved, but is not among the packages"));
        };
        if is_member.contains(id) && package.source.is_some() {
            return Err(format!("`{id}` is a member of the workspace, and has a source"));
        }
        let names: HashSet<&str> = linked
            .iter()
            .filter_map(|to| packages.get(to))
            .map(|to| to.name.as_str())
            .collect();
        let is_due = |needed: &&SavedDependency| {
            let is_dev = needed.kind.as_deref() == Some("dev");
            !needed.optional && needed.target.is_none() && (!is_dev || is_member.contains(id))
        };
        let mut due = package.dependencies.iter().filter(is_due);
        if let Some(missing) = due.find(|needed| !names.contains(needed.name.as_str())) {
            return Err(format!(
                "`{id}` depends on `{}`, and is linked to no such package",
                missing.name
            ));
        }
    }
    let mut reached: HashSet<&str> = is_member.clone();
    let mut open: Vec<&str> = is_member.into_iter().collect();
    while let Some(id) = open.pop() {
        open.extend(links[id].iter().map(String::as_str).filter(|to| reached.insert(to)));
    }
    let stray = links.keys().filter(|id| !reached.contains(*id)).min();
    stray.map_or(Ok(()), |id| {
        Err(format!("`{id}` is resolved, and nothing depends on it"))
    })
}

fn links_of(node: &ReducedNode<'_>) -> Result<Vec<String>, String> {
    let links: Vec<Link> = read(node.deps, &format!("the links of `{}`", node.id))?;
    Ok(links.into_iter().map(|link| link.pkg).collect())
}
