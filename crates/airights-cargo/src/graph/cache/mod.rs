//! Remembers resolutions, so that a run in which nothing changed need not ask cargo again.
//!
//! An entry holds what cargo resolved and the [`Witnesses`] of it: everything cargo looked at. It is used only while
//! every witness still says the same; whatever is uncertain is resolved afresh. Trouble with the cache itself is
//! nobody's concern: an entry that cannot be read is as good as none, and one that cannot be written is not.

mod stored;
#[cfg(test)]
mod tests;
mod witnesses;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::SystemTime;

use airights_store::{Cached, FileName, keep, most, read};

use super::surroundings::Surroundings;
use super::{ResolveOptions, Resolved};
use stored::{StoredResolution, decode, encode};
use witnesses::Witnesses;

/// Opens every entry. Changes with the format.
const MAGIC: &[u8] = b"cargo-airights graph 1\n";
/// How many entries are kept: the newest.
const KEPT_ENTRIES: usize = 32;
/// No entry larger than this is written, in bytes. The largest graph known needs a tenth of it.
const LARGEST_ENTRY: usize = 16 << 20;

/// The place where one resolution is remembered: one for each combination of options and surroundings.
pub(super) struct Entry<'a> {
    path: PathBuf,
    options: &'a ResolveOptions,
    surroundings: &'a Surroundings,
}

impl<'a> Entry<'a> {
    /// Where the resolution these options ask for is remembered; `None` where it is not to be.
    pub(super) fn of(options: &'a ResolveOptions, surroundings: &'a Surroundings) -> Option<Self> {
        let is_cargos = options.metadata_path.is_none();
        let directory = options.cache.as_ref().filter(|_| is_cargos)?;
        let path = directory.join("graph").join(key(options, surroundings));
        Some(Self {
            path,
            options,
            surroundings,
        })
    }

    /// The resolution, if it is remembered and nothing has changed since.
    pub(super) fn load(&self) -> Option<Resolved> {
        let kept = Cached::read(&self.path, MAGIC)?;
        let (witnesses, resolution): (Witnesses, StoredResolution<'_>) = decode(kept.body())?;
        witnesses.still_hold().then(|| resolution.into_resolved())?
    }

    /// Remembers a resolution that cargo began to make at a given time, with the manifests of what was left out of it.
    pub(super) fn store(&self, resolved: &Resolved, left_out: &[PathBuf], begun: SystemTime) {
        // A failure here costs the next run some time and this one nothing.
        let _ = self.try_store(resolved, left_out, begun);
    }

    fn try_store(&self, resolved: &Resolved, left_out: &[PathBuf], begun: SystemTime) -> Option<()> {
        let witnesses = Witnesses::of(resolved, left_out, self.options, self.surroundings, begun)?;
        let body = encode(&(witnesses, StoredResolution::of(resolved)?))?;
        if body.len() > LARGEST_ENTRY {
            return None;
        }
        keep(&self.path, MAGIC, &body, KEPT_ENTRIES)
    }
}

/// The name of an entry: a digest of all that selects a resolution.
fn key(options: &ResolveOptions, surroundings: &Surroundings) -> String {
    let mut name = FileName::default();
    name.add(env!("CARGO_PKG_VERSION").as_bytes());
    name.add(&[stored::FORMAT]);
    add_selection(&mut name, options, surroundings);
    name.finish()
}

/// A digest of all that selects what cargo resolves in a workspace, and where it looks: options, environment, configuration.
pub(super) fn selection(options: &ResolveOptions, surroundings: &Surroundings) -> String {
    let mut name = FileName::default();
    add_selection(&mut name, options, surroundings);
    for file in surroundings.configuration_files() {
        name.add(file.as_os_str().as_encoded_bytes());
        let text = read(&file, most::CONFIGURATION);
        name.add(&text.unwrap_or_default());
    }
    name.finish()
}

fn add_selection(name: &mut FileName, options: &ResolveOptions, surroundings: &Surroundings) {
    name.add(surroundings.current_dir.as_os_str().as_encoded_bytes());
    // The directory of the cache says nothing of what is in it.
    let options = ResolveOptions {
        cache: None,
        ..options.clone()
    };
    name.add(format!("{options:?}").as_bytes());
    for (variable, value) in surroundings.variables.iter().filter(|(name, _)| matters(name)) {
        name.add(variable.as_encoded_bytes());
        name.add(value.as_encoded_bytes());
    }
}

/// Whether an environment variable may change what cargo resolves.
fn matters(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let starts = ["CARGO", "__CARGO", "RUSTC", "RUSTFLAGS", "RUSTUP"];
    starts.iter().any(|start| name.starts_with(start)) || ["HOME", "PATH", "USERPROFILE"].contains(&&*name)
}
