//! What cargo says of a package's manifest: the resolver writes it, and facts rest on it.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::DeValue;

use crate::manifest::Manifest;

/// Keys of a declaration that the manifest itself does not give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inherited {
    /// The keys.
    pub keys: Vec<String>,
    /// The manifest of the workspace, by its path from the package's directory, with `/`.
    pub from: String,
}

/// What the manifest of one package says, and where its files are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackageManifest {
    /// The directory the package is in.
    pub directory: PathBuf,
    /// Its `Cargo.toml`.
    pub manifest_path: PathBuf,
    /// The `license` key.
    pub license: Option<String>,
    /// The `license-file` key, as written.
    pub license_file: Option<String>,
    /// The `readme` key, as written, or the file cargo found by itself.
    pub readme: Option<String>,
    /// The `[package.metadata.airights]` table, with what a member inherits from `[workspace.metadata.airights]`.
    pub airights: Option<Value>,
    /// The keys of that table which are inherited.
    pub inherited: Inherited,
    /// A key under which the files of this package never change: the checksum of a package that cargo unpacked into
    /// its own registry directory, or the commit, name and version of one it checked out of git. `None` for files
    /// that anyone may edit: path dependencies, vendored packages.
    pub immutable: Option<String>,
}

impl PackageManifest {
    /// What `cargo metadata` would say of a published manifest. Cargo has written it itself, with everything inherited
    /// filled in. `None` where it is none of a package.
    pub fn published(text: &str) -> Option<Self> {
        let manifest = Manifest::parse(text).ok()?;
        let readme = match manifest.package()?.get("readme").map(Spanned::get_ref) {
            Some(DeValue::Boolean(false)) => None,
            Some(DeValue::String(readme)) => Some(readme.to_string()),
            // Old manifests leave it to cargo to find the file.
            _ => Some("README.md".to_owned()),
        };
        let string = |key: &str| manifest.package_string(key).map(str::to_owned);
        Some(Self {
            license: string("license"),
            license_file: string("license-file"),
            readme,
            airights: manifest.declaration("package").map(|declared| declared.table),
            ..Self::default()
        })
    }
}

/// The `[package.metadata.airights]` of a member, with each key of `[workspace.metadata.airights]` that it does not give
/// itself. `from` names the manifest of the workspace.
pub fn inherit(
    own: Option<&Value>,
    shared: Option<&Value>,
    from: impl FnOnce() -> String,
) -> (Option<Value>, Inherited) {
    let empty = Map::new();
    let own_keys = own.map_or(Some(&empty), Value::as_object);
    let (Some(own_keys), Some(shared)) = (own_keys, shared) else {
        return (own.cloned(), Inherited::default());
    };
    let Value::Object(shared_keys) = shared else {
        let keys = vec![String::new()];
        return (Some(shared.clone()), Inherited { keys, from: from() });
    };
    let mut table = shared_keys.clone();
    table.extend(own_keys.clone());
    let keys = shared_keys
        .keys()
        .filter(|key| !own_keys.contains_key(*key))
        .cloned()
        .collect();
    (Some(Value::Object(table)), Inherited { keys, from: from() })
}

/// The manifest of a workspace as seen from a directory of one of its members, with `/`.
pub fn workspace_manifest(directory: &Path, workspace_root: &Path) -> String {
    match directory.strip_prefix(workspace_root) {
        Ok(inside) => "../".repeat(inside.components().count()) + "Cargo.toml",
        Err(_) => workspace_root.join("Cargo.toml").to_string_lossy().into_owned(),
    }
}

/// The manifest cargo starts from: the one that was named, else the nearest one upwards, spelled without links as cargo
/// spells it; `None` where there is none.
pub fn started_from(named: Option<&Path>, here: &Path) -> Option<PathBuf> {
    let nearest = || {
        let mut above = here.ancestors().map(|above| above.join("Cargo.toml"));
        above.find(|path| path.is_file())
    };
    let found = named.map_or_else(nearest, |named| Some(here.join(named)));
    found?.canonicalize().ok()
}

/// A path as reports show it: relative to the workspace where it lies inside, with `/`.
pub fn shown(path: &Path, workspace_root: &Path) -> String {
    let shown = path.strip_prefix(workspace_root).unwrap_or(path).to_string_lossy();
    if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown.into_owned()
    }
}

/// A path without `.` and `..`, as cargo itself shortens it: without looking at links.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shortened() {
        assert_eq!(tidy(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
