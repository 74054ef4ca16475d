//! All registries that a resolve may ask: the one that stands for crates.io, those that the lockfile names, and those that
//! cargo's configuration gives a name.

use std::collections::BTreeMap;
use std::sync::Arc;

use airights_safe::text::shortened;

use super::sources::{CRATES_IO, Replaced};
use super::{CargoConfig, Client, IndexEntry, RegistryError, Upstream, UpstreamOptions};

/// The registries, by how lockfiles spell them.
#[derive(Debug)]
pub struct Registries {
    crates_io: Arc<Upstream>,
    pub(crate) all: BTreeMap<String, (Replaced, Arc<Upstream>)>,
    /// The variables that go before tokens in files of the configuration.
    #[cfg(feature = "serve")]
    pub(crate) token_variables: Vec<String>,
}

impl Registries {
    /// The registries of a lockfile with these sources, before anything is asked. One that cannot be asked says so when
    /// it is.
    ///
    /// # Errors
    ///
    /// Where cargo's configuration is of no use.
    pub fn of<'a>(
        config: &CargoConfig,
        locked: impl Iterator<Item = &'a str>,
        options: &UpstreamOptions,
    ) -> Result<Self, RegistryError> {
        let client = Client::new(config)?.until(options.until);
        let upstream = |registry: &str| {
            let source = config.registry_of(registry);
            Arc::new(Upstream::of(registry, source, client.clone(), options))
        };
        let crates_io = upstream(CRATES_IO);
        let mut all = BTreeMap::from([(CRATES_IO.to_owned(), (Replaced::crates_io(), Arc::clone(&crates_io)))]);
        let locked = locked.filter(|source| is_registry(source)).map(str::to_owned);
        for registry in locked.chain(config.named_registries().into_values()) {
            let registry = as_locked(&registry);
            let known = || (config.replaced(&registry), upstream(&registry));
            all.entry(registry.clone()).or_insert_with(known);
        }
        Ok(Self {
            crates_io,
            all,
            #[cfg(feature = "serve")]
            token_variables: config.token_variables(),
        })
    }

    /// The registry that stands for crates.io.
    pub fn crates_io(&self) -> &Arc<Upstream> {
        &self.crates_io
    }

    /// The registry behind a source of the lockfile.
    pub fn named(&self, locked: &str) -> Option<&Arc<Upstream>> {
        self.all.get(&as_locked(locked)).map(|(_, upstream)| upstream)
    }

    /// Whether versions of a source of the lockfile can be asked for, and withheld.
    pub fn can_be_asked(&self, locked: &str) -> bool {
        self.named(locked).is_some_and(|upstream| upstream.can_be_asked())
    }

    /// The package of a version, from where it is published.
    ///
    /// # Errors
    ///
    /// Where it cannot be had, or is not what was promised.
    pub fn package(&self, entry: &IndexEntry) -> Result<Vec<u8>, RegistryError> {
        let registry = self.named(&entry.registry).ok_or_else(|| {
            // Another registry may have a package of that name, too.
            let named = shortened(&entry.registry);
            RegistryError::configuration(format!("no registry is known as `{named}`"))
        });
        registry?.package(entry)
    }
}

/// Whether a source of the lockfile is a registry of any kind.
pub fn is_registry(locked: &str) -> bool {
    locked.starts_with("registry+") || locked.starts_with("sparse+")
}

/// A sparse index as cargo writes it into lockfiles.
pub(super) fn as_locked(source: &str) -> String {
    match source.strip_prefix("sparse+") {
        Some(address) => format!("sparse+{}/", address.trim_end_matches('/')),
        None => source.to_owned(),
    }
}
