//! What is tried, and what proves that it is a way out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use airights::suggest::{Change, LockedPackage};
use airights_registry::IndexEntry;
use airights_store::{Edit, NewDirectory, ProjectLock, Undo, WriteError};

use super::manifest::DirectEdit;
use super::package_copy::PackageCopy;

/// What to try.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    /// What is to go.
    pub(super) targets: BTreeSet<LockedPackage>,
    /// What else may move.
    pub(super) unlocked: BTreeSet<LockedPackage>,
    /// What is to go without another version in its place.
    pub(super) banned: BTreeSet<LockedPackage>,
    /// What is locked from the start in the place of a target, as cargo would not pick it unasked.
    pub(super) held: BTreeMap<LockedPackage, IndexEntry>,
    /// What is copied into the workspace.
    pub(super) copies: Vec<PackageCopy>,
    /// What is edited in manifests.
    pub(super) edits: Vec<DirectEdit>,
}

impl Attempt {
    /// This and another one at once; `None` where they edit one dependency in two ways.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        both.targets.extend(other.targets.iter().cloned());
        both.unlocked.extend(other.unlocked.iter().cloned());
        both.banned.extend(other.banned.iter().cloned());
        both.held.extend(other.held.clone());
        let more = other.copies.iter().filter(|copy| !self.copies.contains(copy));
        both.copies.extend(more.cloned());
        for edit in other.edits.iter().filter(|edit| !self.edits.contains(edit)) {
            let is_of_one = |known: &DirectEdit| known.manifest == edit.manifest && known.key == edit.key;
            if self.edits.iter().any(is_of_one) {
                return None;
            }
            both.edits.push(edit.clone());
        }
        Some(both)
    }
}

/// A lockfile that cargo's resolver made and the whole of which was judged.
#[derive(Clone, Debug)]
pub struct Proof {
    pub(crate) attempt: Attempt,
    /// The manifests that were edited, by their path in the original.
    pub(super) edited: BTreeMap<PathBuf, String>,
    /// These, and the lockfile, as they were read.
    pub(super) before: BTreeMap<PathBuf, String>,
    /// The packages that were copied.
    pub(super) copies: Arc<Vec<NewDirectory>>,
    pub(super) packages: Vec<LockedPackage>,
    pub(super) lockfile: String,
    pub(super) changes: Vec<Change>,
    /// The license of each package of the graph, by `NAME VERSION`.
    pub(super) licenses: BTreeMap<String, String>,
}

impl Proof {
    /// What is gone with it.
    pub fn targets(&self) -> &BTreeSet<LockedPackage> {
        &self.attempt.targets
    }

    /// Writes the files that were proved in the place of the project's: all, or none. Manifests come first: one without its
    /// lockfile is what cargo itself can mend.
    ///
    /// # Errors
    ///
    /// Where a file is not as it was read, or cannot be written; then everything is as it was.
    pub fn write(&self, lockfile: &Path, lock: &ProjectLock) -> Result<Undo, WriteError> {
        let manifests = self.edited.iter().map(|(path, text)| (path.as_path(), text));
        let edits = manifests.chain([(lockfile, &self.lockfile)]).map(|(path, after)| Edit {
            path,
            before: self.before.get(path).map(String::as_str),
            after: Some(after),
        });
        let edits: Vec<_> = edits.collect();
        lock.change(&self.copies, &edits)
    }

    /// The changes as they are in truth: a copy is of the version that was copied, whatever number it has.
    pub(super) fn true_changes(&self) -> Vec<Change> {
        let mut changes = self.changes.clone();
        for change in &mut changes {
            let Change::Moved { name, to, .. } = change else {
                continue;
            };
            let mut copies = self.attempt.copies.iter();
            let copy = copies.find(|copy| copy.target.name == *name && copy.target.version == *to);
            if let Some(copy) = copy {
                to.clone_from(&copy.of.version);
            }
        }
        changes
    }
}
