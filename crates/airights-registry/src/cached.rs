//! What was fetched before: our own copies of index files and packages, and those that cargo has on this disk.
//!
//! Index files are kept with the version the registry gave them, so that asking again costs one short answer. Packages
//! are found by name and believed only by checksum.

use std::fs;
use std::path::{Path, PathBuf};

use airights_store::{most, read, read_ours, write_ours};
use sha2::{Digest, Sha256};
use tame_index::index::IndexLocation;

/// Where copies are kept; each place may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Cached {
    /// Our copies of the index.
    index: Option<PathBuf>,
    /// Our copies of packages.
    packages: Option<PathBuf>,
    /// Cargo's copies of the index.
    cargo_index: Option<PathBuf>,
    /// The directories of cargo's copies of packages, one a registry.
    cargo_packages: Vec<PathBuf>,
}

/// An index file with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptIndex {
    pub(super) etag: Option<String>,
    pub(super) body: Vec<u8>,
}

/// So many packages are kept: the newest.
const KEPT_PACKAGES: usize = 256;

impl Cached {
    /// The copies of a registry's files.
    pub(super) fn of(index: &str, cache: Option<&Path>, cargo_home: Option<&Path>) -> Self {
        let registry = hex(&Sha256::digest(index))[..16].to_owned();
        let ours = cache.map(|cache| cache.join("registry"));
        let of_cargo = cargo_home.map(|home| home.join("registry"));
        let copies = of_cargo.iter().flat_map(|place| fs::read_dir(place.join("cache")));
        let mut cargo_packages: Vec<_> = copies.flatten().flatten().map(|entry| entry.path()).collect();
        cargo_packages.sort();
        Self {
            index: ours.as_ref().map(|ours| ours.join("index").join(registry)),
            packages: ours.map(|ours| ours.join("packages")),
            cargo_index: cargo_home.and_then(|home| cargo_index(index, home)),
            cargo_packages,
        }
    }

    /// Our copy of an index file, else cargo's.
    pub(super) fn index_file(&self, path: &str) -> Option<KeptIndex> {
        let ours = self.index.as_ref().and_then(|index| kept_index(&index.join(path)));
        ours.or_else(|| read_cargos(&read(&self.cargo_index.as_ref()?.join(path), most::CACHED).ok()?))
    }

    /// Hands over every index file on this disk: cargo's copies, and ours of what cargo has not.
    pub(super) fn each_index_file(&self, take: &mut dyn FnMut(&[u8])) {
        for place in self.cargo_index.iter().flat_map(|index| files_below(index)) {
            if let Some(kept) = read(&place, most::CACHED).ok().and_then(|bytes| read_cargos(&bytes)) {
                take(&kept.body);
            }
        }
        let Some(ours) = &self.index else { return };
        for place in files_below(ours) {
            let name = place.strip_prefix(ours).unwrap_or(&place);
            let is_cargos = self
                .cargo_index
                .as_ref()
                .is_some_and(|index| index.join(name).is_file());
            if let Some(kept) = kept_index(&place).filter(|_| !is_cargos) {
                take(&kept.body);
            }
        }
    }

    /// Keeps an index file. A failure costs the next run some time and this one nothing.
    pub(super) fn keep_index_file(&self, path: &str, etag: Option<&str>, body: &[u8]) {
        if let Some(index) = &self.index {
            let etag = etag.unwrap_or_default();
            let _ = write_ours(&index.join(path), &[etag.as_bytes(), b"\n", body]);
        }
    }

    /// A package with a checksum, from our copies or cargo's.
    pub(super) fn package(&self, file: &str, checksum: &str) -> Option<Vec<u8>> {
        let ours = self.packages.as_ref().map(|packages| packages.join(checksum));
        let of_cargo = self.cargo_packages.iter().map(|packages| packages.join(file));
        let mut packages = of_cargo.chain(ours).filter_map(|path| read(&path, most::CACHED).ok());
        packages.find(|bytes| is_as_promised(bytes, checksum))
    }

    /// Keeps a package.
    pub(super) fn keep_package(&self, checksum: &str, bytes: &[u8]) {
        if let Some(packages) = &self.packages {
            let _ = write_ours(&packages.join(checksum), &[bytes]);
            let _ = remove_oldest(packages);
        }
    }
}

