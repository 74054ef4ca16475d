//! Finds the files of a package that may say something of its license or of AI, without opening any.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use airights::facts::{ProblemKind, TextKind, TextPlace};

use super::contents::reason;
use super::interest::Interest;
use super::names;
use super::stored::StoredProblem;

/// Deeper directories are not looked into.
const MAX_DEPTH: usize = 32;
/// More entries of one package are not looked at.
const MAX_ENTRIES: usize = 200_000;
/// More files of interest in one package are not read.
const MAX_FILES: usize = 4_000;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The directories that were listed.
    pub(super) directories: Vec<PathBuf>,
    /// The files, sorted by path.
    pub(super) files: Vec<FoundFile>,
    /// The source files, sorted by path.
    pub(super) sources: Vec<String>,
    /// The archives, sorted by path.
    pub(super) archives: Vec<String>,
    /// Directories that could not be looked into, and limits that were reached.
    pub(super) problems: Vec<StoredProblem>,
}

/// A file of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundFile {
    /// Path in the package, with `/`.
    pub(super) path: String,
    /// Why it is read.
    pub(super) interest: Interest,
    /// Whose it is.
    pub(super) place: TextPlace,
    /// What the directory lists it as.
    pub(super) listed_as: ListedAs,
}

/// What a directory lists an entry as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListedAs {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// Nothing: the manifest names it.
    Nothing,
    /// A pipe, a socket, a device.
    Other,
}

/// How a package's directory came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Unpacked from a `.crate`: all of it is the package.
    Unpacked,
    /// A place where people work: build output and other packages may lie inside.
    Checkout,
}

/// Walks a package.
///
/// # Errors
///
/// If the directory itself cannot be listed.
pub(super) fn walk(root: &Path, origin: Origin) -> io::Result<Walk> {
    let mut found = Walk::default();
    let mut entries_seen = 0;
    let mut pending = vec![Directory::root(root)];
    while let Some(directory) = pending.pop() {
        found.directories.push(directory.on_disk.clone());
        let entries = match list(&directory.on_disk) {
            Ok(entries) => entries,
            Err(error) if directory.depth == 0 => return Err(error),
            Err(error) => {
                found.give_up_on(&directory.path, reason(&error));
                continue;
            }
        };
        let may_be_of_another = directory.depth > 0 && directory.holds_licenses_of.is_none();
        if may_be_of_another && origin == Origin::Checkout && is_of_another(&entries) {
            continue;
        }
        entries_seen += entries.len();
        if entries_seen > MAX_ENTRIES || found.files.len() > MAX_FILES {
            let limit = "the package holds too many files; the rest was not looked at";
            found.give_up_on(&directory.path, limit.to_owned());
            break;
        }
        for entry in entries {
            directory.take(&entry, origin, &mut pending, &mut found);
        }
    }
    found.sort();
    Ok(found)
}

/// Finds the same among the files of a `.crate`, by their paths alone.
pub(super) fn among<'a>(paths: impl Iterator<Item = &'a str>) -> Walk {
    let mut found = Walk::default();
    for path in paths {
        let mut names: Vec<&str> = path.split('/').collect();
        let name = names.pop().unwrap_or_default();
        let root = Some(Directory::root(Path::new("")));
        let enter = |directory: Option<Directory>, name| directory?.enter(name, Origin::Unpacked, &mut found);
        let directory = names.into_iter().fold(root, enter);
        if let Some(directory) = directory {
            directory.take_file(name, ListedAs::File, &mut found);
        }
    }
    found.sort();
    found
}

