//! Packages as their own manifests and those of their workspaces describe them, where cargo is not asked.

use std::path::{Path, PathBuf};

use airights_store::{most, read_to_string};
use toml::de::DeValue;

use crate::manifest::{MANIFEST, Manifest};
use crate::package::{PackageManifest, inherit, workspace_manifest};

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

/// The packages of these manifests, which lie below `top`. What is no manifest of a package is passed over.
pub fn local_packages(top: &Path, manifests: &[PathBuf]) -> Vec<LocalPackage> {
    let read = manifests
        .iter()
        .filter_map(|path| Some((path.parent()?, read_to_string(path, most::MANIFEST).ok()?)));
    let texts: Vec<(&Path, String)> = read.collect();
    let parsed = texts
        .iter()
        .filter_map(|(directory, text)| Some((*directory, Manifest::parse(text).ok()?)));
    let all: Vec<(&Path, Manifest<'_>)> = parsed.collect();
    let packages = all.iter().filter_map(|(directory, manifest)| {
        let around = directory.ancestors().take_while(|above| above.starts_with(top));
        let mut roots = around.filter_map(|above| all.iter().find(|(directory, _)| *directory == above));
        let workspace = roots.find(|(_, manifest)| manifest.has_workspace());
        let local = Local {
            directory,
            manifest,
            workspace: workspace.map(|(root, manifest)| (*root, manifest)),
        };
        local.package()
    });
    packages.collect()
}

/// A manifest and the workspace it may inherit from.
struct Local<'a> {
    directory: &'a Path,
    manifest: &'a Manifest<'a>,
    workspace: Option<(&'a Path, &'a Manifest<'a>)>,
}

impl<'a> Local<'a> {
    fn package(&self) -> Option<LocalPackage> {
        let readme = match self.value("readme") {
            Some(DeValue::Boolean(false)) => None,
            Some(DeValue::Boolean(true)) => Some("README.md".to_owned()),
            Some(_) => self.file("readme"),
            None => {
                let mut names = ["README.md", "README.txt", "README"].into_iter();
                names
                    .find(|name| self.directory.join(name).is_file())
                    .map(str::to_owned)
            }
        };
        let root = self.workspace.map_or(self.directory, |(root, _)| root);
        let own = self.manifest.declaration("package").map(|declared| declared.table);
        let shared = self
            .workspace
            .and_then(|(_, manifest)| manifest.declaration("workspace"));
        let shared = shared.map(|declared| declared.table);
        let (airights, inherited) = inherit(own.as_ref(), shared.as_ref(), || {
            workspace_manifest(self.directory, root)
        });
        let is_private = self.value("publish").is_some_and(|publish| {
            publish.as_bool() == Some(false) || publish.as_array().is_some_and(|registries| registries.is_empty())
        });
        Some(LocalPackage {
            name: self.manifest.package_string("name")?.to_owned(),
            version: self.string("version"),
            is_private,
            manifest: PackageManifest {
                directory: self.directory.to_owned(),
                manifest_path: self.directory.join(MANIFEST),
                license: self.string("license"),
                license_file: self.file("license-file"),
                readme,
                airights,
                inherited,
                immutable: None,
            },
            workspace_root: root.to_owned(),
        })
    }

    /// A key of the package, and whether the workspace gives it.
    fn entry(&self, key: &str) -> Option<(&'a DeValue<'a>, bool)> {
        let own = self.manifest.package()?.get(key)?.get_ref();
        if is_inherited(own) {
            return Some((self.workspace?.1.value(&["workspace", "package", key])?, true));
        }
        Some((own, false))
    }

    fn value(&self, key: &str) -> Option<&'a DeValue<'a>> {
        Some(self.entry(key)?.0)
    }

    fn string(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    /// A key that names a file. Cargo tells an inherited path as seen from the package that inherits it.
    fn file(&self, key: &str) -> Option<String> {
        let (named, is_inherited) = self.entry(key)?;
        let root = self.workspace.filter(|_| is_inherited).map(|(root, _)| root);
        let below = root.and_then(|root| self.directory.strip_prefix(root).ok());
        let depth = below.map_or(0, |below| below.components().count());
        Some("../".repeat(depth) + named.as_str()?)
    }
}

fn is_inherited(value: &DeValue<'_>) -> bool {
    let workspace = value.as_table().and_then(|table| table.get("workspace"));
    workspace.and_then(|workspace| workspace.get_ref().as_bool()) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

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
}
