//! Cargo's own configuration: which files it is in, how they go together, and what in it is ours to follow.
//!
//! Cargo merges the `config.toml` files from the current directory upwards and the one in its home, nearer ones first,
//! and lets the environment go before them all. The credentials in its home are read only when somebody asks for a token.

mod places;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use airights_store::{most, read_to_string};
use toml::{Table, Value};

use self::places::resolve_places;
use super::RegistryError;

/// Cargo's configuration, merged.
#[derive(Clone, Default, PartialEq)]
pub struct CargoConfig {
    merged: Table,
    /// The environment variables that are cargo's.
    environment: BTreeMap<String, String>,
    /// Cargo's home, which holds the credentials.
    home: Option<PathBuf>,
}

impl CargoConfig {
    /// Reads the configuration that holds in a directory.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Unreadable`] where a file is there and cannot be read.
    pub fn read(current_dir: &Path, cargo_home: Option<&Path>) -> Result<Self, RegistryError> {
        let upwards = current_dir.ancestors().map(|directory| directory.join(".cargo"));
        let mut merged = Table::new();
        let mut seen: Vec<PathBuf> = Vec::new();
        for home in upwards.chain(cargo_home.map(Path::to_owned)) {
            let Some(file) = file_of(&home, "config").filter(|file| !seen.contains(file)) else {
                continue;
            };
            merge(&mut merged, read_table(&file)?);
            seen.push(file);
        }
        let variables = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let of_cargo = variables.filter(|(name, _)| name.starts_with("CARGO_"));
        let environment = of_cargo.filter_map(|(name, value)| Some((name, value.into_string().ok()?)));
        Ok(Self {
            merged,
            environment: environment.collect(),
            home: cargo_home.map(Path::to_owned),
        })
    }

    /// A configuration of one file and an environment, read from nowhere.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Unreadable`] where the text is no TOML.
    pub fn parse(text: &str, environment: &[(&str, &str)]) -> Result<Self, RegistryError> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Ok(Self {
            merged: table_of(text, Path::new("config.toml"))?,
            environment: environment.iter().map(owned).collect(),
            home: None,
        })
    }

    /// The same with the credentials in cargo's home, which go before the files of the configuration.
    pub(super) fn with_credentials(&self) -> Result<Self, RegistryError> {
        let file = self.home.as_deref().and_then(|home| file_of(home, "credentials"));
        let Some(file) = file else {
            return Ok(self.clone());
        };
        let mut merged = read_table(&file)?;
        // Cargo wrote the token of crates.io without a table once.
        if let Some(token) = merged.remove("token") {
            let registry = merged.entry("registry").or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(registry) = registry {
                registry.entry("token").or_insert(token);
            }
        }
        merge(&mut merged, self.merged.clone());
        Ok(Self { merged, ..self.clone() })
    }

    /// A text of the configuration, by its keys. The environment goes before the files.
    pub fn text(&self, keys: &[&str]) -> Option<&str> {
        self.variable(&variable_for(keys))
            .or_else(|| self.value(keys)?.as_str())
    }

    /// How long cargo waits for an answer: `http.timeout`, in seconds.
    pub fn http_timeout(&self) -> Option<Duration> {
        let seconds = self.number(&["http", "timeout"]);
        seconds.filter(|&seconds| seconds > 0).map(Duration::from_secs)
    }

    /// A number of the configuration, by its keys. The environment goes before the files.
    pub(super) fn number(&self, keys: &[&str]) -> Option<u64> {
        match self.variable(&variable_for(keys)) {
            Some(value) => value.parse().ok(),
            None => u64::try_from(self.value(keys)?.as_integer()?).ok(),
        }
    }

    /// The variables that go before the tokens that stand in the files, for a cargo that is to have none of them.
    #[cfg(feature = "serve")]
    pub(super) fn token_variables(&self) -> Vec<String> {
        let has_token = |registry: &Value| registry.get("token").is_some();
        let of_registries = self.table(&["registries"]).into_iter().flatten();
        let named = of_registries.filter(|(_, registry)| has_token(registry));
        let named = named.map(|(name, _)| variable_for(&["registries", name, "token"]));
        let own = self
            .value(&["registry", "token"])
            .map(|_| variable_for(&["registry", "token"]));
        named.chain(own).collect()
    }

    /// Whether cargo is told to stay off the network.
    pub fn is_offline(&self) -> bool {
        let keys = ["net", "offline"];
        match self.variable(&variable_for(&keys)) {
            Some(value) => value == "true",
            None => self.value(&keys).and_then(Value::as_bool).unwrap_or_default(),
        }
    }

    /// A value of the files, by its keys.
    pub(super) fn value(&self, keys: &[&str]) -> Option<&Value> {
        let (last, tables) = keys.split_last()?;
        self.table(tables)?.get(*last)
    }

    pub(super) fn table(&self, keys: &[&str]) -> Option<&Table> {
        keys.iter()
            .try_fold(&self.merged, |table, key| table.get(*key)?.as_table())
    }

    /// A variable of the environment that is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        let value = self.environment.get(name)?;
        (!value.is_empty()).then_some(value)
    }

    /// The variables of the environment that are cargo's.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        let variables = self.environment.iter();
        variables.map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What it holds is nobody's business: tokens may be among it.
