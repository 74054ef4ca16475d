//! A git revision of the workspace, read through the user's own git.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::commands::failure::Failure;

/// A revision.
pub(super) struct Revision {
    /// The root of the workspace in the working tree.
    root: PathBuf,
    /// What the user calls it.
    pub(super) name: String,
    /// What it means: the hash of a commit.
    commit: String,
}

impl Revision {
    /// Looks a revision up in the repository around a workspace.
    pub(super) fn find(root: &Path, name: &str) -> Result<Self, Failure> {
        let question = format!("{name}^{{commit}}");
        // Whatever the name begins with, it is no option.
        let found = git(
            root,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &question],
        )?;
        if !found.status.success() {
            return Err(not_found(root, name)?);
        }
        Ok(Self {
            root: root.to_owned(),
            name: name.to_owned(),
            commit: String::from_utf8_lossy(&found.stdout).trim().to_owned(),
        })
    }

    /// A file of the revision, by its path from the root of the workspace; `None` where it has none there.
    pub(super) fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let place = format!("{}:./{path}", self.commit);
        let blob = git(&self.root, &["cat-file", "blob", &place])?;
        Ok(blob.status.success().then_some(blob.stdout))
    }
}

fn not_found(root: &Path, name: &str) -> Result<Failure, Failure> {
    let is_repository = git(root, &["rev-parse", "--is-inside-work-tree"])?.status.success();
    let instead = Some("compare lockfiles instead: `cargo airights diff OLD.lock NEW.lock`".to_owned());
    Ok(if is_repository {
        Failure::new(
            format!("git knows no revision `{name}`"),
            Some("`git fetch` may bring it, or name another with `--base`".to_owned()),
        )
    } else {
        Failure::new(format!("`{}` is in no git repository", root.display()), instead)
    })
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(root).stdin(Stdio::null());
    git.output().map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "it is not installed, or not on the `PATH`".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(
            format!("git cannot be run: {reason}"),
            Some("compare lockfiles instead: `cargo airights diff OLD.lock NEW.lock`".to_owned()),
        )
    })
}
