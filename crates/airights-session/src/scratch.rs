//! A copy of the workspace to try things in: its manifests, its lockfile, and empty files where its sources are.
//!
//! Nothing of the user's project or configuration changes. Cargo is started where the user started us, so it finds the
//! configuration it always finds; only the manifest is that of the copy, and cargo's home is a fresh one that borrows
//! from the user's.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use airights::Evaluation;
use airights::facts::Facts;
use airights_cargo::graph::{self, ResolveOptions, Resolved};
use airights_facts::{FactsOptions, cargo_home};
use airights_manifest::manifest::edit;
use airights_manifest::{Manifest, started_from, tidy};
use airights_store::{most, read_to_string};
use tempfile::TempDir;
use toml_edit::{Item, TableLike};

use crate::clock;
use crate::error::SessionError;
use crate::project::{Project, all_evaluated};

/// What nobody but the registry itself is to know, by its keys in cargo's configuration.
const SECRETS: [&str; 2] = ["token", "secret-key"];

/// The copy. It goes when this goes.
pub struct Scratch {
    /// Where everything is; it goes when the copy goes.
    place: PathBuf,
    _directory: TempDir,
    /// The directory of the original that the copy is of.
    base: PathBuf,
    /// Each manifest as it is in the original, by its path there.
    manifests: BTreeMap<PathBuf, String>,
    /// The lockfile's path in the original, and its text.
    lockfile: PathBuf,
    locked: String,
}

/// What the copy was judged to be.
pub struct JudgedCopy {
    /// The graph, and the manifests of its packages; those of local packages as they are in the original.
    pub resolved: Resolved,
    /// What is known of each package, in the graph's order.
    pub facts: Facts,
    /// The judgement.
    pub evaluation: Evaluation,
}

impl Scratch {
    /// Copies a workspace.
    ///
    /// # Errors
    ///
    /// [`SessionError::Scratch`].
    pub fn of(resolved: &Resolved) -> Result<Self, SessionError> {
        let failed = failed_to("copy the workspace's manifests");
        let manifests = manifests_of(resolved).map_err(failed)?;
        let base = common_directory(manifests.keys()).unwrap_or_else(|| resolved.workspace_root.clone());
        let locked = read_to_string(&resolved.lockfile, most::LOCKFILE).map_err(failed)?;
        let directory = tempfile::Builder::new()
            .prefix("cargo-airights-")
            .tempdir()
            .map_err(failed)?;
        // Cargo spells paths without links where it finds them itself, so this one has none.
        let place = if cfg!(unix) {
            directory.path().canonicalize().map_err(failed)?
        } else {
            directory.path().to_owned()
        };
        let scratch = Self {
            place,
            _directory: directory,
            base,
            manifests,
            lockfile: resolved.lockfile.clone(),
            locked,
        };
        scratch.lay_out().map_err(failed)?;
        Ok(scratch)
    }

    /// Where a file of the original is in the copy.
    pub fn place_of(&self, original: &Path) -> PathBuf {
        let below = original.strip_prefix(&self.base).unwrap_or(original);
        let below = below.strip_prefix("/").unwrap_or(below);
        self.place.join("project").join(below)
    }

    /// The original manifests.
    pub fn manifests(&self) -> &BTreeMap<PathBuf, String> {
        &self.manifests
    }

    /// The original lockfile's text.
    pub fn locked(&self) -> &str {
        &self.locked
    }

    /// Puts everything back as it is in the original, but for these manifests and this lockfile.
    ///
    /// # Errors
    ///
    /// [`SessionError::Scratch`].
    pub fn reset(&self, edited: &BTreeMap<PathBuf, String>, lockfile: &str) -> Result<(), SessionError> {
        let write = || {
            for (path, text) in &self.manifests {
                fs::write(self.place_of(path), edited.get(path).unwrap_or(text))?;
            }
            fs::write(self.place_of(&self.lockfile), lockfile)
        };
        write().map_err(failed_to("write to the scratch copy"))
    }

    /// The copy's lockfile as it is now.
    ///
    /// # Errors
    ///
    /// [`SessionError::Scratch`].
    pub fn lockfile_now(&self) -> Result<String, SessionError> {
        read_to_string(&self.place_of(&self.lockfile), most::LOCKFILE).map_err(failed_to("read the scratch copy"))
    }

