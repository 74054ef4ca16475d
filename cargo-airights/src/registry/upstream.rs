//! A registry, asked with restraint: each index file once a run, each package once for all.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::client::{Answer, Client};
use super::index::{CrateIndex, IndexEntry, index_path};
use super::index_config::IndexConfig;
use super::kept::{Kept, KeptIndex, is_as_promised};
use super::sources::CRATES_IO;
use super::{RegistryError, Source};

/// No index file is larger than this by far.
const MAX_INDEX_FILE: u64 = 64 << 20;
/// What crates.io takes is a third of it.
const MAX_PACKAGE: u64 = 32 << 20;
/// So many questions at a time.
const AT_A_TIME: usize = 12;

/// How to ask.
#[derive(Clone, Debug, Default)]
pub struct UpstreamOptions {
    /// Where to keep copies; `None`: nowhere.
    pub cache: Option<PathBuf>,
    /// Cargo's home, whose copies are used.
    pub cargo_home: Option<PathBuf>,
    /// Whether copies have to do.
    pub offline: bool,
}

/// The registry.
#[derive(Debug)]
pub struct Upstream {
    /// Where its packages come from, as lockfiles spell it.
    registry: Arc<str>,
    /// Why it cannot be asked at all, if it cannot.
    closed: Option<RegistryError>,
    source: Source,
    client: Client,
    kept: Kept,
    offline: bool,
    config: OnceLock<IndexConfig>,
    crates: Mutex<HashMap<String, Slot>>,
}

/// What is known of a crate; whoever asks second waits for the first.
type Slot = Arc<Mutex<Option<Arc<CrateIndex>>>>;

impl Upstream {
    /// The registry that stands for crates.io, before anything is asked.
    pub fn new(source: Source, client: Client, options: &UpstreamOptions) -> Self {
        Self::of(CRATES_IO, Ok(source), client, options)
    }

    /// The registry that stands for a source of lockfiles. Where it cannot be asked, that is told to whoever asks it.
    pub(super) fn of(
        registry: &str,
        source: Result<Source, RegistryError>,
        client: Client,
        options: &UpstreamOptions,
    ) -> Self {
        let (source, closed) = match source {
            Ok(source) => (source, None),
            Err(error) => (Source { index: String::new() }, Some(error)),
        };
        let kept = Kept::of(&source.index, options.cache.as_deref(), options.cargo_home.as_deref());
        Self {
            registry: Arc::from(registry),
            closed,
            source,
            client,
            kept,
            offline: options.offline,
            config: OnceLock::new(),
            crates: Mutex::default(),
        }
    }

    /// Where its packages come from, as lockfiles spell it.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// Whether it can be asked for other versions at all.
    pub fn can_be_asked(&self) -> bool {
        self.closed.is_none()
    }

    /// What the index says of a crate; nothing where there is no such crate.
    ///
    /// # Errors
    ///
    /// Where it cannot be asked, or says what cannot be understood.
    pub fn index_of(&self, name: &str) -> Result<Arc<CrateIndex>, RegistryError> {
        if let Some(reason) = &self.closed {
            return Err(reason.clone());
        }
        let Some(path) = index_path(name) else {
            return Ok(Arc::default());
        };
        let slot = Arc::clone(self.known().entry(path.clone()).or_default());
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*slot {
            return Ok(Arc::clone(known));
        }
        let index = match self.index_file(&path)? {
            Some(bytes) => {
                CrateIndex::parse_of(&self.registry, &bytes, name).map_err(|reason| RegistryError::Garbled {
                    url: format!("{}{path}", self.source.index),
                    reason,
                })?
            }
            None => CrateIndex::default(),
        };
        Ok(Arc::clone(slot.insert(Arc::new(index))))
    }

    /// Asks for several crates at a time, so that none is waited for later.
    ///
    /// # Errors
    ///
    /// What goes wrong first.
    pub fn ask_ahead(&self, names: &[&str]) -> Result<(), RegistryError> {
        let next = Mutex::new(names.iter());
        let failed = Mutex::new(None);
        let take = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
        let has_failed = || failed.lock().unwrap_or_else(PoisonError::into_inner);
        let one = || {
            while let Some(name) = take().filter(|_| has_failed().is_none()) {
                if let Err(error) = self.index_of(name) {
                    has_failed().get_or_insert(error);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..AT_A_TIME.min(names.len()) {
                scope.spawn(one);
            }
        });
        has_failed().take().map_or(Ok(()), Err)
    }

    /// The package of a version, as the index promised it.
    ///
    /// # Errors
    ///
    /// Where it cannot be had, or is not what was promised.
    pub fn package(&self, entry: &IndexEntry) -> Result<Vec<u8>, RegistryError> {
        let file = format!("{}-{}.crate", entry.name, entry.version);
        if let Some(kept) = self.kept.package(&file, &entry.checksum) {
            return Ok(kept);
        }
        let package = format!("{} {}", entry.name, entry.version);
        if self.offline {
            return Err(RegistryError::Offline {
                what: format!("the package `{package}`"),
            });
        }
        let url = self.config()?.package_url(entry);
        let Answer::Found { body, .. } = self.client.file(&url, MAX_PACKAGE)? else {
            return Err(RegistryError::Refused {
                package,
                reason: "the registry does not have it".to_owned(),
            });
        };
        if !is_as_promised(&body, &entry.checksum) {
            return Err(RegistryError::WrongChecksum { package });
        }
        self.kept.keep_package(&entry.checksum, &body);
        Ok(body)
    }

    /// Hands over every index file that is on this disk already. Nobody is asked.
    pub fn each_kept_index_file(&self, take: &mut dyn FnMut(&[u8])) {
        self.kept.each_index_file(take);
    }

    fn index_file(&self, path: &str) -> Result<Option<Vec<u8>>, RegistryError> {
        let kept = self.kept.index_file(path);
        if self.offline {
            let body = kept.map(|kept| kept.body);
            return body.map(Some).ok_or_else(|| RegistryError::Offline {
                what: format!("the index file `{path}`"),
            });
        }
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let url = format!("{}{path}", self.source.index);
        Ok(match self.client.text(&url, etag, MAX_INDEX_FILE)? {
            Answer::Found { body, etag } => {
                let fresh = KeptIndex { etag, body };
                self.kept.keep_index_file(path, &fresh);
                Some(fresh.body)
            }
            Answer::Unchanged => kept.map(|kept| kept.body),
            Answer::Absent => None,
        })
    }

    /// What the index says of itself.
    fn config(&self) -> Result<&IndexConfig, RegistryError> {
        if let Some(known) = self.config.get() {
            return Ok(known);
        }
        let garbled = |reason: String| RegistryError::Garbled {
            url: format!("{}config.json", self.source.index),
            reason,
        };
        let bytes = self.index_file("config.json")?;
        let bytes = bytes.ok_or_else(|| garbled("it is missing".to_owned()))?;
        let config = IndexConfig::parse(&bytes).map_err(garbled)?;
        Ok(self.config.get_or_init(|| config))
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, Slot>> {
        self.crates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
