//! Reads the files of one package.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use airights::facts::{EvidenceKind, ProblemKind, TextKind, TextPlace};
use airights_manifest::Manifest;
use airights_manifest::manifest::MANIFEST;
use airights_text::decode;

use super::contents::{self, Boundary, Way};
use super::excerpt::cut_counting;
use super::headers::{self, Places};
use super::interest::Interest;
use super::names;
use super::repository::texts_above;
use super::reuse::{self, Sources};
use super::signals;
use super::stored::{ManifestKeys, NoticeFile, NoticeKind, PackageFiles, StoredProblem, StoredStatement, TextFile};
use super::text::{Texts, statements};
use super::walk::{FoundFile, ListedAs, Origin, Walk, among, walk};
use super::witnesses::Witnesses;
use super::xxh32;

/// More archives of one package are not named.
const MAX_ARCHIVES: usize = 100;

/// Where a package's files are and what its manifest is known to say.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// Its directory.
    pub(super) directory: &'a Path,
    /// How the directory came to be.
    pub(super) origin: Origin,
    /// Directories beside its own in which its links and `license-file` may end.
    pub(super) around: Vec<PathBuf>,
    /// The root of the repository it is worked on in, whose license texts are its own; `None`: it is in none.
    pub(super) repository: Option<PathBuf>,
    /// `license-file` and `readme` as cargo gives them; `None`: as its own manifest gives them.
    pub(super) named: Option<Named>,
    /// The files that are the package; `None`: all that are in its directory.
    pub(super) listing: Option<&'a [ListedFile]>,
}

/// A file of a `.crate` that is yet to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Path in the `.crate`, with `/`.
    pub path: String,
    /// The file it will be made of, behind all links; `None` for what cargo writes itself.
    pub on_disk: Option<PathBuf>,
}

impl Place<'_> {
    fn find(&self) -> io::Result<Walk> {
        match self.listing {
            None => walk(self.directory, self.origin),
            Some(files) => {
                let of_ours = files.iter().filter(|file| file.on_disk.is_some());
                Ok(among(of_ours.map(|file| file.path.as_str())))
            }
        }
    }

    /// Where a file of the package is.
    fn on_disk(&self, path: &str) -> PathBuf {
        let listed = self.listing.into_iter().flatten().find(|file| file.path == path);
        let listed = listed.and_then(|file| file.on_disk.clone());
        listed.unwrap_or_else(|| self.directory.join(path))
    }
}

/// Files that a manifest names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    /// `license-file`
    pub(super) license_file: Option<String>,
    /// `readme`
    pub(super) readme: Option<String>,
}

/// What was read, and what it rests on; `None` where that changed meanwhile.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) files: PackageFiles,
    pub(super) witnesses: Option<Witnesses>,
}

/// Reads the files of a package.
///
/// # Errors
///
/// If its directory cannot be listed. Everything else is a fact.
pub(super) fn read_package(place: &Place<'_>, texts: &Texts) -> io::Result<Read> {
    let begun = SystemTime::now();
    let boundary = Boundary::around(place.around.iter().cloned().chain([place.directory.to_owned()]));
    let files = read_within(place, texts, &boundary)?;
    Ok(Read {
        files,
        witnesses: Witnesses::of(place.directory, boundary.looked_at(), begun),
    })
}

