//! What cargo's configuration says of a registry that asks who is there: its name, its token, and whom to ask for one.

use cargo_credential::Secret;
use toml::Value;

use crate::config::variable_for;
use crate::sources::is_same_address;
use crate::{CargoConfig, RegistryError, Source};

/// A registry and what is known about getting in.
pub(super) struct Account {
    /// Its index as configurations spell it.
    pub(super) index: String,
    /// Its name in the configuration.
    pub(super) name: Option<String>,
    /// The token that the environment or a file has for it.
    pub(super) token: Option<Secret<String>>,
    /// Its own provider.
    own_provider: Option<Vec<String>>,
    /// The providers for all registries, in the order of the configuration.
    global_providers: Vec<Vec<String>>,
}

/// The name cargo itself has for crates.io.
const CRATES_IO: &str = "crates-io";
/// A provider's name cannot be given to another one.
const BUILT_IN: &str = "cargo:";

impl Account {
    /// Looks a registry up by the address of its index, as cargo does: nothing else is known of it for certain.
    pub(super) fn of(source: &Source, config: &CargoConfig) -> Result<Self, RegistryError> {
        let index = source.locked();
        let name = name_of(source, config)?;
        let keys: Vec<&str> = match name.as_deref() {
            Some(CRATES_IO) => vec!["registry"],
            Some(name) => vec!["registries", name],
            None => Vec::new(),
        };
        let key = |last| [&keys[..], &[last]].concat();
        let own = |last| (!keys.is_empty()).then(|| key(last));
        let token = own("token").and_then(|keys| config.text(&keys));
        let own_provider = own("credential-provider").and_then(|keys| command(config, &keys));
        Ok(Self {
            token: token.map(|token| Secret::from(token.to_owned())),
            own_provider: own_provider.map(|command| unaliased(config, command)),
            global_providers: global_providers(config),
            index,
            name,
        })
    }

    /// The providers in the order to ask them.
    pub(super) fn providers(&self) -> Result<Vec<&[String]>, RegistryError> {
        if let Some(own) = &self.own_provider {
            return Ok(vec![own]);
        }
        if self.global_providers.is_empty() {
            return Err(self.unauthorized(
                "cargo's configuration names no credential provider",
                "set `registry.global-credential-providers` there, as cargo itself asks for",
            ));
        }
        Ok(self.global_providers.iter().rev().map(Vec::as_slice).collect())
    }

    /// How to get a token.
    pub(super) fn log_in(&self) -> String {
        let Some(name) = &self.name else {
            return format!(
                "give `{}` a name under `[registries]` in cargo's configuration",
                self.index
            );
        };
        let (arguments, keys) = match name.as_str() {
            CRATES_IO => (String::new(), vec!["registry", "token"]),
            name => (format!(" --registry {name}"), vec!["registries", name, "token"]),
        };
        let mut commands = self.own_provider.iter().chain(&self.global_providers);
        let reads_variable = commands.any(|command| command.first().is_some_and(|name| name == "cargo:token"));
        let or_variable = if reads_variable {
            format!(", or set `{}`", variable_for(&keys))
        } else {
            String::new()
        };
        format!("run `cargo login{arguments}`{or_variable}")
    }

    /// Why the registry does not answer, and what to do about it.
    pub(super) fn unauthorized(&self, reason: &str, way_forward: &str) -> RegistryError {
        RegistryError::Unauthorized {
            registry: self.name.clone().unwrap_or_else(|| self.index.clone()),
            reason: reason.to_owned(),
            cause: None,
            way_forward: format!("nothing was changed; {way_forward}"),
        }
    }
}

/// The name of a registry. One that the environment gives goes before one of the files.
fn name_of(source: &Source, config: &CargoConfig) -> Result<Option<String>, RegistryError> {
    if source.is_crates_io() {
        return Ok(Some(CRATES_IO.to_owned()));
    }
    let names = config.named_registries();
    let mut meant = names
        .iter()
        .filter(|(_, index)| is_same_address(index, &source.locked()));
    match (meant.next(), meant.next()) {
        (Some((one, _)), Some((other, _))) => Err(RegistryError::configuration(format!(
            "`{one}` and `{other}` are names of one registry"
        ))),
        (found, _) => Ok(found.map(|(name, _)| name.clone())),
    }
}

/// A program and its arguments, by their keys.
fn command(config: &CargoConfig, keys: &[&str]) -> Option<Vec<String>> {
    match config.variable(&variable_for(keys)) {
        Some(command) => Some(command.split_whitespace().map(str::to_owned).collect()),
        None => Some(words(config.value(keys)?)),
    }
}

/// The providers of the files, then those of the environment, which therefore are asked first.
fn global_providers(config: &CargoConfig) -> Vec<Vec<String>> {
    let keys = ["registry", "global-credential-providers"];
    let of_files = config.value(&keys).and_then(Value::as_array).into_iter().flatten();
    let of_environment = config.variable(&variable_for(&keys)).unwrap_or_default();
    let of_environment = of_environment.split_whitespace().map(|name| vec![name.to_owned()]);
    let commands = of_files.map(words).chain(of_environment);
    commands.map(|command| unaliased(config, command)).collect()
}

/// What an alias stands for. Those that cargo has built in keep their names.
fn unaliased(config: &CargoConfig, command: Vec<String>) -> Vec<String> {
    match &command[..] {
        [name] if !name.starts_with(BUILT_IN) => {
            config.value(&["credential-alias", name]).map_or(command.clone(), words)
        }
        _ => command,
    }
}

fn words(command: &Value) -> Vec<String> {
    let words = command.as_array().into_iter().flatten();
    words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
}
