//! What is to be compared, as the command line says it.

use std::path::{Path, PathBuf};

use airights_registry::is_registry;
use anyhow::{Error, anyhow};

use crate::cli::DiffArgs;
use crate::commands::failure::Failure;

/// What is to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// Two versions of one crate.
    Versions(Versions),
    /// A saved report of `check`, and the workspace as it is now.
    Report(PathBuf),
    /// Two states of dependencies.
    States(StateOf, StateOf),
}

/// Two versions of one crate, as they were asked for: each may be partial.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Versions {
    /// Where it is published, where that was said.
    pub(super) registry: Option<Said>,
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// How a registry was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// By its name in cargo's configuration.
    Name(String),
    /// By its index, as cargo's configuration spells it.
    Index(String),
    /// As lockfiles spell it.
    Locked(String),
}

/// Where a state of dependencies is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum StateOf {
    /// The workspace as it is now.
    WorkingTree,
    /// The workspace at a git revision.
    Revision(String),
    /// A lockfile, and nothing around it.
    Lockfile(PathBuf),
}

impl Request {
    /// Understands the command line.
    pub(super) fn of(args: &DiffArgs) -> Result<Self, Failure> {
        let request = Self::of_words(args)?;
        let by_name = args.registry.clone().map(Said::Name);
        match (request, by_name.or_else(|| args.index.clone().map(Said::Index))) {
            (request, None) => Ok(request),
            (Self::Versions(versions), Some(said)) if versions.registry.is_none() => Ok(Self::Versions(Versions {
                registry: Some(said),
                ..versions
            })),
            _ => Err(Failure::new(
                "`--registry` and `--index` say where the versions of one crate are published",
                Some("as in `cargo airights diff NAME@1.0.0 1.1.0 --registry NAME`".to_owned()),
            )),
        }
    }

    fn of_words(args: &DiffArgs) -> Result<Self, Failure> {
        let words: Vec<&str> = args.what.iter().map(String::as_str).collect();
        match words[..] {
            [] => Ok(Self::of_flags(args)),
            [one] => match Word::of(one)? {
                Word::Report(path) => Ok(Self::Report(path)),
                Word::Lockfile(path) => Ok(Self::States(StateOf::Lockfile(path), StateOf::WorkingTree)),
                Word::Crate(_, name, version) => Err(Failure::new(
                    format!("`{one}` is one version of a crate, and it takes two to compare"),
                    Some(format!(
                        "name the other: `cargo airights diff {name}@{version} VERSION`"
                    )),
                )),
            },
            [one, other] => match Word::of(one)? {
                Word::Report(_) => Err(Failure::new(
                    format!("`{one}` is a report, which is compared with the workspace as it is now"),
                    Some(format!("leave out `{other}`")),
                )),
                Word::Lockfile(before) => match Word::of(other)? {
                    Word::Lockfile(after) => Ok(Self::States(StateOf::Lockfile(before), StateOf::Lockfile(after))),
                    Word::Report(_) => Err(Failure::new(
                        format!("`{other}` is a report, which is compared with the workspace as it is now"),
                        Some(format!("leave out `{one}`")),
                    )),
                    Word::Crate(..) => Err(Failure::new(
                        format!("`{one}` is a file and `{other}` a crate"),
                        Some("compare two lockfiles, or two versions of one crate".to_owned()),
                    )),
                },
                Word::Crate(registry, name, before) => Ok(Self::Versions(Versions::of(registry, name, before, other)?)),
            },
            _ => unreachable!("the command line takes two at most"),
        }
    }

    fn of_flags(args: &DiffArgs) -> Self {
        if let Some(report) = &args.base_report {
            return Self::Report(report.clone());
        }
        let base = args.base.clone().unwrap_or_else(|| "HEAD".to_owned());
        let head = args.head.clone();
        Self::States(
            StateOf::Revision(base),
            head.map_or(StateOf::WorkingTree, StateOf::Revision),
        )
    }
}

impl Versions {
    /// `other` is a version, or the crate again with one.
    fn of(registry: Option<&str>, name: &str, before: &str, other: &str) -> Result<Self, Failure> {
        let after = match other.split_once('@') {
            Some((same, version)) if same == name => version,
            Some((another, _)) => {
                return Err(Failure::new(
                    format!("`{name}` and `{another}` are two crates"),
                    Some("compare two versions of one crate, as in `NAME@1.0.0 1.1.0`".to_owned()),
                ));
            }
            None => other,
        };
        if !is_version(after) {
            return Err(Failure::new(
                format!("`{other}` is not a version to compare `{name}` with"),
                Some(format!("as in `cargo airights diff {name}@{before} 1.2.3`")),
            ));
        }
        Ok(Self {
            registry: registry.map(|registry| Said::Locked(registry.to_owned())),
            name: name.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        })
    }
}

/// One word of the command line.
enum Word<'a> {
    Lockfile(PathBuf),
    Report(PathBuf),
    /// The registry it is of, where one is named as in a package id; its name; and a version.
    Crate(Option<&'a str>, &'a str, &'a str),
}

impl<'a> Word<'a> {
    fn of(word: &'a str) -> Result<Self, Failure> {
        let path = Path::new(word);
        let (registry, krate) = match word.split_once('#') {
            Some((registry, krate)) if is_registry(registry) => (Some(registry), krate),
            _ => (None, word),
        };
        let krate = krate.split_once('@').filter(|(name, version)| {
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            !name.is_empty() && name.chars().all(is_name) && is_version(version)
        });
        match (path.exists(), krate) {
            (true, Some(_)) => Err(Failure::new(
                format!("`{word}` may be a file or a crate"),
                Some(format!("write `./{word}` for the file")),
            )),
            (true, None) => Self::of_file(path),
            (false, Some((name, version))) => Ok(Self::Crate(registry, name, version)),
            (false, None) => Err(Failure::new(
                format!("`{word}` is neither a file nor a crate with a version"),
                Some("write a crate as `NAME@VERSION`, and a git revision as `--base REV`".to_owned()),
            )),
        }
    }

    /// Reports are JSON objects, and no TOML begins like one.
    fn of_file(path: &Path) -> Result<Self, Failure> {
        let bytes = read(path)?;
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        Ok(if first == Some(&b'{') {
            Self::Report(path.to_owned())
        } else {
            Self::Lockfile(path.to_owned())
        })
    }
}

/// No lockfile or report is longer than this, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The bytes of a file the user named.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |cause: Error| Failure::new(format!("failed to read `{}`", path.display()), None).because(cause);
    airights_store::read(path, MAX_BYTES).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => failed(anyhow!("it is larger than {} MiB", MAX_BYTES >> 20)),
        _ => failed(error.into()),
    })
}

/// Whether it looks like a version, whole or partial.
fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'))
}
