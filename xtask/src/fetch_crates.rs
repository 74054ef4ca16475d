//! The texts of a stated list of crates, for measuring the reader on real packages. They come from where cargo's own
//! configuration leads, each with the checksum that is promised; nothing of them is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use airights_facts::{cargo_home, may_hold_terms};
use airights_registry::{CRATES_IO, CargoConfig, Client, IndexEntry, Upstream, UpstreamOptions, files_below, unpack};
use anyhow::Context as _;
use clap::Args;
use semver::Version;

/// So many packages at a time.
const AT_A_TIME: usize = 8;

/// What to fetch, and where to.
#[derive(Debug, Args)]
pub(crate) struct FetchCratesArgs {
    /// A table with a heading: `crate` holds NAME-VERSION, and `checksum`, where there is one, the SHA-256 of the package
    list: PathBuf,
    /// Each package gets a directory in this one; what is there already is left alone
    directory: PathBuf,
}

/// A row of the list.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    name: String,
    version: Version,
    checksum: Option<String>,
}

/// Whether all of them are there afterwards.
pub(crate) fn run(args: &FetchCratesArgs) -> anyhow::Result<bool> {
    let list = fs::read_to_string(&args.list).with_context(|| format!("cannot read `{}`", args.list.display()))?;
    let wanted = wanted(&list)?;
    fs::create_dir_all(&args.directory).with_context(|| format!("cannot make `{}`", args.directory.display()))?;
    let config = CargoConfig::read(&std::env::current_dir()?, cargo_home().as_deref())?;
    let options = UpstreamOptions {
        cargo_home: cargo_home(),
        ..UpstreamOptions::default()
    };
    let upstream = Upstream::new(config.crates_io()?, Client::new(&config)?, &options);
    let (next, there) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let one_thread = || {
        while let Some(wanted) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            match fetch(&upstream, wanted, &args.directory) {
                Ok(()) => {
                    there.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => println!("{} {}: {error:#}", wanted.name, wanted.version),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(one_thread);
        }
    });
    let there = there.into_inner();
    println!("{there} of {} crates are in {}", wanted.len(), args.directory.display());
    Ok(there == wanted.len())
}

/// The rows of a list.
fn wanted(list: &str) -> anyhow::Result<Vec<Wanted>> {
    let mut lines = list.lines();
    let heading: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name| heading.iter().position(|column| *column == name);
    let (crates, checksums) = (
        column("crate").context("no column is called `crate`")?,
        column("checksum"),
    );
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let checksum = checksums
                .and_then(|column| cells.get(column))
                .filter(|cell| !cell.is_empty());
            let (name, version) = cells
                .get(crates)
                .and_then(|cell| name_and_version(cell))
                .with_context(|| format!("not a crate and its version: `{line}`"))?;
            Ok(Wanted {
                name: name.to_owned(),
                version,
                checksum: checksum.map(|checksum| (*checksum).to_owned()),
            })
        })
        .collect()
}

/// A name has hyphens of its own, and so may a version: it begins behind the first one that makes it a version.
fn name_and_version(text: &str) -> Option<(&str, Version)> {
    let mut hyphens = text.match_indices('-');
    hyphens.find_map(|(at, _)| Some((&text[..at], text[at + 1..].parse().ok()?)))
}

/// Puts the texts of a package into its directory.
fn fetch(upstream: &Upstream, wanted: &Wanted, directory: &Path) -> anyhow::Result<()> {
    let Wanted {
        name,
        version,
        checksum,
    } = wanted;
    let place = directory.join(format!("{name}-{version}"));
    if place.is_dir() {
        return Ok(());
    }
    let entry = if let Some(checksum) = checksum {
        IndexEntry::with_checksum(CRATES_IO, name, version, checksum)
    } else {
        let index = upstream.index_of(name)?;
        index.entry(version).context("the registry does not have it")?.clone()
    };
    let unpacking = tempfile::tempdir_in(directory)?;
    let unpacked = unpack(&upstream.package(&entry)?, name, &version.to_string(), unpacking.path())?;
    let texts = unpacking.path().join("texts");
    fs::create_dir_all(&texts)?;
    for file in files_below(&unpacked) {
        let path = file.strip_prefix(&unpacked)?;
        if is_text(path) {
            let to = texts.join(path);
            fs::create_dir_all(to.parent().unwrap_or(&texts))?;
            fs::rename(&file, to)?;
        }
    }
    // There is either all of it or nothing.
    Ok(fs::rename(texts, &place)?)
}

/// Whether a file of a package is read for its terms, or is prose of another kind. Source code is neither here.
fn is_text(path: &Path) -> bool {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let is_prose = ["md", "txt", "rst", "adoc"].contains(&&*extension);
    is_prose || extension != "rs" && may_hold_terms(&path.to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_name_a_crate_a_version_and_perhaps_a_checksum() {
        let rows = wanted("checksum\tcrate\nab\tsha-1-0.10.1\n\tsmallvec-2.0.0-beta.4\n").unwrap();
        let row = |name: &str, version: &str, checksum: Option<&str>| Wanted {
            name: name.to_owned(),
            version: version.parse().unwrap(),
            checksum: checksum.map(str::to_owned),
        };
        assert_eq!(
            rows,
            [
                row("sha-1", "0.10.1", Some("ab")),
                row("smallvec", "2.0.0-beta.4", None)
            ]
        );
        assert!(wanted("name\na-1.0.0\n").is_err());
        assert!(wanted("crate\nserde\n").is_err());
    }

    #[test]
    fn texts_are_what_is_read_and_other_prose() {
        for path in ["LICENSE", "docs/guide.md", "a/NOTICE.txt", "Cargo.toml", "README"] {
            assert!(is_text(Path::new(path)), "{path}");
        }
        for path in ["src/lib.rs", "tests/data.json", "a.png"] {
            assert!(!is_text(Path::new(path)), "{path}");
        }
    }
}
