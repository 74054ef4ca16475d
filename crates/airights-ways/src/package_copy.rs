//! A copy of a package within the workspace, in the place of a denied version.

use std::path::{Path, PathBuf};

use airights::suggest::LockedPackage;
use airights_registry::IndexEntry;

use super::manifest::{DirectEdit, Edit};

/// The folder of a workspace that holds its copies.
const FOLDER: &str = "patched";

/// A copy to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PackageCopy {
    /// Whose place it takes.
    pub(super) target: LockedPackage,
    /// What is copied.
    pub(super) of: IndexEntry,
}

impl PackageCopy {
    /// Its directory in a workspace.
    pub(super) fn place_in(&self, workspace: &Path) -> PathBuf {
        workspace.join(FOLDER).join(&self.target.name)
    }

    /// What tells cargo of it, in the workspace's own manifest.
    pub(super) fn edit(&self, workspace: &Path) -> DirectEdit {
        let name = &self.target.name;
        DirectEdit {
            manifest: workspace.join("Cargo.toml"),
            key: name.clone(),
            edit: Edit::Patch(format!("{FOLDER}/{name}")),
        }
    }
}
