//! Statements about files that stand in one place: `REUSE.toml`, and the machine-readable copyright file of Debian
//! (DEP-5), which REUSE had before.
//!
//! Which of them count is decided by the files that are there: a statement about the pictures of the documentation says
//! nothing of the code.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Component, Path};
use std::sync::Arc;

use airights::facts::{TextKind, TextPlace};
use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

use super::contents::Boundary;
use super::excerpt::cut_counting;
use super::headers::Places;
use super::stored::TextFile;
use super::tags;

/// One statement: files, and the expression they are under.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Annotation {
    /// Patterns of paths, from the directory the file speaks of.
    patterns: Vec<Pattern>,
    /// The expressions, which all hold, each with its place in the text.
    expressions: Vec<(String, Range<usize>)>,
    /// Whether it counts for files that say something of themselves, too: in their place, or beside it.
    overrides: bool,
}

/// The source files of a package, and what is known of them.
pub(super) struct Sources<'a> {
    /// Where the package is.
    pub(super) directory: &'a Path,
    /// Their paths.
    pub(super) paths: &'a [String],
    /// Whose they are.
    pub(super) places: &'a Places,
    /// Those that carry a tag of their own.
    pub(super) tagged: &'a BTreeSet<String>,
    /// What is looked at.
    pub(super) boundary: &'a Boundary,
}

impl Sources<'_> {
    /// Whether a file that a text gives by its path may be in the package: there, or under the same name anywhere.
    pub(super) fn may_hold(&self, path: &str) -> bool {
        let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let is_there = || {
            let place = self.directory.join(path);
            let is_there = place.exists();
            self.boundary.note(place);
            is_there
        };
        let leads_out = path.split('/').any(|name| name == "..");
        (!leads_out && is_there()) || self.paths.iter().any(|known| name(known) == name(path))
    }

    /// The path of a source file from a directory of the package or above it, which is given by its own path from the
    /// package; `None`: it is not in there.
    fn seen_from<'p>(&self, directory: &str, source: &'p str) -> Option<Cow<'p, str>> {
        let height = directory.matches("../").count();
        if height == 0 {
            return source.strip_prefix(directory).map(Cow::Borrowed);
        }
        let names: Vec<_> = self.directory.components().map(Component::as_os_str).collect();
        let below = names.get(names.len().checked_sub(height)?..)?;
        let below: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        Some(Cow::Owned(format!("{}/{source}", below?.join("/"))))
    }
}

/// What a `REUSE.toml` says of the source files; `None`: nothing.
///
/// # Errors
///
/// Where it is not TOML.
pub(super) fn reuse_toml(path: &str, text: &str, sources: &Sources<'_>) -> Result<Option<TextFile>, String> {
    let directory = path.strip_suffix("REUSE.toml").unwrap_or_default();
    Ok(said_of_sources(path, directory, text, &annotations(text)?, sources))
}

