//! What a package was read from, and whether that is still as it was.
//!
//! Every directory that was listed, every file that was opened, and every place where a file was looked for, has a stamp.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use airights_store::Stamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The paths that a reading rests on, and a digest of their stamps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witnesses {
    /// Sorted, each ended by a zero byte; below the package's directory, or absolute.
    paths: String,
    stamps: [u8; 32],
}

impl Witnesses {
    /// Stamps the paths that a reading of a directory looked at, which began at a given time. `None` where one of them has
    /// changed since, or may have.
    pub(super) fn of(directory: &Path, looked_at: Vec<PathBuf>, begun: SystemTime) -> Option<Self> {
        let looked_at: BTreeSet<PathBuf> = looked_at.into_iter().collect();
        let mut paths = String::new();
        for path in &looked_at {
            paths.push_str(path.strip_prefix(directory).unwrap_or(path).to_str()?);
            paths.push('\0');
        }
        let stamps = stamps(directory, &paths, |stamp| stamp.is_settled(begun))?;
        Some(Self { paths, stamps })
    }

    /// Whether everything is as it was.
    pub(super) fn still_hold(&self, directory: &Path) -> bool {
        stamps(directory, &self.paths, |_| true) == Some(self.stamps)
    }
}

/// A digest of the stamps of these paths; `None` where one of them will not do.
fn stamps(directory: &Path, paths: &str, will_do: impl Fn(&Stamp) -> bool) -> Option<[u8; 32]> {
    let mut digest = Sha256::new();
    for path in paths.split_terminator('\0') {
        let stamp = Stamp::of(&directory.join(path));
        if !will_do(&stamp) {
            return None;
        }
        digest.update(stamp.to_bytes());
    }
    Some(digest.finalize().into())
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
        let looked_at = ["", "src", "LICENSE", "src/lib.rs", "src/absent.rs"];
        Witnesses::of(directory, looked_at.map(|path| directory.join(path)).into(), begun)
    }

    #[test]
    fn whatever_changes_is_seen() {
        type Change = fn(&Path);
        let changes: &[(&str, Change)] = &[
            ("edited to the same length", |at| {
                fs::write(at.join("LICENSE"), "two").unwrap()
            }),
            ("written again", |at| fs::write(at.join("LICENSE"), "one").unwrap()),
            ("a file more", |at| fs::write(at.join("COPYING"), "two").unwrap()),
            ("a file more below", |at| {
                fs::write(at.join("src/absent.rs"), "").unwrap()
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

    #[test]
    fn what_may_have_changed_while_it_was_read_has_no_witnesses() {
        let directory = package();
        let begun = SystemTime::now();
        assert!(witnesses(directory.path(), begun).is_some());
        fs::write(directory.path().join("LICENSE"), "two").unwrap();
        assert_eq!(witnesses(directory.path(), begun), None);
    }
}
