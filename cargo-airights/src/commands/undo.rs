//! Files of the user that are written together: all of them, or none.
//!
//! Each file takes the other's place whole. Where there are several, what they were is noted first in the user's cache
//! directory, so that a run that is killed in the middle is undone by the next one.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::write::write_whole;
use crate::gather::cache;

/// Files that were replaced, as they were; `None` where there was none.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Undo {
    files: BTreeMap<PathBuf, Option<String>>,
    #[serde(skip)]
    note: Option<PathBuf>,
}

impl Undo {
    /// Replaces these files by these texts, in their order; one without a text goes. `anchor` is the file of the project, such
    /// as its lockfile, under which the change is noted.
    pub(super) fn replace(texts: &[(&Path, Option<&str>)], anchor: &Path) -> Result<Self, Failure> {
        let failed = |path: &Path, error: io::Error| {
            Failure::new(
                format!("cannot write `{}`: {error}; nothing was changed", path.display()),
                None,
            )
        };
        let mut undo = Self::default();
        for (path, text) in texts {
            let before = before(path).map_err(|error| failed(path, error))?;
            if before.as_deref() != *text {
                undo.files.insert((*path).to_owned(), before);
            }
        }
        if undo.files.len() > 1 {
            undo.note_down(anchor).map_err(|error| failed(anchor, error))?;
        }
        for (path, text) in texts.iter().filter(|(path, _)| undo.files.contains_key(*path)) {
            if let Err(error) = write_or_remove(path, *text) {
                undo.put_back()?;
                return Err(failed(path, error));
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
            write_or_remove(path, before.as_deref())
                .map_err(|error| Failure::new(format!("cannot put back `{}`: {error}", path.display()), None))?;
        }
        self.forget();
        Ok(())
    }

    fn note_down(&mut self, anchor: &Path) -> io::Result<()> {
        let Some(note) = note_for(anchor) else {
            return Ok(());
        };
        fs::create_dir_all(note.parent().unwrap_or(&note))?;
        fs::write(&note, serde_json::to_string(self)?)?;
        self.note = Some(note);
        Ok(())
    }
}

/// Puts back what an earlier run has left half done. Whether there was such a thing.
pub(super) fn undo_what_was_cut_short(anchor: &Path) -> Result<bool, Failure> {
    let Some(note) = note_for(anchor) else {
        return Ok(false);
    };
    let noted = fs::read_to_string(&note).ok().filter(|text| !text.is_empty());
    let Some(mut undo) = noted.and_then(|text| serde_json::from_str::<Undo>(&text).ok()) else {
        return Ok(false);
    };
    undo.note = Some(note);
    undo.put_back().map(|()| true)
}

/// What a file holds; `None` where there is none. One that may not be written is not written by a detour.
fn before(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.permissions().readonly() => {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"))
        }
        Ok(_) => fs::read_to_string(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the changes of a workspace are noted while they are made.
fn note_for(anchor: &Path) -> Option<PathBuf> {
    let anchor = anchor.canonicalize().ok()?;
    let digest = Sha256::digest(anchor.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Some(cache::directory()?.join("undo").join(name))
}

fn write_or_remove(path: &Path, text: Option<&str>) -> io::Result<()> {
    match text {
        Some(text) => write_whole(path, text),
        None if path.exists() => fs::remove_file(path),
        None => Ok(()),
    }
}