/// What a copyright file in Debian's form says of the source files; `None`: nothing.
pub(super) fn dep5(path: &str, text: &str, sources: &Sources<'_>) -> Option<TextFile> {
    let directory = [".reuse/dep5", "debian/copyright"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or_default();
    said_of_sources(path, directory, text, &paragraphs(text), sources)
}

/// What the annotations say that count for some source file. Of several for one file the last counts.
fn said_of_sources(
    path: &str,
    directory: &str,
    text: &str,
    annotations: &[Annotation],
    sources: &Sources<'_>,
) -> Option<TextFile> {
    let mut own: BTreeSet<usize> = BTreeSet::new();
    let mut bundled: BTreeSet<usize> = BTreeSet::new();
    for source in sources.paths {
        let Some(inside) = sources.seen_from(directory, source) else {
            continue;
        };
        let covers = |annotation: &Annotation| annotation.patterns.iter().any(|pattern| pattern.matches(&inside));
        let Some(last) = annotations.iter().rposition(covers) else {
            continue;
        };
        if sources.tagged.contains(source) && !annotations[last].overrides {
            continue;
        }
        match sources.places.of(source) {
            TextPlace::Own => own.insert(last),
            TextPlace::Bundled => bundled.insert(last),
        };
    }
    let (place, counting) = if own.is_empty() {
        (TextPlace::Bundled, bundled)
    } else {
        (TextPlace::Own, own)
    };
    let expressions = counting.iter().flat_map(|&number| &annotations[number].expressions);
    let mut seen = BTreeSet::new();
    let distinct: Vec<_> = expressions.filter(|(raw, _)| seen.insert(raw.as_str())).collect();
    if distinct.is_empty() {
        return None;
    }
    let readings = distinct
        .into_iter()
        .map(|(raw, place)| tags::reading(raw, cut_counting(text, place)));
    Some(TextFile {
        path: path.to_owned(),
        kind: TextKind::Header,
        place,
        sha256: Sha256::digest(text).into(),
        xxh32: 0,
        reading: Arc::new(tags::all_of(readings)),
    })
}

fn annotations(text: &str) -> Result<Vec<Annotation>, String> {
    let document = DeTable::parse(text).map_err(|error| format!("it is not TOML: {}", error.message()))?;
    let listed = document.get_ref().get("annotations");
    let listed = listed.and_then(|listed| listed.get_ref().as_array());
    let strings = |value: Option<&toml::Spanned<DeValue<'_>>>| -> Vec<(String, Range<usize>)> {
        let Some(value) = value else { return Vec::new() };
        let one = |value: &toml::Spanned<DeValue<'_>>| Some((value.get_ref().as_str()?.to_owned(), value.span()));
        match value.get_ref().as_array() {
            Some(values) => values.iter().filter_map(one).collect(),
            None => one(value).into_iter().collect(),
        }
    };
    let tables = listed
        .into_iter()
        .flatten()
        .filter_map(|table| table.get_ref().as_table());
    let read = tables.map(|table| Annotation {
        patterns: strings(table.get("path"))
            .iter()
            .map(|(glob, _)| Pattern::of_reuse(glob))
            .collect(),
        expressions: strings(table.get("SPDX-License-Identifier")),
        overrides: strings(table.get("precedence"))
            .iter()
            .any(|(word, _)| matches!(word.as_str(), "override" | "aggregate")),
    });
    Ok(read.collect())
}

/// The paragraphs of a DEP-5 file that speak of files.
fn paragraphs(text: &str) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    let mut current: Option<Annotation> = None;
    let mut is_listing_files = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let line = line.trim_end();
        if line.trim().is_empty() {
            annotations.extend(current.take());
            is_listing_files = false;
        } else if let Some(patterns) = field(line, "Files") {
            is_listing_files = true;
            current = Some(Annotation {
                patterns: patterns.split_whitespace().map(Pattern::of_debian).collect(),
                expressions: Vec::new(),
                overrides: false,
            });
        } else if let (Some(annotation), Some(name)) = (&mut current, field(line, "License")) {
            is_listing_files = false;
            if !name.is_empty() {
                annotation.expressions = vec![(from_debian(name), here..here + line.len())];
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some(annotation) = current.as_mut().filter(|_| is_listing_files) {
                annotation
                    .patterns
                    .extend(line.split_whitespace().map(Pattern::of_debian));
            }
        } else {
            is_listing_files = false;
        }
    }
    annotations.extend(current);
    annotations
}

fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (key, value) = line.split_once(':')?;
    key.eq_ignore_ascii_case(name).then(|| value.trim())
}

