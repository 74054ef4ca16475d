//! Unpacks what a stranger published, with every caution: bounded in size and number, nothing outside its own directory,
//! no links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use flate2::read::GzDecoder;
use tar::{Archive, EntryType};

use super::RegistryError;
use super::error::Cause;

/// Unpacked, a package may take this many bytes. Cargo's own bound is the same.
const MAX_UNPACKED: u64 = 512 << 20;
/// And this many times its packed size, where that is more.
const MAX_RATIO: u64 = 20;
/// A single file that is looked at is not larger than this.
const MAX_FILE: u64 = 4 << 20;
/// So many files at most.
const MAX_FILES: usize = 100_000;

/// Unpacks a package into a directory, and returns the directory in it that holds the manifest.
///
/// # Errors
///
/// [`RegistryError::Refused`] where the archive tries something; [`RegistryError::Local`] where the disk does.
pub fn unpack(package: &[u8], name: &str, version: &str, into: &Path) -> Result<PathBuf, RegistryError> {
    let inside = format!("{name}-{version}");
    let refused = |reason: String, cause: Option<io::Error>| refused(name, version, reason, cause);
    let local = |error: io::Error| RegistryError::local(format!("unpack `{inside}`"), error);
    let mut files = 0;
    each_entry(package, &inside, &refused, |path, entry| {
        files += 1;
        if files > MAX_FILES {
            return Err(refused(format!("it holds more than {MAX_FILES} files"), None));
        }
        let path = into.join(path);
        fs::create_dir_all(path.parent().unwrap_or(into)).map_err(local)?;
        // Whatever is there was unpacked from the same archive a moment ago: two files of one name.
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => refused("it holds two files of one name".to_owned(), None),
                _ => local(error),
            })?;
        copy(entry, &mut file, &refused, &local)?;
        Ok(true)
    })?;
    Ok(into.join(inside))
}

/// The text of a package's manifest, without unpacking the rest.
///
/// # Errors
///
/// [`RegistryError::Refused`] where there is none, or the archive tries something.
pub fn manifest_of(package: &[u8], name: &str, version: &str) -> Result<String, RegistryError> {
    let inside = format!("{name}-{version}");
    let wanted = Path::new(&inside).join("Cargo.toml");
    let refused = |reason: String, cause: Option<io::Error>| refused(name, version, reason, cause);
    let mut manifest = None;
    each_entry(package, &inside, &refused, |path, entry| {
        if path != wanted {
            return Ok(true);
        }
        let mut text = String::new();
        entry
            .take(4 << 20)
            .read_to_string(&mut text)
            .map_err(|error| refused("its manifest cannot be read".to_owned(), Some(error)))?;
        manifest = Some(text);
        Ok(false)
    })?;
    manifest.ok_or_else(|| refused("it has no manifest".to_owned(), None))
}

/// Some files of a package, by their path in it, without unpacking the rest. What is not there, or is larger than any
/// license text, is left out.
///
/// # Errors
///
/// [`RegistryError::Refused`] where the archive tries something.
pub fn files_of(
    package: &[u8],
    name: &str,
    version: &str,
    wanted: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<u8>>, RegistryError> {
    let inside = format!("{name}-{version}");
    let refused = |reason: String, cause: Option<io::Error>| refused(name, version, reason, cause);
    let mut found = BTreeMap::new();
    each_entry(package, &inside, &refused, |path, entry| {
        let below = path.strip_prefix(&inside).ok().and_then(Path::to_str);
        if let Some(path) = below.filter(|path| wanted.contains(path)) {
            let mut bytes = Vec::new();
            let mut bounded = entry.take(MAX_FILE + 1);
            bounded
                .read_to_end(&mut bytes)
                .map_err(|error| refused(format!("`{path}` in it cannot be read"), Some(error)))?;
            if bytes.len() as u64 <= MAX_FILE {
                found.insert(path.to_owned(), bytes);
            }
        }
        Ok(found.len() < wanted.len())
    })?;
    Ok(found)
}

/// Why a package is refused, and what lies behind it.
type Refuse<'a> = dyn Fn(String, Option<io::Error>) -> RegistryError + 'a;

fn refused(name: &str, version: &str, reason: String, cause: Option<io::Error>) -> RegistryError {
    RegistryError::Refused {
        package: format!("{name} {version}"),
        reason,
        cause: cause.map(|cause| Arc::new(cause) as Cause),
    }
}

/// Copies one file and tells apart what is the archive's fault and what is the disk's.
fn copy(
    from: &mut dyn Read,
    to: &mut fs::File,
    refused: &Refuse<'_>,
    local: &dyn Fn(io::Error) -> RegistryError,
) -> Result<(), RegistryError> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = from
            .read(&mut buffer)
            .map_err(|error| refused("a file in it cannot be read".to_owned(), Some(error)))?;
        if read == 0 {
            return Ok(());
        }
        io::Write::write_all(to, &buffer[..read]).map_err(local)?;
    }
}

