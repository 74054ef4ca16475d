//! What is to be written: manifests with single keys changed and everything else as it was, and copies of texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airights::Fix;
use airights::Package;
use airights_cargo::graph::{Members, PackageManifest};
use airights_manifest::manifest::edit;
use airights_store::Edit;
use toml_edit::{Array, DocumentMut, Item, Value};

use crate::commands::failure::Failure;

/// Changes of files that are yet to be made.
pub(super) struct Plan {
    workspace_root: PathBuf,
    /// New texts of files, by path.
    texts: BTreeMap<PathBuf, String>,
    /// These files as they were read; a new one is not among them.
    before: BTreeMap<PathBuf, String>,
    fixed: Vec<(String, Fix)>,
}

impl Plan {
    /// A plan without changes.
    pub(super) fn of(members: &Members) -> Self {
        Self {
            workspace_root: members.workspace_root.clone(),
            texts: BTreeMap::new(),
            before: BTreeMap::new(),
            fixed: Vec::new(),
        }
    }

    /// Adds what mends a finding of a package, where it can be done.
    pub(super) fn add(&mut self, package: &Package, manifest: &PackageManifest, fix: &Fix) -> Result<(), Failure> {
        let path = &manifest.manifest_path;
        let is_done = match fix {
            Fix::Expression { to } => self.edit(path, "license", |item| set_string(item, to))?,
            Fix::Include { path: file } => self.edit(path, "include", |item| add_pattern(item, file))?,
            Fix::Copy { from, to } => {
                let is_copied = self.copy(&self.workspace_root.join(from), manifest.directory.join(to))?;
                // Where the manifest lists what is published, the copy has to be named.
                is_copied && {
                    self.edit(path, "include", |item| add_pattern(item, to))?;
                    true
                }
            }
        };
        if is_done {
            self.fixed.push((package.to_string(), fix.clone()));
        }
        Ok(())
    }

    /// What is to be written where.
    pub(super) fn edits(&self) -> Vec<Edit<'_>> {
        let edits = self.texts.iter().map(|(path, text)| Edit {
            path,
            before: self.before.get(path).map(String::as_str),
            after: Some(text),
        });
        edits.collect()
    }

    /// What that mends.
    pub(super) fn fixed(&self) -> &[(String, Fix)] {
        &self.fixed
    }

    /// What that has mended.
    pub(super) fn into_fixed(self) -> Vec<(String, Fix)> {
        self.fixed
    }

    /// Edits a key of `[package]`, or the one of `[workspace.package]` that it is inherited from. Whether it is there.
    fn edit(&mut self, manifest: &Path, key: &str, change: impl Fn(&mut Item) -> bool) -> Result<bool, Failure> {
        let mut document = self.document(manifest)?;
        let Some(item) = document.get_mut("package").and_then(|package| package.get_mut(key)) else {
            return Ok(false);
        };
        if !edit::is_inherited(item) {
            let is_done = change(item);
            self.texts.insert(manifest.to_owned(), document.to_string());
            return Ok(is_done);
        }
        let root = self.workspace_root.join("Cargo.toml");
        let mut document = self.document(&root)?;
        let workspace = document
            .get_mut("workspace")
            .and_then(|workspace| workspace.get_mut("package"));
        let Some(item) = workspace.and_then(|package| package.get_mut(key)) else {
            return Ok(false);
        };
        let is_done = change(item);
        self.texts.insert(root, document.to_string());
        Ok(is_done)
    }

    /// Plans a copy. A file that is there already is somebody's, and stays as it is.
    fn copy(&mut self, from: &Path, to: PathBuf) -> Result<bool, Failure> {
        if to.symlink_metadata().is_ok() {
            return Ok(false);
        }
        self.texts.insert(to, read(from)?);
        Ok(true)
    }

    fn document(&mut self, manifest: &Path) -> Result<DocumentMut, Failure> {
        if !self.before.contains_key(manifest) {
            self.before.insert(manifest.to_owned(), read(manifest)?);
        }
        let text = self.texts.get(manifest).unwrap_or(&self.before[manifest]);
        edit::document(text).map_err(|error| {
            let message = format!("`{}` cannot be edited: {}", manifest.display(), error.message);
            Failure::new(message, None)
        })
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    let text = airights_store::read_to_string(path, airights_store::most::MANIFEST);
    text.map_err(|error| Failure::new(format!("cannot read `{}`", path.display()), None).because(error))
}

/// Gives a key another value, and leaves what stands around it.
fn set_string(item: &mut Item, text: &str) -> bool {
    let is_value = item.is_value();
    if is_value {
        edit::replace(item, Value::from(text));
    }
    is_value
}

/// Names a file in a list of patterns, in the layout of the list.
fn add_pattern(item: &mut Item, file: &str) -> bool {
    let Some(patterns) = item.as_array_mut() else {
        return false;
    };
    // Without the slash it would mean files of that name anywhere.
    let pattern = format!("/{file}");
    if !patterns.iter().any(|known| known.as_str() == Some(&pattern)) {
        push_like_the_last(patterns, Value::from(pattern));
    }
    true
}

/// Adds a value in the layout of those before it: on the same line, or on a line of its own.
fn push_like_the_last(patterns: &mut Array, mut value: Value) {
    let last = patterns.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let indent = last.and_then(|prefix| Some(prefix.rsplit_once('\n')?.1.to_owned()));
    match indent {
        Some(indent) => {
            // What stands behind the last comma, up to the bracket: a comment there is about the value before it.
            let behind = patterns.trailing().as_str().unwrap_or_default().to_owned();
            let (before, end) = behind.rsplit_once('\n').unwrap_or((&behind, ""));
            value.decor_mut().set_prefix(format!("{before}\n{indent}"));
            patterns.set_trailing(format!("\n{end}"));
        }
        None if !patterns.is_empty() => value.decor_mut().set_prefix(" "),
        None => {}
    }
    patterns.push_formatted(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, edit: impl Fn(&mut Item) -> bool, after: &str) {
        let mut document: DocumentMut = before.parse().unwrap();
        edit(&mut document["a"]);
        assert_eq!(document.to_string(), after);
    }

    #[test]
    fn comments_and_layout_stay() {
        check(
            "a  = 'MIT/X' # why\nb = 1\n",
            |item| set_string(item, "MIT"),
            "a  = \"MIT\" # why\nb = 1\n",
        );
        let add = |item: &mut Item| add_pattern(item, "LICENSE");
        check("a = [\"src\"] # what\n", add, "a = [\"src\", \"/LICENSE\"] # what\n");
        check("a = []\n", add, "a = [\"/LICENSE\"]\n");
        check(
            "a = [\n  # code\n  \"src\", # all\n]\n",
            add,
            "a = [\n  # code\n  \"src\", # all\n  \"/LICENSE\",\n]\n",
        );
        check("a = [\"/LICENSE\"]\n", add, "a = [\"/LICENSE\"]\n");
    }
}
