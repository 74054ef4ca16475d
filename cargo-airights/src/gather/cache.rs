//! Where this tool keeps what it may read again: the user's cache directory.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Set to a directory, this moves the cache there.
const VARIABLE: &str = "CARGO_AIRIGHTS_CACHE_DIR";

/// The cache directory; `None` where the user has no home to keep one in. It may not exist yet.
pub fn directory() -> Option<PathBuf> {
    if let Some(directory) = std::env::var_os(VARIABLE).filter(|directory| !directory.is_empty()) {
        return Some(PathBuf::from(directory));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("cargo-airights"))
}