/// The short names of Debian as SPDX has them. REUSE writes SPDX from the start.
fn from_debian(name: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(',');
        let (license, is_later) = match bare.strip_suffix('+') {
            Some(license) => (license, true),
            None => (bare, false),
        };
        let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"].iter().any(|start| {
            license
                .strip_prefix(start)
                .is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        });
        let later = if is_later { "-or-later" } else { "-only" };
        match license {
            "or" => "OR".to_owned(),
            "and" => "AND".to_owned(),
            "with" => "WITH".to_owned(),
            "Expat" => "MIT".to_owned(),
            "Apache-2" => "Apache-2.0".to_owned(),
            "BSD-2-clause" => "BSD-2-Clause".to_owned(),
            "BSD-3-clause" => "BSD-3-Clause".to_owned(),
            license if gnu && license.ends_with(|digit: char| digit.is_ascii_digit()) => {
                let minor = if license.contains('.') { "" } else { ".0" };
                format!("{license}{minor}{later}")
            }
            _ => bare.to_owned(),
        }
    };
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// A pattern of paths.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Letter(char),
    /// Any one letter.
    One,
    /// Anything within a directory.
    Within,
    /// Anything.
    Across,
}

impl Pattern {
    /// In REUSE `*` stays within a directory, `**` does not, and `\` takes the next letter as it is.
    fn of_reuse(glob: &str) -> Self {
        let mut parts = Vec::new();
        let mut letters = glob.chars().peekable();
        while let Some(letter) = letters.next() {
            parts.push(match letter {
                '\\' => Part::Letter(letters.next().unwrap_or('\\')),
                '*' if letters.next_if_eq(&'*').is_some() => Part::Across,
                '*' => Part::Within,
                letter => Part::Letter(letter),
            });
        }
        Self(parts)
    }

    /// In Debian's files `*` and `?` stand for slashes too.
    fn of_debian(glob: &str) -> Self {
        let mut parts = Vec::new();
        let mut letters = glob.strip_prefix("./").unwrap_or(glob).chars();
        while let Some(letter) = letters.next() {
            parts.push(match letter {
                '\\' => Part::Letter(letters.next().unwrap_or('\\')),
                '*' => Part::Across,
                '?' => Part::One,
                letter => Part::Letter(letter),
            });
        }
        Self(parts)
    }

