//! Where the index is, as cargo's own configuration says.
//!
//! Cargo merges the `config.toml` files from the current directory upwards and the one in its home, nearer ones first.
//! Source replacement is honoured: where a mirror stands in for crates.io, the mirror is our registry, too.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::{Table, Value};

use super::RegistryError;

/// The sparse registry that stands for crates.io.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its index, an `http` or `https` address with a slash at its end.
    pub index: String,
}

/// Cargo's configuration, merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CargoConfig {
    merged: Table,
}

/// A chain of replacements longer than this goes in circles.
const MAX_REPLACEMENTS: usize = 16;

impl CargoConfig {
    /// Reads the configuration that holds in a directory.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Configuration`] where a file is there and cannot be read.
    pub fn read(current_dir: &Path, cargo_home: Option<&Path>) -> Result<Self, RegistryError> {
        let upwards = current_dir.ancestors().map(|directory| directory.join(".cargo"));
        let mut merged = Table::new();
        let mut seen: Vec<PathBuf> = Vec::new();
        for home in upwards.chain(cargo_home.map(Path::to_owned)) {
            // Cargo reads the name without an extension first, and only one of the two.
            let files = ["config", "config.toml"].map(|name| home.join(name));
            let Some(file) = files.into_iter().find(|file| file.is_file()) else {
                continue;
            };
            if seen.contains(&file) {
                continue;
            }
            merge(&mut merged, read_table(&file)?);
            seen.push(file);
        }
        Ok(Self { merged })
    }

    /// The registry that stands for crates.io.
    ///
    /// # Errors
    ///
    /// [`RegistryError::NotSparse`] where it is a directory, a local registry or a git index.
    pub fn crates_io(&self) -> Result<Source, RegistryError> {
        let mut name = "crates-io".to_owned();
        for _ in 0..MAX_REPLACEMENTS {
            let source = self.table(&["source", &name]);
            let text = |key: &str| source.and_then(|table| table.get(key)?.as_str());
            if let Some(next) = text("replace-with") {
                next.clone_into(&mut name);
                continue;
            }
            let is_kept_on_disk = ["directory", "local-registry"]
                .into_iter()
                .find(|key| text(key).is_some());
            if let Some(kind) = is_kept_on_disk {
                return Err(RegistryError::NotSparse(format!("the {kind} source `{name}`")));
            }
            let index = text("registry").or_else(|| self.table(&["registries", &name])?.get("index")?.as_str());
            return match index {
                Some(index) => sparse(index, &name),
                None if name == "crates-io" => sparse(tame_index::CRATES_IO_HTTP_INDEX, &name),
                None => Err(RegistryError::Configuration(format!(
                    "the source `{name}` is not defined"
                ))),
            };
        }
        Err(RegistryError::Configuration(
            "source replacements go in circles".to_owned(),
        ))
    }

    /// A text of the configuration, by its keys.
    pub fn text(&self, keys: &[&str]) -> Option<&str> {
        let (last, tables) = keys.split_last()?;
        self.table(tables)?.get(*last)?.as_str()
    }

    /// How long cargo waits for an answer: `http.timeout`, in seconds.
    pub fn http_timeout(&self) -> Option<Duration> {
        let told = self.table(&["http"]).and_then(|http| http.get("timeout")?.as_integer());
        let seconds = match std::env::var("CARGO_HTTP_TIMEOUT") {
            Ok(value) => value.parse().ok(),
            Err(_) => told.and_then(|seconds| u64::try_from(seconds).ok()),
        };
        seconds.filter(|&seconds| seconds > 0).map(Duration::from_secs)
    }

    /// Whether cargo is told to stay off the network.
    pub fn is_offline(&self) -> bool {
        let told = self.table(&["net"]).and_then(|net| net.get("offline")?.as_bool());
        match std::env::var("CARGO_NET_OFFLINE") {
            Ok(value) => value == "true",
            Err(_) => told.unwrap_or_default(),
        }
    }

    fn table(&self, keys: &[&str]) -> Option<&Table> {
        keys.iter()
            .try_fold(&self.merged, |table, key| table.get(*key)?.as_table())
    }
}

fn sparse(index: &str, name: &str) -> Result<Source, RegistryError> {
    let Some(address) = index.strip_prefix("sparse+") else {
        return Err(RegistryError::NotSparse(format!("the git index of `{name}`")));
    };
    Ok(Source {
        index: format!("{}/", address.trim_end_matches('/')),
    })
}

fn read_table(file: &Path) -> Result<Table, RegistryError> {
    let unreadable = |reason: String| RegistryError::Configuration(format!("`{}`: {reason}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    toml::from_str(&text).map_err(|error: toml::de::Error| unreadable(error.message().to_owned()))
}

/// Adds what is new; what is there came from nearer by.
fn merge(near: &mut Table, far: Table) {
    for (key, value) in far {
        match (near.get_mut(&key), value) {
            (Some(Value::Table(near)), Value::Table(far)) => merge(near, far),
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

    #[track_caller]
    fn check(near: &str, far: &str, expected: Result<&str, &str>) {
        let directory = tempfile::tempdir().unwrap();
        let (project, home) = (directory.path().join("a/b"), directory.path().join("home"));
        std::fs::create_dir_all(project.join(".cargo")).unwrap();
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(project.join(".cargo/config.toml"), near).unwrap();
        std::fs::write(home.join("config.toml"), far).unwrap();
        let found = CargoConfig::read(&project, Some(&home)).and_then(|config| config.crates_io());
        match (&found, expected) {
            (Ok(source), Ok(expected)) => assert_eq!(source.index, expected),
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
            _ => panic!("{found:?} is not {expected:?}"),
        }
    }

    #[test]
    fn replacements_are_followed_across_files_and_nearer_ones_win() {
        let mirror = "[source.mirror]\nregistry = 'sparse+http://mirror.example/index'";
        let replaced = "[source.crates-io]\nreplace-with = 'mirror'";
        check(replaced, mirror, Ok("http://mirror.example/index/"));
        check(&format!("{replaced}\n{mirror}"), "", Ok("http://mirror.example/index/"));
        let other = "[source.crates-io]\nreplace-with = 'other'\n[source.other]\nregistry = 'sparse+http://o.example/'";
        check(
            &format!("{replaced}\n{mirror}"),
            other,
            Ok("http://mirror.example/index/"),
        );
        let named = "[registries.mirror]\nindex = 'sparse+https://named.example/'";
        check(replaced, named, Ok("https://named.example/"));
        let own = tame_index::CRATES_IO_HTTP_INDEX.trim_start_matches("sparse+");
        check("", "", Ok(own));
    }

    #[test]
    fn what_knows_no_other_versions_says_so() {
        let replaced = "[source.crates-io]\nreplace-with = 'x'\n[source.x]\n";
        check(
            &format!("{replaced}directory = 'vendor'"),
            "",
            Err("the directory source `x`"),
        );
        check(
            &format!("{replaced}local-registry = 'l'"),
            "",
            Err("local-registry source"),
        );
        check(
            &format!("{replaced}registry = 'https://g.example/i'"),
            "",
            Err("the git index"),
        );
        check(replaced, "", Err("`x` is not defined"));
        check("[source.crates-io]\nreplace-with = 'crates-io'", "", Err("in circles"));
        check("[[[", "", Err("config.toml"));
    }
}
