//! What the head of a source file says: an SPDX tag, the notice that GNU asks authors to put there, or terms for the
//! training of AI.
//!
//! Every source file is opened, so only its first bytes are read and looked through for a few words; whoever has none is
//! done. What is said alike by many files is told of the first few.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use airights::facts::{TextKind, TextPlace};
use airights_text::decode;
use memchr::memmem;
use sha2::{Digest, Sha256};

use super::contents::Boundary;
use super::interest::Interest;
use super::names::{is_beside_the_code, is_not_built};
use super::stored::{TextFile, TextReading};
use super::tags;
use super::text::Texts;
use super::walk::FoundFile;

/// What stands at the head of a file stands in so many bytes.
const MAX_BYTES: usize = 4 << 10;
/// More source files of one package are not opened.
const MAX_FILES: usize = 50_000;
/// Of files that say the same, so many are shown.
const MAX_ALIKE: usize = 3;
/// More different statements of one package say nothing that matters.
const MAX_STATEMENTS: usize = 60;

/// What the heads of a package's source files say.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// The statements, each for the first files that have it.
    pub(super) texts: Vec<TextFile>,
    /// The files that carry a tag.
    pub(super) tagged: BTreeSet<String>,
}

/// Reads the heads of these files, each given with where it is on disk. Those of tests, examples and documentation say
/// nothing of what is built.
pub(super) fn read<'a>(
    sources: impl Iterator<Item = (&'a str, PathBuf)>,
    places: &Places,
    texts: &Texts,
    boundary: &Boundary,
) -> Headers {
    let mut headers = Headers::default();
    let mut alike: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let mut buffer = vec![0; MAX_BYTES];
    let built = sources.filter(|(path, _)| !is_not_built(path.rsplit_once('/').map_or("", |(directory, _)| directory)));
    for (path, on_disk) in built.take(MAX_FILES) {
        let head = head_with_a_hit(&on_disk, &mut buffer);
        boundary.note_in_passing(on_disk);
        let Some(head) = head else { continue };
        let place = places.of(path);
        let reading = read_head(&head, texts);
        if tags::is_tagged(&head.comment) {
            headers
                .tagged
                .insert(path.strip_suffix(".license").unwrap_or(path).to_owned());
        }
        if reading.expression.is_none() && reading.statements.is_empty() && reading.residue.is_empty() {
            continue;
        }
        let sha256 = digest(&reading);
        let is_known = alike.len() < MAX_STATEMENTS || alike.contains_key(&sha256);
        let count = if is_known {
            alike.entry(sha256).or_default()
        } else {
            continue;
        };
        *count += 1;
        if *count <= MAX_ALIKE {
            headers.texts.push(TextFile {
                path: path.to_owned(),
                kind: TextKind::Header,
                place,
                sha256,
                xxh32: 0,
                reading: Arc::new(reading),
            });
        }
    }
    headers
}

/// A digest of what is said, without where it stands: the same statement in the next version is the same.
fn digest(reading: &TextReading) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(reading.expression.as_deref().unwrap_or_default());
    for license in &reading.licenses {
        hasher.update([0, license.modification as u8]);
    }
    let said = reading.statements.iter().map(|said| &said.excerpt);
    for excerpt in said.chain(reading.residue.iter().map(|residue| &residue.excerpt)) {
        hasher.update("\0");
        hasher.update(&excerpt.text);
    }
    hasher.finalize().into()
}

/// Whose the source files of a package are.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Directories with license files of their own.
    licensed: BTreeSet<String>,
}

impl Places {
    /// Learns it from the files of the package that were found.
    pub(super) fn of_files(files: &[FoundFile]) -> Self {
        let texts = files
            .iter()
            .filter(|file| file.interest == Interest::Text(TextKind::License) && file.place == TextPlace::Bundled);
        let directories = texts.filter_map(|file| {
            let directory = file.path.rsplit_once('/')?.0;
            let directory = directory
                .strip_suffix("LICENSES")
                .unwrap_or(directory)
                .trim_end_matches('/');
            (!directory.is_empty() && directory != "src").then(|| directory.to_owned())
        });
        Self {
            licensed: directories.collect(),
        }
    }