    /// The manifests that were changed in the copy, by their path in the original.
    ///
    /// # Errors
    ///
    /// [`SessionError::Scratch`].
    pub fn edited_now(&self) -> Result<BTreeMap<PathBuf, String>, SessionError> {
        let mut edited = BTreeMap::new();
        for (path, before) in &self.manifests {
            let now = read_to_string(&self.place_of(path), most::MANIFEST);
            let now = now.map_err(failed_to("read the scratch copy"))?;
            if now != *before {
                edited.insert(path.clone(), now);
            }
        }
        Ok(edited)
    }

    /// Judges the copy as `check` would judge it: with the user's own registry, and every package of the graph.
    ///
    /// # Errors
    ///
    /// [`SessionError::Resolve`], and [`SessionError::NotEvaluated`]: a copy is judged whole, or not at all.
    pub fn judge(&self, project: &Project, options: &ResolveOptions) -> Result<JudgedCopy, SessionError> {
        let facts_options = FactsOptions {
            cache: project.options.cache.clone(),
            cargo_home: cargo_home(),
            progress: None,
        };
        let reading = airights_facts::begin(graph::lockfile_of(options).as_deref(), facts_options);
        let mut resolved = graph::resolve(options)?;
        self.see_originals(project, &mut resolved);
        let facts = reading.finish(&resolved.graph, &resolved.manifests, &project.resolved.workspace_root);
        let evaluation = airights::evaluate(&project.policy, &resolved.graph, &facts, clock::today());
        all_evaluated(&evaluation, &resolved)?;
        Ok(JudgedCopy {
            resolved,
            facts,
            evaluation,
        })
    }

    /// The copy has manifests and nothing else, so local packages are read where they really are.
    fn see_originals(&self, project: &Project, resolved: &mut Resolved) {
        let originals = &project.resolved;
        let by_copy: BTreeMap<PathBuf, usize> = (0..)
            .zip(originals.manifests.values())
            .map(|(place, manifest)| (self.place_of(&manifest.manifest_path), place))
            .collect();
        let packages = resolved.graph.packages().iter().zip(resolved.manifests.values_mut());
        for (_, manifest) in packages.filter(|(package, _)| package.source.is_none()) {
            if let Some(&original) = by_copy.get(&manifest.manifest_path) {
                *manifest = originals.manifests.values()[original].clone();
            }
        }
    }

    /// A home for cargo that keeps nothing in the user's.
    pub fn cargo_home(&self) -> PathBuf {
        self.place.join("cargo-home")
    }

    /// A fresh directory beside the copy.
    pub fn unpacking(&self) -> PathBuf {
        self.place.join("unpacked")
    }

    fn lay_out(&self) -> io::Result<()> {
        for (path, text) in &self.manifests {
            let copy = self.place_of(path);
            let (from, to) = (parent(path), parent(&copy));
            fs::create_dir_all(to)?;
            fs::write(&copy, text)?;
            leave_stubs(from, to)?;
            let manifest = Manifest::parse(text).ok();
            for target in manifest.iter().flat_map(Manifest::target_paths) {
                stub(&to.join(target))?;
            }
        }
        let lockfile = self.place_of(&self.lockfile);
        fs::write(&lockfile, &self.locked)?;
        // Here cargo remembers what rustc said of itself, so that only the first of many runs asks.
        fs::create_dir_all(parent(&lockfile).join("target"))?;
        fs::create_dir_all(self.unpacking())?;
        let home = self.cargo_home();
        fs::create_dir_all(&home)?;
        let Some(users) = cargo_home() else { return Ok(()) };
        // Credentials stay where they are: cargo asks nobody here but the ephemeral registries, which know no secrets.
        for name in ["config", "config.toml"] {
            let original = users.join(name);
            if original.is_file() {
                fs::write(
                    home.join(name),
                    without_secrets(&read_to_string(&original, most::CONFIGURATION)?),
                )?;
            }
        }
        let git = users.join("git");
        if git.exists() {
            borrow(&git, &home.join("git"))?;
        }
        Ok(())
    }
}

/// A configuration of cargo's without the tokens in it. What is no TOML cargo could not read either, so nothing of it is
/// kept.
fn without_secrets(config: &str) -> String {
    let Ok(mut config) = edit::document(config) else {
        return String::new();
    };
    let forget = |registry: &mut dyn TableLike| {
        for key in SECRETS {
            registry.remove(key);
        }
    };
    if let Some(registry) = config.get_mut("registry").and_then(Item::as_table_like_mut) {
        forget(registry);
    }
    if let Some(registries) = config.get_mut("registries").and_then(Item::as_table_like_mut) {
        let each = registries
            .iter_mut()
            .filter_map(|(_, registry)| registry.as_table_like_mut());
        each.for_each(forget);
    }
    config.to_string()
}

