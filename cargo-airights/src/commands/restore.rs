//! Puts back what an earlier run has left half done: it may have been killed while it wrote files of the project.

use std::path::Path;

#[cfg(feature = "net")]
use airights_cargo::graph::{self, ResolveOptions};
use airights_store::put_back_what_was_cut_short;

use super::failure::Failure;
use crate::console::Console;

/// Puts the files back that were noted under `anchor`, and says so.
pub(super) fn restore(anchor: &Path, console: &Console) -> Result<(), Failure> {
    if put_back_what_was_cut_short(anchor)? {
        let note = "note: an earlier run was cut short; the project is again as it was before";
        console.tell(|err, _| writeln!(err, "{note}"));
    }
    Ok(())
}

/// The same for the workspace of a manifest, under its lockfile.
#[cfg(feature = "net")]
pub(super) fn restore_workspace(manifest_path: Option<&Path>, console: &Console) -> Result<(), Failure> {
    let options = ResolveOptions {
        manifest_path: manifest_path.map(Path::to_owned),
        ..ResolveOptions::default()
    };
    let lockfile = graph::lockfile_of(&options);
    lockfile.map_or(Ok(()), |lockfile| restore(&lockfile, console))
}
