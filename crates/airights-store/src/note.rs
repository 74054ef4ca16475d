//! What is noted before a project is changed, so that a later run can end what was cut short.
//!
//! A note says what each file held and the digest of what it was to hold. Only a file that holds just that is put back: what
//! anybody has written since is theirs. A note is believed only if nobody but this user can have written it, since it says
//! what is to be written where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cache::{hex, write_ours};
use crate::change::NewDirectory;
use crate::error::WriteError;
use crate::read::{most, read, read_ours, read_to_string};
use crate::whole::{is_temporary, write_whole};

/// A change of a project that has been begun.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Note {
    /// Files that are replaced, made or removed.
    pub(crate) files: BTreeMap<PathBuf, Replaced>,
    /// Directories that are made, with the digest of each of their files.
    pub(crate) made: BTreeMap<PathBuf, BTreeMap<PathBuf, String>>,
    /// The directories that these are in, and those around them that were not there; of each whether it is new.
    pub(crate) folders: BTreeMap<PathBuf, bool>,
}

/// A file before and after. `None`: there is none.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Replaced {
    pub(crate) before: Option<String>,
    /// The digest of the text.
    pub(crate) after: Option<String>,
}

/// What a run that was cut short has left of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// Nothing but temporary files.
    Nothing,
    /// Some of what it was to write, which these are; it can be taken back.
    Half(Vec<PathBuf>),
    /// Everything it was to write, which these are.
    Whole(Vec<PathBuf>),
    /// These were changed since by somebody else, so nothing is taken back.
    Changed(Vec<PathBuf>),
}

/// How something that was to change is now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    After,
    Other,
}

impl Note {
    /// Notes this down for a project; `None` where there is no place to.
    pub(crate) fn keep(&self, root: &Path) -> io::Result<Option<PathBuf>> {
        let Some(path) = place(root) else {
            return Ok(None);
        };
        write_ours(&path, &[&serde_json::to_vec(self)?])?;
        Ok(Some(path))
    }

    /// What is left of the change.
    pub(crate) fn state(&self) -> Leftover {
        let states = self.states();
        let of = |wanted: State| -> Vec<PathBuf> {
            let those = states.iter().filter(|(_, state)| *state == wanted);
            those.map(|(path, _)| (*path).to_owned()).collect()
        };
        let (other, after) = (of(State::Other), of(State::After));
        match () {
            () if !other.is_empty() => Leftover::Changed(other),
            () if after.is_empty() => Leftover::Nothing,
            () if after.len() == states.len() => Leftover::Whole(after),
            () => Leftover::Half(after),
        }
    }

    /// Takes back what can be, and forgets the rest. Returns what was left.
    pub(crate) fn end(self, path: &Path) -> Result<Leftover, WriteError> {
        let left = self.state();
        if let Leftover::Half(_) = left {
            self.put_back()?;
        }
        self.sweep();
        self.remove_folders();
        forget(path);
        Ok(left)
    }

    /// Puts back all that is as it was written.
    pub(crate) fn put_back(&self) -> Result<(), WriteError> {
        let written: BTreeSet<&Path> = self
            .states()
            .into_iter()
            .filter_map(|(path, state)| (state == State::After).then_some(path))
            .collect();
        for (path, file) in self.files.iter().filter(|(path, _)| written.contains(path.as_path())) {
            let put = match &file.before {
                Some(text) => write_whole(path, text),
                None => fs::remove_file(path),
            };
            put.map_err(|error| WriteError::PutBack {
                path: path.clone(),
                error,
            })?;
        }
        for place in self.made.keys().filter(|place| written.contains(place.as_path())) {
            fs::remove_dir_all(place).map_err(|error| WriteError::Remove {
                path: place.clone(),
                error,
            })?;
        }
        self.remove_folders();
        Ok(())
    }

    /// Removes the temporary files of the run.
    fn sweep(&self) {
        for folder in self.folders.keys() {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            for entry in entries.filter(|entry| is_temporary(&entry.file_name())) {
                let path = entry.path();
                let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
            }
        }
    }

    /// Removes the folders that were made and hold nothing.
    fn remove_folders(&self) {
        // Those within come before those around them.
        for (folder, _) in self.folders.iter().rev().filter(|(_, is_new)| **is_new) {
            let _ = fs::remove_dir(folder);
        }
    }

    fn states(&self) -> Vec<(&Path, State)> {
        let files = self.files.iter().map(|(path, file)| (path.as_path(), file.state(path)));
        let made = self
            .made
            .iter()
            .map(|(place, files)| (place.as_path(), state_of(place, files)));
        files.chain(made).collect()
    }
}

impl Replaced {
    fn state(&self, path: &Path) -> State {
        let Ok(now) = text_of(path) else {
            return State::Other;
        };
        match () {
            () if now == self.before => State::Before,
            () if now.as_deref().map(digest) == self.after => State::After,
            () => State::Other,
        }
    }
}

/// How a directory is that was to be made.
fn state_of(place: &Path, files: &BTreeMap<PathBuf, String>) -> State {
    if place.symlink_metadata().is_err() {
        return State::Before;
    }
    match digests(place) {
        Ok(now) if now == *files => State::After,
        _ => State::Other,
    }
}

/// The digest of each file below a directory.
fn digests(place: &Path) -> io::Result<BTreeMap<PathBuf, String>> {
    let mut found = BTreeMap::new();
    let mut next = vec![place.to_owned()];
    while let Some(directory) = next.pop() {
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                next.push(path);
            } else {
                let below = path.strip_prefix(place).unwrap_or(&path).to_owned();
                let is_file = entry.file_type()?.is_file();
                // Whatever is no file was not written by us.
                let digest = if is_file {
                    digest(read(&path, most::REPORT)?)
                } else {
                    String::new()
                };
                found.insert(below, digest);
            }
        }
    }
    Ok(found)
}

/// The digests of a directory that is yet to be made.
pub(crate) fn digests_of(directory: &NewDirectory) -> BTreeMap<PathBuf, String> {
    let files = directory.files.iter();
    files.map(|(path, content)| (path.clone(), digest(content))).collect()
}

/// The note on a project, and where it is; `None` where there is none that this user has written.
pub(crate) fn find(root: &Path) -> Option<(Note, PathBuf)> {
    let path = place(root)?;
    let note = read_ours(&path, most::REPORT).ok()?;
    Some((serde_json::from_slice(&note).ok()?, path))
}

/// A note that stays would take back what was wanted, so it is emptied where it cannot be removed.
pub(crate) fn forget(path: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::write(path, ""));
}

/// Where changes of a project are noted.
pub(crate) fn place(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let name = &digest(root.as_os_str().as_encoded_bytes())[..32];
    Some(crate::directory()?.join("undo").join(name))
}

/// What a file of the user's holds; `None` where there is none.
///
/// # Errors
///
/// Where there is one that cannot be read, or holds no text.
pub fn text_of(path: &Path) -> io::Result<Option<String>> {
    match read_to_string(path, most::REPORT) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        read => read.map(Some),
    }
}

/// The SHA-256 of bytes, in hex.
pub(crate) fn digest(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}
