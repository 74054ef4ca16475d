//! Edits of `Cargo.toml`: one dependency at a time, with comments and layout left as they are.

mod entry;
mod patch;
mod replace;
mod tidy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airights::suggest::ManifestEdit;
use airights_manifest::Manifest;
use airights_manifest::manifest::edit::{self, is_inherited};
use airights_manifest::manifest::{Dependency, DependencyTable};
use toml_edit::DocumentMut;

use self::entry::{apply, each_entry, retain_features};
use self::tidy::tidy_end;

/// What to change about a dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// Ask for other versions.
    Require(String),
    /// Ask for these features and, where `default` is not set, not for the default ones.
    Features {
        /// Whether the default features stay.
        default: bool,
        /// The others.
        features: Vec<String>,
        /// The one among them that takes the place of what is not asked for any more.
        instead: Option<String>,
    },
    /// Do not turn this feature of the package itself on by default, as it turns the dependency on.
    NotByDefault(String),
    /// Put what is in this directory of the workspace in its place, wherever it is asked for.
    Patch(String),
    /// Name another crate in its place.
    Replace {
        /// The other crate.
        by: String,
        /// Which versions of it are asked for.
        requirement: String,
    },
}

/// An edit of one dependency in one manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DirectEdit {
    /// The manifest, in the original.
    pub(super) manifest: PathBuf,
    /// The key the dependency stands under there.
    pub(super) key: String,
    /// What to change.
    pub(super) edit: Edit,
}

/// What a manifest says of a dependency, with what it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// Which versions are asked for.
    pub(super) requirement: Option<String>,
    /// Whether the default features are asked for.
    pub(super) default: bool,
    /// Which other features are.
    pub(super) features: Vec<String>,
    /// Whether a feature has to turn it on.
    pub(super) optional: bool,
    /// The package, where the key is another name for it.
    pub(super) package: Option<String>,
}

impl Declared {
    fn of(found: &Dependency<'_>) -> Self {
        Self {
            requirement: found.requirement.map(str::to_owned),
            default: found.default_features,
            features: found.features.iter().map(|&feature| feature.to_owned()).collect(),
            optional: found.optional,
            package: found.package.map(str::to_owned),
        }
    }
}

/// Manifests that may have been edited, by their paths in the original.
pub(super) struct Manifests<'a> {
    /// Those that were.
    edited: BTreeMap<PathBuf, String>,
    /// All of them, as they are in the original.
    original: &'a BTreeMap<PathBuf, String>,
    /// The workspace's own, from which others may inherit.
    root: PathBuf,
}

impl<'a> Manifests<'a> {
    /// The manifests of a workspace after some edits. One that finds nothing to edit changes nothing.
    pub(super) fn after(edits: &[DirectEdit], original: &'a BTreeMap<PathBuf, String>, root: PathBuf) -> Self {
        let mut manifests = Self {
            edited: BTreeMap::new(),
            original,
            root,
        };
        for DirectEdit { manifest, key, edit } in edits {
            manifests.edit(manifest, key, edit);
        }
        manifests
    }

    /// What a manifest says of a dependency, by its key there.
    pub(super) fn declared(&self, manifest: &Path, key: &str) -> Option<Declared> {
        let parsed = Manifest::parse(self.text(manifest)?).ok()?;
        let own = parsed.dependencies().into_iter();
        let own: Vec<_> = own
            .filter(|found| found.key == key && found.table != DependencyTable::Workspace)
            .collect();
        let mut declared = own.first().map(Declared::of)?;
        if own.iter().any(|found| found.is_inherited) {
            let root = Manifest::parse(self.text(&self.root)?).ok()?;
            let mut shared = root.dependencies().into_iter();
            let shared = shared.find(|found| found.key == key && found.table == DependencyTable::Workspace)?;
            let shared = Declared::of(&shared);
            declared.requirement = shared.requirement;
            declared.default = shared.default;
            declared.package = shared.package;
            declared.features.extend(shared.features);
        }
        Some(declared)
    }

    /// The features a package turns on by default.
    pub(super) fn default_features(&self, manifest: &Path) -> Vec<String> {
        let parsed = self.text(manifest).and_then(|text| Manifest::parse(text).ok());
        let features = parsed.iter().flat_map(Manifest::default_features);
        features.map(str::to_owned).collect()
    }

    /// Makes an edit, wherever the manifest names the dependency, or where it inherits it from. `None` where there is
    /// nothing to edit.
    fn edit(&mut self, manifest: &Path, key: &str, edit: &Edit) -> Option<()> {
        let mut document = self.document(manifest)?;
        if let Edit::NotByDefault(feature) = edit {
            let default = document.get_mut("features")?.get_mut("default")?.as_array_mut()?;
            default.retain(|known| known.as_str() != Some(feature));
            self.keep(manifest.to_owned(), &document);
            return Some(());
        }
        if let Edit::Patch(path) = edit {
            patch::add(&mut document, key, path)?;
            self.keep(manifest.to_owned(), &document);
            return Some(());
        }
        let (mut inherits, mut is_there) = (false, false);
        each_entry(&mut document, key, &mut |item| {
            is_there = true;
            if !is_inherited(item) {
                apply(item, edit);
                return;
            }
            inherits = true;
            // What is asked for besides what is inherited stands here.
            if let (Edit::Features { features, .. }, Some(table)) = (edit, item.as_table_like_mut()) {
                retain_features(table, features);
            }
            tidy_end(item);
        });
        self.keep(manifest.to_owned(), &document);
        if inherits {
            // It may be the same file, so it is read as it is now.
            let mut root = self.document(&self.root)?;
            let shared = root.get_mut("workspace")?.get_mut("dependencies")?.get_mut(key)?;
            apply(shared, edit);
            self.keep(self.root.clone(), &root);
        }
        is_there.then_some(())
    }

