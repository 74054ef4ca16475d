//! A project that one process at a time changes.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::change::{Edit, NewDirectory, Undo};
use crate::error::WriteError;
use crate::note::{self, Leftover};

/// A project that no other process of this tool changes while this is kept.
///
/// It is the directory itself that is locked, so nothing is left there however the process ends, and users that share a
/// project wait for each other. Where the file system has no locks, nobody waits: that no change of somebody else is
/// overwritten is made sure of by [`ProjectLock::change`] all the same.
#[derive(Debug)]
pub struct ProjectLock {
    root: PathBuf,
    _held: Option<File>,
}

impl ProjectLock {
    /// Waits until nobody else changes the project whose root this is. `on_wait` is told if somebody does.
    pub fn hold(root: &Path, on_wait: impl FnOnce()) -> Self {
        let file = lockable(root);
        let held = file.and_then(|file| match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                on_wait();
                file.lock().map(|()| file)
            }
            Err(TryLockError::Error(error)) => Err(error),
        });
        Self {
            root: root.to_owned(),
            _held: held.ok(),
        }
    }

    /// Ends what a run left that was cut short while it changed the project. Where all it wrote is as it wrote it, and not all
    /// was written, that is taken back; what somebody has changed since stays as it is. `None`: nothing was left.
    ///
    /// # Errors
    ///
    /// Where a file cannot be put back; it can be tried again.
    pub fn recover(&self) -> Result<Option<Leftover>, WriteError> {
        note::find(&self.root).map(|(note, path)| note.end(&path)).transpose()
    }

    /// Makes directories and replaces files: all of it, or nothing. What the files held stays known until the change is
    /// [kept](Undo::forget).
    ///
    /// # Errors
    ///
    /// Where one of them is not as it was read or cannot be written; then nothing was changed.
    pub fn change(&self, directories: &[NewDirectory], edits: &[Edit<'_>]) -> Result<Undo, WriteError> {
        Undo::make(&self.root, directories, edits)
    }
}

/// What a run left that was cut short while it changed a project, for those who only read; `None` where there is no such
/// thing, or the run is not over.
pub fn leftover(root: &Path) -> Option<Leftover> {
    let (note, _) = note::find(root)?;
    // Whoever changes the project holds it.
    let is_over = !matches!(
        lockable(root).map(|file| file.try_lock_shared()),
        Ok(Err(TryLockError::WouldBlock))
    );
    is_over.then(|| note.state())
}

#[cfg(unix)]
fn lockable(root: &Path) -> io::Result<File> {
    File::open(root)
}

/// A directory cannot be locked here, so a file in the user's cache directory stands for it.
#[cfg(not(unix))]
fn lockable(root: &Path) -> io::Result<File> {
    let none = || io::Error::from(io::ErrorKind::NotFound);
    let path = note::place(root).ok_or_else(none)?.with_extension("lock");
    std::fs::create_dir_all(path.parent().ok_or_else(none)?)?;
    File::create(path)
}
