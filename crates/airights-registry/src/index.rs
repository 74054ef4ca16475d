//! What the index says of a crate: one line for each version, in JSON.
//!
//! Lines are kept as the bytes they are, since whoever forwards them must not change them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::str::Utf8Error;
use std::sync::Arc;

use semver::Version;
use serde::Deserialize;

use super::error::Foreign;
use super::sources::CRATES_IO;

/// The lines of one crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrateIndex {
    /// The entries, in the order of the file.
    pub entries: Vec<IndexEntry>,
}

/// One version of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The crate's name as published.
    pub name: String,
    /// The version.
    pub version: Version,
    /// SHA-256 of its package, in lower-case hex.
    pub checksum: String,
    /// Whether it was taken back.
    pub yanked: bool,
    /// The line, without its end.
    pub line: String,
    /// Where it is published, as lockfiles spell it.
    pub registry: Arc<str>,
}

/// The part of a line we read.
#[derive(Deserialize)]
struct Line {
    name: String,
    vers: String,
    cksum: String,
    #[serde(default)]
    yanked: bool,
}

/// A dependency, as a line has it.
#[derive(Deserialize)]
struct Dependency {
    /// What it is called where it is used.
    name: String,
    /// The crate, where that is called otherwise.
    #[serde(default)]
    package: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    /// Where it is published; the same registry where nothing is said.
    #[cfg(feature = "serve")]
    #[serde(default)]
    registry: Option<String>,
}

/// The dependencies of a line.
#[derive(Default, Deserialize)]
struct Dependencies {
    #[serde(default)]
    deps: Vec<Dependency>,
}

/// The features of a line. Few are ever asked for, so they are read when they are.
#[derive(Default, Deserialize)]
struct Features {
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    features2: Option<BTreeMap<String, Vec<String>>>,
}

/// What is wrong with an index file.
#[derive(Debug)]
#[non_exhaustive]
#[expect(missing_docs, reason = "`line` is the number of the line, from 1")]
pub enum IndexError {
    /// It is not UTF-8.
    NotText(Utf8Error),
    /// A line is not an entry.
    NoEntry {
        line: usize,
        error: Box<dyn Error + Send + Sync>,
    },
    /// A line is about another crate.
    OtherCrate { line: usize },
    /// A line has no checksum.
    NoChecksum { line: usize },
}

impl fmt::Display for IndexError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText(_) => formatter.write_str("it is not UTF-8"),
            Self::NoEntry { line, .. } => write!(formatter, "line {line} is not an index entry"),
            Self::OtherCrate { line } => write!(formatter, "line {line} is about another crate"),
            Self::NoChecksum { line } => write!(formatter, "line {line} has no checksum"),
        }
    }
}

impl Error for IndexError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotText(error) => Some(error),
            Self::NoEntry { error, .. } => Some(&**error),
            Self::OtherCrate { .. } | Self::NoChecksum { .. } => None,
        }
    }
}

impl IndexEntry {
    /// The crates it needs to be built, sorted, whatever they are called there and wherever they are published. Tests and
    /// examples of a dependency are nobody's business.
    pub fn dependencies(&self) -> BTreeSet<String> {
        self.needed(|_| true)
    }

    /// The same, of those that are published beside it.
    #[cfg(feature = "serve")]
    pub(super) fn dependencies_beside(&self) -> BTreeSet<String> {
        self.needed(|dependency| dependency.registry.is_none())
    }

    fn needed(&self, is_meant: impl Fn(&Dependency) -> bool) -> BTreeSet<String> {
        let Dependencies { deps } = serde_json::from_str(&self.line).unwrap_or_default();
        let needed = deps
            .into_iter()
            .filter(|dependency| dependency.kind.as_deref() != Some("dev"));
        let meant = needed.filter(|dependency| is_meant(dependency));
        meant
            .map(|dependency| dependency.package.unwrap_or(dependency.name))
            .collect()
    }

    /// A version whose checksum is known from elsewhere, such as a lockfile: no index is needed.
    pub fn with_checksum(registry: &str, name: &str, version: &Version, checksum: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.clone(),
            checksum: checksum.to_owned(),
            yanked: false,
            line: String::new(),
            registry: Arc::from(registry),
        }
    }

    /// Its features, each with what it turns on.
    pub fn features(&self) -> BTreeMap<String, Vec<String>> {
        let Features {
            mut features,
            features2,
        } = serde_json::from_str(&self.line).unwrap_or_default();
        features.extend(features2.unwrap_or_default());
        features
    }
}

