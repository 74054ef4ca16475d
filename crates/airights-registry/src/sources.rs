//! Which registry is behind a source of the lockfile, as cargo's configuration says.
//!
//! Source replacement is honoured: where a mirror stands in for a registry, the mirror is our registry, too.

use std::collections::BTreeMap;

use toml::Table;

use super::config::variable_for;
use super::registries::{as_locked, is_registry};
use super::{CargoConfig, RegistryError};

/// The source of packages of crates.io, as lockfiles spell it.
pub const CRATES_IO: &str = guppy::graph::PackageSource::CRATES_IO_REGISTRY;

/// A sparse registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its index, an `http` or `https` address with a slash at its end.
    pub index: String,
}

/// How a source is told to cargo's configuration, to put something in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The name it has there, or may be given.
    pub(super) name: String,
    /// What has to be said of it, where it has no name there yet.
    pub(super) registry: Option<String>,
}

/// A chain of replacements longer than this goes in circles.
const MAX_REPLACEMENTS: usize = 16;
/// The name of crates.io in cargo's configuration.
const CRATES_IO_NAME: &str = "crates-io";

impl Source {
    /// Whether it is the index of crates.io itself, which everybody may read.
    pub(super) fn is_crates_io(&self) -> bool {
        self.locked() == tame_index::CRATES_IO_HTTP_INDEX
    }

    /// The index as lockfiles and configurations spell it.
    pub(super) fn locked(&self) -> String {
        format!("sparse+{}", self.index)
    }
}

impl Replaced {
    /// Crates.io.
    pub fn crates_io() -> Self {
        Self {
            name: CRATES_IO_NAME.to_owned(),
            registry: None,
        }
    }
}

impl CargoConfig {
    /// The registry that stands for crates.io.
    ///
    /// # Errors
    ///
    /// [`RegistryError::NotSparse`] where it is a directory, a local registry or a git index.
    pub fn crates_io(&self) -> Result<Source, RegistryError> {
        self.followed(CRATES_IO_NAME)
    }

    /// The registry behind a source as lockfiles spell it.
    ///
    /// # Errors
    ///
    /// [`RegistryError::NotSparse`] where it is a directory, a local registry or a git index.
    pub fn registry_of(&self, locked: &str) -> Result<Source, RegistryError> {
        if locked == CRATES_IO {
            return self.crates_io();
        }
        match self.source_named(locked) {
            Some(name) => self.followed(name),
            None => sparse(
                registry_address(locked),
                registry_address(locked),
                registry_address(locked),
            ),
        }
    }

    /// How to tell cargo of a source as lockfiles spell it.
    pub fn replaced(&self, locked: &str) -> Replaced {
        if locked == CRATES_IO {
            return Replaced::crates_io();
        }
        let address = registry_address(locked);
        match self.source_named(locked) {
            Some(name) => Replaced {
                name: name.to_owned(),
                registry: None,
            },
            None => Replaced {
                name: format!("airights-replaced {address}"),
                registry: Some(address.to_owned()),
            },
        }
    }

    /// An index as lockfiles spell it.
    pub fn as_locked(index: &str) -> String {
        if is_same_address(index, tame_index::CRATES_IO_HTTP_INDEX) {
            CRATES_IO.to_owned()
        } else if is_registry(index) {
            as_locked(index)
        } else {
            format!("registry+{index}")
        }
    }

    /// The registry that cargo looks for crates in unless it is told otherwise, by its name.
    pub fn default_registry(&self) -> &str {
        self.text(&["registry", "default"]).unwrap_or(CRATES_IO_NAME)
    }

    /// A registry by its name, as lockfiles spell it; `None` where there is none of that name.
    pub fn registry_named(&self, name: &str) -> Option<String> {
        if name == CRATES_IO_NAME {
            return Some(CRATES_IO.to_owned());
        }
        self.text(&["registries", name, "index"]).map(Self::as_locked)
    }

    /// The name of a registry, which is spelt as in lockfiles.
    pub fn name_of(&self, locked: &str) -> Option<String> {
        if locked == CRATES_IO {
            return Some(CRATES_IO_NAME.to_owned());
        }
        let mut named = self.indexes().into_iter();
        let is_it = |index: &str| is_same_address(&Self::as_locked(index), locked);
        named.find(|(_, index)| is_it(index)).map(|(name, _)| name)
    }

    /// Whether there are registries besides crates.io that a crate may come from.
    pub fn has_other_registries(&self) -> bool {
        !self.indexes().is_empty()
    }

    /// The sparse registries that have a name, by that name, each as lockfiles spell it.
    pub(super) fn named_registries(&self) -> BTreeMap<String, String> {
        let mut named = self.indexes();
        named.retain(|_, index| index.starts_with("sparse+"));
        named
    }

