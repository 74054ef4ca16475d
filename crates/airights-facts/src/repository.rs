//! License texts above a package: at the root of its repository or workspace, and in the directories between; and what
//! REUSE or Debian keeps there, which says which of the files below are under what.
//!
//! They hold for the package as well, which is why a member of a workspace often has none of its own. The search never
//! leaves the repository, and ends below a directory of vendored code: what stands above it is not about that code.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use airights::facts::{Modification, TextKind, TextPlace};

use super::contents::Boundary;
use super::interest::Interest;
use super::names;
use super::stored::{PackageFiles, TextFile, TextReading};
use super::walk::{FoundFile, ListedAs};

/// What directories around packages hold, each listed once for all the packages below it. Shared by all threads.
#[derive(Debug, Default)]
pub(super) struct Listings(Mutex<HashMap<PathBuf, Arc<[TextAbove]>>>);

impl Listings {
    /// The license texts in a directory, by their paths from it, sorted.
    fn texts_in(&self, directory: &Path) -> Arc<[TextAbove]> {
        let listed = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = listed().get(directory) {
            return Arc::clone(known);
        }
        let found: Arc<[TextAbove]> = texts_in(directory).into();
        listed().insert(directory.to_owned(), Arc::clone(&found));
        found
    }
}

/// A license text above a package.
#[derive(Clone, Debug)]
pub(super) struct TextAbove {
    /// Where it is.
    pub(super) on_disk: PathBuf,
    /// The file, by its path from the package: `../../LICENSE`.
    pub(super) file: FoundFile,
}

/// The license texts above a package, up to the root of its repository; nearest first.
pub(super) fn texts_above(directory: &Path, root: &Path, listings: &Listings, boundary: &Boundary) -> Vec<TextAbove> {
    if !directory.starts_with(root) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut path = String::new();
    let mut below = directory;
    while below != root {
        let is_vendored = below
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(names::is_vendored);
        let Some(above) = below.parent().filter(|_| !is_vendored) else {
            break;
        };
        path.push_str("../");
        below = above;
        boundary.note_in_passing(above.to_owned());
        for inner in ABOUT_ALL {
            boundary.note_in_passing(above.join(inner));
        }
        found.extend(listings.texts_in(above).iter().cloned().map(|mut text| {
            text.file.path.insert_str(0, &path);
            text
        }));
    }
    found
}

/// Directories whose files are about all that lies beside the directory.
const ABOUT_ALL: &[&str] = &["LICENSES", ".reuse", "debian"];

fn texts_in(directory: &Path) -> Vec<TextAbove> {
    let mut found = texts_of(directory, "", names::in_root);
    for inner in ABOUT_ALL {
        found.extend(texts_of(&directory.join(inner), &format!("{inner}/"), |name| {
            names::below_root(inner, name)
        }));
    }
    found.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    found
}

fn texts_of(directory: &Path, path: &str, interest: impl Fn(&str) -> Option<Interest>) -> Vec<TextAbove> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| {
        let name = entry.file_name();
        let name = name.to_str()?;
        let interest = interest(name)
            .filter(|interest| matches!(interest, Interest::Text(_) | Interest::ReuseToml | Interest::Dep5))?;
        let file_type = entry.file_type().ok()?;
        let is_its_own = !names::is_of_others(name) && !names::is_of_one_file(name);
        (is_its_own && !file_type.is_dir()).then(|| TextAbove {
            on_disk: entry.path(),
            file: FoundFile {
                path: format!("{path}{name}"),
                interest,
                place: TextPlace::Own,
                listed_as: ListedAs::from(file_type),
            },
        })
    });
    texts.collect()
}

/// Whether a text counts for a package of which this is declared and said. In a `LICENSES` above it stand the texts of
/// the whole repository, each named after its id: those count that some statement about the package names.
pub(super) fn is_named(path: &str, mut expressions: impl Iterator<Item = impl AsRef<str>>) -> bool {
    let Some(name) = path.trim_start_matches("../").strip_prefix("LICENSES/") else {
        return true;
    };
    let id = name.strip_suffix(".txt").unwrap_or(name);
    let names_it = |expression: &str| {
        let mut ids = expression.split([' ', '(', ')', '/']);
        ids.any(|named| named.trim_end_matches('+').eq_ignore_ascii_case(id))
    };
    !path.starts_with("../") || expressions.any(|expression| names_it(expression.as_ref()))
}

