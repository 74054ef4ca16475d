//! Where this tool keeps what it may read again: the user's cache directory.
//!
//! What is kept there can only save time. A file appears whole or not at all and carries a digest of itself and of its name,
//! so that one that was damaged, or stands in the place of another, is as good as none; so is one that another user may
//! have written. One that cannot be written is nobody's concern.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};

use crate::read::{most, read_ours};

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
        hex(&self.0.finalize())
    }
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
        let bytes = read_ours(path, most::CACHED).ok()?;
        let (digest, body) = bytes.strip_prefix(kind)?.split_at_checked(DIGEST)?;
        let is_whole = digest_of(path, body)? == digest;
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
    write_ours(path, &[kind, &digest_of(path, body)?, body]).ok()?;
    remove_oldest(path.parent()?, most)
}

/// Writes a file that only this user can write into: whole, or not at all. What is left of a process that was killed ends
/// in `.tmp`.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_ours(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory)?;
    // Other processes see the whole file or none of it.
    let mut file = tempfile::Builder::new().suffix(".tmp").tempfile_in(directory)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The digest of what a file holds, and of the file's name: what it was written for.
fn digest_of(path: &Path, body: &[u8]) -> Option<[u8; DIGEST]> {
    let mut digest = FileName::default();
    digest.add(path.file_name()?.as_encoded_bytes());
    digest.add(body);
    Some(digest.0.finalize().into())
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

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &[u8] = b"kind 1\n";

    #[test]
    fn a_file_in_the_place_of_another_is_as_good_as_none() {
        let directory = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| directory.path().join(name));
        keep(&one, KIND, b"body", 9).unwrap();
        assert_eq!(Cached::read(&one, KIND).unwrap().body(), b"body");
        assert!(Cached::read(&one, b"kind 2\n").is_none());
        fs::rename(&one, &two).unwrap();
        assert!(Cached::read(&two, KIND).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_write_is_as_good_as_none() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("one");
        keep(&path, KIND, b"body", 9).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
        assert!(Cached::read(&path, KIND).is_none());
    }
}