    /// Whose a file is, by its path.
    pub(super) fn of(&self, path: &str) -> TextPlace {
        let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let has_its_own = !self.licensed.is_empty()
            && Path::new(directory)
                .ancestors()
                .any(|above| above.to_str().is_some_and(|above| self.licensed.contains(above)));
        if has_its_own || is_beside_the_code(directory) {
            TextPlace::Bundled
        } else {
            TextPlace::Own
        }
    }
}

/// What stands before the code of a file.
struct Head {
    /// The comment, without documentation.
    comment: String,
    /// What is read for terms on AI: the comment where it is tagged, with documentation where that speaks of training.
    on_training: Option<String>,
}

/// What the head of a file says. A tag is what it says; a notice is read as any text, without what it leaves over, which is
/// as likely about the code; terms for training are read as those of a README are.
fn read_head(head: &Head, texts: &Texts) -> TextReading {
    let said = head.on_training.as_ref().and_then(|text| texts.notice(text.as_bytes()));
    let said = said.map(|said| (*said).clone()).unwrap_or_default();
    let comment = &head.comment;
    if tags::is_tagged(comment) {
        return TextReading {
            statements: said,
            ..tags::read_tags(comment)
        };
    }
    if !names_a_license(comment.as_bytes()) {
        return TextReading {
            statements: said,
            ..TextReading::default()
        };
    }
    let (_, read) = texts.license(comment.as_bytes());
    let mut read = read.map(|read| (*read).clone()).unwrap_or_default();
    read.residue.clear();
    if read.statements.is_empty() {
        read.statements = said;
    }
    read
}

/// What stands before the code of a file, where it has one of the words.
fn head_with_a_hit(path: &Path, buffer: &mut [u8]) -> Option<Head> {
    let mut file = File::open(path).ok()?;
    // One call reads as much as there is of a file on disk; a second one would only learn that there is no more.
    let length = file.read(buffer).ok()?;
    let bytes = &buffer[..length];
    if !names_a_license(bytes) && !speaks_of_training(bytes) {
        return None;
    }
    // A character that is cut in two is no reason to take the text for another encoding.
    let bytes = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    };
    let text = decode(bytes)?;
    let (comment, documented) = match path.extension() {
        // A file beside the source, which speaks for it.
        Some(ending) if ending == "license" => (text.clone().into_owned(), text.into_owned()),
        _ => (comment_at_head(&text), documented_head(&text)),
    };
    let on_training = if speaks_of_training(documented.as_bytes()) {
        Some(documented)
    } else {
        tags::is_tagged(&comment).then(|| comment.clone())
    };
    (on_training.is_some() || names_a_license(comment.as_bytes())).then_some(Head { comment, on_training })
}

fn names_a_license(bytes: &[u8]) -> bool {
    let has = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    has(tags::TAG) || has("GPLv2") || ((has("GNU ") || has("GNU\n")) && (has("License") || has("LICENSE")))
}

fn speaks_of_training(bytes: &[u8]) -> bool {
    let has = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    (has("train") || has("TRAIN") || has("Train")) && [" AI", "LLM", " model", "machine learning"].into_iter().any(has)
}

/// The comment before the code begins, line for line; lines that are none of it are left empty, so that the numbers of the
/// lines stay what they are. Documentation is about the code, and is none of it unless it is tagged.
pub(super) fn comment_at_head(text: &str) -> String {
    head(text, tags::is_tagged)
}

/// The same with documentation.
fn documented_head(text: &str) -> String {
    head(text, |_| true)
}

