//! Packages that no graph holds, from the registries that lockfiles name: their facts, and the words of their texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use airights::facts::Gathered;
use airights::policy::Date;
use airights::{Judged, Package, PackageFacts, PackageIx, Policy, Roles, judge_package};
use airights_cargo::graph::ResolveOptions;
use airights_facts::{SingleReader, cargo_home};
use airights_manifest::LocalPackage;
use airights_registry::{
    CRATES_IO, CargoConfig, IndexEntry, Registries, RegistryError, UpstreamOptions, files_of, index_path, manifest_of,
    unpack,
};
use semver::Version;
use tempfile::TempDir;

use crate::clock;
use crate::error::SessionError;

/// Cargo's configuration, and how to ask registries.
///
/// # Errors
///
/// What of the configuration cannot be read.
pub fn configuration(options: &ResolveOptions) -> Result<(CargoConfig, UpstreamOptions), RegistryError> {
    let here = std::env::current_dir().map_err(|error| RegistryError::local("tell the current directory", error))?;
    let cargo_home = cargo_home();
    let config = CargoConfig::read(&here, cargo_home.as_deref())?;
    let offline = options.offline || options.frozen || config.is_offline();
    let options = UpstreamOptions {
        cache: options.cache.clone(),
        cargo_home,
        offline,
        until: None,
    };
    Ok((config, options))
}

/// The facts of one published package. What is unpacked goes as soon as it is read.
///
/// # Errors
///
/// [`RegistryError::Refused`] where the package must not be unpacked.
pub fn facts_of(
    package: &[u8],
    reader: &SingleReader,
    unpacking: &Path,
    entry: &IndexEntry,
) -> Result<Gathered, RegistryError> {
    let (name, version) = (&entry.name, entry.version.to_string());
    let manifest = manifest_of(package, name, &version)?;
    let place = tempfile::tempdir_in(unpacking);
    let place = place.map_err(|error| RegistryError::local("make a directory to unpack in", error))?;
    let unpack = || unpack(package, name, &version, place.path());
    reader.facts(package, &manifest, unpack)
}

/// Judges a version that no graph holds, in the roles it would have.
pub fn judge_version(policy: &Policy, entry: &IndexEntry, facts: &PackageFacts, roles: Roles, today: Date) -> Judged {
    let package = Package {
        source: Some(entry.registry.to_string()),
        checksum: Some(entry.checksum.clone()),
        roles,
        ..Package::new(entry.name.clone(), entry.version.clone())
    };
    judge_package(policy, PackageIx(0), &package, facts, today)
}

/// So long is waited for registries in all, however many packages are asked for. What was not asked by then says so.
const PATIENCE: Duration = Duration::from_mins(10);

/// Published packages, read one by one, from any thread.
pub struct Published {
    /// Where cargo's configuration is of no use, nothing but what is in the graph can be read.
    registries: Result<Registries, RegistryError>,
    reader: SingleReader,
    unpacking: TempDir,
    /// Why the registry could not be asked, once it could not: nobody waits for it again.
    silent: Mutex<Option<RegistryError>>,
}

impl Published {
    /// For crates.io, the registries among these sources of lockfiles, and those that have a name. Nothing is asked yet.
    ///
    /// # Errors
    ///
    /// [`SessionError::Local`] where nothing can be unpacked on this machine. That no registry can be asked is an answer to each
    /// question.
    pub fn open<'s>(options: &ResolveOptions, sources: impl Iterator<Item = &'s str>) -> Result<Self, SessionError> {
        let registries = || {
            let (config, mut upstream_options) = configuration(options)?;
            upstream_options.until = Some(Instant::now() + PATIENCE);
            Registries::of(&config, sources, &upstream_options)
        };
        let unpacking = tempfile::tempdir().map_err(|error| SessionError::Local {
            doing: "make a directory to unpack in",
            error,
        })?;
        Ok(Self {
            registries: registries(),
            reader: SingleReader::new(options.cache.as_deref()),
            unpacking,
            silent: Mutex::default(),
        })
    }

    /// What a registry has of a crate, newest first. The registry is named as lockfiles spell it.
    ///
    /// # Errors
    ///
    /// Why the registry could not be asked.
    pub fn versions(&self, registry: &str, name: &str) -> Result<Vec<IndexEntry>, RegistryError> {
        let Some(upstream) = self.registries()?.named(registry) else {
            return Ok(Vec::new());
        };
        let index = upstream.index_of(name)?;
        Ok(index.newest_first().into_iter().cloned().collect())
    }

    /// One version as the index has it, or as a lockfile that knows its checksum does: then nobody is asked.
    ///
    /// # Errors
    ///
    /// Why it is not known, in words that follow its name.
    pub fn entry(
        &self,
        registry: &str,
        name: &str,
        version: &Version,
        checksum: Option<&str>,
    ) -> Result<IndexEntry, String> {
        // A lockfile may say anything, and the name becomes a part of paths.
        if index_path(name).is_none() {
            return Err("its name is that of no crate".to_owned());
        }
        if let Some(checksum) = checksum {
            return Ok(IndexEntry::with_checksum(registry, name, version, checksum));
        }
        let known = self.unless_silent(|| self.versions(registry, name))?;
        let mut known = known.into_iter().filter(|known| known.version == *version);
        known.next().ok_or_else(|| "the registry does not have it".to_owned())
    }

    /// The facts of a version, or why there are none.
    pub fn facts(&self, entry: &IndexEntry) -> Gathered {
        let facts = || {
            facts_of(
                &self.registries()?.package(entry)?,
                &self.reader,
                self.unpacking.path(),
                entry,
            )
        };
        self.unless_silent(facts).unwrap_or_else(Gathered::Not)
    }

    /// Judges a version of a crate of crates.io, in the roles it would have.
    ///
    /// # Errors
    ///
    /// Why it could not be judged, in words that follow its name.
    pub fn judge(&self, policy: &Policy, name: &str, version: &Version, roles: Roles) -> Result<Judged, String> {
        let entry = self.entry(CRATES_IO, name, version, None)?;
        match self.facts(&entry) {
            Gathered::Facts(facts) => Ok(judge_version(policy, &entry, &facts, roles, clock::today())),
            Gathered::Not(reason) => Err(reason),
        }
    }

    /// The facts of a package that lies in a directory.
    pub fn facts_of_local(&self, package: &LocalPackage) -> Gathered {
        self.reader.facts_of_local(package)
    }

    /// The words of some texts of a version, by their path. What is no text is left out.
    ///
    /// # Errors
    ///
    /// Why they could not be read.
    pub fn texts(&self, entry: &IndexEntry, paths: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, String> {
        let files = self.unless_silent(|| {
            let package = self.registries()?.package(entry)?;
            files_of(&package, &entry.name, &entry.version.to_string(), paths)
        })?;
        let texts = files.into_iter().filter_map(|(path, bytes)| {
            let text = airights_text::decode(&bytes)?.into_owned();
            Some((path, text))
        });
        Ok(texts.collect())
    }

    /// Writes what was read into the facts cache.
    pub fn save(&self) {
        self.reader.save();
    }

    fn registries(&self) -> Result<&Registries, RegistryError> {
        self.registries.as_ref().map_err(Clone::clone)
    }

    fn unless_silent<T>(&self, ask: impl FnOnce() -> Result<T, RegistryError>) -> Result<T, String> {
        let silent = || self.silent.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(error) = &*silent() {
            return Err(error.in_one_line());
        }
        ask().map_err(|error| {
            if error.is_silence() {
                silent().get_or_insert_with(|| error.clone());
            }
            error.in_one_line()
        })
    }
}
