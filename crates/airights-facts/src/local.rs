//! Packages of a directory tree that cargo is not asked about: what a workspace was at another time.

use std::fs;
use std::path::{Path, PathBuf};

use airights::facts::Gathered;
use airights_manifest::{PackageManifest, inherit, workspace_manifest};
use toml::{Table, Value};

use super::names::{Interest, below_root, in_root, is_license_directory};
use super::package::{Named, Place};
use super::single::SingleReader;
use super::walk::Origin;
use super::{around, read_or_explain, repository};

/// A package as its own manifest describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalPackage {
    /// Its name.
    pub name: String,
    /// Its version; `None` where the manifest gives none.
    pub version: Option<String>,
    /// Whether it can never be published.
    pub is_private: bool,
    /// What cargo would say of its manifest.
    pub manifest: PackageManifest,
    /// The root of the workspace it belongs to; its own directory, where it belongs to none.
    pub workspace_root: PathBuf,
}

/// Whether a file may say something of the terms of some package, by its path from anywhere above the package.
pub fn may_hold_terms(path: &str) -> bool {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_read = |interest| interest != Interest::Archive;
    name == "Cargo.toml"
        || in_root(name).is_some_and(is_read)
        || below_root(directory, name).is_some_and(is_read)
        || directory.split('/').any(is_license_directory)
}

/// The packages of these manifests, which lie below `top`. What is no manifest of a package is passed over.
pub fn local_packages(top: &Path, manifests: &[PathBuf]) -> Vec<LocalPackage> {
    let read = |path: &PathBuf| {
        Some((
            path.clone(),
            toml::from_str::<Table>(&fs::read_to_string(path).ok()?).ok()?,
        ))
    };
    let tables: Vec<(PathBuf, Table)> = manifests.iter().filter_map(read).collect();
    let workspace_of = |manifest: &Path| {
        let around = manifest.ancestors().skip(1).take_while(|above| above.starts_with(top));
        let mut roots = around.filter_map(|above| {
            let (_, table) = tables.iter().find(|(path, _)| path.parent() == Some(above))?;
            Some((above.to_owned(), table.get("workspace")?.as_table()?))
        });
        roots.next()
    };
    let packages = tables.iter().filter_map(|(path, table)| {
        let directory = path.parent()?;
        let workspace = workspace_of(path);
        let workspace = workspace.as_ref().map(|(root, table)| (root.as_path(), *table));
        local_package(directory, path, table, workspace)
    });
    packages.collect()
}

fn local_package(
    directory: &Path,
    path: &Path,
    manifest: &Table,
    workspace: Option<(&Path, &Table)>,
) -> Option<LocalPackage> {
    let package = manifest.get("package")?.as_table()?;
    let is_inherited = |value: &Value| value.get("workspace").and_then(Value::as_bool) == Some(true);
    let inherited = |key: &str| workspace.and_then(|(_, table)| table.get("package")?.get(key));
    let value = |key: &str| match package.get(key) {
        Some(value) if is_inherited(value) => inherited(key),
        other => other,
    };
    let string = |key: &str| value(key).and_then(Value::as_str).map(str::to_owned);
    // Cargo tells an inherited path as seen from the package that inherits it.
    let file = |key: &str| {
        let named = string(key)?;
        let root = workspace.map(|(root, _)| root)?;
        let depth = directory.strip_prefix(root).ok()?.components().count();
        let is_own = !package.get(key).is_some_and(is_inherited);
        Some(if is_own { named } else { "../".repeat(depth) + &named })
    };
    let file = |key: &str| file(key).or_else(|| string(key));
    let beside = || {
        let mut names = ["README.md", "README.txt", "README"].into_iter();
        names.find(|name| directory.join(name).is_file()).map(str::to_owned)
    };
    let readme = match value("readme") {
        Some(Value::Boolean(false)) => None,
        Some(Value::Boolean(true)) => Some("README.md".to_owned()),
        Some(_) => file("readme"),
        None => beside(),
    };
    let declared = |table: Option<&Value>| serde_json::to_value(table?.get("metadata")?.get("airights")?).ok();
    let own = declared(manifest.get("package"));
    let shared = workspace.and_then(|(_, table)| serde_json::to_value(table.get("metadata")?.get("airights")?).ok());
    let root = workspace.map_or(directory, |(root, _)| root);
    let (airights, inherited) = inherit(own.as_ref(), shared.as_ref(), || workspace_manifest(directory, root));
    let publish = value("publish");
    Some(LocalPackage {
        name: package.get("name")?.as_str()?.to_owned(),
        version: string("version"),
        is_private: publish
            .is_some_and(|publish| publish.as_bool() == Some(false) || publish.as_array().is_some_and(Vec::is_empty)),
        manifest: PackageManifest {
            directory: directory.to_owned(),
            manifest_path: path.to_owned(),
            license: string("license"),
            license_file: file("license-file"),
            readme,
            airights,
            inherited,
            immutable: None,
        },
        workspace_root: workspace.map_or(directory, |(root, _)| root).to_owned(),
    })
}

