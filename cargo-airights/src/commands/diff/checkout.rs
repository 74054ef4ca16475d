//! The packages of a workspace as a git revision has them: the files that may hold terms, laid out in a directory of
//! their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use airights::suggest::LockedPackage;
use airights_facts::may_hold_terms;
use airights_manifest::{LocalPackage, local_packages};
use airights_policy::{LoadedPolicy, PolicyLocation, PolicyOptions};
use tempfile::TempDir;

use super::git::{Entry, Revision};
use crate::commands::failure::Failure;

/// A link may lead to a link, so often at most.
const MOST_LINKS: usize = 4;

/// The files, and the packages they make.
pub(super) struct Checkout {
    /// Where they are, without links.
    top: PathBuf,
    _directory: TempDir,
    packages: Vec<LocalPackage>,
}

impl Checkout {
    /// Lays a revision out.
    pub(super) fn of(revision: &Revision) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::new("cannot lay out a revision", None).because(error);
        let tree = revision.tree()?;
        let directory = tempfile::tempdir().map_err(failed)?;
        // What is asked for by its real path is found by it.
        let top = directory.path().canonicalize().map_err(failed)?;
        // What lies above a package counts for it up to the root of the repository, and that is here.
        fs::create_dir(top.join(".git")).map_err(failed)?;
        // A policy may extend any file, and is one of these.
        let is_wanted =
            |path: &&String| may_hold_terms(path) || Path::new(path).extension().is_some_and(|end| end == "toml");
        let wanted: BTreeSet<String> = tree.keys().filter(is_wanted).cloned().collect();
        lay_out(revision, &tree, &wanted, &top)?.map_err(failed)?;
        let manifests = wanted
            .iter()
            .filter(|path| path.rsplit('/').next() == Some("Cargo.toml"));
        let manifests: Vec<PathBuf> = manifests.map(|path| top.join(path)).collect();
        let packages = local_packages(&top, &manifests);
        let named = packages.iter().flat_map(|package| files_named_by(package, &top));
        let named: BTreeSet<String> = named.filter(|path| !wanted.contains(path)).collect();
        lay_out(revision, &tree, &named, &top)?.map_err(failed)?;
        Ok(Self {
            top,
            _directory: directory,
            packages,
        })
    }

    /// The policy that a directory, named from the top of the repository, has there, with what it builds on; `None`: it has
    /// none.
    pub(super) fn policy(&self, root: &Path) -> Result<Option<LoadedPolicy>, Failure> {
        let options = PolicyOptions {
            path: None,
            root: self.top.join(root),
        };
        let found = PolicyLocation::find(&options);
        Ok(found.map(|found| found.load()).transpose()?)
    }

    /// The package that a lockfile means. `beside` is where another state has it, from the top of the repository; it
    /// decides where several call themselves so.
    pub(super) fn package(
        &self,
        locked: &LockedPackage,
        beside: impl Fn() -> Option<PathBuf>,
    ) -> Result<&LocalPackage, String> {
        let version = locked.version.to_string();
        let is_it = |package: &&LocalPackage| {
            package.name == locked.name && package.version.as_ref().is_none_or(|known| *known == version)
        };
        let found: Vec<&LocalPackage> = self.packages.iter().filter(is_it).collect();
        match found[..] {
            [] => Err("no manifest of the revision is its own".to_owned()),
            [one] => Ok(one),
            _ => {
                let beside = beside().map(|beside| self.top.join(beside));
                let mut there = found
                    .into_iter()
                    .filter(|package| Some(&package.manifest.directory) == beside.as_ref());
                there
                    .next()
                    .ok_or_else(|| "several manifests of the revision might be its own".to_owned())
            }
        }
    }
}

/// Writes some files of a revision below `top`.
fn lay_out(
    revision: &Revision,
    tree: &BTreeMap<String, Entry>,
    wanted: &BTreeSet<String>,
    top: &Path,
) -> Result<io::Result<()>, Failure> {
    let is_plain = |path: &&String| {
        let mut parts = Path::new(path).components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    let plain = wanted.iter().filter(is_plain);
    let mut files: Vec<(&str, String)> = plain.map(|path| (path.as_str(), path.clone())).collect();
    for _ in 0..MOST_LINKS {
        follow_links(revision, tree, &mut files)?;
    }
    let files = files.iter().filter_map(|(path, means)| Some((*path, tree.get(means)?)));
    let files: Vec<(&str, &Entry)> = files.filter(|(_, entry)| !entry.is_link).collect();
    let contents = revision.contents(&files.iter().map(|(_, entry)| *entry).collect::<Vec<_>>())?;
    let write = || {
        for ((path, _), bytes) in files.iter().zip(&contents) {
            let place = top.join(path);
            fs::create_dir_all(place.parent().unwrap_or(top))?;
            fs::write(place, bytes)?;
        }
        Ok(())
    };
    Ok(write())
}

/// Takes each path that means a link one step further. Links that lead out of the revision lead nowhere.
fn follow_links(
    revision: &Revision,
    tree: &BTreeMap<String, Entry>,
    files: &mut [(&str, String)],
) -> Result<(), Failure> {
    let links = files.iter_mut().filter_map(|(_, means)| {
        let entry = tree.get(means).filter(|entry| entry.is_link)?;
        Some((means, entry))
    });
    let (means, links): (Vec<&mut String>, Vec<&Entry>) = links.unzip();
    if links.is_empty() {
        return Ok(());
    }
    for (means, leads_to) in means.into_iter().zip(revision.contents(&links)?) {
        let directory = means.rsplit_once('/').map_or("", |(directory, _)| directory);
        *means = joined(directory, &String::from_utf8_lossy(&leads_to)).unwrap_or_default();
    }
    Ok(())
}

/// A path as seen from a directory of the repository; `None` where it leads out of it.
fn joined(directory: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The files that a manifest names, from the top of the repository.
fn files_named_by(package: &LocalPackage, top: &Path) -> Vec<String> {
    let manifest = &package.manifest;
    let Some(directory) = manifest.directory.strip_prefix(top).ok().and_then(Path::to_str) else {
        return Vec::new();
    };
    let named = [&manifest.license_file, &manifest.readme].into_iter().flatten();
    named.filter_map(|path| joined(directory, path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_repository() {
        assert_eq!(joined("crates/a", "../../LICENSE").as_deref(), Some("LICENSE"));
        assert_eq!(joined("crates/a", "./LICENSE").as_deref(), Some("crates/a/LICENSE"));
        assert_eq!(joined("crates/a", "../../../etc/passwd"), None);
        assert_eq!(joined("", "/etc/passwd"), None);
    }
}
