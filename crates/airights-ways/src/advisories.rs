//! The RustSec advisories that other tools have left on this disk: as cargo-audit keeps them, or as cargo-deny does.
//!
//! Nobody is asked for them. Of each advisory only the front matter is read, and of that only which versions it is about.

use std::fs;
use std::path::{Path, PathBuf};

use airights_store::read_to_string;
use semver::{Version, VersionReq};
use serde::Deserialize;

/// No advisory is longer than this by far, in bytes.
const LONGEST: u64 = 1 << 20;

/// A copy of the advisory database.
#[derive(Clone, Debug)]
pub struct AdvisoryDatabase {
    /// Where each crate with advisories has a directory.
    crates: PathBuf,
}

/// One advisory about a crate.
#[derive(Clone, Debug)]
pub struct Advisory {
    /// Its id.
    pub id: String,
    patched: Vec<VersionReq>,
    unaffected: Vec<VersionReq>,
}

/// The front matter, as far as it is read.
#[derive(Deserialize)]
struct FrontMatter {
    advisory: Header,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Header {
    id: String,
    withdrawn: Option<toml::Value>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

impl AdvisoryDatabase {
    /// The copy in cargo's home that was changed last; `None` where there is none.
    pub fn in_cargo_home(home: &Path) -> Option<Self> {
        let of_deny = fs::read_dir(home.join("advisory-dbs")).into_iter().flatten().flatten();
        let places = of_deny.map(|entry| entry.path()).chain([home.join("advisory-db")]);
        let copies = places.filter_map(|place| {
            let crates = place.join("crates");
            let changed = fs::metadata(&crates).ok()?.modified().ok()?;
            crates.is_dir().then_some((changed, crates))
        });
        let (_, crates) = copies.max()?;
        Some(Self { crates })
    }

    /// The advisories about any version of a crate. One that cannot be read is as good as none.
    pub fn of_crate(&self, name: &str) -> Vec<Advisory> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !name.bytes().all(is_name) {
            return Vec::new();
        }
        let files = fs::read_dir(self.crates.join(name)).into_iter().flatten().flatten();
        let advisories = files.filter_map(|file| {
            let text = read_to_string(&file.path(), LONGEST).ok()?;
            Advisory::parse(&text)
        });
        advisories.collect()
    }
}

impl Advisory {
    /// Reads an advisory; `None` where it is none, or was withdrawn.
    pub fn parse(text: &str) -> Option<Self> {
        let (_, rest) = text.split_once("```toml")?;
        let (front_matter, _) = rest.split_once("\n```")?;
        let FrontMatter { advisory, versions } = toml::from_str(front_matter).ok()?;
        // A requirement that cannot be read lets no version off.
        let read = |list: Vec<String>| list.iter().filter_map(|text| VersionReq::parse(text).ok()).collect();
        advisory.withdrawn.is_none().then(|| Self {
            id: advisory.id,
            patched: read(versions.patched),
            unaffected: read(versions.unaffected),
        })
    }

    /// Whether it is about a version.
    pub fn is_about(&self, version: &Version) -> bool {
        let mut let_off = self.patched.iter().chain(&self.unaffected);
        !let_off.any(|requirement| requirement.matches(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advisory(header: &str, versions: &str) -> String {
        format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\n{header}\n[affected]\nos = [\"linux\"]\n\n[versions]\n\
             {versions}\n```\n\n# Words\n\n```toml\n[advisory]\nid = \"other\"\n```\n"
        )
    }

    #[track_caller]
    fn check(text: &str, about: &[&str], not_about: &[&str]) {
        let advisory = Advisory::parse(text).expect("an advisory");
        assert_eq!(advisory.id, "RUSTSEC-2020-0001");
        let is_about = |version: &&str| advisory.is_about(&version.parse().expect("a version"));
        assert!(about.iter().all(&is_about), "{text}");
        assert!(!not_about.iter().any(is_about), "{text}");
    }

    #[test]
    fn an_advisory_is_about_what_is_neither_patched_nor_unaffected() {
        check(
            &advisory("", "patched = [\">= 1.2.3\", \"^1.1.9\"]\nunaffected = [\"< 1.0.0\"]"),
            &["1.0.0", "1.1.8"],
            &["0.9.0", "1.1.9", "2.0.0"],
        );
        check(
            &advisory("informational = \"unmaintained\"", "patched = []"),
            &["1.0.0"],
            &[],
        );
        check(&advisory("", "patched = [\"what\"]"), &["9.0.0"], &[]);
    }

    #[test]
    fn what_is_withdrawn_or_no_advisory_is_about_nothing() {
        let withdrawn = advisory("withdrawn = \"2021-01-01\"", "patched = []");
        for text in [&*withdrawn, "", "```toml\n", "```toml\n[advisory]\n```\n", "# Words"] {
            assert!(Advisory::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_copy_that_was_changed_last_is_used_and_names_lead_nowhere_else() {
        let home = tempfile::tempdir().unwrap();
        assert!(AdvisoryDatabase::in_cargo_home(home.path()).is_none());
        for (place, patched) in [
            ("advisory-dbs/x", "patched = [\">= 1.0.0\"]"),
            ("advisory-db", "patched = []"),
        ] {
            let folder = home.path().join(place).join("crates/a");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("RUSTSEC-2020-0001.md"), advisory("", patched)).unwrap();
            fs::write(folder.join("notes.txt"), "none").unwrap();
        }
        let later = std::time::SystemTime::now() + std::time::Duration::from_mins(1);
        let newest = fs::File::open(home.path().join("advisory-dbs/x/crates")).unwrap();
        newest.set_modified(later).unwrap();
        let database = AdvisoryDatabase::in_cargo_home(home.path()).expect("a copy");
        let advisories = database.of_crate("a");
        let is_about = |version: &str| advisories[0].is_about(&version.parse().unwrap());
        assert_eq!(
            (advisories.len(), is_about("0.9.0"), is_about("1.0.0")),
            (1, true, false)
        );
        assert!(database.of_crate("../crates/a").is_empty() && database.of_crate("b").is_empty());
    }
}
