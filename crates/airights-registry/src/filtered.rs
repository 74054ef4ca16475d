//! Every registry at once, each behind a view with less in it.

use std::sync::Arc;

use super::ephemeral::Filter;
use super::{Ephemeral, Registries, RegistryError};

/// A view of each registry, for one cargo to see all of.
pub struct FilteredRegistries {
    views: Vec<Ephemeral>,
}

impl Registries {
    /// Opens a view of every registry that can be asked, with what the filter denies withheld.
    ///
    /// # Errors
    ///
    /// Where no port can be had.
    pub fn behind(&self, filter: &Filter) -> Result<FilteredRegistries, RegistryError> {
        let open = self.all.values().filter(|(_, upstream)| upstream.can_be_asked());
        let views = open.map(|(replaced, upstream)| {
            Ephemeral::instead_of(replaced.clone(), Arc::clone(upstream), Arc::clone(filter))
        });
        let views = views.collect::<Result<_, _>>()?;
        Ok(FilteredRegistries { views })
    }
}

impl FilteredRegistries {
    /// What to tell cargo with `--config`, so that it sees these views in the place of the registries.
    pub fn cargo_config(&self) -> Vec<String> {
        self.views.iter().flat_map(Ephemeral::cargo_config).collect()
    }

    /// What went wrong upstream since this was last asked. Cargo's own words then only say that we did not answer.
    pub fn take_trouble(&self) -> Option<RegistryError> {
        let troubles: Vec<_> = self.views.iter().filter_map(Ephemeral::take_trouble).collect();
        troubles.into_iter().next()
    }
}
