//! Whether a file or directory is still as it was, without reading it.
//!
//! A stamp is its inode, its kind and permissions, its size, and when it was written and last changed. The last of these no
//! program can set, so what was edited and put back is not what it was.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// The clock of a file system may lag behind that of the system by a tick or two.
const CLOCK_LAG: Duration = Duration::from_millis(20);
/// Some file systems keep whole seconds, FAT every other one.
const COARSE_CLOCK_LAG: Duration = Duration::from_secs(2);

/// Stands for a time that is not known, and is never settled.
const NEVER: u64 = u64::MAX;

/// What tells one state of a file from any other; the last number is when it was last changed, in nanoseconds of Unix time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp([u64; 5]);

impl Stamp {
    /// Of what is not there, that is known.
    pub const ABSENT: Self = Self([0; 5]);

    /// The stamp of what is in a place, behind all links.
    pub fn of(path: &Path) -> Self {
        fs::metadata(path).map_or(Self::ABSENT, |metadata| Self::of_metadata(&metadata))
    }

    /// Its numbers.
    pub fn to_bytes(self) -> [u8; 40] {
        let mut bytes = [0; 40];
        for (place, number) in bytes.chunks_exact_mut(8).zip(self.0) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    #[cfg(unix)]
    fn of_metadata(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| {
            let whole = u64::try_from(seconds).ok()?.checked_mul(1_000_000_000)?;
            whole.checked_add(u64::try_from(rest).ok()?)
        };
        Self([
            metadata.ino(),
            metadata.mode().into(),
            metadata.size(),
            nanoseconds(metadata.mtime(), metadata.mtime_nsec()).unwrap_or(NEVER),
            nanoseconds(metadata.ctime(), metadata.ctime_nsec()).unwrap_or(NEVER),
        ])
    }

    /// Without the two that no program can set, this is as much as can be had.
    #[cfg(not(unix))]
    fn of_metadata(metadata: &Metadata) -> Self {
        let nanoseconds = |time: std::io::Result<SystemTime>| {
            let since = time.ok()?.duration_since(UNIX_EPOCH).ok()?;
            u64::try_from(since.as_nanos()).ok()
        };
        Self([
            u64::from(metadata.is_dir()),
            u64::from(metadata.permissions().readonly()),
            metadata.len(),
            nanoseconds(metadata.created()).unwrap_or(NEVER),
            nanoseconds(metadata.modified()).unwrap_or(NEVER),
        ])
    }

    /// Whether it was changed later than something else, by more than the clock of a file system may lag.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        let lag = u64::try_from(CLOCK_LAG.as_nanos()).unwrap_or_default();
        self.0[4] > other.0[4].saturating_add(lag)
    }

    /// Whether whatever changed it from this time on would have left another stamp.
    pub fn is_settled(&self, time: SystemTime) -> bool {
        let Self([.., changed]) = *self;
        let lag = if changed % 1_000_000_000 == 0 {
            COARSE_CLOCK_LAG
        } else {
            CLOCK_LAG
        };
        UNIX_EPOCH + Duration::from_nanos(changed) + lag < time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An edit that is put back with everything a program can put back.
    #[cfg(unix)]
    #[test]
    fn that_the_clock_of_a_file_was_set_back_is_seen() {
        let directory = tempfile::tempdir().unwrap();
        let license = directory.path().join("LICENSE");
        fs::write(&license, "one").unwrap();
        std::thread::sleep(CLOCK_LAG * 2);
        let known = Stamp::of(&license);
        assert!(known.is_settled(SystemTime::now()));
        let written = fs::metadata(&license).unwrap().modified().unwrap();
        fs::write(&license, "two").unwrap();
        let file = fs::File::options().write(true).open(&license).unwrap();
        file.set_modified(written).unwrap();
        assert_ne!(Stamp::of(&license), known);
    }

    #[test]
    fn what_has_just_changed_is_not_settled() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        assert!(Stamp::of(&path).is_settled(SystemTime::now()));
        let begun = SystemTime::now();
        fs::write(&path, "").unwrap();
        assert!(!Stamp::of(&path).is_settled(begun));
        assert!(!Stamp([NEVER; 5]).is_settled(SystemTime::now()));
    }
}
