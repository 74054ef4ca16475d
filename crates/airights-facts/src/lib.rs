//! From the files of each package to [`PackageFacts`](airights::PackageFacts): in parallel, remembered, and begun while cargo still resolves.
//!
//! ```text
//! begin(Cargo.lock) ─ threads read ahead ─┐
//! cargo metadata ── PackageManifest ──────┴─ Reading::finish ─ Facts
//! ```
//!
//! A package is read in two stages: `read_package` turns its directory into [`PackageFiles`],
//! which can be stored; `describe` turns these and what cargo says of the manifest into facts, and reads nothing. What
//! was read ahead counts only for the very directory that cargo then names. What is remembered, and why nobody can make it
//! lie, says [`cache`].

mod absent;
mod ahead;
mod by_name;
pub mod cache;
mod contents;
pub mod declaration;
pub mod declared;
mod describe;
mod excerpt;
mod hashed;
mod headers;
mod interest;
mod local;
mod members;
mod names;
mod package;
mod place;
mod repository;
mod reuse;
mod signals;
mod single;
pub mod stored;
mod table;
mod tags;
mod text;
mod walk;
mod witnesses;
mod xxh32;

#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use airights::facts::{Facts, Gathered};
use airights::{DependencyGraph, PerPackage};
use tracing::info;

use self::ahead::{Ahead, ReadAhead};
pub use self::by_name::{ReadAs, is_translation, read_by_name};
use self::cache::{Cache, Key};
use self::contents::Boundary;
use self::declared::Declarations;
pub use self::hashed::add_hashed;
pub use self::local::may_hold_terms;
pub use self::package::ListedFile;
use self::package::{Named, Place, Read, read_package};
pub use self::single::SingleReader;
use self::stored::PackageFiles;
use self::text::Texts;
use self::walk::Origin;
use self::witnesses::Witnesses;
use airights_manifest::{PackageManifest, root_of};

/// How facts are gathered.
#[derive(Clone, Default)]
pub struct FactsOptions {
    /// Where to remember what was read; `None`: nowhere.
    pub cache: Option<PathBuf>,
    /// Cargo's home, below which registry packages are unpacked; `None`: nothing is read ahead.
    pub cargo_home: Option<PathBuf>,
    /// Told how many packages are done, and of how many, while [`Reading::finish`] runs; from any thread.
    pub progress: Option<Progress>,
}

/// Hears of progress: packages done, packages in all.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// What all threads share.
struct Shared {
    texts: Texts,
    cache: Cache,
    /// How many packages were read from the disk, and not from the cache.
    from_disk: AtomicUsize,
}

/// Facts on their way.
pub struct Reading {
    shared: Arc<Shared>,
    ahead: ReadAhead,
    progress: Option<Progress>,
}

/// Starts to read the registry packages that a lockfile names, and returns at once.
///
/// Nothing that goes wrong here matters: what was not read ahead is read by [`Reading::finish`].
pub fn begin(lockfile: Option<&Path>, options: FactsOptions) -> Reading {
    let shared = Arc::new(Shared {
        texts: Texts::default(),
        cache: Cache::new(options.cache.as_deref()),
        from_disk: AtomicUsize::new(0),
    });
    Reading {
        ahead: ReadAhead::start(lockfile, options.cargo_home.as_deref(), &shared),
        shared,
        progress: options.progress,
    }
}

/// Cargo's home as cargo finds it: `$CARGO_HOME`, else `.cargo` in the user's home.
pub fn cargo_home() -> Option<PathBuf> {
    let from_environment = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty());
    from_environment
        .map(PathBuf::from)
        // Cargo starts there, too.
        .and_then(|home| std::path::absolute(home).ok())
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

impl Reading {
    /// Waits for what is being read, reads the rest, and returns the facts of every package in the graph's order.
    pub fn finish(
        self,
        graph: &DependencyGraph,
        manifests: &PerPackage<PackageManifest>,
        workspace_root: &Path,
    ) -> Facts {
        let Self {
            shared,
            ahead,
            progress,
        } = self;
        let ahead = ahead.stop();
        let declarations = Declarations::default();
        let done = AtomicUsize::new(0);
        let packages: Vec<_> = graph
            .iter()
            .map(|(place, package)| (package, manifests.get(place)))
            .collect();
        let facts = in_parallel(&packages, |(package, manifest)| {
            let Some(manifest) = manifest else {
                return Gathered::Not("cargo says nothing of its manifest".to_owned());
            };
            let origin = match package.source.as_deref() {
                Some(source) if source.starts_with("registry+") || source.starts_with("sparse+") => Origin::Unpacked,
                _ => Origin::Checkout,
            };
            let gathered = match shared.files_of(manifest, origin, workspace_root, &ahead) {
                Ok(files) => Gathered::Facts(Box::new(describe::describe(manifest, &files, &declarations))),
                Err(reason) => Gathered::Not(reason),
            };
            if let Some(progress) = &progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, packages.len());
            }
            gathered
        });
        shared.cache.save();
        let from_disk = shared.from_disk.load(Ordering::Relaxed);
        info!(from_disk, from_cache = packages.len() - from_disk, "packages are read");
        facts.into()
    }
}