    /// Those that were edited, with their new text.
    pub(super) fn edited(&self) -> &BTreeMap<PathBuf, String> {
        &self.edited
    }

    /// The edits as reports show them, line by line.
    pub(super) fn edits(&self, shown: impl Fn(&Path) -> String) -> Vec<ManifestEdit> {
        let edited = self.edited.iter();
        let lines = edited.flat_map(|(path, after)| {
            let before = self.original.get(path).cloned().unwrap_or_default();
            let path = shown(path);
            changed_lines(&before, after)
                .into_iter()
                .map(move |(before, after)| ManifestEdit {
                    path: path.clone(),
                    before,
                    after,
                })
        });
        lines.collect()
    }

    fn text(&self, manifest: &Path) -> Option<&str> {
        let text = self.edited.get(manifest).or_else(|| self.original.get(manifest));
        text.map(String::as_str)
    }

    fn document(&self, manifest: &Path) -> Option<DocumentMut> {
        edit::document(self.text(manifest)?).ok()
    }

    fn keep(&mut self, path: PathBuf, document: &DocumentMut) {
        let text = document.to_string();
        if self.original.get(&path) == Some(&text) {
            self.edited.remove(&path);
        } else {
            self.edited.insert(path, text);
        }
    }
}

/// The lines that differ, each with what takes its place.
fn changed_lines(before: &str, after: &str) -> Vec<(String, String)> {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    old.drain(..same);
    new.drain(..same);
    while old.last().is_some_and(|last| new.last() == Some(last)) {
        old.pop();
        new.pop();
    }
    if old.len() != new.len() {
        let joined = |lines: &[&str]| {
            let words = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
            words.collect::<Vec<_>>().join(" ")
        };
        return vec![(joined(&old), joined(&new))];
    }
    let pairs = old.into_iter().zip(new).filter(|(one, other)| one != other);
    pairs
        .map(|(one, other)| (one.trim().to_owned(), other.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(manifest: &str, edit: &Edit, expected: &[(&str, &str)]) {
        let original = BTreeMap::from([(PathBuf::from("m"), manifest.to_owned())]);
        let edits = [DirectEdit {
            manifest: PathBuf::from("m"),
            key: "a".to_owned(),
            edit: edit.clone(),
        }];
        let manifests = Manifests::after(&edits, &original, PathBuf::from("m"));
        let edits = manifests.edits(|path| path.display().to_string());
        let edits: Vec<_> = edits
            .iter()
            .map(|edit| (edit.before.as_str(), edit.after.as_str()))
            .collect();
        assert_eq!(edits, expected);
    }

    #[test]
    fn requirements_change_and_comments_stay() {
        let two = Edit::Require("2.0.0".to_owned());
        check(
            "[dependencies]\nb = '1' # b\na = \"1\" # reads\n",
            &two,
            &[("a = \"1\" # reads", "a = \"2.0.0\" # reads")],
        );
        check(
            "[target.'cfg(unix)'.dependencies]\na = { version = '1', optional = true }\n",
            &two,
            &[(
                "a = { version = '1', optional = true }",
                "a = { version = \"2.0.0\", optional = true }",
            )],
        );
        check(
            "[dependencies.a]\nversion = '1' # old\n[dev-dependencies]\nb = '1'",
            &two,
            &[("version = '1' # old", "version = \"2.0.0\" # old")],
        );
        check(
            "[workspace.dependencies]\na = '1'\n[dependencies]\na.workspace = true\n",
            &two,
            &[("a = '1'", "a = \"2.0.0\"")],
        );
        check("[dependencies]\nb = '1'\n", &two, &[]);
    }

    #[test]
    fn features_are_switched_off() {
        let edit = |default, features: &[&str]| Edit::Features {
            default,
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
            instead: None,
        };
        check(
            "[dependencies]\na = '1' # x\n",
            &edit(false, &["fast"]),
            &[(
                "a = '1' # x",
                "a = { version = \"1\", default-features = false, features = [\"fast\"] } # x",
            )],
        );
        check(
            "[dependencies]\na = { version = '1', features = [\"net\", \"fast\"] }\n",
            &edit(true, &["fast"]),
            &[(
                "a = { version = '1', features = [\"net\", \"fast\"] }",
                "a = { version = '1', features = [\"fast\"] }",
            )],
        );
        check(
            "[workspace.dependencies]\na = { version = '1', features = ['net'] }\n[dependencies]\n\
             a = { workspace = true, features = ['fast'] }\n",
            &edit(true, &["fast"]),
            &[("a = { version = '1', features = ['net'] }", "a = { version = '1' }")],
        );
    }

    #[test]
    fn what_is_inherited_is_known() {
        let text = "[workspace.dependencies]\na = { version = '1', default-features = false, features = ['x'] }\n\
            [build-dependencies]\na = { workspace = true, features = ['y'] }\n";
        let original = BTreeMap::from([(PathBuf::from("m"), text.to_owned())]);
        let manifests = Manifests::after(&[], &original, PathBuf::from("m"));
        let declared = manifests.declared(Path::new("m"), "a").unwrap();
        assert_eq!(declared.requirement.as_deref(), Some("1"));
        assert_eq!(
            (declared.default, declared.features),
            (false, vec!["y".to_owned(), "x".to_owned()])
        );
    }
}
