//! Reads single packages that no graph holds yet: versions that might take another's place.
//!
//! They go through the same reading, and into the same cache, as the packages of a graph.

use std::path::{Path, PathBuf};

use airights::facts::{Gathered, LicenseText, TextKind};
use airights_manifest::PackageManifest;

use super::cache::{Cache, Key};
use super::contents::{self, Boundary, Way};
use super::declared::Declarations;
use super::describe;
use super::package::{ListedFile, Named, Place};
use super::read_or_explain;
use super::stored::{PackageFiles, TextFile};
use super::text::Texts;
use super::walk::{self, FoundFile, Origin};
use super::xxh32;

/// Reads packages one by one, from any thread.
pub struct SingleReader {
    pub(super) texts: Texts,
    cache: Cache,
    declarations: Declarations,
}

impl SingleReader {
    /// A reader that remembers in a cache directory; `None`: nowhere.
    pub fn new(cache: Option<&Path>) -> Self {
        Self {
            texts: Texts::default(),
            cache: Cache::new(cache),
            declarations: Declarations::default(),
        }
    }

    /// The facts of a `.crate`, by its bytes, the manifest in them, and a way to have them unpacked, which is taken only where
    /// nothing is remembered.
    ///
    /// # Errors
    ///
    /// What keeps it from being unpacked.
    pub fn facts<E>(
        &self,
        archive: &[u8],
        manifest: &str,
        unpack: impl FnOnce() -> Result<PathBuf, E>,
    ) -> Result<Gathered, E> {
        let key = Key::of_archive(archive, manifest);
        let Some(mut manifest) = PackageManifest::published(manifest) else {
            return Ok(Gathered::Not("its manifest is not TOML".to_owned()));
        };
        let files = if let Some(remembered) = self.cache.load(key, Path::new("")) {
            remembered
        } else {
            manifest.directory = unpack()?;
            match self.read(&manifest, None) {
                Ok(files) => {
                    self.cache.store(key, None, &files);
                    files
                }
                Err(reason) => return Ok(Gathered::Not(reason)),
            }
        };
        let facts = describe::describe(&manifest, &files, &self.declarations);
        Ok(Gathered::Facts(Box::new(facts)))
    }

    /// The facts of a package that is yet to be made of these files.
    pub fn facts_of_listed(&self, manifest: &PackageManifest, files: &[ListedFile]) -> Gathered {
        let mut gathered = self.described(manifest, self.read(manifest, Some(files)));
        if let Gathered::Facts(facts) = &mut gathered {
            // Its author can still correct what others have to live with.
            facts.problems.extend(describe::foreign_problems(manifest));
            facts.problems.sort();
        }
        gathered
    }

    /// The facts about a package, where its files could be read.
    pub(super) fn described(&self, manifest: &PackageManifest, files: Result<PackageFiles, String>) -> Gathered {
        match files {
            Ok(files) => Gathered::Facts(Box::new(describe::describe(manifest, &files, &self.declarations))),
            Err(reason) => Gathered::Not(reason),
        }
    }

    /// License texts that lie in a directory or in its `LICENSES`, beside what it holds besides. What cannot be read is
    /// not among them: nothing rests on it.
    pub fn texts_in(&self, directory: &Path, around: &Path) -> Vec<LicenseText> {
        let boundary = Boundary::around([directory.to_owned(), around.to_owned()]);
        let files = walk::own_texts(directory).unwrap_or_default();
        let read = |file: FoundFile| {
            let bytes = contents::read(&directory.join(&file.path), Way::Link, &boundary).ok()?;
            let (sha256, reading) = self.texts.license(&bytes);
            Some(describe::license_text(&TextFile {
                path: file.path,
                kind: TextKind::License,
                place: file.place,
                sha256,
                xxh32: xxh32::of_lines(&bytes),
                reading: reading?,
            }))
        };
        files.into_iter().filter_map(read).collect()
    }

    /// Writes what is to be remembered.
    pub fn save(&self) {
        self.cache.save();
    }

    fn read(&self, manifest: &PackageManifest, listing: Option<&[ListedFile]>) -> Result<PackageFiles, String> {
        let place = Place {
            directory: &manifest.directory,
            origin: Origin::Unpacked,
            around: Vec::new(),
            repository: None,
            named: Some(Named {
                license_file: manifest.license_file.clone(),
                readme: manifest.readme.clone(),
            }),
            listing,
        };
        read_or_explain(&place, &self.texts).map(|read| read.files)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use airights::facts::Declared;

    use super::*;

    #[test]
    fn a_package_is_unpacked_once_and_then_remembered() {
        let directory = tempfile::tempdir().unwrap();
        let package = directory.path().join("package");
        std::fs::create_dir(&package).unwrap();
        let manifest =
            "[package]\nname = 'a'\nlicense = 'MIT'\n[package.metadata.airights]\nuse = { train-ai = 'disallowed' }\n";
        std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
        std::fs::write(package.join("LICENSE"), "Free to use.").unwrap();
        let cache = directory.path().join("cache");
        let reader = SingleReader::new(Some(&cache));
        let unpacked = reader
            .facts(b"ab", manifest, || Ok::<_, Infallible>(package.clone()))
            .unwrap();
        let Gathered::Facts(facts) = &unpacked else {
            panic!("{unpacked:?}")
        };
        assert!(matches!(facts.declared, Declared::Expression(_)));
        assert_eq!((facts.texts.len(), facts.statements.len()), (1, 1));
        reader.save();
        let remembered = SingleReader::new(Some(&cache)).facts(b"ab", manifest, || Err("unpacked twice"));
        assert_eq!(remembered, Ok(unpacked));
        let other = SingleReader::new(Some(&cache)).facts(b"cd", manifest, || Err("unpacked again"));
        assert_eq!(other, Err("unpacked again"));
        let odd = reader.facts(b"cd", "[[[", || Err("unpacked"));
        assert!(matches!(odd, Ok(Gathered::Not(_))));
    }
}
