//! Every registry at once, each behind a view with less in it.

use std::sync::Arc;

use super::ephemeral::Filter;
use super::{Ephemeral, Registries, RegistryError};

/// A view of each registry, for one cargo to see all of.
pub struct FilteredRegistries {
    views: Vec<Ephemeral>,
    token_variables: Vec<String>,
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
        Ok(FilteredRegistries {
            views,
            token_variables: self.token_variables.clone(),
        })
    }
}

impl FilteredRegistries {
    /// What to tell cargo with `--config`, so that it sees these views in the place of the registries.
    pub fn cargo_config(&self) -> Vec<String> {
        self.views.iter().flat_map(Ephemeral::cargo_config).collect()
    }

    /// The variables that hold a token to that cargo, or are to hold none: empty, they go before what stands in a file.
    pub fn token_variables(&self) -> &[String] {
        &self.token_variables
    }

    /// What went wrong upstream since this was last asked. Cargo's own words then only say that we did not answer.
    pub fn take_trouble(&self) -> Option<RegistryError> {
        let troubles: Vec<_> = self.views.iter().filter_map(Ephemeral::take_trouble).collect();
        troubles.into_iter().next()
    }
}
