//! A pack: what one run stored, in one file that is written once and never changed.
//!
//! ```text
//! "airights" · length of the index · digest of the index · index · entry · entry · …
//! ```
//!
//! The index names each entry's key, place, length and digest, so that nothing is believed that was not written here.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use airights_store::{most, open_ours, write_ours};
use sha2::{Digest, Sha256};

use super::super::describe::hex;
use super::Key;

const MAGIC: &[u8; 8] = b"airights";
const HEADER: usize = 8 + 4 + 16;
/// A longer index is none of ours.
const MAX_INDEX: u32 = 16 << 20;
/// The ending of a pack's name.
const ENDING: &str = "pack";

/// The first half of a SHA-256, which is plenty against accidents.
type Checksum = [u8; 16];

fn checksum(bytes: &[u8]) -> Checksum {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(bytes)[..16]);
    half
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    bytes: Vec<u8>,
    checksum: Checksum,
}

impl Stored {
    /// An entry.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        let checksum = checksum(&bytes);
        Self { bytes, checksum }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// A pack that was opened.
#[derive(Debug)]
pub(super) struct Pack {
    file: Mutex<File>,
    index: BTreeMap<Key, Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u64,
    length: u32,
    checksum: Checksum,
}

/// One line of the index on disk: key, length, digest. Entries follow each other in the index's order.
type IndexLine = ([u8; 32], u32, Checksum);

impl Pack {
    fn open(path: &Path) -> Option<Self> {
        let (mut file, size) = open_ours(path).ok().filter(|(_, size)| *size <= most::CACHED)?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header).ok()?;
        let length = u32::from_le_bytes(*header[8..].first_chunk()?);
        if header[..8] != *MAGIC || length > MAX_INDEX || u64::from(length) > size {
            return None;
        }
        let mut on_disk = vec![0; length as usize];
        file.read_exact(&mut on_disk).ok()?;
        if checksum(&on_disk) != header[12..] {
            return None;
        }
        let lines: Vec<IndexLine> = postcard::from_bytes(&on_disk).ok()?;
        let mut start = HEADER as u64 + u64::from(length);
        let mut index = BTreeMap::new();
        for (key, length, checksum) in lines {
            index.insert(
                Key(key),
                Entry {
                    start,
                    length,
                    checksum,
                },
            );
            start = start.checked_add(u64::from(length))?;
        }
        (start == size).then(|| Self {
            file: Mutex::new(file),
            index,
        })
    }

    /// The keys of its entries.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.index.keys().copied()
    }

    /// The bytes of an entry, if they are what was written.
    pub(super) fn read(&self, key: Key) -> Option<Vec<u8>> {
        let entry = self.index.get(&key)?;
        let mut bytes = vec![0; entry.length as usize];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(entry.start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (checksum(&bytes) == entry.checksum).then_some(bytes)
    }
}

/// The packs of a directory, oldest first. What is no pack, or a broken one, is passed over.
pub(super) fn all_in(directory: &Path) -> Vec<Pack> {
    paths_in(directory).iter().filter_map(|path| Pack::open(path)).collect()
}

/// The files of a directory that are named like packs, oldest first.
pub(super) fn paths_in(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .map(|path| (modified(&path), path))
        .collect();
    paths.sort();
    paths.into_iter().map(|(_, path)| path).collect()
}

/// When a file was written; the beginning of time where that is not known.
pub(super) fn modified(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Writes a pack of these entries and returns its path. Nobody ever sees half of it.
pub(super) fn write(directory: &Path, mut entries: Vec<(Key, Stored)>) -> Option<PathBuf> {
    entries.sort_by_key(|(key, _)| *key);
    entries.dedup_by_key(|(key, _)| *key);
    let lines = entries
        .iter()
        .map(|(key, stored)| Some((key.0, u32::try_from(stored.bytes.len()).ok()?, stored.checksum)))
        .collect::<Option<Vec<IndexLine>>>()?;
    let index = postcard::to_stdvec(&lines).ok()?;
    let length = u32::try_from(index.len()).ok().filter(|length| *length <= MAX_INDEX)?;
    let (length, digest) = (length.to_le_bytes(), checksum(&index));
    let header = [&MAGIC[..], &length, &digest, &index];
    let parts: Vec<&[u8]> = header
        .into_iter()
        .chain(entries.iter().map(|(_, stored)| stored.bytes.as_slice()))
        .collect();
    // Named by its content: two processes that read the same packages write the same file.
    let path = directory.join(hex(&digest)).with_extension(ENDING);
    write_ours(&path, &parts).ok()?;
    Some(path)
}
