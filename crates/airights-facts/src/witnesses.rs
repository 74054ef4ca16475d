//! What a package was read from, and whether that is still as it was.
//!
//! Every directory that was listed, every file that was opened, and every place where a file was looked for, has a stamp.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use airights_store::Stamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::contents::LookedAt;

/// What cargo writes last when it unpacks a package.
const MARK_OF_CARGO: &str = ".cargo-ok";

/// The paths that a reading rests on, and a digest of their stamps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witnesses {
    /// Sorted, each ended by a zero byte; below the package's directory, or absolute.
    paths: String,
    stamps: [u8; 32],
}

impl Witnesses {
    /// Stamps what a reading of a directory looked at, which began at a given time. `None` where some of it has changed since, or
    /// may have.
    ///
    /// Of a package in which nothing has changed since cargo unpacked it, the files that were read and the directories they are
    /// in stand for all of it.
    pub(super) fn of(directory: &Path, looked_at: LookedAt, begun: SystemTime) -> Option<Self> {
        let LookedAt { files, in_passing } = looked_at;
        let everything = stamped(directory, files.iter().chain(&in_passing))?;
        if !everything.values().all(|stamp| stamp.is_settled(begun)) {
            return None;
        }
        let unpacked = Stamp::of(&directory.join(MARK_OF_CARGO));
        let is_as_unpacked = everything.values().all(|stamp| !stamp.is_newer_than(&unpacked));
        if unpacked == Stamp::ABSENT || !is_as_unpacked {
            return Some(Self::of_stamped(&everything));
        }
        let around = files.iter().filter_map(|file| file.parent());
        let telling = stamped(directory, files.iter().map(PathBuf::as_path).chain(around))?;
        Some(Self::of_stamped(&telling))
    }

    fn of_stamped(stamped: &BTreeMap<String, Stamp>) -> Self {
        Self {
            paths: stamped.keys().map(|path| format!("{path}\0")).collect(),
            stamps: digest_of(stamped.values().copied()),
        }
    }

    /// Whether everything is as it was.
    pub(super) fn still_hold(&self, directory: &Path) -> bool {
        let paths = self.paths.split_terminator('\0');
        digest_of(paths.map(|path| Stamp::of(&directory.join(path)))) == self.stamps
    }
}

/// Paths as they are stored, each with its stamp; `None` where one of them is no Unicode.
fn stamped(directory: &Path, paths: impl Iterator<Item = impl AsRef<Path>>) -> Option<BTreeMap<String, Stamp>> {
    let stamp = |path: &Path| {
        let below = path.strip_prefix(directory).unwrap_or(path).to_str()?;
        Some((below.to_owned(), Stamp::of(path)))
    };
    paths.map(|path| stamp(path.as_ref())).collect()
}

fn digest_of(stamps: impl Iterator<Item = Stamp>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for stamp in stamps {
        digest.update(stamp.to_bytes());
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    /// A directory whose files are older than a tick.
    fn package() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("src")).unwrap();
        fs::write(directory.path().join("LICENSE"), "one").unwrap();
        fs::write(directory.path().join("src/lib.rs"), "").unwrap();
        std::thread::sleep(Duration::from_millis(50));
        directory
    }

    fn witnesses(directory: &Path, begun: SystemTime) -> Option<Witnesses> {
        let looked_at = LookedAt {
            files: vec![directory.join("LICENSE")],
            in_passing: ["", "src", "src/lib.rs"].map(|path| directory.join(path)).into(),
        };
        Witnesses::of(directory, looked_at, begun)
    }

    #[test]
    fn whatever_changes_is_seen() {
        type Change = fn(&Path);
        let changes: &[(&str, Change)] = &[
            ("edited to the same length", |at| {
                fs::write(at.join("LICENSE"), "two").unwrap();
            }),
            ("written again", |at| fs::write(at.join("LICENSE"), "one").unwrap()),
            ("a file more", |at| fs::write(at.join("COPYING"), "two").unwrap()),
            ("a file more below", |at| {
                fs::write(at.join("src/absent.rs"), "").unwrap();
            }),
            ("a file less", |at| fs::remove_file(at.join("src/lib.rs")).unwrap()),
            ("replaced by a directory", |at| {
                fs::remove_file(at.join("LICENSE")).unwrap();
                fs::create_dir(at.join("LICENSE")).unwrap();
            }),
            ("all of it replaced", |at| {
                let beside = at.with_extension("beside");
                fs::rename(at, &beside).unwrap();
                fs::create_dir_all(at.join("src")).unwrap();
                fs::copy(beside.join("LICENSE"), at.join("LICENSE")).unwrap();
                fs::copy(beside.join("src/lib.rs"), at.join("src/lib.rs")).unwrap();
                fs::remove_dir_all(beside).unwrap();
            }),
        ];
        for (what, change) in changes {
            let directory = package();
            let known = witnesses(directory.path(), SystemTime::now()).unwrap();
            assert!(known.still_hold(directory.path()), "{what}");
            change(directory.path());
            assert!(!known.still_hold(directory.path()), "{what}");
        }
    }

    /// Of what nobody has touched since cargo unpacked it, few files have to be looked at, and one that was edited and put
    /// back before is looked at with all the others.
    #[test]
    fn what_cargo_has_unpacked_is_seen_by_its_files() {
        let directory = package();
        let at = directory.path();
        let all = witnesses(at, SystemTime::now()).unwrap();
        fs::write(at.join(MARK_OF_CARGO), "{}").unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let few = witnesses(at, SystemTime::now()).unwrap();
        assert_eq!(
            (few.paths.as_str(), all.paths.matches('\0').count()),
            ("\0LICENSE\0", 4)
        );
        fs::write(at.join("LICENSE"), "two").unwrap();
        assert!(!few.still_hold(at));
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(witnesses(at, SystemTime::now()).unwrap().paths, all.paths);
    }

    #[test]
    fn what_may_have_changed_while_it_was_read_has_no_witnesses() {
        let directory = package();
        let begun = SystemTime::now();
        assert!(witnesses(directory.path(), begun).is_some());
        fs::write(directory.path().join("LICENSE"), "two").unwrap();
        assert_eq!(witnesses(directory.path(), begun), None);
    }
}