impl SingleReader {
    /// The facts of a package in a directory where people work. Nothing of it is remembered.
    pub fn facts_of_local(&self, package: &LocalPackage) -> Gathered {
        let manifest = &package.manifest;
        let place = Place {
            directory: &manifest.directory,
            origin: Origin::Checkout,
            around: around(&manifest.directory, Origin::Checkout, &package.workspace_root),
            repository: repository(&manifest.directory, Origin::Checkout, &package.workspace_root),
            named: Some(Named {
                license_file: manifest.license_file.clone(),
                readme: manifest.readme.clone(),
            }),
            listing: None,
        };
        self.described(manifest, read_or_explain(&place, &self.texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_workspace_gives_is_inherited() {
        let top = tempfile::tempdir().unwrap();
        let put = |path: &str, content: &str| {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, content).unwrap();
            path
        };
        let root = "[workspace]\n[workspace.package]\nlicense = 'MIT'\nlicense-file = 'TERMS'\nversion = '2.0.0'\n\
                    publish = false\n[workspace.metadata.airights]\ncontact = 'a@b'\n";
        let member = "[package]\nname = 'a'\nversion.workspace = true\nlicense.workspace = true\n\
                      license-file.workspace = true\npublish.workspace = true\n";
        let manifests = [
            put("Cargo.toml", root),
            put("crates/a/Cargo.toml", member),
            put(
                "crates/b/Cargo.toml",
                "[package]\nname = 'b'\nlicense = 'ISC'\nlicense-file = 'LICENSE'\n",
            ),
            put("crates/c/Cargo.toml", "[[["),
        ];
        put("crates/b/README", "");
        let found = local_packages(top.path(), &manifests);
        let [a, b] = &found[..] else { panic!("{found:?}") };
        assert_eq!(
            (a.name.as_str(), a.version.as_deref(), a.is_private),
            ("a", Some("2.0.0"), true)
        );
        assert_eq!(a.manifest.license.as_deref(), Some("MIT"));
        assert_eq!(a.manifest.license_file.as_deref(), Some("../../TERMS"));
        assert_eq!(a.workspace_root, top.path());
        let declared = serde_json::json!({ "contact": "a@b" });
        assert_eq!(
            (a.manifest.airights.as_ref(), &*a.manifest.inherited.from),
            (Some(&declared), "../../Cargo.toml")
        );
        assert_eq!((b.version.as_deref(), b.is_private), (None, false));
        assert_eq!(b.manifest.license_file.as_deref(), Some("LICENSE"));
        assert_eq!(b.manifest.readme.as_deref(), Some("README"));
    }

    #[test]
    fn whatever_a_package_reads_is_kept() {
        for path in [
            "Cargo.toml",
            "a/Cargo.toml",
            "LICENSE",
            "a/b/AGENTS.md",
            "a/.well-known/tdmrep.json",
        ] {
            assert!(may_hold_terms(path), "{path}");
        }
        assert!(may_hold_terms("a/LICENSES/MIT.txt"));
        // The head of a source file may say under what it is.
        assert!(may_hold_terms("a/src/lib.rs"));
        for path in ["a/tests/data.json", "docs/guide.md", "a/data.zip"] {
            assert!(!may_hold_terms(path), "{path}");
        }
    }
}
