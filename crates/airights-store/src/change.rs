//! Files and directories of the user that are written together: all of them, or none.
//!
//! Each file takes the other's place whole, and only once all of them are on the disk: where one finds no room there,
//! nothing has changed yet. What they were is noted first in the user's cache directory, so that a later run can end what
//! was cut short.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::WriteError;
use crate::note::{self, Leftover, Note, Replaced, digest, digests_of, text_of};
use crate::whole::{Staged, folder_of, temporary, with_ends_of};

/// A file of the user's that is to be replaced, made or removed.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What it held when it was read; `None`: it was not there.
    pub before: Option<&'a str>,
    /// What it is to hold; `None`: it goes.
    pub after: Option<&'a str>,
}

/// A directory that is to be there, with all that is in it.
#[derive(Clone, Debug)]
pub struct NewDirectory {
    /// Where it is to be.
    pub place: PathBuf,
    /// Its files, by their paths below it.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

/// A change that was made, and can still be taken back.
#[derive(Debug)]
#[must_use = "it is undone by the next run unless it is forgotten"]
pub struct Undo {
    note: Note,
    noted: Option<PathBuf>,
}

impl Undo {
    pub(crate) fn make(root: &Path, directories: &[NewDirectory], edits: &[Edit<'_>]) -> Result<Self, WriteError> {
        let mut undo = Self {
            note: Note::default(),
            noted: None,
        };
        let mut texts = Vec::new();
        for edit in edits {
            let text = edit.after.map(|text| with_ends_of(edit.before, text));
            check(edit)?;
            if edit.before == text.as_deref() {
                continue;
            }
            let replaced = Replaced {
                before: edit.before.map(str::to_owned),
                after: text.as_deref().map(digest),
            };
            undo.note.files.insert(edit.path.to_owned(), replaced);
            undo.note.folders.extend(folders(edit.path));
            texts.push((edit.path, text));
        }
        for directory in directories {
            if directory.place.symlink_metadata().is_ok() {
                return Err(WriteError::IsThere(directory.place.clone()));
            }
            undo.note.made.insert(directory.place.clone(), digests_of(directory));
            undo.note.folders.extend(folders(&directory.place));
        }
        if texts.is_empty() && directories.is_empty() {
            return Ok(undo);
        }
        undo.noted = undo.note.keep(root).map_err(WriteError::NoteDown)?;
        match write(directories, texts) {
            Ok(()) => Ok(undo),
            Err(failure) => undo.put_back().and(Err(failure)),
        }
    }

    /// Keeps what was written where something good came of it, which is returned, and else puts everything back.
    ///
    /// # Errors
    ///
    /// What came of it, where that is an error, and where something cannot be put back.
    pub fn keep_for<T, E: From<WriteError>>(self, came_of_it: Result<Option<T>, E>) -> Result<Option<T>, E> {
        if let Ok(Some(_)) = came_of_it {
            self.forget();
        } else {
            self.put_back()?;
        }
        came_of_it
    }

    /// Everything is as it is to be, and nothing has to be put back any more.
    pub fn forget(self) {
        if let Some(noted) = self.noted {
            note::forget(&noted);
        }
    }

    /// Puts everything back.
    ///
    /// # Errors
    ///
    /// [`WriteError::Changed`] where somebody has changed any of it since: then it all stays as it is. Where something cannot
    /// be put back, the note on it stays, so that a later run can try again.
    pub fn put_back(self) -> Result<(), WriteError> {
        let left = self.note.state();
        if let Leftover::Changed(paths) = left {
            self.forget();
            return Err(WriteError::NotPutBack(paths));
        }
        self.note.put_back()?;
        self.forget();
        Ok(())
    }
}

/// A file is replaced only while it is as it was read, and not behind the back of somebody who has protected it.
fn check(edit: &Edit<'_>) -> Result<(), WriteError> {
    let now = text_of(edit.path).map_err(|error| unwritten(edit.path, error))?;
    if now.as_deref() != edit.before {
        return Err(WriteError::Changed(edit.path.to_owned()));
    }
    let is_read_only = fs::metadata(edit.path).is_ok_and(|metadata| metadata.permissions().readonly());
    if is_read_only && edit.before != edit.after {
        let refusal = io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only");
        return Err(unwritten(edit.path, refusal));
    }
    Ok(())
}

/// The directory that something is in, and those around it that are not there yet; of each whether it is new.
fn folders(path: &Path) -> Vec<(PathBuf, bool)> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let nearest = folder_of(&place).to_owned();
    let above: Vec<&Path> = nearest.ancestors().take_while(|folder| !folder.exists()).collect();
    let new = above.iter().map(|folder| ((*folder).to_owned(), true));
    let there = above.is_empty().then(|| (nearest.clone(), false));
    new.chain(there).collect()
}

fn write(directories: &[NewDirectory], texts: Vec<(&Path, Option<String>)>) -> Result<(), WriteError> {
    let mut staged = Vec::new();
    for (path, text) in texts {
        let file = text.map(|text| Staged::beside(path, &text)).transpose();
        staged.push((path, file.map_err(|error| unwritten(path, error))?));
    }
    for directory in directories {
        create_whole(directory).map_err(|error| unwritten(&directory.place, error))?;
    }
    for (path, file) in staged {
        let written = match file {
            Some(file) => file.take_place(),
            None => fs::remove_file(path),
        };
        written.map_err(|error| unwritten(path, error))?;
    }
    Ok(())
}

/// Writes a directory beside its place and renames, so that it is there whole or not at all.
fn create_whole(directory: &NewDirectory) -> io::Result<()> {
    let folder = folder_of(&directory.place);
    fs::create_dir_all(folder)?;
    let beside = temporary().tempdir_in(folder)?;
    let whole = beside.path().join("whole");
    for (path, content) in &directory.files {
        let path = whole.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&whole))?;
        fs::write(path, content)?;
    }
    fs::rename(whole, &directory.place)
}

fn unwritten(path: &Path, error: io::Error) -> WriteError {
    WriteError::Write {
        path: path.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests;
