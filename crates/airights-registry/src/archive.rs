//! Unpacks what a stranger published, with every caution: bounded in size and number, nothing outside its own directory,
//! no links, and only as what it says it is.

mod bounded;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use airights_safe::text::shortened;
use flate2::read::GzDecoder;
use tar::{Archive, EntryType};
use toml::Table;

use self::bounded::{Bounded, Bounds};
use super::RegistryError;
use super::error::Cause;

/// Unpacked, a package may take this many bytes. Cargo's own bound is the same.
const MAX_UNPACKED: u64 = 512 << 20;
/// And this many times its packed size, where that is more.
const MAX_RATIO: u64 = 20;
/// A single file that is looked at is not larger than this.
const MAX_FILE: u64 = 4 << 20;
/// So many files and directories at most, whatever is in them.
const MAX_FILES: usize = 100_000;
/// A path in it has so many bytes at most. Windows would not take a quarter of it.
const MAX_PATH: usize = 1024;

/// Unpacks a package into a directory, and returns the directory in it that holds the manifest.
///
/// # Errors
///
/// [`RegistryError::Refused`] where the archive tries something; [`RegistryError::Local`] where the disk does.
pub fn unpack(package: &[u8], name: &str, version: &str, into: &Path) -> Result<PathBuf, RegistryError> {
    // A package that is another one is none to unpack.
    manifest_of(package, name, version)?;
    let inside = format!("{name}-{version}");
    let refused = |reason: String, cause: Option<io::Error>| refused(name, version, reason, cause);
    let local = |error: io::Error| RegistryError::local(format!("unpack `{inside}`"), error);
    let mut directories = HashSet::new();
    each_entry(package, &inside, &refused, |path, entry| {
        let place = into.join(path);
        let new = path.ancestors().skip(1).filter(|above| !directories.contains(*above));
        let new: Vec<PathBuf> = new.map(Path::to_owned).collect();
        if !new.is_empty() {
            directories.extend(new);
            if directories.len() > MAX_FILES {
                return Err(refused(format!("it holds more than {MAX_FILES} directories"), None));
            }
            fs::create_dir_all(place.parent().unwrap_or(into)).map_err(local)?;
        }
        // Whatever is there was unpacked from the same archive a moment ago: two files of one name.
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&place)
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
/// [`RegistryError::Refused`] where there is none, it is that of another package, or the archive tries something.
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
            .take(MAX_FILE + 1)
            .read_to_string(&mut text)
            .map_err(|error| refused("its manifest cannot be read".to_owned(), Some(error)))?;
        if text.len() as u64 > MAX_FILE {
            return Err(refused(format!("its manifest is larger than {MAX_FILE} bytes"), None));
        }
        manifest = Some(text);
        Ok(false)
    })?;
    let manifest = manifest.ok_or_else(|| refused("it has no manifest".to_owned(), None))?;
    match claim(&manifest) {
        // What is no TOML claims nothing, and says nothing of licenses either.
        Some((claimed, _)) if claimed.is_empty() => Err(refused("its manifest names no package".to_owned(), None)),
        Some((claimed, number)) if (claimed.as_str(), number.as_str()) != (name, version) => {
            let claimed = format!("{} {}", shortened(&claimed), shortened(&number));
            Err(refused(format!("its manifest is that of `{claimed}`"), None))
        }
        _ => Ok(manifest),
    }
}

/// What a manifest says it is that of: its name and version, as far as it says so; `None` where it is no TOML.
fn claim(manifest: &str) -> Option<(String, String)> {
    let manifest: Table = manifest.parse().ok()?;
    // What the table was called before 2015 cargo still reads.
    let package = ["package", "project"]
        .into_iter()
        .find_map(|name| manifest.get(name)?.as_table());
    let text = |key: &str| Some(package?.get(key)?.as_str()?.to_owned());
    Some((text("name").unwrap_or_default(), text("version").unwrap_or_default()))
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
                .map_err(|error| refused(format!("`{}` in it cannot be read", shortened(path)), Some(error)))?;
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
    let bounds = Bounds::of(MAX_UNPACKED.max(package.len() as u64 * MAX_RATIO));
    let mut archive = Archive::new(Bounded::new(GzDecoder::new(package), &bounds));
    let unreadable = |error: io::Error| refused("it is not an archive".to_owned(), Some(error));
    bounds.only_headers_from(0);
    let mut entries = 0;
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        bounds.everything();
        entries += 1;
        if entries > MAX_FILES {
            return Err(refused(format!("it holds more than {MAX_FILES} files"), None));
        }
        let end = entry.raw_file_position().saturating_add(entry.size());
        let path = entry.path().map_err(unreadable)?.into_owned();
        if path.as_os_str().len() > MAX_PATH {
            return Err(refused(format!("a path in it is longer than {MAX_PATH} bytes"), None));
        }
        let shown = path.display().to_string();
        let shown = shortened(&shown);
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader => {
                bounds.only_headers_from(end);
                continue;
            }
            other => {
                let reason = format!("`{shown}` in it is not a file but {}", kind_in_words(other));
                return Err(refused(reason, None));
            }
        }
        let stays_inside = path.starts_with(inside)
            && path.components().count() > 1
            && path.components().all(|part| matches!(part, Component::Normal(_)));
        if !stays_inside {
            return Err(refused(format!("`{shown}` in it leads out of its directory"), None));
        }
        if !take(&path, &mut entry)? {
            return Ok(());
        }
        bounds.only_headers_from(end);
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

#[cfg(test)]
mod tests;
