//! What has to be as it was for a remembered resolution to be cargo's answer of today.
//!
//! Cargo's answer follows from the lockfile, the manifests on this disk and those they inherit from, the members their
//! globs find, cargo's configuration, and cargo itself. Manifests in cargo's own directories are not meant to change, so
//! they need not be read: it is enough that their stamps are what they were.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use airights_manifest::Manifest;
use airights_store::{Stamp, most, read, read_to_string};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::copies::MARKS_OF_PUBLISHED;
use super::super::surroundings::Surroundings;
use super::super::{ResolveOptions, Resolved};

/// Everything cargo looked at. It holds while all of it is as it was.
#[derive(Serialize, Deserialize)]
pub(super) struct Witnesses {
    /// Files by their content; `None`: there is none.
    contents: BTreeMap<String, Option<FileDigest>>,
    /// Programs, which are too large to read, and packages in cargo's own directories.
    stamps: BTreeMap<String, Stamp>,
    /// Whether there is such a file.
    presence: BTreeMap<String, bool>,
    /// Globs by what they match.
    globs: BTreeMap<String, FileDigest>,
}

type FileDigest = [u8; 32];

/// Words in cargo's configuration that bring in things we do not look at.
const BEYOND_US_IN_CONFIG: [&str; 4] = ["include", "lockfile-path", "patch", "paths"];

/// What cargo looks for in a package of its own accord.
const AUTO_DISCOVERED: [&str; 6] = [
    "README",
    "README.md",
    "README.txt",
    "build.rs",
    "src/lib.rs",
    "src/main.rs",
];

impl Witnesses {
    /// Gathers the witnesses of a resolution that cargo began to make at a given time, with the manifests on this disk of
    /// packages that are not in it. `None` where it is uncertain what cargo looked at, or whether it changed meanwhile.
    pub(super) fn of(
        resolved: &Resolved,
        left_out: &[PathBuf],
        options: &ResolveOptions,
        surroundings: &Surroundings,
        begun: SystemTime,
    ) -> Option<Self> {
        if !resolved.lockfile.is_file() {
            return None;
        }
        let mut paths = Paths::default();
        paths.contents.insert(resolved.lockfile.clone());
        paths.add_manifest(&resolved.workspace_root.join("Cargo.toml"));
        let start = options.manifest_path.as_deref().unwrap_or(Path::new("Cargo.toml"));
        if start.extension() != Some(OsStr::new("toml")) {
            return None;
        }
        paths.add_manifest(&std::path::absolute(surroundings.current_dir.join(start)).ok()?);
        for manifest in resolved.manifests.values() {
            if manifest.immutable.is_some() {
                paths.stamps.insert(manifest.manifest_path.clone());
            } else {
                paths.add_package(&manifest.manifest_path);
            }
        }
        for manifest in left_out {
            paths.add_package(manifest);
        }
        paths.add_root_manifest(&resolved.workspace_root)?;
        paths.add_configuration(surroundings)?;
        paths.add_programs(surroundings)?;
        let mut looked_at = paths.contents.iter().chain(&paths.stamps);
        if !looked_at.all(|path| Stamp::of(path).is_settled(begun)) {
            return None;
        }
        Some(Self {
            contents: look(paths.contents, content)?,
            stamps: look(paths.stamps, Stamp::of)?,
            presence: look(paths.presence, Path::exists)?,
            globs: paths
                .globs
                .into_iter()
                .map(|glob| Some((glob.clone(), matches(&glob)?)))
                .collect::<Option<_>>()?,
        })
    }

    /// Whether everything is as it was.
    pub(super) fn still_hold(&self) -> bool {
        self.contents.iter().all(|(path, was)| content(Path::new(path)) == *was)
            && self.stamps.iter().all(|(path, was)| Stamp::of(Path::new(path)) == *was)
            && self.presence.iter().all(|(path, was)| Path::new(path).exists() == *was)
            && self.globs.iter().all(|(glob, was)| matches(glob) == Some(*was))
    }
}

/// What to look at, before anything is looked at.
#[derive(Default)]
struct Paths {
    contents: BTreeSet<PathBuf>,
    stamps: BTreeSet<PathBuf>,
    presence: BTreeSet<PathBuf>,
    globs: BTreeSet<String>,
}

