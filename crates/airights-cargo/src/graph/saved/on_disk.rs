//! Whether what a saved answer says of packages is what their manifests on this disk say. One that is not on this disk is for
//! whoever reads it to tell.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use airights_manifest::Manifest;
use airights_manifest::manifest::{Dependency, DependencyTable, MANIFEST};
use airights_store::{most, read_to_string};

use super::{SavedDependency, SavedPackage};

/// Whether these are the members of the workspace in a directory: every one that its manifest names, and none that is
/// elsewhere.
pub(super) fn check_members<'p>(root: &str, members: impl Iterator<Item = &'p SavedPackage>) -> Result<(), String> {
    let manifests: BTreeSet<&Path> = members.map(|member| Path::new(&member.manifest_path)).collect();
    let root = Path::new(root);
    let place = root.join(MANIFEST);
    let text = match read_to_string(&place, most::MANIFEST) {
        Ok(text) => text,
        // Without the workspace there are no members that could be judged.
        Err(error) if error.kind() == ErrorKind::NotFound && !manifests.iter().any(|path| path.exists()) => {
            return Ok(());
        }
        Err(error) => return Err(format!("`{}`, the root of the workspace: {error}", place.display())),
    };
    let manifest = Manifest::parse(&text).map_err(|error| format!("`{}`: {}", place.display(), error.message))?;
    let mut named = BTreeSet::new();
    if manifest.has_package() {
        named.insert(place);
    }
    let excluded: Vec<_> = manifest.excluded().map(|path| root.join(path)).collect();
    for pattern in manifest.members() {
        let pattern = format!(
            "{}/{pattern}/{MANIFEST}",
            glob::Pattern::escape(&root.to_string_lossy())
        );
        let found = glob::glob(&pattern).into_iter().flatten().flatten();
        named.extend(found.filter(|found| !excluded.iter().any(|excluded| found.starts_with(excluded))));
    }
    let is_same = |one: &Path, other: &Path| one == other || one.canonicalize().ok() == other.canonicalize().ok();
    let is_member = |named: &Path| manifests.contains(named) || manifests.iter().any(|path| is_same(path, named));
    if let Some(missing) = named.iter().find(|named| !is_member(named)) {
        return Err(format!(
            "`{}` is a member of the workspace, and is not there",
            missing.display()
        ));
    }
    let is_ours = |path: &&&Path| path.starts_with(root) || named.iter().any(|named| is_same(named, path));
    match manifests.iter().find(|path| !is_ours(path)) {
        Some(stray) => Err(format!(
            "`{}` is not in the workspace of which it is a member",
            stray.display()
        )),
        None => Ok(()),
    }
}

/// Whether a package is where it is said to be, and what it is said to be. `is_enabled` tells whether cargo enabled a feature.
pub(super) fn check(package: &SavedPackage, is_member: bool, is_enabled: impl Fn(&str) -> bool) -> Result<(), String> {
    let place = Path::new(&package.manifest_path);
    let shown = place.display();
    let (name, version) = (&package.name, &package.version);
    if !place.is_absolute() {
        return Err(format!(
            "`{shown}`, the manifest of `{name} {version}`, is not an absolute path"
        ));
    }
    let is_not_of = || Err(format!("`{shown}` is not the manifest of `{name} {version}`"));
    if place.file_name().is_none_or(|name| name != MANIFEST) {
        return is_not_of();
    }
    let text = match read_to_string(place, most::MANIFEST) {
        Ok(text) => text,
        // What is not on this disk cannot be judged. A directory without a manifest is no package.
        Err(error) if error.kind() == ErrorKind::NotFound && place.parent().is_none_or(|folder| !folder.exists()) => {
            return Ok(());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(format!("`{shown}`, the manifest of `{name} {version}`, is not there"));
        }
        Err(error) => return Err(format!("`{shown}`: {error}")),
    };
    let Ok(manifest) = Manifest::parse(&text) else {
        return is_not_of();
    };
    // What is inherited stands elsewhere.
    let says_version = manifest.package_string("version").is_none_or(|said| said == version);
    if manifest.package_string("name") != Some(name.as_str()) || !says_version {
        return is_not_of();
    }
    if !is_unpacked(package) {
        return Err(format!(
            "`{shown}` is not where cargo unpacks or vendors `{name} {version}`"
        ));
    }
    let differs = |key: &str| Err(format!("`{shown}` says another `{key}` of `{name} {version}`"));
    for (key, said) in [("license", &package.license), ("license-file", &package.license_file)] {
        let here = manifest.package_value(key).map(|_| manifest.package_string(key));
        let is_inherited = here == Some(None);
        if !is_inherited && here.flatten() != said.as_deref() {
            return differs(key);
        }
    }
    let declared = manifest.declaration("package").map(|declared| declared.table);
    let said = package.metadata.as_ref().and_then(|metadata| metadata.get("airights"));
    if declared.as_ref() != said {
        return differs("package.metadata.airights");
    }
    let features = manifest.features();
    let mut enabled = features.iter().filter(|(feature, _)| is_enabled(feature));
    if enabled.any(|(feature, turns_on)| package.features.get(feature) != Some(turns_on)) {
        return differs("features");
    }
    let is_dev = |needed: &Dependency<'_>| needed.table == DependencyTable::Dev;
    let needed = manifest.dependencies();
    let mut needed = needed
        .iter()
        .filter(|needed| needed.table != DependencyTable::Workspace && (is_member || !is_dev(needed)));
    if needed.any(|needed| !package.dependencies.iter().any(|said| is_said(said, needed))) {
        return differs("dependencies");
    }
    Ok(())
}

/// Whether a package of a registry is where cargo would have put it: unpacked, or vendored.
fn is_unpacked(package: &SavedPackage) -> bool {
    let Some(directory) = Path::new(&package.manifest_path).parent() else {
        return false;
    };
    let is_local = package
        .source
        .as_deref()
        .is_none_or(|source| source.starts_with("git+"));
    let name = format!("{}-{}", package.name, package.version);
    let is_unpacked = directory.ends_with(name) && directory.join(".cargo-ok").exists();
    is_local || is_unpacked || directory.join(".cargo-checksum.json").exists()
}

/// Whether a dependency of a saved answer is one of a manifest. What is inherited stands elsewhere.
fn is_said(said: &SavedDependency, needed: &Dependency<'_>) -> bool {
    let kind = match needed.table {
        DependencyTable::Build => Some("build"),
        DependencyTable::Dev => Some("dev"),
        DependencyTable::Normal | DependencyTable::Workspace => None,
    };
    // Cargo writes conditions in a form of its own.
    let bare = |target: &str| target.replace([' ', '\t', '\n', ','], "");
    let is_all_of = || {
        let features: BTreeSet<&str> = said.features.iter().map(String::as_str).collect();
        said.uses_default_features == needed.default_features && features == needed.features.iter().copied().collect()
    };
    said.rename.as_deref().unwrap_or(&said.name) == needed.key
        && said.kind.as_deref() == kind
        && said.target.as_deref().map(bare) == needed.target.map(bare)
        && said.optional == needed.optional
        && (needed.is_inherited || is_all_of())
}
