//! What `--apply` writes, and what it puts back should it not end well.
//!
//! Each file takes the other's place whole. Where there are several, what they were is noted first in the user's cache
//! directory, so that a run that is killed in the middle is undone by the next one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::commands::failure::Failure;
use crate::gather::cache;

/// Files that were replaced, as they were.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Undo {
    files: BTreeMap<PathBuf, String>,
    #[serde(skip)]
    note: Option<PathBuf>,
}

impl Undo {
    /// Replaces these files by these texts. The lockfile comes last.
    pub(super) fn replace(texts: &[(&Path, &str)], lockfile: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::new(format!("cannot write the project's files: {error}"), None);
        let mut undo = Self::default();
        for (path, text) in texts {
            let before = fs::read_to_string(path).map_err(failed)?;
            if before != *text {
                undo.files.insert((*path).to_owned(), before);
            }
        }
        if undo.files.len() > 1 {
            undo.note_down(lockfile).map_err(failed)?;
        }
        for (path, text) in texts.iter().filter(|(path, _)| undo.files.contains_key(*path)) {
            if let Err(error) = write_whole(path, text) {
                undo.put_back()?;
                return Err(failed(error));
            }
        }
        Ok(undo)
    }

    /// Everything is as it is to be, and nothing has to be put back any more.
    pub(super) fn forget(self) {
        if let Some(note) = self.note {
            // A note that stays would undo what was wanted, so it is emptied where it cannot be removed.
            let _ = fs::remove_file(&note).or_else(|_| fs::write(&note, ""));
        }
    }

    /// Puts everything back.
    pub(super) fn put_back(self) -> Result<(), Failure> {
        for (path, before) in &self.files {
            write_whole(path, before)
                .map_err(|error| Failure::new(format!("cannot put back `{}`: {error}", path.display()), None))?;
        }
        self.forget();
        Ok(())
    }

    fn note_down(&mut self, lockfile: &Path) -> io::Result<()> {
        let Some(note) = note_for(lockfile) else {
            return Ok(());
        };
        fs::create_dir_all(note.parent().unwrap_or(&note))?;
        fs::write(&note, serde_json::to_string(self)?)?;
        self.note = Some(note);
        Ok(())
    }
}

/// Puts back what an earlier run has left half done. Whether there was such a thing.
pub(super) fn undo_what_was_cut_short(lockfile: &Path) -> Result<bool, Failure> {
    let Some(note) = note_for(lockfile) else {
        return Ok(false);
    };
    let noted = fs::read_to_string(&note).ok().filter(|text| !text.is_empty());
    let Some(mut undo) = noted.and_then(|text| serde_json::from_str::<Undo>(&text).ok()) else {
        return Ok(false);
    };
    undo.note = Some(note);
    undo.put_back().map(|()| true)
}

/// Where the changes of a workspace are noted while they are made.
fn note_for(lockfile: &Path) -> Option<PathBuf> {
    let lockfile = lockfile.canonicalize().ok()?;
    let digest = Sha256::digest(lockfile.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Some(cache::directory()?.join("undo").join(name))
}

/// Writes beside the file and renames, so that there is always either the old one or the new one.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // A link is followed, so that it stays a link.
    let path = path.canonicalize()?;
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    fs::set_permissions(file.path(), fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