fn read_within(place: &Place<'_>, texts: &Texts, boundary: &Boundary) -> io::Result<PackageFiles> {
    let found = place.find()?;
    found
        .directories
        .into_iter()
        .for_each(|directory| boundary.note_in_passing(directory));
    let mut package = PackageFiles {
        problems: found.problems,
        archives: found.archives,
        ..PackageFiles::default()
    };
    package.archives.truncate(MAX_ARCHIVES);
    match contents::read(&place.directory.join(MANIFEST), Way::Listed, boundary) {
        Ok(manifest) => package.keys = manifest_keys(&String::from_utf8_lossy(&manifest)),
        Err(kind) => package.note_problem(MANIFEST, kind),
    }
    let named = place.named.clone().unwrap_or_else(|| Named {
        license_file: package.keys.license_file.clone(),
        readme: package.keys.readme.clone(),
    });
    let places = Places::of_files(&found.files);
    let sources = found.sources.iter().map(|path| (path.as_str(), place.on_disk(path)));
    let headers = headers::read(sources, &places, texts, boundary);
    let reader = Reader {
        boundary,
        texts,
        sources: Sources {
            directory: place.directory,
            paths: &found.sources,
            places: &places,
            tagged: &headers.tagged,
            boundary,
        },
    };
    for file in with_named(found.files, &named) {
        package.take(&file, &place.on_disk(&file.path), &reader);
    }
    package.texts.extend(headers.texts);
    let above = place.repository.iter().filter(|_| place.listing.is_none());
    let above: Vec<_> = above
        .flat_map(|root| texts_above(place.directory, root, &texts.above, boundary))
        .collect();
    // What the manifest names is the package's own, wherever it is.
    let named = named.license_file.as_deref().and_then(tidy);
    let above = above
        .into_iter()
        .filter(|above| named.as_ref() != Some(&above.file.path));
    let mut of_repository = PackageFiles::default();
    for above in above {
        of_repository.take(&above.file, &above.on_disk, &reader);
    }
    package.add_from_above(of_repository);
    package.sort();
    Ok(package)
}

/// The keys of a manifest that facts rest on. One that is no TOML has none; cargo has refused it long before.
fn manifest_keys(text: &str) -> ManifestKeys {
    let Ok(manifest) = Manifest::parse(text) else {
        return ManifestKeys::default();
    };
    let string = |key: &str| manifest.package_string(key).map(str::to_owned);
    let declaration = manifest.declaration("package").unwrap_or_default().places.into_iter();
    ManifestKeys {
        license: manifest
            .package_value("license")
            .map(|place| cut_counting(text, &place)),
        license_file: string("license-file"),
        readme: string("readme"),
        declaration: declaration
            .map(|(name, place)| (name, cut_counting(text, &place)))
            .collect(),
    }
}

/// The found files, and those the manifest names. A file that is named is what it is named as.
fn with_named(mut files: Vec<FoundFile>, named: &Named) -> Vec<FoundFile> {
    let mut name = |path: &Option<String>, interest: Interest| {
        let Some(path) = path.as_deref().and_then(tidy) else {
            return;
        };
        match files.iter_mut().find(|file| file.path == path) {
            Some(file) => {
                file.place = TextPlace::Own;
                file.interest = interest;
            }
            None => files.push(FoundFile {
                path,
                interest,
                place: TextPlace::Own,
                listed_as: ListedAs::Nothing,
            }),
        }
    };
    name(&named.readme, Interest::Notice(EvidenceKind::Readme));
    // Last, so that a file named as both is a license.
    name(&named.license_file, Interest::Text(TextKind::License));
    files
}

/// A path as a manifest writes it, with `/`, without `.`, and without `..` where that goes back into the package.
pub(super) fn tidy(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let path = path.trim().replace('\\', "/");
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let tidied = parts.join("/");
    let tidied = if path.starts_with('/') {
        format!("/{tidied}")
    } else {
        tidied
    };
    (!tidied.is_empty()).then_some(tidied)
}

/// What it takes to read a file of a package.
struct Reader<'a> {
    boundary: &'a Boundary,
    texts: &'a Texts,
    sources: Sources<'a>,
}