/// Whatever happens to the copy, the original is as it was.
fn failed_to(doing: &'static str) -> impl Fn(io::Error) -> SessionError + Copy {
    move |error| SessionError::Scratch { doing, error }
}

#[cfg(unix)]
fn borrow(original: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(std::path::absolute(original)?, link)
}

/// Links need a privilege here, so what is small is copied, and the rest is fetched again.
#[cfg(not(unix))]
fn borrow(original: &Path, link: &Path) -> io::Result<()> {
    if original.is_file() {
        fs::copy(original, link)?;
    }
    Ok(())
}

/// The manifests cargo reads from this disk: those of local packages, those their paths lead to, and the workspaces
/// around them.
fn manifests_of(resolved: &Resolved) -> io::Result<BTreeMap<PathBuf, String>> {
    let local = resolved.packages();
    let local = local.filter(|(package, _)| package.source.is_none());
    let mut next: Vec<PathBuf> = local.map(|(_, manifest)| manifest.manifest_path.clone()).collect();
    next.push(resolved.workspace_root.join("Cargo.toml"));
    let mut found = BTreeMap::new();
    while let Some(path) = next.pop() {
        if found.contains_key(&path) || !path.is_file() {
            continue;
        }
        let text = read_to_string(&path, most::MANIFEST)?;
        let directory = parent(&path);
        if let Ok(manifest) = Manifest::parse(&text) {
            let paths = manifest.paths().into_iter();
            next.extend(paths.map(|path| tidy(&directory.join(path)).join("Cargo.toml")));
        }
        let around = directory.ancestors().skip(1).map(|above| above.join("Cargo.toml"));
        let is_workspace =
            |path: &PathBuf| read_to_string(path, most::MANIFEST).is_ok_and(|text| text.contains("[workspace"));
        next.extend(around.filter(|path| path.is_file()).find(is_workspace));
        found.insert(path, text);
    }
    Ok(found)
}

/// Leaves an empty file wherever cargo would find a target by itself.
fn leave_stubs(from: &Path, to: &Path) -> io::Result<()> {
    for folder in ["", "src", "src/bin", "examples", "tests", "benches"] {
        let Ok(entries) = fs::read_dir(from.join(folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let place = to.join(folder).join(entry.file_name());
            if entry.path().extension().is_some_and(|extension| extension == "rs") {
                stub(&place)?;
            } else if !folder.is_empty() && entry.path().join("main.rs").is_file() {
                stub(&place.join("main.rs"))?;
            }
        }
    }
    Ok(())
}

fn stub(place: &Path) -> io::Result<()> {
    fs::create_dir_all(parent(place))?;
    fs::write(place, "")
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn common_directory<'a>(mut paths: impl Iterator<Item = &'a PathBuf>) -> Option<PathBuf> {
    let mut common = parent(paths.next()?).to_owned();
    for path in paths {
        while !path.starts_with(&common) {
            common.pop();
        }
    }
    Some(common)
}

/// The manifest cargo starts from, where it is in the workspace; else the workspace's own.
pub fn manifest_started_from(project: &Project, here: &Path) -> PathBuf {
    let root = &project.resolved.workspace_root;
    let found = started_from(project.options.manifest_path.as_deref(), here);
    found
        .filter(|path| path.starts_with(root))
        .unwrap_or_else(|| root.join("Cargo.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_copied_without_its_secrets() {
        let config = "[registry]\ntoken = \"s3cr3t\"\ndefault = \"ours\"\n\
            [registries]\nours = { index = \"sparse+x\", token = \"s3cr3t\" }\ntheirs.token = \"s3cr3t\"\n\
            [registries.more]\nsecret-key = \"s3cr3t\"\n[net]\nretry = 1\n";
        let copy = without_secrets(config);
        assert!(!copy.contains("s3cr3t"), "{copy}");
        for kept in ["default = \"ours\"", "index = \"sparse+x\"", "retry = 1"] {
            assert!(copy.contains(kept), "{copy}");
        }
        assert!(!without_secrets("\"registries\".'ours'.\"token\" = 's3cr3t'").contains("s3cr3t"));
        assert_eq!(without_secrets("token = 's3cr3t"), "");
    }
}
