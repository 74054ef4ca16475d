//! Remembers what was read of packages whose files never change, under the package's checksum.
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

use sha2::{Digest, Sha256};

use self::pack::{Pack, Stored};
use super::stored::PackageFiles;

/// Grows whenever the stored form, or what is looked for in a package, changes.
pub const FORMAT: u32 = 4;

/// The cache may take this many bytes; some twenty thousand packages.
const MAX_BYTES: u64 = 32 << 20;
/// More packs than this are merged into one.
const MAX_PACKS: usize = 24;

/// The key of a package whose files never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key for a name that stands for the same files for ever: a checksum, or a commit and what it holds.
    pub fn of(immutable: &str) -> Self {
        Self(Sha256::digest(immutable).into())
    }
}

/// The cache, or none. Shared by all threads.
#[derive(Debug)]
pub struct Cache {
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
    pub fn new(directory: Option<&Path>) -> Self {
        Self {
            directory: directory.map(|directory| directory.join("facts")),
            remembered: OnceLock::new(),
            fresh: Mutex::default(),
        }
    }

    /// What is remembered of a package.
    pub fn load(&self, key: Key) -> Option<PackageFiles> {
        let remembered = self.remembered.get_or_init(|| self.open().unwrap_or_default());
        let pack = &remembered.packs[*remembered.places.get(&key)?];
        decode(&pack.read(key)?)
    }

    /// Remembers a package, once [`Cache::save`] is called.
    pub fn store(&self, key: Key, package: &PackageFiles) {
        let stored = self.directory.as_ref().and_then(|_| postcard::to_stdvec(package).ok());
        if let Some(stored) = stored {
            self.fresh().push((key, Stored::new(stored)));
        }
    }

    /// Writes what is to be remembered, if it can, and keeps the cache within its bounds.
    pub fn save(&self) {
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
pub fn decode(stored: &[u8]) -> Option<PackageFiles> {
    match postcard::take_from_bytes(stored) {
        Ok((package, [])) => Some(package),
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