impl Shared {
    /// What the files of a package say: as remembered, as read ahead, or read now. The latter two are counted.
    fn files_of(
        &self,
        manifest: &PackageManifest,
        origin: Origin,
        workspace_root: &Path,
        ahead: &Ahead,
    ) -> Result<Arc<PackageFiles>, String> {
        let own = Place {
            directory: &manifest.directory,
            origin,
            around: around(&manifest.directory, origin, workspace_root),
            repository: repository(&manifest.directory, origin, workspace_root),
            named: None,
            listing: None,
        };
        let by_own = Key::of_directory(&own);
        let is_kept = manifest.immutable.is_some();
        let kept = |key| {
            is_kept
                .then(|| self.cache.load(key, &manifest.directory))
                .flatten()
                .map(Arc::new)
        };
        if let Some(found) = ahead.found(by_own).filter(|found| agrees(&found.files, manifest)) {
            if found.is_read {
                self.count_and_keep(is_kept, by_own, &found.files, found.witnesses.as_ref());
            }
            return Ok(found.files);
        }
        if let Some(remembered) = kept(by_own).filter(|files| agrees(files, manifest)) {
            return Ok(remembered);
        }
        let named = Place {
            named: Some(Named {
                license_file: manifest.license_file.clone(),
                readme: manifest.readme.clone(),
            }),
            ..own
        };
        let by_named = Key::of_directory(&named);
        if let Some(remembered) = kept(by_named) {
            return Ok(remembered);
        }
        let Read { files, witnesses } = read_or_explain(&named, &self.texts)?;
        let key = if agrees(&files, manifest) { by_own } else { by_named };
        self.count_and_keep(is_kept, key, &files, witnesses.as_ref());
        Ok(Arc::new(files))
    }

    fn count_and_keep(&self, is_kept: bool, key: Key, files: &PackageFiles, witnesses: Option<&Witnesses>) {
        self.from_disk.fetch_add(1, Ordering::Relaxed);
        if is_kept && witnesses.is_some() {
            self.cache.store(key, witnesses, files);
        }
    }
}

/// Whether what was read by the package's own manifest is what cargo says the manifest means. Where the manifest names no
/// README, cargo looks for one.
fn agrees(read: &PackageFiles, manifest: &PackageManifest) -> bool {
    const FOUND_BY_CARGO: [&str; 3] = ["README.md", "README.txt", "README"];
    let is_found = |readme: &String| read.keys.readme.is_none() && FOUND_BY_CARGO.contains(&readme.as_str());
    let same_readme = read.keys.readme == manifest.readme || manifest.readme.as_ref().is_some_and(is_found);
    read.keys.license_file == manifest.license_file && same_readme
}

/// Reads a package, or says why it cannot be.
fn read_or_explain(place: &Place<'_>, texts: &Texts) -> Result<Read, String> {
    // One text that the reader stumbles over must not take the report on a thousand packages with it.
    let read = catch_unwind(AssertUnwindSafe(|| read_package(place, texts)));
    let directory = place.directory.display();
    match read {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) if error.kind() == ErrorKind::NotFound => Err(format!(
            "its source is not on this disk (`{directory}` is missing; `cargo fetch` brings it)"
        )),
        Ok(Err(error)) => {
            let reason = contents::reason(&error);
            Err(format!("its source cannot be read (`{directory}`: {reason})"))
        }
        Err(_) => Err("reading it failed in a way that should be impossible; please report this".to_owned()),
    }
}

/// The directories beside its own in which what a package names may be: for a package of the workspace, the workspace and
/// the repository that holds it; for one from git, the checkout.
fn around(directory: &Path, origin: Origin, workspace_root: &Path) -> Vec<PathBuf> {
    let is_member = origin == Origin::Checkout && directory.starts_with(workspace_root);
    let workspace = is_member.then(|| workspace_root.to_owned());
    workspace
        .into_iter()
        .chain(repository(directory, origin, workspace_root))
        .collect()
}

/// The root of the repository in which a package is worked on.
fn repository(directory: &Path, origin: Origin, workspace_root: &Path) -> Option<PathBuf> {
    match origin {
        Origin::Unpacked => None,
        Origin::Checkout => root_of(directory, workspace_root),
    }
}

/// The words of one license text of a package on this disk, read with the same caution as for its facts.
///
/// # Errors
///
/// What is wrong with the file, in words that follow its name.
pub fn text_of(manifest: &PackageManifest, workspace_root: &Path, path: &str) -> Result<String, String> {
    let origin = Origin::Checkout;
    let around = around(&manifest.directory, origin, workspace_root);
    let boundary = Boundary::around(std::iter::once(manifest.directory.clone()).chain(around));
    let bytes = contents::read(&manifest.directory.join(path), contents::Way::Named, &boundary)
        .map_err(|problem| problem.to_string())?;
    let text = airights_text::decode(&bytes).ok_or("is not text")?;
    Ok(text.into_owned())
}

/// Does the same for each item, on every core, and returns the results in the items' order.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let one_thread = || {
        let mut results = Vec::new();
        while let Some((place, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, items.get(n)?)))
        {
            results.push((place, work(item)));
        }
        results
    };
    let mut results = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads()).map(|_| scope.spawn(one_thread)).collect();
        let mut results = one_thread();
        for other in others {
            match other.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

/// How many threads read. Reading is mostly waiting for the kernel, which many cores do not make faster.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(8))
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
