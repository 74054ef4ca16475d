//! Where this tool keeps what it may read again: the user's cache directory.
//!
//! What is kept there can only save time. A file appears whole or not at all and carries a digest of itself, so that one
//! that was damaged is as good as none; one that cannot be written is nobody's concern.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};

/// Set to a directory, this moves the cache there.
const VARIABLE: &str = "CARGO_AIRIGHTS_CACHE_DIR";
/// Bytes of a SHA-256.
const DIGEST: usize = 32;

/// The cache directory; `None` where the user has no home to keep one in. It may not exist yet.
pub fn directory() -> Option<PathBuf> {
    if let Some(directory) = std::env::var_os(VARIABLE).filter(|directory| !directory.is_empty()) {
        return Some(PathBuf::from(directory));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("cargo-airights"))
}

/// The name of a file: a digest of everything that what it holds depends on.
#[derive(Clone, Debug, Default)]
pub struct FileName(Sha256);

impl FileName {
    /// What it holds depends on this, too.
    pub fn add(&mut self, part: &[u8]) {
        self.0.update(part.len().to_le_bytes());
        self.0.update(part);
    }

    /// The name, in hex.
    pub fn finish(self) -> String {
        let digest = self.0.finalize();
        digest
            .iter()
            .fold(String::new(), |name, byte| name + &format!("{byte:02x}"))
    }
}

/// What a file holds that is whole and of the kind that was expected.
#[derive(Debug)]
pub struct Cached {
    bytes: Vec<u8>,
    begins: usize,
}

impl Cached {
    /// Reads a file; `None` where there is none, or another one. A kind is a line that changes with the format.
    pub fn read(path: &Path, kind: &[u8]) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (digest, body) = bytes.strip_prefix(kind)?.split_at_checked(DIGEST)?;
        let is_whole = Sha256::digest(body).as_slice() == digest;
        is_whole.then(|| Self {
            begins: kind.len() + DIGEST,
            bytes,
        })
    }

    /// What was written.
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.begins..]
    }
}

/// Writes a file, and keeps no more than the newest ones of its directory. `None` where it cannot be written.
pub fn keep(path: &Path, kind: &[u8], body: &[u8], most: usize) -> Option<()> {
    let directory = path.parent()?;
    fs::create_dir_all(directory).ok()?;
    // Other processes see the whole file or none of it.
    let mut file = tempfile::NamedTempFile::new_in(directory).ok()?;
    for part in [kind, Sha256::digest(body).as_slice(), body] {
        file.write_all(part).ok()?;
    }
    file.persist(path).ok()?;
    remove_oldest(directory, most)
}

/// Keeps a directory bounded.
fn remove_oldest(directory: &Path, most: usize) -> Option<()> {
    let mut files: Vec<_> = fs::read_dir(directory)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    files.sort();
    let surplus = files.len().saturating_sub(most);
    for (_, path) in files.drain(..surplus) {
        fs::remove_file(path).ok()?;
    }
    Some(())
}