impl CrateIndex {
    /// Reads the index file of a crate of crates.io.
    ///
    /// # Errors
    ///
    /// What is wrong with it. A line with a version that is no version is left out, as cargo leaves it out.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, IndexError> {
        Self::parse_of(&Arc::from(CRATES_IO), bytes, name)
    }

    /// Reads the index file of a crate of any registry, which is named as lockfiles spell it.
    pub(super) fn parse_of(registry: &Arc<str>, bytes: &[u8], name: &str) -> Result<Self, IndexError> {
        let text = std::str::from_utf8(bytes).map_err(IndexError::NotText)?;
        let mut entries = Vec::new();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let read: Line = serde_json::from_str(line).map_err(|error| IndexError::NoEntry {
                line: number,
                error: Foreign(error).into(),
            })?;
            if !read.name.eq_ignore_ascii_case(name) {
                return Err(IndexError::OtherCrate { line: number });
            }
            let is_checksum = read.cksum.len() == 64 && read.cksum.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_checksum {
                return Err(IndexError::NoChecksum { line: number });
            }
            let Ok(version) = read.vers.parse() else {
                continue;
            };
            entries.push(IndexEntry {
                name: read.name,
                version,
                checksum: read.cksum.to_ascii_lowercase(),
                yanked: read.yanked,
                line: line.to_owned(),
                registry: Arc::clone(registry),
            });
        }
        Ok(Self { entries })
    }

    /// The entry of a version.
    pub fn entry(&self, version: &Version) -> Option<&IndexEntry> {
        self.entries.iter().find(|entry| entry.version == *version)
    }

    /// The entries, newest version first.
    pub fn newest_first(&self) -> Vec<&IndexEntry> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by(|one, other| other.version.cmp(&one.version));
        entries
    }
}

/// Where an index keeps a crate, by the length of its name. `None` for what can be no name of a crate.
pub fn index_path(name: &str) -> Option<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_plain) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    Some(match name.len() {
        1 => format!("1/{name}"),
        2 => format!("2/{name}"),
        3 => format!("3/{}/{name}", &name[..1]),
        _ => format!("{}/{}/{name}", &name[..2], &name[2..4]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKSUM: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[test]
    fn what_a_version_needs_is_told_by_its_line() {
        let line = format!(
            r#"{{"name":"a","vers":"1.0.0","cksum":"{CHECKSUM}","deps":[{{"name":"b","kind":"normal"}},{{"name":"c","kind":"dev"}},{{"name":"d","package":"real-d"}},{{"name":"e","registry":"elsewhere"}}]}}"#
        );
        let index = CrateIndex::parse(line.as_bytes(), "a").unwrap();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(index.entries[0].dependencies(), names(&["b", "e", "real-d"]));
        assert_eq!(index.entries[0].dependencies_beside(), names(&["b", "real-d"]));
    }

    fn line(version: &str) -> String {
        format!(r#"{{"name":"a","vers":"{version}","deps":[],"cksum":"{CHECKSUM}","features":{{}},"yanked":false}}"#)
    }

    #[test]
    fn lines_stay_as_they_are() {
        let text = format!("{}\n\n{}\n", line("1.0.0"), line("1.1.0-beta.1"));
        let index = CrateIndex::parse(text.as_bytes(), "A").unwrap();
        assert_eq!(index.entries.len(), 2);
        assert_eq!(index.entries[0].line, line("1.0.0"));
        assert_eq!(index.newest_first()[0].version.to_string(), "1.1.0-beta.1");
        assert_eq!(CrateIndex::parse(line("1.x").as_bytes(), "a").unwrap().entries, []);
    }

    #[test]
    fn garbled_lines_are_refused() {
        for (bytes, reason) in [
            (&b"\xff"[..], "not UTF-8"),
            (b"{\"name\":\"a\"", "line 1 is not an index entry"),
            (line("1.0.0").replace("\"a\"", "\"b\"").as_bytes(), "another crate"),
            (line("1.0.0").replace("0011", "").as_bytes(), "no checksum"),
        ] {
            let error = CrateIndex::parse(bytes, "a").unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }

    #[test]
    fn paths_are_those_of_the_protocol_and_never_lead_elsewhere() {
        let cases = [
            ("A", "1/a"),
            ("ab", "2/ab"),
            ("abc", "3/a/abc"),
            ("Abcd_e", "ab/cd/abcd_e"),
        ];
        for (name, path) in cases {
            assert_eq!(index_path(name).as_deref(), Some(path));
        }
        for name in ["", "..", "a/b", "ä", "%2e", &"a".repeat(65)] {
            assert_eq!(index_path(name), None, "{name}");
        }
    }
}
