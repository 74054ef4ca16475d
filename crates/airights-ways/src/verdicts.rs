//! What the one judge says of versions that are not in the graph, and which of them are withheld because of it.
//!
//! Versions are judged when there is a reason to, newest first, and only until one passes; whatever cargo picks that
//! was not judged here is judged with the whole graph afterwards.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use airights::facts::Gathered;
use airights::policy::Date;
use airights::suggest::{LockedPackage, are_compatible};
use airights::{Level, Policy, Roles};
use airights_facts::SingleReader;
use airights_registry::{
    CRATES_IO, CrateIndex, IndexEntry, Registries, RegistryError, Ruling, Upstream, is_registry, unpack,
};
use airights_report::sentence::words;
use airights_session::{facts_of, judge_version};
use semver::Version;

use crate::WaysError;

/// Judges versions.
pub(super) struct Verdicts {
    /// The registry that stands for crates.io, where other crates are looked for.
    pub(super) upstream: Arc<Upstream>,
    pub(super) registries: Registries,
    policy: Policy,
    today: Date,
    reader: SingleReader,
    unpacking: PathBuf,
    rulings: Arc<Rulings>,
    /// Whether a registry had no time left to answer.
    is_out_of_time: AtomicBool,
}

/// A version by its registry, as lockfiles spell it, and its name: two registries may have different crates of one name.
type Key = (Arc<str>, String, Version);

/// What was ruled so far.
#[derive(Default)]
pub(super) struct Rulings {
    known: Mutex<HashMap<Key, Ruling>>,
    /// Versions of the graph that nobody is to move now, denied or not.
    tolerated: Mutex<BTreeSet<Key>>,
    /// Packages to do without: neither they nor any version cargo holds for compatible may be seen now.
    banned: Mutex<BTreeSet<LockedPackage>>,
    /// Whether everything may be seen, whatever was ruled.
    shows_everything: AtomicBool,
}

impl Rulings {
    /// Whether cargo may see a version. What was not judged may be seen.
    pub(super) fn on(&self, entry: &IndexEntry) -> Ruling {
        let key = key_of(entry);
        if self.shows_everything.load(Ordering::Relaxed) {
            return Ruling::Allowed;
        }
        let is_banned = |banned: &LockedPackage| {
            let is_of_crate = banned.name == entry.name && banned.source.as_deref() == Some(&*entry.registry);
            is_of_crate && are_compatible(&banned.version, &entry.version)
        };
        if lock(&self.banned).iter().any(is_banned) {
            return Ruling::Denied("is to be done without".to_owned());
        }
        if lock(&self.tolerated).contains(&key) {
            return Ruling::Allowed;
        }
        lock(&self.known).get(&key).cloned().unwrap_or(Ruling::Allowed)
    }

    /// Whether a version is known to be denied, tolerated or not.
    pub(super) fn withholds(&self, entry: &IndexEntry) -> bool {
        let key = key_of(entry);
        matches!(lock(&self.known).get(&key), Some(Ruling::Denied(_)))
    }

    /// Lets cargo see these versions, whatever was ruled.
    pub(super) fn tolerate<'a>(&self, packages: impl Iterator<Item = &'a LockedPackage>) {
        *lock(&self.tolerated) = packages.filter_map(key_of_locked).collect();
    }

    /// Hides these packages from cargo in every compatible version, whatever was ruled.
    pub(super) fn ban(&self, packages: &BTreeSet<LockedPackage>) {
        lock(&self.banned).clone_from(packages);
    }

    /// From now on, whether everything may be seen.
    pub(super) fn show_everything(&self, everything: bool) {
        self.shows_everything.store(everything, Ordering::Relaxed);
    }

    /// Withholds a version.
    pub(super) fn deny(&self, package: &LockedPackage, reason: &str) {
        if let Some(key) = key_of_locked(package) {
            lock(&self.known).insert(key, Ruling::Denied(reason.to_owned()));
        }
    }
}

