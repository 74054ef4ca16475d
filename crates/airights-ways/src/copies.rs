//! Copies of packages within the workspace, each of which `[patch]` puts in the place of a denied version.
//!
//! A copy is what was published, but for one line: it has the number of the version whose place it takes, since cargo takes
//! a patch only where its number is asked for. The copy says so.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use airights_manifest::manifest::edit;
use airights_store::{NewDirectory, most, read, read_to_string};

use super::package_copy::PackageCopy;
use super::workshop::Workshop;
use crate::WaysError;

impl Workshop<'_> {
    /// Puts copies where they are to be, in the scratch copy of the workspace. Whether there was time to fetch them all.
    pub(super) fn lay_out(&self, copies: &[PackageCopy]) -> Result<bool, WaysError> {
        let failed = WaysError::local("copy a package");
        for copy in copies {
            let place = self.scratch_place_of(copy);
            if place.exists() {
                fs::remove_dir_all(&place).map_err(&failed)?;
            }
            fs::create_dir_all(place.parent().unwrap_or(&place)).map_err(&failed)?;
            let unpacking = tempfile::tempdir_in(self.scratch.unpacking()).map_err(&failed)?;
            let unpacked = self.verdicts.unpacked(&copy.of, unpacking.path()).map(Some);
            let Some(unpacked) = self.verdicts.in_time(unpacked, None)? else {
                return Ok(false);
            };
            fs::rename(unpacked, &place).map_err(&failed)?;
            let manifest = place.join("Cargo.toml");
            let text = read_to_string(&manifest, most::MANIFEST).map_err(&failed)?;
            fs::write(&manifest, renumbered(&text, copy)).map_err(&failed)?;
        }
        Ok(true)
    }

    /// The copies that were laid out, to be written elsewhere.
    pub(super) fn copied(&self, copies: &[PackageCopy]) -> Result<Vec<NewDirectory>, WaysError> {
        let workspace = &self.project.resolved.workspace_root;
        let read = copies.iter().map(|copy| {
            let mut files = BTreeMap::new();
            let from = self.scratch_place_of(copy);
            collect(&from, &from, &mut files)?;
            Ok(NewDirectory {
                place: copy.place_in(workspace),
                files,
            })
        });
        read.collect::<io::Result<_>>()
            .map_err(WaysError::local("read a copied package"))
    }

    fn scratch_place_of(&self, copy: &PackageCopy) -> PathBuf {
        let workspace = &self.project.resolved.workspace_root;
        self.scratch.place_of(&copy.place_in(workspace))
    }
}

/// The manifest with another number, and a word on why.
fn renumbered(manifest: &str, copy: &PackageCopy) -> String {
    let Ok(mut document) = edit::document(manifest) else {
        // Cargo says what is wrong with it.
        return manifest.to_owned();
    };
    let number = copy.target.version.to_string();
    document["package"]["version"] = toml_edit::value(&number);
    let of = format!("{} {}", copy.of.name, copy.of.version);
    format!("# A copy of {of}, numbered {number} so that it can take the place of that version.\n\n{document}")
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
            files.insert(below, read(&path, most::REPORT)?);
        }
    }
    Ok(())
}
