//! The catalog as one file: a header that says which form it has, then the catalog.

use airights_store::most;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Catalog;

/// The beginning of the file. Its number changes with the form.
const HEADER: &[u8] = b"cargo-airights catalog 1\n";

/// Why there is no catalog.
#[derive(Debug)]
pub enum CatalogError {
    /// The file cannot be read or written.
    Io(io::Error),
    /// It is of another version of this tool.
    OtherForm,
    /// It is damaged.
    Damaged,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(formatter),
            Self::OtherForm => formatter.write_str("it was made by another version of this tool"),
            Self::Damaged => formatter.write_str("it is damaged"),
        }
    }
}

impl std::error::Error for CatalogError {}

/// Where the user's catalog is; `None` where there is no home to keep one in.
pub fn place() -> Option<PathBuf> {
    Some(airights_store::directory()?.join("catalog"))
}

/// Reads a catalog; `None` where there is no such file.
///
/// # Errors
///
/// Where there is one that cannot be used.
pub fn load(path: &Path) -> Result<Option<Catalog>, CatalogError> {
    let bytes = match airights_store::read_ours(path, most::REPORT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CatalogError::Io(error)),
    };
    decode(&bytes).map(Some)
}

/// The catalog that a file holds.
///
/// # Errors
///
/// Where it holds something else.
pub fn decode(bytes: &[u8]) -> Result<Catalog, CatalogError> {
    let body = bytes.strip_prefix(HEADER).ok_or(CatalogError::OtherForm)?;
    let read = postcard::take_from_bytes::<Catalog>(body);
    let whole = read
        .ok()
        .filter(|(catalog, rest)| rest.is_empty() && catalog.is_whole());
    whole.map(|(catalog, _)| catalog).ok_or(CatalogError::Damaged)
}

/// Writes a catalog, whole or not at all.
///
/// # Errors
///
/// Where the disk does not take it.
pub fn save(catalog: &Catalog, path: &Path) -> Result<(), CatalogError> {
    let write = || {
        let directory = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(directory)?;
        let mut file = tempfile::NamedTempFile::new_in(directory)?;
        file.write_all(HEADER)?;
        file.write_all(&postcard::to_stdvec(catalog).map_err(io::Error::other)?)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(CatalogError::Io)
}

#[cfg(test)]
mod tests {
    use super::super::Described;
    use super::*;

    fn catalog() -> Catalog {
        let named = |name: &str, dependencies: &[&str]| Described {
            name: name.to_owned(),
            description: "reads files".to_owned(),
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            ..Described::default()
        };
        Catalog::of([named("b", &["a", "unheard-of"]), named("a", &[])])
    }

    #[test]
    fn what_is_written_comes_back() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("deep/catalog");
        assert!(load(&path).unwrap().is_none());
        save(&catalog(), &path).unwrap();
        let back = load(&path).unwrap().expect("a catalog");
        assert_eq!(back, catalog());
        assert_eq!(back.crates[1].dependencies, [0]);
        assert_eq!((back.len(), back.is_empty()), (2, false));
    }

    #[test]
    fn what_is_no_catalog_says_so() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("catalog");
        save(&catalog(), &path).unwrap();
        let good = fs::read(&path).unwrap();
        for cut in HEADER.len()..good.len() {
            fs::write(&path, &good[..cut]).unwrap();
            assert!(matches!(load(&path), Err(CatalogError::Damaged)), "{cut}");
        }
        fs::write(&path, b"cargo-airights catalog 0\n").unwrap();
        assert!(matches!(load(&path), Err(CatalogError::OtherForm)));
        let mut beyond = catalog();
        beyond.crates[0].words.push((99, 1));
        save(&beyond, &path).unwrap();
        assert!(matches!(load(&path), Err(CatalogError::Damaged)));
    }
}