    /// The indexes that have a name, by that name.
    fn indexes(&self) -> BTreeMap<String, String> {
        let of_files = self.table(&["registries"]).into_iter().flat_map(Table::iter);
        let of_files = of_files.filter_map(|(name, registry)| Some((name.clone(), registry.get("index")?.as_str()?)));
        let mut named: BTreeMap<String, String> = of_files
            .filter(|(name, _)| self.variable(&variable_for(&["registries", name, "index"])).is_none())
            .map(|(name, index)| (name, index.to_owned()))
            .collect();
        for (variable, index) in self.variables() {
            let name = variable
                .strip_prefix("CARGO_REGISTRIES_")
                .and_then(|rest| rest.strip_suffix("_INDEX"));
            if let Some(name) = name {
                named.insert(name.to_lowercase(), index.to_owned());
            }
        }
        named
    }

    /// The registry a name of the configuration leads to.
    fn followed(&self, start: &str) -> Result<Source, RegistryError> {
        let mut name = start.to_owned();
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
                return Err(not_sparse(start, format!("the {kind} source `{name}`")));
            }
            let index = text("registry").or_else(|| self.text(&["registries", &name, "index"]));
            return match index {
                Some(index) => sparse(index, start, &name),
                None if name == CRATES_IO_NAME => sparse(tame_index::CRATES_IO_HTTP_INDEX, start, &name),
                None => Err(RegistryError::configuration(format!(
                    "the source `{name}` is not defined"
                ))),
            };
        }
        Err(RegistryError::configuration("source replacements go in circles"))
    }

    /// The name that the configuration gives to a source.
    fn source_named(&self, locked: &str) -> Option<&str> {
        let mut sources = self.table(&["source"])?.iter();
        let is_meant = |registry: &str| is_same_address(registry, registry_address(locked));
        let meant = sources.find(|(_, source)| {
            source
                .get("registry")
                .and_then(|value| value.as_str())
                .is_some_and(is_meant)
        });
        meant.map(|(name, _)| name.as_str())
    }
}

/// Whether two addresses are one to cargo.
pub(super) fn is_same_address(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// A source of a lockfile as configurations spell it: there a git index goes without saying.
fn registry_address(locked: &str) -> &str {
    locked.strip_prefix("registry+").unwrap_or(locked)
}

fn sparse(index: &str, registry: &str, name: &str) -> Result<Source, RegistryError> {
    let Some(address) = index.strip_prefix("sparse+") else {
        return Err(not_sparse(registry, format!("the git index of `{name}`")));
    };
    Ok(Source {
        index: format!("{}/", address.trim_end_matches('/')),
    })
}
fn not_sparse(registry: &str, kept_in: String) -> RegistryError {
    RegistryError::NotSparse {
        registry: registry.to_owned(),
        kept_in,
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
    fn a_source_of_the_lockfile_is_found_under_the_name_it_has() {
        let text = "[source.ours]\nregistry = 'sparse+http://ours.example/i'\nreplace-with = 'mirror'\n\
            [source.old]\nregistry = 'https://old.example/git'\nreplace-with = 'mirror'\n\
            [registries]\nmirror.index = 'sparse+http://mirror.example/'\nother.index = 'https://other.example/git'\n";
        let config =
            CargoConfig::parse(text, &[("CARGO_REGISTRIES_MORE_INDEX", "sparse+http://more.example/")]).unwrap();
        let mirror = Source {
            index: "http://mirror.example/".to_owned(),
        };
        let ours = "sparse+http://ours.example/i/";
        assert_eq!(config.registry_of(ours).unwrap(), mirror);
        assert_eq!(
            (config.replaced(ours).name.as_str(), config.replaced(ours).registry),
            ("ours", None)
        );
        assert_eq!(config.registry_of("registry+https://old.example/git").unwrap(), mirror);
        let new = "sparse+http://new.example/";
        assert_eq!(config.registry_of(new).unwrap().index, "http://new.example/");
        assert_eq!(config.replaced(new).registry.as_deref(), Some(new));
        let git = config.registry_of("registry+https://other.example/git").unwrap_err();
        assert!(
            git.to_string().contains("the git index of `https://other.example/git`"),
            "{git}"
        );
        assert_eq!(config.registry_of(CRATES_IO).unwrap(), config.crates_io().unwrap());
        let named = config.named_registries().into_iter();
        assert_eq!(
            named.collect::<Vec<_>>(),
            [
                ("mirror".to_owned(), "sparse+http://mirror.example/".to_owned()),
                ("more".to_owned(), "sparse+http://more.example/".to_owned()),
            ]
        );
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
