//! The credential providers, those of cargo and those of others, and what becomes of asking them.

use std::error::Error as StdError;
use std::path::Path;
use std::sync::Arc;

use cargo_credential::{
    Action, CacheControl, Credential, CredentialResponse, Error, Operation, RegistryInfo, Secret, UnsupportedCredential,
};
use tracing::debug;

use super::account::Account;
use super::plugin::Plugin;
use super::stdout::TokenFromStdout;
use crate::RegistryError;

/// Providers that keep tokens where an operating system does. They are parts of cargo that nothing else can ask.
const KEYCHAINS: [(&str, &str); 3] = [
    ("cargo:libsecret", "linux"),
    ("cargo:macos-keychain", "macos"),
    ("cargo:wincred", "windows"),
];

/// Asks one provider of a registry after the other, until one has a token.
pub(super) fn ask_providers(
    account: &Account,
    headers: &[String],
) -> Result<(Secret<String>, CacheControl), RegistryError> {
    let registry = RegistryInfo {
        index_url: &account.index,
        name: account.name.as_deref(),
        headers: headers.to_vec(),
    };
    let mut keychain = None;
    for command in account.providers()? {
        let Some((name, arguments)) = command.split_first() else {
            continue;
        };
        if is_keychain_of_this_system(name) {
            keychain.get_or_insert(name);
            continue;
        }
        debug!(provider = name, "asking a credential provider");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match provider(name, account).perform(&registry, &Action::Get(Operation::Read), &arguments) {
            Ok(CredentialResponse::Get { token, cache, .. }) => return Ok((token, cache)),
            Err(Error::UrlNotSupported | Error::NotFound) => {}
            Ok(_) => return Err(failed(account, name, "it answered something else")),
            Err(error) => return Err(failed(account, name, error)),
        }
    }
    Err(match keychain {
        Some(keychain) => account.unauthorized(
            &format!("`{keychain}` is a part of cargo that nothing else can ask for the token"),
            "list `cargo:token-from-stdout` with a command that prints the token, too",
        ),
        None => account.unauthorized("there is no token for it", &account.log_in()),
    })
}

/// `cargo:token`: the token that the environment or a file of cargo's home has.
struct ConfiguredToken<'a>(Option<&'a Secret<String>>);

impl Credential for ConfiguredToken<'_> {
    fn perform(&self, _: &RegistryInfo<'_>, _: &Action<'_>, _: &[&str]) -> Result<CredentialResponse, Error> {
        Ok(CredentialResponse::Get {
            token: self.0.ok_or(Error::NotFound)?.clone(),
            cache: CacheControl::Session,
            operation_independent: true,
        })
    }
}

/// `cargo:paseto`: a key that signs each request, which cargo itself holds for an experiment.
struct Paseto;

impl Credential for Paseto {
    fn perform(&self, _: &RegistryInfo<'_>, _: &Action<'_>, _: &[&str]) -> Result<CredentialResponse, Error> {
        Err("asymmetric tokens are not supported".to_owned().into())
    }
}

fn provider<'a>(name: &'a str, account: &'a Account) -> Box<dyn Credential + 'a> {
    match name {
        "cargo:token" => Box::new(ConfiguredToken(account.token.as_ref())),
        "cargo:token-from-stdout" => Box::new(TokenFromStdout),
        "cargo:paseto" => Box::new(Paseto),
        // That of another system has nothing to say on this one.
        name if KEYCHAINS.iter().any(|(keychain, _)| *keychain == name) => Box::new(UnsupportedCredential),
        program => Box::new(Plugin::at(Path::new(program))),
    }
}

fn is_keychain_of_this_system(name: &str) -> bool {
    KEYCHAINS
        .iter()
        .any(|(keychain, system)| *keychain == name && *system == std::env::consts::OS)
}

/// A provider's arguments are not told, since they may be the token.
fn failed(account: &Account, provider: &str, why: impl Into<Box<dyn StdError + Send + Sync>>) -> RegistryError {
    let mut error = account.unauthorized(
        &format!("the credential provider `{provider}` failed"),
        "see that `cargo fetch` works, which asks it the same",
    );
    if let RegistryError::Unauthorized { cause, .. } = &mut error {
        *cause = Some(Arc::from(why.into()));
    }
    error
}
