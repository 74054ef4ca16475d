//! A project while it is changed: nobody else changes it, and what an earlier run has left half done is ended first. It may
//! have been killed while it wrote files of the project.

use std::path::{Path, PathBuf};

use airights_report::escape::visible;
use airights_store::{Leftover, ProjectLock, leftover};

use super::failure::Failure;
use super::project::session_options;
use crate::cli::ProjectArgs;
use crate::console::Console;

/// Has this run be the only one that changes the project of a root; waits where another does.
pub(super) fn hold(root: &Path, console: &Console) -> Result<ProjectLock, Failure> {
    let lock = ProjectLock::hold(root, || {
        let note = "note: waiting for another `cargo airights` that is changing this project";
        console.tell(|err, _| writeln!(err, "{note}"));
    });
    let said = lock.recover()?.and_then(|left| ended(&left, root));
    if let Some(said) = said {
        console.tell(|err, _| writeln!(err, "note: an earlier run was cut short{said}"));
    }
    Ok(lock)
}

/// The same for the project that is to be judged.
pub(super) fn hold_project(args: &ProjectArgs, console: &Console) -> Result<ProjectLock, Failure> {
    hold(&session_options(args, console).root(), console)
}

/// What a file of the project holds before it is changed; `None` where there is none.
pub(super) fn text_of(path: &Path) -> Result<Option<String>, Failure> {
    let text = airights_store::text_of(path);
    text.map_err(|error| Failure::new(format!("cannot read `{}`", path.display()), None).because(error))
}

/// Says what an earlier run has left half done, and leaves it so.
pub(super) fn tell_of_leftover(root: &Path, console: &Console) {
    if let Some(Leftover::Half(paths)) = leftover(root) {
        let paths = shown(&paths, root);
        let note = format!(
            "note: an earlier run was cut short while it changed this project, and has written {paths} but not the rest; \
             when it is run again, it restores that first"
        );
        console.tell(|err, _| writeln!(err, "{note}"));
    }
}

/// What became of a change that was cut short; `None` where there is nothing to know.
fn ended(left: &Leftover, root: &Path) -> Option<String> {
    match left {
        Leftover::Nothing => None,
        Leftover::Half(paths) => Some(format!("; restored: {}", shown(paths, root))),
        Leftover::Whole(paths) => Some(format!(" when all was written; kept: {}", shown(paths, root))),
        Leftover::Changed(paths) => {
            let paths = shown(paths, root);
            Some(format!("; nothing was restored, as {paths} changed since"))
        }
    }
}

fn shown(paths: &[PathBuf], root: &Path) -> String {
    let below = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let paths: Vec<String> = paths
        .iter()
        .map(|path| format!("`{}`", visible(&below(path))))
        .collect();
    paths.join(", ")
}
