//! The repository that a directory is in.

use std::path::{Path, PathBuf};

/// Higher is not looked: no repository nests its packages deeper.
const MAX_HEIGHT: usize = 16;

/// The root of the repository a package is in: the nearest directory that git or cargo checked out, else the workspace;
/// `None` where it is in neither.
pub fn root_of(directory: &Path, workspace_root: &Path) -> Option<PathBuf> {
    let is_root = |above: &&Path| above.join(".cargo-ok").exists() || above.join(".git").exists();
    let checked_out = directory.ancestors().take(MAX_HEIGHT).find(is_root);
    let workspace = || directory.starts_with(workspace_root).then_some(workspace_root);
    checked_out.or_else(workspace).map(Path::to_owned)
}