    /// Whether a path is meant. Each part is gone through once for each letter, whatever the pattern.
    fn matches(&self, path: &str) -> bool {
        let Self(parts) = self;
        // Which starts of the pattern fit what was read so far.
        let mut fits = vec![false; parts.len() + 1];
        fits[0] = true;
        let skip = |fits: &mut Vec<bool>| {
            for (place, part) in parts.iter().enumerate() {
                if fits[place] && matches!(part, Part::Within | Part::Across) {
                    fits[place + 1] = true;
                }
            }
        };
        skip(&mut fits);
        for letter in path.chars() {
            let mut next = vec![false; parts.len() + 1];
            for (place, part) in parts.iter().enumerate().filter(|(place, _)| fits[*place]) {
                match part {
                    Part::Letter(expected) if *expected == letter => next[place + 1] = true,
                    Part::One => next[place + 1] = true,
                    Part::Within if letter != '/' => next[place] = true,
                    Part::Across => next[place] = true,
                    Part::Letter(_) | Part::Within => {}
                }
            }
            skip(&mut next);
            fits = next;
        }
        fits[parts.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &["build.rs", "src/lib.rs", "src/sys/a.c", "tests/all.rs", "vendor/b.c"];

    fn sources(paths: &[String], tagged: &[&str], read: impl Fn(&Sources<'_>) -> Option<TextFile>) -> String {
        let tagged = tagged.iter().map(|path| (*path).to_owned()).collect();
        let said = read(&Sources {
            directory: Path::new("repo/crates/one"),
            paths,
            places: &Places::default(),
            tagged: &tagged,
            boundary: &Boundary::default(),
        });
        said.map_or_else(String::new, |file| {
            format!("{:?} {}", file.place, file.reading.expression.as_deref().unwrap_or("?"))
        })
    }

    fn files() -> Vec<String> {
        FILES.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn annotations_of_source_files_count() {
        let one = |path: &str, license: &str| {
            format!("[[annotations]]\npath = {path}\nSPDX-License-Identifier = {license}\n")
        };
        let cases = [
            (one("\"src/**\"", "\"GPL-3.0-only\""), "Own GPL-3.0-only"),
            (one("\"**\"", "\"MIT OR ISC\""), "Own MIT OR ISC"),
            (
                one("[\"docs/**\", \"**.rs\"]", "[\"MIT\", \"Zlib\"]"),
                "Own MIT AND Zlib",
            ),
            (one("\"src/*\"", "\"MIT\""), "Own MIT"),
            (one("\"vendor/**\"", "\"BSD-3-Clause\""), "Bundled BSD-3-Clause"),
            (one("\"docs/**\"", "\"CC-BY-4.0\""), ""),
            (
                one("\"**\"", "\"MIT\"") + &one("\"build.rs\"", "\"ISC\""),
                "Own MIT AND ISC",
            ),
            (
                one("\"src/**\"", "\"GPL-3.0-only\"") + &one("\"**\"", "\"MIT\""),
                "Own MIT",
            ),
            (one("\"src/**\"", "\"No License\""), "Own ?"),
            ("version = 1".to_owned(), ""),
        ];
        for (text, expected) in cases {
            let said = sources(&files(), &[], |sources| {
                reuse_toml("REUSE.toml", &text, sources).unwrap()
            });
            assert_eq!(said, expected, "{text}");
        }
    }

    #[test]
    fn what_a_file_says_of_itself_comes_first_unless_it_is_overridden() {
        let text = "[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"ISC\"\n";
        let all: Vec<String> = files();
        let read = |text: String| sources(&all, FILES, |sources| reuse_toml("REUSE.toml", &text, sources).unwrap());
        assert_eq!(read(text.to_owned()), "");
        assert_eq!(read(format!("{text}precedence = \"override\"\n")), "Own ISC");
        assert_eq!(read(format!("{text}precedence = \"aggregate\"\n")), "Own ISC");
    }

    #[test]
    fn below_the_root_paths_begin_there() {
        let text = "[[annotations]]\npath = \"a.c\"\nSPDX-License-Identifier = \"ISC\"\n";
        let said = sources(&files(), &[], |sources| {
            reuse_toml("src/sys/REUSE.toml", text, sources).unwrap()
        });
        assert_eq!(said, "Own ISC");
        assert!(annotations("[[").is_err());
    }

    #[test]
    fn above_the_package_paths_begin_above_it() {
        let one = |path: &str| format!("[[annotations]]\npath = \"{path}\"\nSPDX-License-Identifier = \"ISC\"\n");
        for (path, expected) in [
            ("crates/one/**", "Own ISC"),
            ("crates/*/src/*", "Own ISC"),
            ("crates/two/**", ""),
            ("src/**", ""),
        ] {
            let text = one(path);
            let said = sources(&files(), &[], |sources| {
                reuse_toml("../../REUSE.toml", &text, sources).unwrap()
            });
            assert_eq!(said, expected, "{path}");
        }
    }

    #[test]
    fn paragraphs_of_debian_say_the_same() {
        let head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n";
        let cases = [
            ("Files: *\nCopyright: A\nLicense: Expat\n the text\n", "Own MIT"),
            (
                "Files: docs/*\n src/*\nLicense: GPL-2+ or MIT\n",
                "Own GPL-2.0-or-later OR MIT",
            ),
            (
                "Files: *\nLicense: LGPL-2.1\n\nFiles: src/*\nLicense: ISC\n",
                "Own LGPL-2.1-only AND ISC",
            ),
            ("Files: docs/*\nLicense: CC0-1.0\n\nLicense: GPL-3\n the text", ""),
        ];
        for (text, expected) in cases {
            let text = format!("{head}{text}");
            let said = sources(&files(), &[], |sources| dep5(".reuse/dep5", &text, sources));
            assert_eq!(said, expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_of_many_stars_takes_no_time() {
        let pattern = Pattern::of_debian(&"*a".repeat(200));
        assert!(!pattern.matches(&"a".repeat(199)));
        assert!(pattern.matches(&"a".repeat(2_000)));
    }
}