impl fmt::Debug for CargoConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CargoConfig").finish_non_exhaustive()
    }
}

/// The variable that goes before a key of the configuration.
pub(super) fn variable_for(keys: &[&str]) -> String {
    let name = keys.join("_").to_ascii_uppercase();
    format!("CARGO_{}", name.replace(['-', '.'], "_"))
}

/// A file of cargo's home. Cargo reads the name without an extension first, and only one of the two.
fn file_of(home: &Path, name: &str) -> Option<PathBuf> {
    let files = [home.join(name), home.join(format!("{name}.toml"))];
    files.into_iter().find(|file| file.is_file())
}

fn read_table(file: &Path) -> Result<Table, RegistryError> {
    let text = read_to_string(file, most::CONFIGURATION).map_err(|error| unreadable(file, error))?;
    table_of(&text, file)
}

fn table_of(text: &str, file: &Path) -> Result<Table, RegistryError> {
    // Of a syntax error the words and the place alone are told, since the line it is in may hold a token.
    let table = toml::from_str(text).map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        unreadable(file, format!("line {line}: {}", error.message()))
    });
    let mut table: Table = table?;
    resolve_places(&mut table, file);
    Ok(table)
}

fn unreadable(file: &Path, cause: impl Into<Box<dyn Error + Send + Sync>>) -> RegistryError {
    RegistryError::Unreadable {
        file: file.to_owned(),
        cause: Arc::from(cause.into()),
    }
}

/// The one list we read that cargo joins from all files. Lists of a program and its arguments it does not.
const JOINED: &str = "global-credential-providers";

/// Adds what is new; what is there came from nearer by, and stands last where lists are joined.
fn merge(near: &mut Table, far: Table) {
    for (key, value) in far {
        match (near.get_mut(&key), value) {
            (Some(Value::Table(near)), Value::Table(far)) => merge(near, far),
            (Some(Value::Array(near)), Value::Array(mut far)) if key == JOINED => {
                far.append(near);
                *near = far;
            }
            (Some(_), _) => {}
            (None, value) => {
                near.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_goes_before_the_files() {
        let text = "[http]\ntimeout = 3\nproxy = 'http://p.example'\n[net]\noffline = true\n";
        let files = CargoConfig::parse(text, &[("CARGO_HTTP_PROXY", "")]).unwrap();
        assert_eq!(files.text(&["http", "proxy"]), Some("http://p.example"));
        assert_eq!(files.http_timeout(), Some(Duration::from_secs(3)));
        assert!(files.is_offline());
        let variables = [
            ("CARGO_HTTP_PROXY", "http://q.example"),
            ("CARGO_HTTP_TIMEOUT", "5"),
            ("CARGO_NET_OFFLINE", "false"),
        ];
        let both = CargoConfig::parse(text, &variables).unwrap();
        assert_eq!(both.text(&["http", "proxy"]), Some("http://q.example"));
        assert_eq!(both.http_timeout(), Some(Duration::from_secs(5)));
        assert!(!both.is_offline());
    }

    #[test]
    fn lists_are_joined_and_nearer_ones_stand_last() {
        let mut near: Table = toml::from_str("global-credential-providers = [1]\ncredential-provider = ['a']").unwrap();
        merge(
            &mut near,
            toml::from_str("global-credential-providers = [0]\ncredential-provider = ['b']").unwrap(),
        );
        let expected: Table =
            toml::from_str("global-credential-providers = [0, 1]\ncredential-provider = ['a']").unwrap();
        assert_eq!(near, expected);
    }

    #[test]
    fn what_cannot_be_read_is_told_without_its_line() {
        let error = CargoConfig::parse("a = 1\ntoken = 'secret' x", &[]).unwrap_err();
        let error = error.in_one_line();
        assert!(error.contains("`config.toml` cannot be read: line 2: "), "{error}");
        assert!(!error.contains("secret"), "{error}");
        let config = CargoConfig::parse("token = 'secret'", &[("CARGO_REGISTRY_TOKEN", "secret")]).unwrap();
        assert!(!format!("{config:?}").contains("secret"));
    }
}