/// Hands each file of an archive to `take`, until that has enough.
fn each_entry(
    package: &[u8],
    inside: &str,
    refused: &Refuse<'_>,
    mut take: impl FnMut(&Path, &mut dyn Read) -> Result<bool, RegistryError>,
) -> Result<(), RegistryError> {
    let room = MAX_UNPACKED.max(package.len() as u64 * MAX_RATIO);
    let mut archive = Archive::new(Bounded {
        inner: GzDecoder::new(package),
        room,
    });
    let unreadable = |error: io::Error| refused("it is not an archive".to_owned(), Some(error));
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let path = entry.path().map_err(unreadable)?.into_owned();
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            other => {
                let path = path.display();
                let reason = format!("`{path}` in it is not a file but {}", kind_in_words(other));
                return Err(refused(reason, None));
            }
        }
        let stays_inside = path.starts_with(inside)
            && path.components().count() > 1
            && path.components().all(|part| matches!(part, Component::Normal(_)));
        if !stays_inside {
            let reason = format!("`{}` in it leads out of its directory", path.display());
            return Err(refused(reason, None));
        }
        if !take(&path, &mut entry)? {
            return Ok(());
        }
    }
    Ok(())
}

fn kind_in_words(kind: EntryType) -> &'static str {
    match kind {
        EntryType::Symlink => "a symbolic link",
        EntryType::Link => "a hard link",
        EntryType::Fifo | EntryType::Char | EntryType::Block => "a device",
        _ => "something unknown",
    }
}

/// Reads only so many bytes, then fails: what unpacks to more is a bomb.
struct Bounded<R> {
    inner: R,
    room: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.room = self
            .room
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("it unpacks to far more than it says"))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tar::{Builder, Header};

    use super::*;

    fn header(kind: EntryType, size: u64) -> Header {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(size);
        header.set_mode(0o644);
        header
    }

    /// An archive with one entry whose path is written as it is, however odd.
    fn archive(path: &str, kind: EntryType, content: &[u8]) -> Vec<u8> {
        let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
        let mut header = header(kind, content.len() as u64);
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        if kind == EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, content).unwrap();
        builder.into_inner().unwrap().finish().unwrap()
    }

    #[track_caller]
    fn check_refused(package: &[u8], reason: &str) {
        let directory = tempfile::tempdir().unwrap();
        let into = directory.path().join("in");
        fs::create_dir(&into).unwrap();
        let error = unpack(package, "a", "1.0.0", &into).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(matches!(error, RegistryError::Refused { .. }));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "something got out");
    }

    #[test]
    fn a_plain_package_is_unpacked() {
        let directory = tempfile::tempdir().unwrap();
        let package = archive("a-1.0.0/src/lib.rs", EntryType::Regular, b"//! A.");
        let root = unpack(&package, "a", "1.0.0", directory.path()).unwrap();
        assert_eq!(fs::read(root.join("src/lib.rs")).unwrap(), b"//! A.");
        let package = archive("a-1.0.0/Cargo.toml", EntryType::Regular, b"[package]");
        assert_eq!(manifest_of(&package, "a", "1.0.0").unwrap(), "[package]");
        let files = files_of(&package, "a", "1.0.0", &["Cargo.toml", "LICENSE"].into()).unwrap();
        assert_eq!(
            files,
            BTreeMap::from([("Cargo.toml".to_owned(), b"[package]".to_vec())])
        );
    }

    #[test]
    fn whatever_tries_something_is_refused() {
        for path in ["../a", "a-1.0.0/../../x", "/etc/x", "b-1.0.0/x", "a-1.0.0"] {
            check_refused(&archive(path, EntryType::Regular, b"x"), "leads out of its directory");
        }
        check_refused(&archive("a-1.0.0/l", EntryType::Symlink, b""), "a symbolic link");
        check_refused(&archive("a-1.0.0/l", EntryType::Link, b""), "a hard link");
        check_refused(b"no archive at all", "it is not an archive");
        let cut = archive("a-1.0.0/x", EntryType::Regular, &vec![7; 100_000]);
        check_refused(&cut[..cut.len() / 2], "");
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let mut bounded = Bounded {
            inner: io::repeat(0),
            room: 1000,
        };
        let error = io::copy(&mut bounded, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("far more"), "{error}");
    }
}
