//! Files and directories of the user that are written together: all of them, or none.
//!
//! Each file takes the other's place whole, and only once all of them are on the disk: where one finds no room there,
//! nothing has changed yet. Where there are several, what they were is noted first in the user's cache directory, so that a
//! run that is killed in the middle is undone by the next one.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::WriteError;
use crate::whole::{Staged, with_ends_of, write_whole};

/// A directory that is to be there, with all that is in it.
#[derive(Clone, Debug)]
pub struct NewDirectory {
    /// Where it is to be.
    pub place: PathBuf,
    /// Its files, by their paths below it.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

/// Files that were replaced, as they were; `None` where there was none.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Undo {
    files: BTreeMap<PathBuf, Option<String>>,
    /// Directories that were not there.
    #[serde(default)]
    created: Vec<PathBuf>,
    #[serde(skip)]
    note: Option<PathBuf>,
}

impl Undo {
    /// Replaces these files by these texts, in their order; one without a text goes. `anchor` is the file of the project, such
    /// as its lockfile, under which the change is noted.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be written; then nothing was changed.
    pub fn replace(texts: &[(&Path, Option<&str>)], anchor: &Path) -> Result<Self, WriteError> {
        Self::create_and_replace(&[], texts, anchor)
    }

    /// The same, after these directories were made.
    ///
    /// # Errors
    ///
    /// Where one of them is there already or cannot be written; then nothing was changed.
    pub fn create_and_replace(
        directories: &[NewDirectory],
        texts: &[(&Path, Option<&str>)],
        anchor: &Path,
    ) -> Result<Self, WriteError> {
        let mut undo = Self::default();
        let mut staged = Vec::new();
        for (path, text) in texts {
            let before = before(path).map_err(|error| unwritten(path, error))?;
            let text = text.map(|text| with_ends_of(before.as_deref(), text));
            if before == text {
                continue;
            }
            refuse_read_only(path).map_err(|error| unwritten(path, error))?;
            let file = text.map(|text| Staged::beside(path, &text)).transpose();
            staged.push((*path, file.map_err(|error| unwritten(path, error))?));
            undo.files.insert((*path).to_owned(), before);
        }
        if let Some(there) = directories.iter().find(|directory| directory.place.exists()) {
            return Err(WriteError::IsThere(there.place.clone()));
        }
        undo.created
            .extend(directories.iter().map(|directory| directory.place.clone()));
        if undo.files.len() + undo.created.len() > 1 {
            undo.note_down(anchor).map_err(WriteError::NoteDown)?;
        }
        match take_places(directories, staged) {
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
        if let Some(note) = self.note {
            // A note that stays would undo what was wanted, so it is emptied where it cannot be removed.
            let _ = fs::remove_file(&note).or_else(|_| fs::write(&note, ""));
        }
    }

    /// Puts everything back.
    ///
    /// # Errors
    ///
    /// Where something cannot be put back. The note stays, so that a later run can try again.
    pub fn put_back(self) -> Result<(), WriteError> {
        let is_changed = |path: &Path, known: &Option<String>| before(path).ok().as_ref() != Some(known);
        for (path, before) in self.files.iter().filter(|(path, before)| is_changed(path, before)) {
            write_or_remove(path, before.as_deref()).map_err(|error| WriteError::PutBack {
                path: path.clone(),
                error,
            })?;
        }
        for place in self.created.iter().filter(|place| place.exists()) {
            fs::remove_dir_all(place).map_err(|error| WriteError::Remove {
                path: place.clone(),
                error,
            })?;
            // The folder around it stays where it holds anything else.
            let _ = place.parent().map(fs::remove_dir);
        }
        self.forget();
        Ok(())
    }

    fn note_down(&mut self, anchor: &Path) -> io::Result<()> {
        let Some(note) = note_for(anchor) else {
            return Ok(());
        };
        write_whole(&note, &serde_json::to_string(self)?)?;
        self.note = Some(note);
        Ok(())
    }
}

fn take_places(directories: &[NewDirectory], staged: Vec<(&Path, Option<Staged>)>) -> Result<(), WriteError> {
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

/// Puts back what a run that was cut short has left half done. Whether there was such a thing.
///
/// # Errors
///
/// Where a file cannot be put back; it can be tried again.
pub fn put_back_what_was_cut_short(anchor: &Path) -> Result<bool, WriteError> {
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

/// What a file holds; `None` where there is none.
fn before(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// A file that somebody has protected is not replaced behind its back.
fn refuse_read_only(path: &Path) -> io::Result<()> {
    let is_read_only = fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    let refusal = || io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only");
    if is_read_only { Err(refusal()) } else { Ok(()) }
}

/// Where the changes of a workspace are noted while they are made.
fn note_for(anchor: &Path) -> Option<PathBuf> {
    let anchor = anchor.canonicalize().ok()?;
    let digest = Sha256::digest(anchor.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Some(crate::directory()?.join("undo").join(name))
}

fn write_or_remove(path: &Path, text: Option<&str>) -> io::Result<()> {
    match text {
        Some(text) => write_whole(path, text),
        None if path.exists() => fs::remove_file(path),
        None => Ok(()),
    }
}

/// Writes a directory beside its place and renames, so that it is there whole or not at all.
fn create_whole(directory: &NewDirectory) -> io::Result<()> {
    let folder = directory.place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let beside = tempfile::Builder::new().prefix(".airights-").tempdir_in(folder)?;
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
mod tests {
    use super::*;

    /// A file that can be read, in a directory that takes no other. As good as a full disk, whoever runs the tests.
    #[cfg(target_os = "linux")]
    #[test]
    fn where_one_file_finds_no_room_none_is_changed() {
        let directory = tempfile::tempdir().unwrap();
        let manifest = directory.path().join("Cargo.toml");
        fs::write(&manifest, "before").unwrap();
        let full = Path::new("/proc/self/comm");
        let texts = [(manifest.as_path(), Some("after")), (full, Some("after"))];
        let error = Undo::replace(&texts, &directory.path().join("no/Cargo.lock")).unwrap_err();
        assert!(matches!(error, WriteError::Write { .. }), "{error:?}");
        assert_eq!(fs::read_to_string(&manifest).unwrap(), "before");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "something was left");
    }

    #[test]
    fn what_was_replaced_made_and_removed_can_be_put_back() {
        let directory = tempfile::tempdir().unwrap();
        let [lockfile, new, old] = ["Cargo.lock", "a/new", "old"].map(|name| directory.path().join(name));
        fs::write(&lockfile, "before\r\n").unwrap();
        fs::write(&old, "old").unwrap();
        let texts = [
            (lockfile.as_path(), Some("after\n")),
            (new.as_path(), Some("new")),
            (old.as_path(), None),
        ];
        let undo = Undo::replace(&texts, &lockfile).unwrap();
        assert_eq!(fs::read_to_string(&lockfile).unwrap(), "after\r\n");
        assert!(new.exists() && !old.exists());
        undo.put_back().unwrap();
        assert_eq!(fs::read_to_string(&lockfile).unwrap(), "before\r\n");
        assert!(!new.exists() && old.exists());
    }
}