/// Whether bytes have a checksum.
pub(super) fn is_as_promised(bytes: &[u8], checksum: &str) -> bool {
    hex(&Sha256::digest(bytes)) == checksum
}

/// Bytes in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where cargo keeps what it knows of a sparse index.
fn cargo_index(index: &str, cargo_home: &Path) -> Option<PathBuf> {
    let address = format!("sparse+{index}");
    let mut location = IndexLocation::new(address.as_str().into());
    location = location.with_root(Some(cargo_home.to_str()?.into()));
    // The name of the directory has been made in this way since cargo 1.85.
    location.cargo_version = Some(semver::Version::new(1, 85, 0));
    let (directory, _) = location.into_parts().ok()?;
    Some(PathBuf::from(directory.as_str()).join(".cache"))
}

/// An index file that we have kept.
fn kept_index(path: &Path) -> Option<KeptIndex> {
    let bytes = read_ours(path, most::CACHED).ok()?;
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let etag = std::str::from_utf8(&bytes[..end]).ok()?;
    Some(KeptIndex {
        etag: (!etag.is_empty()).then(|| etag.to_owned()),
        body: bytes[end + 1..].to_vec(),
    })
}

/// Cargo's own form: a byte for its version, four for that of the index, then texts that end with a zero byte: where the
/// registry stands, and for each entry its version and its line.
fn read_cargos(bytes: &[u8]) -> Option<KeptIndex> {
    let rest = bytes.strip_prefix(&[3, 2, 0, 0, 0])?;
    let mut texts = rest.split(|&byte| byte == 0);
    let revision = std::str::from_utf8(texts.next()?).ok()?;
    let etag = revision.strip_prefix("etag: ").map(str::to_owned);
    let mut body = Vec::new();
    while let (Some(_), Some(line)) = (texts.next(), texts.next()) {
        body.extend_from_slice(line);
        body.push(b'\n');
    }
    Some(KeptIndex { etag, body })
}

/// The lines of an index file in the form cargo keeps it; `None` where it has another form.
pub fn cached_lines(bytes: &[u8]) -> Option<Vec<u8>> {
    read_cargos(bytes).map(|kept| kept.body)
}

/// The files below a directory, sorted. What cannot be read is left out.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let is_directory = path.is_dir();
            if is_directory { &mut directories } else { &mut found }.push(path);
        }
    }
    found.sort();
    found
}

fn remove_oldest(directory: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort();
    let surplus = files.len().saturating_sub(KEPT_PACKAGES);
    files[..surplus].iter().try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_own_copies_are_read() {
        let bytes = b"\x03\x02\0\0\0etag: W/\"x\"\x001.0.0\0{\"a\":1}\x001.1.0\0{\"a\":2}\0";
        let kept = read_cargos(bytes).unwrap();
        assert_eq!(kept.etag.as_deref(), Some("W/\"x\""));
        assert_eq!(kept.body, b"{\"a\":1}\n{\"a\":2}\n");
        assert_eq!(read_cargos(b"\x02\x02\0\0\0etag: x\0"), None);
        assert_eq!(read_cargos(b""), None);
    }

    #[test]
    fn our_copies_come_back_with_their_version() {
        let directory = tempfile::tempdir().unwrap();
        let kept = Cached::of("http://a.example/", Some(directory.path()), None);
        assert_eq!(kept.index_file("1/a"), None);
        for etag in [Some("\"x\"".to_owned()), None] {
            let file = KeptIndex {
                etag,
                body: b"one\ntwo\n".to_vec(),
            };
            kept.keep_index_file("1/a", file.etag.as_deref(), &file.body);
            assert_eq!(kept.index_file("1/a"), Some(file));
        }
        let other = Cached::of("http://b.example/", Some(directory.path()), None);
        assert_eq!(other.index_file("1/a"), None);
        let checksum = hex(&Sha256::digest(b"package"));
        kept.keep_package(&checksum, b"package");
        assert_eq!(
            other.package("a-1.0.0.crate", &checksum).as_deref(),
            Some(&b"package"[..])
        );
    }
}