fn key_of(entry: &IndexEntry) -> Key {
    (Arc::clone(&entry.registry), entry.name.clone(), entry.version.clone())
}

/// `None` for a package of this disk.
fn key_of_locked(package: &LockedPackage) -> Option<Key> {
    let registry = Arc::from(package.source.as_deref()?);
    Some((registry, package.name.clone(), package.version.clone()))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many versions are judged at a time.
const AT_A_TIME: usize = 6;

impl Verdicts {
    pub(super) fn new(
        registries: Registries,
        policy: Policy,
        today: Date,
        reader: SingleReader,
        unpacking: PathBuf,
    ) -> Self {
        Self {
            upstream: Arc::clone(registries.crates_io()),
            registries,
            policy,
            today,
            reader,
            unpacking,
            rulings: Arc::default(),
            is_out_of_time: AtomicBool::default(),
        }
    }

    /// What a registry answers. Where it had no time left to, that is noted down, and `otherwise` has to do.
    pub(super) fn in_time<T>(&self, answer: Result<T, RegistryError>, otherwise: T) -> Result<T, RegistryError> {
        match answer {
            Err(RegistryError::OutOfTime { .. }) => {
                self.is_out_of_time.store(true, Ordering::Relaxed);
                Ok(otherwise)
            }
            answer => answer,
        }
    }

    /// Whether a registry had no time left to answer since this was last asked.
    pub(super) fn take_out_of_time(&self) -> bool {
        self.is_out_of_time.swap(false, Ordering::Relaxed)
    }

    pub(super) fn rulings(&self) -> &Arc<Rulings> {
        &self.rulings
    }

    /// Unpacks a version into a directory, and returns the directory in it that holds the manifest.
    pub(super) fn unpacked(&self, entry: &IndexEntry, into: &Path) -> Result<PathBuf, RegistryError> {
        let package = self.registries.package(entry)?;
        unpack(&package, &entry.name, &entry.version.to_string(), into)
    }

    /// What the index of its registry says of a package's crate; nothing where no registry can be asked.
    pub(super) fn index_of(&self, package: &LockedPackage) -> Result<Arc<CrateIndex>, RegistryError> {
        let registry = self.registry_of(package).filter(|registry| registry.can_be_asked());
        registry.map_or_else(|| Ok(Arc::default()), |registry| self.index_in(registry, &package.name))
    }

    /// What a registry's index says of a crate; nothing where there is no time left to ask.
    pub(super) fn index_in(&self, registry: &Upstream, name: &str) -> Result<Arc<CrateIndex>, RegistryError> {
        self.in_time(registry.index_of(name), Arc::default())
    }

    /// Asks the registries of several packages for all of them at once. Those that cannot be asked have nothing to say
    /// before it comes to one of their packages.
    pub(super) fn ask_ahead(&self, packages: &[LockedPackage]) -> Result<(), RegistryError> {
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for package in packages {
            let source = package.source.as_deref().unwrap_or_default();
            names.entry(source).or_default().insert(&package.name);
        }
        for (source, names) in names
            .into_iter()
            .filter(|(source, _)| self.registries.can_be_asked(source))
        {
            if let Some(registry) = self.registries.named(source) {
                let asked = registry.ask_ahead(&names.into_iter().collect::<Vec<_>>());
                self.in_time(asked, ())?;
            }
        }
        Ok(())
    }

    /// Whether versions of a package's crate can be withheld.
    pub(super) fn can_withhold(&self, package: &LockedPackage) -> bool {
        package
            .source
            .as_deref()
            .is_some_and(|source| self.registries.can_be_asked(source))
    }

    /// Judges versions compatible with a denied one, newest first, until one passes. Those that do not pass are withheld
    /// from now on.
    pub(super) fn withhold_until_one_passes(&self, denied: &LockedPackage, roles: Roles) -> Result<(), WaysError> {
        let Some(registry) = self.registry_of(denied) else {
            return Ok(());
        };
        let index = self.index_in(registry, &denied.name)?;
        let candidates = candidates(&index, |version| are_compatible(version, &denied.version));
        self.first_that_passes(&candidates, roles)?;
        Ok(())
    }

    /// The first of some versions that passes. Those before it are withheld from now on.
    pub(super) fn first_that_passes<'a>(
        &self,
        candidates: &[&'a IndexEntry],
        roles: Roles,
    ) -> Result<Option<&'a IndexEntry>, WaysError> {
        for batch in candidates.chunks(AT_A_TIME) {
            let rulings = std::thread::scope(|scope| {
                let judge = |entry| move || self.ruling(entry, roles);
                let judging: Vec<_> = batch.iter().map(|&entry| scope.spawn(judge(entry))).collect();
                let ended = judging.into_iter().map(|judging| match judging.join() {
                    Ok(ruling) => ruling,
                    Err(panic) => std::panic::resume_unwind(panic),
                });
                ended.collect::<Result<Vec<_>, RegistryError>>()
            })?;
            if let Some(at) = rulings.iter().position(|ruling| *ruling == Ruling::Allowed) {
                return Ok(Some(batch[at]));
            }
        }
        Ok(None)
    }

    fn registry_of(&self, package: &LockedPackage) -> Option<&Arc<Upstream>> {
        self.registries.named(package.source.as_deref()?)
    }

    /// Writes what was read into the facts cache.
    pub(super) fn save(&self) {
        self.reader.save();
    }

    /// What the judge says of a version; asked once.
    fn ruling(&self, entry: &IndexEntry, roles: Roles) -> Result<Ruling, RegistryError> {
        let key = key_of(entry);
        if let Some(known) = lock(&self.rulings.known).get(&key) {
            return Ok(known.clone());
        }
        let untold = Ruling::Denied("there was no time left to judge it".to_owned());
        let ruling = self.in_time(self.judge(entry, roles), untold)?;
        lock(&self.rulings.known).insert(key, ruling.clone());
        Ok(ruling)
    }

    fn judge(&self, entry: &IndexEntry, roles: Roles) -> Result<Ruling, RegistryError> {
        let facts = match self.facts(entry) {
            Ok(Gathered::Facts(facts)) => facts,
            // What cannot be known is no way out.
            Ok(Gathered::Not(reason)) | Err(RegistryError::Refused { reason, .. }) => {
                return Ok(Ruling::Denied(reason));
            }
            Err(error) => return Err(error),
        };
        let judged = judge_version(&self.policy, entry, &facts, roles, self.today);
        let denied = judged.findings.into_iter().find(|finding| finding.level == Level::Deny);
        Ok(denied.map_or(Ruling::Allowed, |finding| Ruling::Denied(words(&finding.problem))))
    }

    fn facts(&self, entry: &IndexEntry) -> Result<Gathered, RegistryError> {
        facts_of(&self.registries.package(entry)?, &self.reader, &self.unpacking, entry)
    }
}

/// The versions cargo would choose from, newest first: not taken back, and no pre-releases, which nobody gets unasked.
pub(super) fn candidates(index: &CrateIndex, is_meant: impl Fn(&Version) -> bool) -> Vec<&IndexEntry> {
    let mut entries = index.newest_first();
    entries.retain(|entry| !entry.yanked && entry.version.pre.is_empty() && is_meant(&entry.version));
    entries
}

/// Whether a package is of crates.io.
pub fn is_of_crates_io(package: &LockedPackage) -> bool {
    package.source.as_deref() == Some(CRATES_IO)
}

/// Whether a package is of a registry, which may have other versions of it.
pub(super) fn is_of_a_registry(package: &LockedPackage) -> bool {
    package.source.as_deref().is_some_and(is_registry)
}
