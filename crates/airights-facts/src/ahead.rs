//! Reads the packages of a lockfile and those of the workspace on threads of their own, while cargo resolves.
//!
//! Where a package is unpacked is only a guess until cargo names its directory.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

use airights_manifest::lockfile::entries;
use airights_store::{most, read_to_string};

use super::cache::Key;
use super::members::members_below;
use super::package::{Place, Read};
use super::stored::PackageFiles;
use super::walk::Origin;
use super::witnesses::Witnesses;
use super::{Shared, around, read_or_explain, repository, threads};

/// Threads that read ahead.
pub(super) struct ReadAhead {
    work: Arc<Work>,
    threads: Vec<JoinHandle<()>>,
}

/// What was found ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead(HashMap<Key, Found>);

/// What was found of one package.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) files: Arc<PackageFiles>,
    /// Whether it was read just now, and not remembered.
    pub(super) is_read: bool,
    /// What it was read from, if it was, and nothing changed meanwhile.
    pub(super) witnesses: Option<Witnesses>,
}

impl Ahead {
    /// What was found in a place.
    pub(super) fn found(&self, key: Key) -> Option<Found> {
        self.0.get(&key).cloned()
    }
}

impl ReadAhead {
    /// Starts the threads.
    pub(super) fn start(lockfile: Option<&Path>, cargo_home: Option<&Path>, shared: &Arc<Shared>) -> Self {
        let work = Arc::new(Work::default());
        let (Some(lockfile), Some(cargo_home)) = (lockfile, cargo_home) else {
            return Self {
                work,
                threads: Vec::new(),
            };
        };
        let (lockfile, cargo_home): (Arc<Path>, Arc<Path>) = (lockfile.into(), cargo_home.into());
        let threads = (0..threads())
            .filter_map(|number| {
                let (work, shared) = (Arc::clone(&work), Arc::clone(shared));
                let (lockfile, cargo_home) = (Arc::clone(&lockfile), Arc::clone(&cargo_home));
                let run = move || work.run(&lockfile, &cargo_home, &shared);
                // Where no thread can be had, nothing is read ahead.
                std::thread::Builder::new()
                    .name(format!("read-ahead-{number}"))
                    .spawn(run)
                    .ok()
            })
            .collect();
        Self { work, threads }
    }

    /// Lets each thread finish the package it is at, and returns what they have.
    pub(super) fn stop(self) -> Ahead {
        self.work.enough.store(true, Ordering::Relaxed);
        for thread in self.threads {
            // A thread that panicked has left whole packages behind; the rest is read again, with the panic caught.
            let _ = thread.join();
        }
        let mut done = self.work.done.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut done)
    }
}

#[cfg(test)]
impl ReadAhead {
    /// How many packages were read so far.
    pub(super) fn count(&self) -> usize {
        let done = self.work.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0.len()
    }

    /// Whether there may be more to come.
    pub(super) fn is_running(&self) -> bool {
        self.threads.iter().any(|thread| !thread.is_finished())
    }
}

/// What the threads share.
#[derive(Default)]
struct Work {
    packages: OnceLock<Packages>,
    next: AtomicUsize,
    enough: AtomicBool,
    done: Mutex<Ahead>,
}

/// What there is to read.
struct Packages {
    /// The packages that cargo unpacks, each with the name of its directory in that of its registry.
    locked: Vec<String>,
    /// The directories into which registries unpack, one a registry.
    sources: Vec<PathBuf>,
    /// The workspace's root, and the directories its packages are probably in.
    root: PathBuf,
    members: Vec<PathBuf>,
}

impl Packages {
    fn of(lockfile: &Path, cargo_home: &Path) -> Self {
        let root = lockfile.parent().map(Path::to_owned).unwrap_or_default();
        let lockfile = read_to_string(lockfile, most::LOCKFILE).unwrap_or_default();
        let sources = fs::read_dir(cargo_home.join("registry").join("src"));
        let mut sources: Vec<_> = sources
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        sources.sort();
        Self {
            locked: entries(&lockfile)
                .filter_map(|entry| entry.unpacked_directory())
                .collect(),
            sources,
            members: members_below(&root),
            root,
        }
    }
}

/// Whether cargo has unpacked a package to its last file: it leaves a mark with something in it when it is done. While
/// cargo still unpacks, a license may be missing that is there a moment later.
fn is_unpacked(directory: &Path) -> bool {
    fs::metadata(directory.join(".cargo-ok")).is_ok_and(|mark| mark.len() > 0)
}

impl Work {
    fn run(&self, lockfile: &Path, cargo_home: &Path, shared: &Shared) {
        let packages = self.packages.get_or_init(|| Packages::of(lockfile, cargo_home));
        while !self.enough.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if let Some(package) = packages.locked.get(number) {
                self.read_locked(package, &packages.sources, shared);
            } else if let Some(directory) = packages.members.get(number - packages.locked.len()) {
                self.read_member(directory, &packages.root, shared);
            } else {
                return;
            }
        }
    }

    fn read_member(&self, directory: &Path, root: &Path, shared: &Shared) {
        let place = Place {
            directory,
            origin: Origin::Checkout,
            around: around(directory, Origin::Checkout, root),
            repository: repository(directory, Origin::Checkout, root),
            named: None,
            listing: None,
        };
        self.read(&place, shared);
    }

    fn read_locked(&self, package: &str, sources: &[PathBuf], shared: &Shared) {
        let directories: Vec<_> = sources.iter().map(|source| source.join(package)).collect();
        let place = |directory| Place {
            directory,
            origin: Origin::Unpacked,
            around: Vec::new(),
            repository: None,
            named: None,
            listing: None,
        };
        for directory in &directories {
            let key = Key::of_directory(&place(directory));
            if let Some(files) = shared.cache.load(key, directory) {
                let found = Found {
                    files: Arc::new(files),
                    is_read: false,
                    witnesses: None,
                };
                return self.note(key, found);
            }
        }
        if let Some(directory) = directories.iter().find(|directory| is_unpacked(directory)) {
            self.read(&place(directory), shared);
        }
    }

    fn read(&self, place: &Place<'_>, shared: &Shared) {
        if let Ok(Read { files, witnesses }) = read_or_explain(place, &shared.texts) {
            let found = Found {
                files: Arc::new(files),
                is_read: true,
                witnesses,
            };
            self.note(Key::of_directory(place), found);
        }
    }

    fn note(&self, key: Key, found: Found) {
        self.done
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .0
            .insert(key, found);
    }
}