impl PackageFiles {
    fn take(&mut self, file: &FoundFile, on_disk: &Path, reader: &Reader<'_>) {
        let texts = reader.texts;
        let way = match file.listed_as {
            ListedAs::File => Way::Listed,
            ListedAs::Link => Way::Link,
            ListedAs::Nothing => Way::Named,
            ListedAs::Other => return self.note_problem(&file.path, contents::not_a_file()),
        };
        let bytes = match contents::read(on_disk, way, reader.boundary) {
            Ok(bytes) => bytes,
            // A README that was left out of the package is no loss to anybody's rights.
            Err(ProblemKind::Missing) if file.interest == Interest::Notice(EvidenceKind::Readme) => return,
            Err(kind) => return self.note_problem(&file.path, kind),
        };
        match file.interest {
            Interest::Text(kind) => self.take_text(file, kind, &bytes, reader),
            Interest::Notice(kind) => match texts.notice(&bytes) {
                None => self.note_problem(&file.path, ProblemKind::NotText),
                Some(statements) => self.take_notice(&file.path, notice_kind(kind), statements),
            },
            Interest::Signal(signal) => {
                let decoded = decode(&bytes);
                // What is said by a file's presence is said, whatever is in it.
                let text = decoded.as_deref().unwrap_or_default();
                let clauses = signal.clauses(text);
                match (&decoded, &clauses) {
                    (None, _) => self.note_problem(&file.path, ProblemKind::NotText),
                    (_, Err(reason)) => self.note_problem(&file.path, ProblemKind::Unreadable(reason.clone())),
                    (_, Ok(_)) => {}
                }
                let clauses = clauses.unwrap_or_else(|_| signals::of_notice(text));
                self.take_notice(&file.path, NoticeKind::Signal, statements(text, &clauses, &[]).into());
            }
            Interest::ReuseToml => {
                let text = String::from_utf8_lossy(&bytes);
                match reuse::reuse_toml(&file.path, &text, &reader.sources) {
                    Ok(said) => self.texts.extend(said),
                    Err(reason) => self.note_problem(&file.path, ProblemKind::Unreadable(reason)),
                }
            }
            Interest::Dep5 => {
                let text = decode(&bytes).unwrap_or_default();
                match reuse::dep5(&file.path, &text, &reader.sources) {
                    Some(said) => self.texts.push(said),
                    // Before there was a form for them, these files were written freely.
                    None => self.take_text(file, TextKind::Copyright, &bytes, reader),
                }
            }
            // These are lists of their own.
            Interest::Source | Interest::Archive => {}
        }
    }

    fn take_notice(&mut self, path: &str, kind: NoticeKind, statements: Arc<Vec<StoredStatement>>) {
        if !statements.is_empty() {
            let path = path.to_owned();
            self.notices.push(NoticeFile { path, kind, statements });
        }
    }

    fn take_text(&mut self, file: &FoundFile, kind: TextKind, bytes: &[u8], reader: &Reader<'_>) {
        if is_packed_link(bytes) {
            return self.note_problem(&file.path, ProblemKind::Missing);
        }
        let (sha256, reading) = match kind {
            TextKind::Copyright | TextKind::Notice => {
                let texts = reader.texts;
                texts.license_in_notice(bytes, |path| reader.sources.may_hold(path))
            }
            TextKind::License | TextKind::Header => reader.texts.license(bytes),
        };
        match reading {
            // A clarification may be bound to a file that only a person can read.
            None => self.problems.push(StoredProblem {
                path: file.path.clone(),
                kind: ProblemKind::NotText,
                sha256: Some(sha256),
            }),
            // A list of people with a word of thanks is no notice.
            Some(reading) if names::lists_authors(&file.path) && reading.says_nothing() => {}
            Some(reading) => self.texts.push(TextFile {
                path: file.path.clone(),
                kind,
                place: file.place,
                sha256,
                xxh32: xxh32::of_lines(bytes),
                reading,
            }),
        }
    }

    fn note_problem(&mut self, path: &str, kind: ProblemKind) {
        self.problems.push(StoredProblem {
            path: path.to_owned(),
            kind,
            sha256: None,
        });
    }

    fn sort(&mut self) {
        self.texts.sort_by(|a, b| a.path.cmp(&b.path));
        self.notices.sort_by(|a, b| a.path.cmp(&b.path));
        self.problems.sort();
        self.problems.dedup();
    }
}

/// Whether a file is a link to another one that a system without links has written as text: the text is elsewhere.
fn is_packed_link(bytes: &[u8]) -> bool {
    let text = str::from_utf8(bytes).unwrap_or_default().trim();
    let leads_away = text.starts_with("../") || text.starts_with("./");
    leads_away && text.len() < 256 && !text.contains(char::is_whitespace)
}

