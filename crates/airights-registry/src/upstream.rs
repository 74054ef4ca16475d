//! A registry, asked with restraint: each index file once a run, each package once for all.

use std::collections::HashMap;
use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use cargo_credential::Secret;
use tracing::debug;

use super::cached::{Cached, KeptIndex, is_as_promised};
use super::client::{Answer, Client, Question, shown};
use super::index::{CrateIndex, IndexEntry, index_path};
use super::index_config::IndexConfig;
use super::sources::CRATES_IO;
use super::{RegistryError, Source};

/// No index file is larger than this by far.
const MAX_INDEX_FILE: u64 = 64 << 20;
/// The file in which an index speaks of itself has a few lines.
const MAX_CONFIG: u64 = 1 << 20;
/// What crates.io takes is a third of it.
const MAX_PACKAGE: u64 = 32 << 20;
/// The file in which an index speaks of itself.
const CONFIG: &str = "config.json";
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
    /// When to stop waiting for registries, whatever is asked.
    pub until: Option<Instant>,
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
    kept: Cached,
    offline: bool,
    access: OnceLock<Access>,
    asking_for_access: Mutex<()>,
    crates: Mutex<HashMap<String, Slot>>,
}

/// What the index says of itself, and what it took to be told.
#[derive(Debug)]
struct Access {
    config: IndexConfig,
    /// Whether the index answers only to those who tell a token.
    index_asks_for_token: bool,
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
        let kept = Cached::of(&source.index, options.cache.as_deref(), options.cargo_home.as_deref());
        Self {
            registry: Arc::from(registry),
            closed,
            source,
            client,
            kept,
            offline: options.offline,
            access: OnceLock::new(),
            asking_for_access: Mutex::default(),
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

    /// Why it cannot be asked at all, if it cannot.
    fn open(&self) -> Result<(), RegistryError> {
        self.closed.clone().map_or(Ok(()), Err)
    }

    /// What the index says of a crate; nothing where there is no such crate.
    ///
    /// # Errors
    ///
    /// Where it cannot be asked, or says what cannot be understood.
    pub fn index_of(&self, name: &str) -> Result<Arc<CrateIndex>, RegistryError> {
        self.open()?;
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
                CrateIndex::parse_of(&self.registry, &bytes, name).map_err(|error| self.garbled(&path, error))?
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
        let package = format!("{} {}", entry.name, entry.version);
        if let Some(kept) = self.kept.package(&file, &entry.checksum) {
            debug!(package, "the package is on this disk");
            return Ok(kept);
        }
        self.open()?;
        if self.offline {
            return Err(RegistryError::Offline {
                what: format!("the package `{package}`"),
            });
        }
        let config = &self.access()?.config;
        let token = if config.auth_required {
            Some(self.token(&[])?)
        } else {
            None
        };
        let question = Question {
            etag: None,
            limit: MAX_PACKAGE,
            may_be_packed: false,
            token: token.as_ref(),
        };
        let body = match self.client.get(&config.package_url(entry), &question)? {
            Answer::Found { body, .. } => body,
            Answer::Unauthorized { .. } => return Err(self.unauthorized(token.is_some())),
            Answer::Absent | Answer::Unchanged => {
                return Err(RegistryError::Refused {
                    package,
                    reason: "the registry does not have it".to_owned(),
                    cause: None,
                });
            }
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
            debug!(
                path,
                is_kept = body.is_some(),
                "offline, so the copy of the index file has to do"
            );
            return body.map(Some).ok_or_else(|| RegistryError::Offline {
                what: format!("the index file `{path}`"),
            });
        }
        // Everybody may read the index of crates.io, so nothing has to be known of it first.
        let asks_for_token = !self.source.is_crates_io() && self.access()?.index_asks_for_token;
        let token = if asks_for_token { Some(self.token(&[])?) } else { None };
        match self.ask_index(path, kept.as_ref(), token.as_ref())? {
            Answer::Found { body, .. } => Ok(Some(body)),
            Answer::Unchanged => Ok(kept.map(|kept| kept.body)),
            Answer::Absent => Ok(None),
            Answer::Unauthorized { .. } => Err(self.unauthorized(token.is_some())),
        }
    }

    /// Asks for a file of the index, and keeps it.
    fn ask_index(
        &self,
        path: &str,
        kept: Option<&KeptIndex>,
        token: Option<&Secret<String>>,
    ) -> Result<Answer, RegistryError> {
        let question = Question {
            etag: kept.and_then(|kept| kept.etag.as_deref()),
            limit: if path == CONFIG { MAX_CONFIG } else { MAX_INDEX_FILE },
            may_be_packed: true,
            token,
        };
        let answer = self.client.get(&format!("{}{path}", self.source.index), &question)?;
        if let Answer::Found { body, etag } = &answer {
            self.kept.keep_index_file(path, etag.as_deref(), body);
        }
        Ok(answer)
    }

    /// What the index says of itself. Where it asks for a token, it is asked once more with one, as cargo does.
    fn access(&self) -> Result<&Access, RegistryError> {
        // Whoever comes second waits for the answer instead of asking, too.
        let _asking = self.asking_for_access.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.access.get() {
            return Ok(known);
        }
        let kept = self.kept.index_file(CONFIG);
        let was_known = kept.as_ref().and_then(|kept| IndexConfig::parse(&kept.body).ok());
        let mut index_asks_for_token = was_known.is_some_and(|config| config.auth_required);
        let token = if index_asks_for_token {
            Some(self.token(&[])?)
        } else {
            None
        };
        let mut answer = self.ask_index(CONFIG, kept.as_ref(), token.as_ref())?;
        if let Answer::Unauthorized { headers } = &answer
            && !index_asks_for_token
        {
            index_asks_for_token = true;
            answer = self.ask_index(CONFIG, kept.as_ref(), Some(&self.token(headers)?))?;
        }
        let body = match answer {
            Answer::Found { body, .. } => Some(body),
            Answer::Unchanged => kept.map(|kept| kept.body),
            Answer::Absent => None,
            Answer::Unauthorized { .. } => return Err(self.unauthorized(true)),
        };
        let body = body.ok_or_else(|| self.garbled(CONFIG, "it is missing"))?;
        let config = IndexConfig::parse(&body).map_err(|error| self.garbled(CONFIG, error))?;
        index_asks_for_token |= config.auth_required;
        Ok(self.access.get_or_init(|| Access {
            config,
            index_asks_for_token,
        }))
    }

    /// A file of the index cannot be understood.
    fn garbled(&self, path: &str, cause: impl Into<Box<dyn Error + Send + Sync>>) -> RegistryError {
        RegistryError::Garbled {
            url: shown(&format!("{}{path}", self.source.index)),
            cause: Arc::from(cause.into()),
        }
    }

    fn token(&self, headers: &[String]) -> Result<Secret<String>, RegistryError> {
        self.client.credentials().token(&self.source, headers)
    }

    fn unauthorized(&self, was_token_told: bool) -> RegistryError {
        if was_token_told {
            self.client.credentials().rejected(&self.source)
        } else {
            self.client.credentials().unasked(&self.source)
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<String, Slot>> {
        self.crates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