impl Paths {
    /// A manifest, and every one above it: one of them may be, or become, the workspace it belongs to.
    fn add_manifest(&mut self, manifest: &Path) {
        for directory in manifest.ancestors().skip(1) {
            if !self.contents.insert(directory.join("Cargo.toml")) {
                // Those further up came with an earlier one.
                break;
            }
        }
        self.contents.insert(manifest.to_owned());
    }

    /// A package that somebody may change: its manifest, and what cargo finds beside it.
    fn add_package(&mut self, manifest: &Path) {
        self.add_manifest(manifest);
        let files = AUTO_DISCOVERED.iter().chain(&MARKS_OF_PUBLISHED);
        self.presence.extend(files.map(|file| manifest.with_file_name(file)));
    }

    /// What only the root manifest can bring in: members by globs, and patches that nothing uses so far.
    fn add_root_manifest(&mut self, workspace_root: &Path) -> Option<()> {
        let text = read_to_string(&workspace_root.join("Cargo.toml"), most::MANIFEST).ok()?;
        let manifest = Manifest::parse(&text).ok()?;
        for member in manifest.members() {
            if member.contains(['*', '?', '[']) {
                let root = glob::Pattern::escape(workspace_root.to_str()?);
                self.globs.insert(format!("{root}/{member}/Cargo.toml"));
            }
        }
        for path in manifest.patched_paths() {
            self.add_manifest(&workspace_root.join(path).join("Cargo.toml"));
        }
        Some(())
    }

    /// Cargo's configuration and that of the toolchain, from the current directory upwards and in the home directories.
    fn add_configuration(&mut self, surroundings: &Surroundings) -> Option<()> {
        surroundings.cargo_home()?;
        for file in surroundings.configuration_files() {
            let text = read_to_string(&file, most::CONFIGURATION).unwrap_or_default();
            if BEYOND_US_IN_CONFIG.iter().any(|word| text.contains(word)) {
                return None;
            }
            self.contents.insert(file);
        }
        let upwards = surroundings.current_dir.ancestors();
        for file in
            upwards.flat_map(|directory| [directory.join("rust-toolchain"), directory.join("rust-toolchain.toml")])
        {
            let text = read_to_string(&file, most::CONFIGURATION).unwrap_or_default();
            if text.contains("path") {
                return None;
            }
            self.contents.insert(file);
        }
        Some(())
    }

    /// Cargo and rustc; behind rustup's proxies, those of every toolchain and the choice among them.
    fn add_programs(&mut self, surroundings: &Surroundings) -> Option<()> {
        self.stamps.insert(surroundings.find_program(&surroundings.cargo())?);
        let rustc = surroundings.variable("RUSTC").unwrap_or(OsStr::new("rustc"));
        self.stamps.extend(surroundings.find_program(Path::new(rustc)));
        let rustup_home = match surroundings.variable("RUSTUP_HOME") {
            Some(home) => surroundings.current_dir.join(home),
            None => surroundings.home()?.join(".rustup"),
        };
        self.contents.insert(rustup_home.join("settings.toml"));
        let toolchains = fs::read_dir(rustup_home.join("toolchains"))
            .into_iter()
            .flatten()
            .flatten();
        for toolchain in toolchains {
            let programs = toolchain.path().join("bin");
            let names = ["cargo", "rustc"].map(|name| format!("{name}{}", std::env::consts::EXE_SUFFIX));
            self.stamps.extend(names.map(|name| programs.join(name)));
        }
        Some(())
    }
}

/// Looks at each path. `None` if one of them cannot be stored.
fn look<T>(paths: BTreeSet<PathBuf>, at: impl Fn(&Path) -> T) -> Option<BTreeMap<String, T>> {
    let looked = paths
        .into_iter()
        .map(|path| Some((path.to_str()?.to_owned(), at(&path))));
    looked.collect()
}

fn content(path: &Path) -> Option<FileDigest> {
    read(path, most::LOCKFILE)
        .ok()
        .map(|bytes| Sha256::digest(bytes).into())
}

/// What a glob matches; `None` where that cannot be told.
fn matches(glob: &str) -> Option<FileDigest> {
    let mut digest = Sha256::new();
    for path in glob::glob(glob).ok()? {
        digest.update(path.ok()?.as_os_str().as_encoded_bytes());
        digest.update([0]);
    }
    Some(digest.finalize().into())
}