impl PackageFiles {
    /// Adds what was read above the package, without texts that add nothing: those the package itself carries, and, where
    /// it has license texts of its own, plain licenses, which are then those of its neighbors. What is said of the
    /// package's own files, and terms of any other kind, hold.
    pub(super) fn add_from_above(&mut self, above: PackageFiles) {
        let is_own_license = |text: &TextFile| {
            text.place == TextPlace::Own && text.kind == TextKind::License && text.reading.expression.is_some()
        };
        let has_own = self.texts.iter().any(is_own_license);
        let mut adding = above.texts;
        adding.retain(|text| {
            let is_carried = self.texts.iter().any(|known| known.sha256 == text.sha256);
            let is_of_its_files = text.kind == TextKind::Header;
            let is_a_neighbor_s = has_own && !is_of_its_files && is_plain_license(&text.reading);
            !is_carried && !is_a_neighbor_s
        });
        self.texts.extend(adding);
        self.problems.extend(above.problems);
    }
}

fn is_plain_license(reading: &TextReading) -> bool {
    reading.expression.is_some()
        && reading.statements.is_empty()
        && !reading.residue.iter().any(|residue| residue.operative)
        && reading
            .licenses
            .iter()
            .all(|license| license.modification == Modification::None)
}

#[cfg(test)]
mod tests {
    use airights_manifest::root_of;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        for path in files {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        top
    }

    fn paths(top: &Path, directory: &str) -> Vec<String> {
        let directory = top.join(directory);
        let root = root_of(&directory, top).unwrap();
        texts_above(&directory, &root, &Listings::default(), &Boundary::default())
            .into_iter()
            .map(|text| text.file.path)
            .collect()
    }

    #[test]
    fn texts_are_found_up_to_the_root_and_no_higher() {
        let top = tree(&[
            "LICENSE",
            "repo/.git",
            "repo/LICENSE-MIT",
            "repo/NOTICE",
            "repo/README.md",
            "repo/LICENSE-THIRD-PARTY",
            "repo/REUSE.toml",
            "repo/.reuse/dep5",
            "repo/LICENSES/ISC.txt",
            "repo/debian/rules",
            "repo/crates/TERMS.md",
            "repo/crates/a/Cargo.toml",
            "repo/vendor/b/Cargo.toml",
            "other/c/Cargo.toml",
        ]);
        assert_eq!(
            paths(top.path(), "repo/crates/a"),
            [
                "../TERMS.md",
                "../../.reuse/dep5",
                "../../LICENSE-MIT",
                "../../LICENSES/ISC.txt",
                "../../NOTICE",
                "../../REUSE.toml"
            ]
        );
        assert_eq!(paths(top.path(), "repo"), [""; 0]);
        assert_eq!(paths(top.path(), "repo/vendor/b"), [""; 0]);
        // Where there is no repository, the workspace is its place.
        assert_eq!(paths(top.path(), "other/c"), ["../../LICENSE"]);
        assert_eq!(root_of(top.path(), &top.path().join("other")), None);
    }

    #[test]
    fn of_the_texts_of_a_whole_repository_those_count_that_are_named() {
        let said = ["MIT OR (Apache-2.0 AND GPL-2.0-or-later)", "Zlib"];
        let is_named = |path| is_named(path, said.iter());
        for path in [
            "../LICENSES/MIT.txt",
            "../../LICENSES/apache-2.0",
            "../LICENSES/Zlib.txt",
            "../LICENSE",
        ] {
            assert!(is_named(path), "{path}");
        }
        assert!(!is_named("../LICENSES/GPL-3.0-only.txt"));
        // Its own are its own.
        assert!(is_named("LICENSES/GPL-3.0-only.txt"));
    }
}
