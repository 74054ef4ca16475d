//! Where the packages of the workspace probably are, before cargo says so: a hint that only saves time.

use std::path::{Path, PathBuf};

use airights_manifest::Manifest;
use airights_manifest::manifest::MANIFEST;
use airights_store::{most, read_to_string};

/// The directories that the manifest in `root` names as members, and `root` itself; sorted. Without them, and without
/// those that no glob can tell, work is only done later.
pub(super) fn members_below(root: &Path) -> Vec<PathBuf> {
    let text = read_to_string(&root.join(MANIFEST), most::MANIFEST).unwrap_or_default();
    let Ok(manifest) = Manifest::parse(&text) else {
        return Vec::new();
    };
    let own = manifest.has_package().then(|| root.to_owned());
    let mut directories: Vec<PathBuf> = own.into_iter().collect();
    for member in manifest.members() {
        let pattern = format!("{}/{member}/Cargo.toml", glob::Pattern::escape(&root.to_string_lossy()));
        let manifests = glob::glob(&pattern).into_iter().flatten().flatten();
        directories.extend(manifests.filter_map(|manifest| manifest.parent().map(Path::to_owned)));
    }
    directories.sort();
    directories.dedup();
    directories
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn members_are_found_by_name_and_by_glob() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, content: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        put(
            "Cargo.toml",
            "[workspace]\nmembers = [\"tool\", \"crates/*\", \"gone\"]\n",
        );
        for path in [
            "tool/Cargo.toml",
            "crates/a/Cargo.toml",
            "crates/b/Cargo.toml",
            "crates/notes/README.md",
        ] {
            put(path, "");
        }
        let found = members_below(root.path());
        assert_eq!(
            found,
            ["crates/a", "crates/b", "tool"].map(|path| root.path().join(path))
        );
    }

    #[test]
    fn what_is_no_manifest_names_nobody() {
        let root = tempfile::tempdir().unwrap();
        assert!(members_below(root.path()).is_empty());
        fs::write(root.path().join("Cargo.toml"), "[workspace\n").unwrap();
        assert!(members_below(root.path()).is_empty());
    }
}