fn notice_kind(kind: EvidenceKind) -> NoticeKind {
    match kind {
        EvidenceKind::Readme => NoticeKind::Readme,
        EvidenceKind::AgentsFile => NoticeKind::Agents,
        _ => NoticeKind::Signal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::StoredExcerpt;

    fn marked(excerpt: &StoredExcerpt) -> &str {
        &excerpt.text[excerpt.marked.0 as usize..excerpt.marked.1 as usize]
    }

    /// Each manifest with: the marked `license`, its line, `license-file`, `readme`.
    #[test]
    fn keys_are_found_however_they_are_written() {
        type Case = (
            &'static str,
            Option<(&'static str, u32)>,
            Option<&'static str>,
            Option<&'static str>,
        );
        let cases: &[Case] = &[
            (
                "[package]\nname = \"a\"\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 3)),
                None,
                None,
            ),
            ("[package]\r\nlicense='MIT' # why\r\n", Some(("'MIT'", 2)), None, None),
            (
                "[package]\nlicense-file = \"LICENSE.txt\"\nreadme = \"docs/R.md\"\n",
                None,
                Some("LICENSE.txt"),
                Some("docs/R.md"),
            ),
            (
                "[package]\nreadme = false\n[dependencies]\nlicense = \"1\"\n",
                None,
                None,
                None,
            ),
            (
                "[package]\nlicense.workspace = true\n",
                Some(("license.workspace = true", 2)),
                None,
                None,
            ),
            (
                "[package]\nlicense = { workspace = true }\n",
                Some(("{ workspace = true }", 2)),
                None,
                None,
            ),
            ("[package]\nlicense-file = { workspace = true }\n", None, None, None),
            ("[package]\n\"license\" = \"MIT\"\n", Some(("\"MIT\"", 2)), None, None),
            ("[ package ]\nlicense = \"MIT\"\n", Some(("\"MIT\"", 2)), None, None),
            ("package.license = \"MIT\"\n", Some(("\"MIT\"", 1)), None, None),
            ("package = { license = \"MIT\" }\n", Some(("\"MIT\"", 1)), None, None),
            (
                "[package]\nlicense = \"\\u004dIT\"\n",
                Some(("\"\\u004dIT\"", 2)),
                None,
                None,
            ),
            (
                "[package]\ndescription = \"\"\"\nlicense = \"GPL\"\n[package]\n\"\"\"\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 6)),
                None,
                None,
            ),
            (
                "[package]\nexclude = [\n  \"license-file\",\n]\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 5)),
                None,
                None,
            ),
            (
                "[target.'cfg(unix)'.dependencies]\n[package]\nlicense = \"MIT\"",
                Some(("\"MIT\"", 3)),
                None,
                None,
            ),
            ("[workspace]\nmembers = []\n", None, None, None),
            (
                "[package.metadata]\nlicense = \"no\"\n[package]\nlicense = \"MIT\"",
                Some(("\"MIT\"", 4)),
                None,
                None,
            ),
        ];
        for (manifest, license, license_file, readme) in cases {
            let keys = manifest_keys(manifest);
            let found = keys.license.as_ref().map(|excerpt| (marked(excerpt), excerpt.lines.0));
            assert_eq!(found, *license, "{manifest}");
            assert_eq!(keys.license_file.as_deref(), *license_file, "{manifest}");
            assert_eq!(keys.readme.as_deref(), *readme, "{manifest}");
        }
    }

    #[test]
    fn keys_of_the_declaration_are_found() {
        let manifest = "[package]\nname = \"a\"\n\n[package.metadata.airights]\ncontent-usage = \"train-ai=n\"\n\
                        use = { ai-input = \"allowed\" }\n";
        let keys = manifest_keys(manifest);
        let lines: Vec<_> = keys
            .declaration
            .iter()
            .map(|(name, place)| (name.as_str(), place.lines.0, marked(place)))
            .collect();
        assert_eq!(
            lines,
            [
                ("", 4, "[package.metadata.airights]"),
                ("content-usage", 5, "content-usage = \"train-ai=n\""),
                ("use", 6, "use = { ai-input = \"allowed\" }"),
                ("use.ai-input", 6, "ai-input = \"allowed\""),
            ]
        );
    }
}
