//! Keeps the cache small: few packs, not too many bytes, nothing of older readers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::pack::{self, Stored};

/// A file that a process left half-written is older than this.
const ABANDONED: Duration = Duration::from_hours(1);

/// Merges packs into one where there are too many or they take too much. What was stored last is kept first.
pub(super) fn keep_small(directory: &Path, max_packs: usize, max_bytes: u64) {
    let paths = pack::paths_in(directory);
    let sizes = paths.iter().filter_map(|path| fs::metadata(path).ok());
    let total: u64 = sizes.map(|metadata| metadata.len()).sum();
    if paths.len() <= max_packs && total <= max_bytes {
        return;
    }
    // Down to three quarters, so that the next run need not do this again.
    let goal = max_bytes / 4 * 3;
    let mut kept = BTreeMap::new();
    let mut size = 0;
    for pack in pack::all_in(directory).iter().rev() {
        for key in pack.keys() {
            if size < goal
                && !kept.contains_key(&key)
                && let Some(bytes) = pack.read(key)
            {
                let stored = Stored::new(bytes);
                size += stored.len();
                kept.insert(key, stored);
            }
        }
    }
    // Other processes may do the same just now. Each removes only what it saw, after it has written what it keeps.
    if let Some(merged) = pack::write(directory, kept.into_iter().collect()) {
        for path in paths.iter().filter(|path| **path != merged) {
            let _ = fs::remove_file(path);
        }
    }
    remove_abandoned(directory);
}

/// Removes what older or other versions of the reader stored. `version` is this one's directory, as `v1-2-1a2b3c`.
pub(super) fn remove_other_versions(directory: &Path, version: &str) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let found = name.to_str().filter(|name| *name != version).and_then(numbers);
        if found.is_some_and(|found| Some(found) <= numbers(version)) {
            // Whoever still uses it reads afresh.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn remove_abandoned(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        let age = SystemTime::now()
            .duration_since(pack::modified(&path))
            .unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "tmp") && age > ABANDONED {
            let _ = fs::remove_file(path);
        }
    }
}

/// The two numbers a version's directory begins with, `v1-2-…`.
fn numbers(name: &str) -> Option<(u32, u32)> {
    let mut parts = name.strip_prefix('v')?.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
