//! Whether the user's working tree is in a state that we may add changes to.

use std::path::Path;
use std::process::{Command, Stdio};

use super::failure::Failure;

/// Nobody should have to take our changes apart from their own.
pub(super) fn refuse_dirty_tree(workspace: &Path) -> Result<(), Failure> {
    let is_checkout = workspace.ancestors().any(|above| above.join(".git").exists());
    if !is_checkout {
        return Ok(());
    }
    let refused = |reason: &str| {
        Err(Failure::new(
            format!("{reason}, so nothing was changed"),
            Some("commit or stash what is there, or pass `--allow-dirty`".to_owned()),
        ))
    };
    let mut git = Command::new("git");
    // What watches for changes would be a program of the project.
    git.args(["-c", "core.fsmonitor=false", "status", "--porcelain", "--", "."])
        .current_dir(workspace);
    match git.stdin(Stdio::null()).stderr(Stdio::null()).output() {
        Ok(status) if status.status.success() && status.stdout.is_empty() => Ok(()),
        Ok(status) if status.status.success() => refused("the working tree has changes that are not committed"),
        Ok(_) | Err(_) => refused("git cannot say whether the working tree has changes"),
    }
}
