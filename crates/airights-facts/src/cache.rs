//! Remembers what was read of packages, so that nobody can tell an answer from one that was read anew.
//!
//! An entry answers for bytes that were looked at, and for nothing that anybody said of them:
//!
//! * **A directory** that cargo unpacked or checked out. The key is all that the reading was told: the directory, what is
//!   read around it, which files the manifest names. The entry holds `Witnesses` of what the reading looked at, and is
//!   used only while all of them hold. Names, versions, sources and checksums are no part of it: a lockfile, an
//!   index, or a saved answer of cargo may claim any of them for any directory, and the worst that comes of it is that the
//!   directory is read, as it would be without a cache. What changed while it was read, or in the tick before, is not stored.
//! * **A `.crate`** whose bytes are at hand, for versions that no graph holds. The key is the digest of these very bytes,
//!   with the manifest that was found in them.
//!
//! So no project can make an entry lie to another one. Who can write the user's own files unseen by the clock of the file
//! system could, and could change this program as well. What another user may have written is not believed.
//!
//! Everything that was looked at is stamped before it is stored. Of a package in which nothing has changed since cargo
//! unpacked it, which is nearly each, an entry keeps the stamps of the files that were read and of the directories they are
//! in: to look at each source file of a graph takes as long as all else that a check does. So the one thing that is not
//! seen, until it is put back or the package is unpacked again, is an edit in cargo's own directory to the head of a source
//! file, or a file that is added to a directory of nothing but such. A directory that is unpacked again, as in a fresh
//! container, is read again.
//!
//! What one run reads it writes as one file, a *pack*; a thousand small files would cost more than reading the packages
//! again. The cache can only save time: whatever is wrong with it, with its files or with its directory, the answer is
//! "not remembered", and nobody hears of it. Several processes may use it at once, as packs appear whole or not at all
//! and are never changed.

mod pack;
mod tidy;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use self::pack::{Pack, Stored};
use super::package::Place;
use super::stored::PackageFiles;
use super::witnesses::Witnesses;

/// Grows whenever the stored form, or what is looked for in a package, changes.
pub const FORMAT: u32 = 5;

/// The cache may take this many bytes; some twenty thousand packages.
const MAX_BYTES: u64 = 64 << 20;
/// More packs than this are merged into one.
const MAX_PACKS: usize = 24;

/// What an entry answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// A directory, and all else that a reading of it is told.
    pub(super) fn of_directory(place: &Place<'_>) -> Self {
        let Place {
            directory,
            origin,
            around,
            repository,
            named,
            listing,
        } = place;
        let told = (directory, origin, around, repository, named, listing);
        Self::of("directory", &[&format!("{told:?}")])
    }

    /// The bytes of a `.crate`, and its manifest, which tells a reading what to read.
    pub(super) fn of_archive(archive: &[u8], manifest: &str) -> Self {
        Self::of("archive", &[&Sha256::digest(archive), &manifest])
    }

    fn of(kind: &str, parts: &[&dyn AsRef<[u8]>]) -> Self {
        let mut digest = Sha256::new();
        digest.update(kind);
        for part in parts {
            let part = part.as_ref();
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }
}

/// A package as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What the files were read from; `None` where that was a `.crate`.
    pub witnesses: Option<Witnesses>,
    /// What was read.
    pub files: PackageFiles,
}

/// The cache, or none. Shared by all threads.
#[derive(Debug)]
pub(super) struct Cache {
    /// `…/facts`
    directory: Option<PathBuf>,
    remembered: OnceLock<Remembered>,
    fresh: Mutex<Vec<(Key, Stored)>>,
}

/// The packs that were there, and which of them holds what.
#[derive(Debug, Default)]
struct Remembered {
    packs: Vec<Pack>,
    places: HashMap<Key, usize>,
}

impl Cache {
    /// A cache in the user's cache directory; `None`: nothing is remembered.
    pub(super) fn new(directory: Option<&Path>) -> Self {
        Self {
            directory: directory.map(|directory| directory.join("facts")),
            remembered: OnceLock::new(),
            fresh: Mutex::default(),
        }
    }

    /// What is remembered of a directory, while it is as it was; of a `.crate` that is in none.
    pub(super) fn load(&self, key: Key, directory: &Path) -> Option<PackageFiles> {
        let remembered = self.remembered.get_or_init(|| self.open().unwrap_or_default());
        let pack = &remembered.packs[*remembered.places.get(&key)?];
        let entry = decode(&pack.read(key)?)?;
        let holds = entry.witnesses.is_none_or(|witnesses| witnesses.still_hold(directory));
        holds.then_some(entry.files)
    }

    /// Remembers a package, once [`Cache::save`] is called.
    pub(super) fn store(&self, key: Key, witnesses: Option<&Witnesses>, files: &PackageFiles) {
        let entry = || postcard::to_stdvec(&(witnesses, files)).ok();
        let stored = self.directory.as_ref().and_then(|_| entry());
        if let Some(stored) = stored {
            self.fresh().push((key, Stored::new(stored)));
        }
    }

    /// Writes what is to be remembered, if it can, and keeps the cache within its bounds.
    pub(super) fn save(&self) {
        let fresh = std::mem::take(&mut *self.fresh());
        let Some(directory) = self.directory.as_deref().filter(|_| !fresh.is_empty()) else {
            return;
        };
        let packs = directory.join(version());
        if !packs.exists() && fs::create_dir_all(&packs).is_ok() {
            tidy::remove_other_versions(directory, &version());
        }
        if pack::write(&packs, fresh).is_some() {
            tidy::keep_small(&packs, MAX_PACKS, MAX_BYTES);
        }
    }

    fn open(&self) -> Option<Remembered> {
        let mut remembered = Remembered::default();
        for pack in pack::all_in(&self.directory.as_ref()?.join(version())) {
            let place = remembered.packs.len();
            // Newer packs come later: where an entry was found to be broken, what was read instead is in one of them.
            remembered.places.extend(pack.keys().map(|key| (key, place)));
            remembered.packs.push(pack);
        }
        Some(remembered)
    }

    fn fresh(&self) -> std::sync::MutexGuard<'_, Vec<(Key, Stored)>> {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What stored bytes hold; `None` where they were stored by somebody else.
pub fn decode(stored: &[u8]) -> Option<Entry> {
    match postcard::take_from_bytes(stored) {
        Ok((entry, [])) => Some(entry),
        _ => None,
    }
}

/// The directory for what this version of the reader reads.
fn version() -> String {
    format!(
        "v{}-{FORMAT}-{}",
        airights_text::READER_VERSION,
        airights_text::READER_FINGERPRINT
    )
}

#[cfg(test)]
mod tests;
