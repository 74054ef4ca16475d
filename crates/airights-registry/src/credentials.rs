//! Tokens for registries that answer nobody they do not know, found by cargo's own rules.
//!
//! Cargo asks *credential providers*, those that stand later in `registry.global-credential-providers` first, or the one
//! that a registry has of its own. A token is held in memory for as long as its provider allows. It is never shown, and
//! goes nowhere but to the registry it is for.
//!
//! <https://doc.rust-lang.org/cargo/reference/registry-authentication.html>

mod account;
mod plugin;
mod providers;
mod stdout;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use cargo_credential::{CacheControl, Secret};
use time::{Duration, OffsetDateTime};

use self::account::Account;
use self::providers::ask_providers;
use super::{CargoConfig, RegistryError, Source};

/// Finds tokens, and holds those that were found.
pub(super) struct Credentials {
    config: CargoConfig,
    held: Mutex<HashMap<String, Held>>,
}

/// A token and when it ends, if it does.
struct Held {
    token: Secret<String>,
    until: Option<OffsetDateTime>,
}

impl Credentials {
    pub(super) fn new(config: &CargoConfig) -> Self {
        Self {
            config: config.clone(),
            held: Mutex::default(),
        }
    }

    /// The token for a registry, with the headers of the answer that asked for one.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Unauthorized`] where there is none, or a provider fails.
    pub(super) fn token(&self, source: &Source, headers: &[String]) -> Result<Secret<String>, RegistryError> {
        // Whoever comes second waits for the answer instead of asking, too: it may be a person who answers.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.get(&source.index).filter(|held| held.is_good()) {
            return Ok(held.token.clone());
        }
        let (token, cache) = ask_providers(&self.account(source)?, headers)?;
        let until = match cache {
            CacheControl::Session => None,
            CacheControl::Expires { expiration } => Some(expiration),
            _ => return Ok(token),
        };
        let fresh = Held {
            token: token.clone(),
            until,
        };
        held.insert(source.index.clone(), fresh);
        Ok(token)
    }

    /// Why a registry does not answer, although a token was told.
    pub(super) fn rejected(&self, source: &Source) -> RegistryError {
        match self.account(source) {
            Ok(account) => account.unauthorized("it rejects the token that was found", &account.log_in()),
            Err(error) => error,
        }
    }

    /// Why a registry does not answer that asked for no token before.
    pub(super) fn unasked(&self, source: &Source) -> RegistryError {
        match self.account(source) {
            Ok(account) => account.unauthorized(
                "it answered 401, although its `config.json` asks for no token",
                "its `config.json` has to say `auth-required`",
            ),
            Err(error) => error,
        }
    }

    fn account(&self, source: &Source) -> Result<Account, RegistryError> {
        Account::of(source, &self.config.with_credentials()?)
    }
}

/// A token is nobody's business.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Credentials").finish_non_exhaustive()
    }
}

impl Held {
    /// Whether it will be good for a moment yet.
    fn is_good(&self) -> bool {
        self.until
            .is_none_or(|until| OffsetDateTime::now_utc() + Duration::minutes(1) < until)
    }
}

#[cfg(test)]
mod tests;