/// The license texts in a directory and in its `LICENSES`, without a look at what lies deeper.
///
/// # Errors
///
/// If the directory cannot be listed.
pub(super) fn own_texts(root: &Path) -> io::Result<Vec<FoundFile>> {
    let top = Directory::root(root);
    let mut found = Walk::default();
    let mut files = Vec::new();
    for entry in list(root)? {
        let Some(name) = entry.name.to_str() else { continue };
        if !entry.file_type.is_dir() {
            files.extend(top.file(name, entry.file_type.into()));
        } else if names::is_license_directory(name)
            && let Some(inner) = top.enter(name, Origin::Checkout, &mut found)
        {
            let entries = list(&inner.on_disk)?;
            let named = entries
                .iter()
                .filter_map(|entry| Some((entry.name.to_str()?, entry.file_type)));
            let inside = named.filter(|(_, file_type)| !file_type.is_dir());
            files.extend(inside.filter_map(|(name, file_type)| inner.file(name, file_type.into())));
        }
    }
    files.retain(|file| file.place == TextPlace::Own && file.interest == Interest::Text(TextKind::License));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

impl From<FileType> for ListedAs {
    fn from(file_type: FileType) -> Self {
        match file_type {
            kind if kind.is_file() => Self::File,
            kind if kind.is_symlink() => Self::Link,
            _ => Self::Other,
        }
    }
}

impl Walk {
    fn sort(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.sources.sort();
        self.archives.sort();
    }

    fn give_up_on(&mut self, path: &str, reason: String) {
        let path = if path.is_empty() { "." } else { path }.to_owned();
        let kind = ProblemKind::Unreadable(reason);
        let sha256 = None;
        self.problems.push(StoredProblem { path, kind, sha256 });
    }
}

/// A directory that is looked into.
struct Directory {
    on_disk: PathBuf,
    path: String,
    depth: usize,
    /// Whose texts it holds, where every file in it is one.
    holds_licenses_of: Option<TextPlace>,
}

impl Directory {
    fn root(on_disk: &Path) -> Self {
        Self {
            on_disk: on_disk.to_owned(),
            path: String::new(),
            depth: 0,
            holds_licenses_of: None,
        }
    }

    fn take(&self, entry: &Entry, origin: Origin, pending: &mut Vec<Self>, found: &mut Walk) {
        let Some(name) = entry.name.to_str() else {
            return self.take_oddly_named(entry, found);
        };
        if entry.file_type.is_dir() {
            if let Some(inner) = self.enter(name, origin, found) {
                pending.push(inner);
            }
        } else {
            self.take_file(name, entry.file_type.into(), found);
        }
    }

    fn take_file(&self, name: &str, listed_as: ListedAs, found: &mut Walk) {
        let is_file = listed_as == ListedAs::File;
        match self.file(name, listed_as) {
            Some(file) if file.interest == Interest::Source && is_file => found.sources.push(file.path),
            // A link would be opened twice, or be a file of somebody else.
            Some(file) if file.interest == Interest::Source => {}
            Some(file) if file.interest == Interest::Archive => found.archives.push(file.path),
            Some(file) => found.files.push(file),
            None => {}
        }
    }

    /// A name that is no Unicode cannot be a path in a report. Where it looks like a license, that is said.
    fn take_oddly_named(&self, entry: &Entry, found: &mut Walk) {
        let name = entry.name.to_string_lossy();
        let is_read = |interest| !matches!(interest, Interest::Source | Interest::Archive);
        if !entry.file_type.is_dir() && self.interest(&name).is_some_and(is_read) {
            found.give_up_on(&self.join(&name), "its name is not Unicode".to_owned());
        }
    }

    fn enter(&self, name: &str, origin: Origin, found: &mut Walk) -> Option<Self> {
        if name == ".git" || (name == "target" && self.depth == 0 && origin == Origin::Checkout) {
            return None;
        }
        let path = self.join(name);
        if self.depth >= MAX_DEPTH {
            found.give_up_on(&path, "it is nested too deeply".to_owned());
            return None;
        }
        let opens_licenses = self.depth == 0 && names::is_license_directory(name);
        Some(Self {
            on_disk: self.on_disk.join(name),
            holds_licenses_of: self.holds_licenses_of.or(opens_licenses.then(|| place_by_name(name))),
            path,
            depth: self.depth + 1,
        })
    }

    fn file(&self, name: &str, listed_as: ListedAs) -> Option<FoundFile> {
        let interest = self.interest(name)?;
        let place = match self.holds_licenses_of {
            Some(TextPlace::Own) | None if names::is_of_others(name) => TextPlace::Bundled,
            Some(place) => place,
            None if self.depth == 0 && !names::is_of_one_file(name) => TextPlace::Own,
            None => TextPlace::Bundled,
        };
        Some(FoundFile {
            path: self.join(name),
            interest,
            place,
            listed_as,
        })
    }

    fn interest(&self, name: &str) -> Option<Interest> {
        if self.depth == 0 {
            names::in_root(name)
        } else if self.holds_licenses_of.is_some() {
            names::in_license_directory(name)
        } else {
            names::below_root(&self.path, name)
        }
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.path)
        }
    }
}

fn place_by_name(name: &str) -> TextPlace {
    if names::is_of_others(name) {
        TextPlace::Bundled
    } else {
        TextPlace::Own
    }
}

struct Entry {
    name: std::ffi::OsString,
    file_type: FileType,
}

fn list(directory: &Path) -> io::Result<Vec<Entry>> {
    fs::read_dir(directory)?
        .map(|entry| {
            let entry = entry?;
            Ok(Entry {
                file_type: entry.file_type()?,
                name: entry.file_name(),
            })
        })
        .collect()
}

/// Whether a directory is a package of its own, or is where cargo builds. Anybody may put a `CACHEDIR.TAG` anywhere, so it
/// alone hides nothing.
fn is_of_another(entries: &[Entry]) -> bool {
    let has = |name: &str| entries.iter().any(|entry| entry.name == OsStr::new(name));
    has("Cargo.toml") || (has("CACHEDIR.TAG") && has(".rustc_info.json"))
}