fn head(text: &str, documentation_counts: impl Fn(&str) -> bool) -> String {
    let mut head = String::new();
    let mut is_inside = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let opens = trimmed.starts_with("/*") && !is_inside;
        let is_documentation = ["///", "//!", "/**", "/*!"]
            .iter()
            .any(|start| trimmed.starts_with(start));
        let is_directive = trimmed.starts_with("#[")
            || trimmed.starts_with("#!")
            || ["#if", "#endif", "#define", "#include", "#pragma"]
                .iter()
                .any(|start| trimmed.starts_with(start))
            || ["package ", "<?php", "'use strict'", "\"use strict\"", "@echo"]
                .iter()
                .any(|start| trimmed.starts_with(start));
        let is_comment = is_inside
            || opens
            || ["//", "#", ";", "--", "*", "%", "!", "dnl "]
                .iter()
                .any(|start| trimmed.starts_with(start));
        is_inside = (is_inside || opens) && !trimmed.contains("*/");
        if is_comment && (!is_directive || is_inside) {
            let counts = !is_documentation || opens || documentation_counts(trimmed);
            head.push_str(if counts { line } else { "" });
        } else if !trimmed.is_empty() && !is_directive {
            break;
        }
        head.push('\n');
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_at_the_head_ends_where_code_begins() {
        let cases = [
            ("// a\n\n//! b\nuse c;\n// d\n", "// a\n\n\n"),
            (
                "//! SPDX-License-Identifier: MIT\nuse c;\n",
                "//! SPDX-License-Identifier: MIT\n",
            ),
            ("/* a\n b */\nint c;\n/* d */\n", "/* a\n b */\n"),
            ("#ifndef A\n#define A\n/* a */\nint c;\n", "\n\n/* a */\n"),
            ("#!/usr/bin/python\n# a\nimport b\n", "\n# a\n"),
            ("#![no_std]\n// a\n", "\n// a\n"),
            ("fn main() {}\n// a\n", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(comment_at_head(text), expected, "{text}");
        }
    }

    #[test]
    fn only_a_tag_or_a_notice_of_gnu_names_a_license() {
        for text in [
            "// SPDX-License-Identifier: MIT",
            "the GNU General Public License",
            "GNU\nLESSER LICENSE",
        ] {
            assert!(names_a_license(text.as_bytes()), "{text}");
        }
        for text in [
            "// SPDX-FileCopyrightText: A",
            "the GNU linker",
            "Licensed under MIT",
            "",
        ] {
            assert!(!names_a_license(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn terms_for_training_are_read_from_documentation_too() {
        let text = "//! A parser.\n//!\n//! This code may not be used to train AI models.\nuse c;\n";
        let on_training = Some(documented_head(text));
        let comment = comment_at_head(text);
        let read = read_head(&Head { comment, on_training }, &Texts::default());
        let said: Vec<_> = read.statements.iter().map(|said| said.excerpt.lines).collect();
        assert_eq!(said, [(3, 3)]);
        assert!(!speaks_of_training(b"//! Trains of thought."));
    }

    #[test]
    fn a_directory_with_a_license_of_its_own_holds_others_code() {
        let file = |path: &str, place| FoundFile {
            path: path.to_owned(),
            interest: Interest::Text(TextKind::License),
            place,
            listed_as: super::super::walk::ListedAs::File,
        };
        let places = Places::of_files(&[
            file("LICENSE", TextPlace::Own),
            file("zlib/LICENSE", TextPlace::Bundled),
            file("sub/LICENSES/MIT.txt", TextPlace::Bundled),
        ]);
        for (path, expected) in [
            ("src/lib.rs", TextPlace::Own),
            ("build.rs", TextPlace::Own),
            ("zlib/src/a.c", TextPlace::Bundled),
            ("sub/a.c", TextPlace::Bundled),
            ("third_party/a.c", TextPlace::Bundled),
            ("tests/a.rs", TextPlace::Bundled),
        ] {
            assert_eq!(places.of(path), expected, "{path}");
        }
    }
}
