//! Licenses that a notice names for single files only. Notices are often copied as a whole from where the code was taken
//! from: what they say of a file that the package does not have is nothing that it says of the package.

use std::collections::BTreeSet;
use std::ops::Range;

use airights::terms::LicenseExpression;
use airights_text::Reading;

use super::stored::TextReading;

/// What a text says of files, and of nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfFiles {
    /// Licenses, as expressions, each with the files that it is named for.
    licenses: Vec<(String, Paths)>,
    /// Words that nobody has classified, by their number, each with the files that are named around them.
    residue: Vec<(usize, Paths)>,
}

/// Paths of files, as the text writes them.
type Paths = Vec<String>;

/// What a text says of files only. Of a license whose own text stands there nothing is said.
pub(super) fn of_files(text: &str, reading: &Reading) -> OfFiles {
    let mut licenses: Vec<(String, Paths)> = Vec::new();
    let mut of_more: BTreeSet<&str> = reading.matches.iter().map(|text| text.id).collect();
    let mut paragraphs = Paragraphs::of(text);
    for named in &reading.named {
        let license = named.licenses.as_str();
        let (_, files) = paragraphs.around(named.span.bytes.start);
        if files.is_empty() {
            of_more.insert(license);
        } else if let Some((_, known)) = licenses.iter_mut().find(|(known, _)| known == license) {
            // It may be named more than once there.
            if !known.ends_with(files) {
                known.extend_from_slice(files);
            }
        } else {
            licenses.push((license.to_owned(), files.clone()));
        }
    }
    licenses.retain(|(license, _)| !of_more.contains(license.as_str()));
    let residue = reading.residue.iter().enumerate().filter_map(|(number, piece)| {
        let (around, files) = paragraphs.around(piece.span.bytes.start);
        (!files.is_empty() && piece.span.bytes.end <= around.end).then(|| (number, files.clone()))
    });
    OfFiles {
        licenses,
        residue: residue.collect(),
    }
}

/// A reading without what it says of files that are not there. `None`: all of it counts.
pub(super) fn without_absent(
    reading: &TextReading,
    of_files: &OfFiles,
    is_there: impl Fn(&str) -> bool,
) -> Option<TextReading> {
    let are_absent = |files: &Paths| !files.iter().any(|file| is_there(file));
    let residue = of_files.residue.iter().filter(|(_, files)| are_absent(files));
    let residue: Vec<usize> = residue.map(|(number, _)| *number).collect();
    let licenses = of_files.licenses.iter().filter(|(_, files)| are_absent(files));
    let licenses: Vec<&str> = licenses.map(|(license, _)| license.as_str()).collect();
    if residue.is_empty() && licenses.is_empty() {
        return None;
    }
    let mut rest = reading.clone();
    for (number, piece) in rest.residue.iter_mut().enumerate() {
        piece.operative &= !residue.contains(&number);
    }
    let expression = reading.expression.as_deref();
    if let Some(all) = expression.and_then(|expression| LicenseExpression::parse(expression).ok()) {
        let counts = |part: &LicenseExpression| !licenses.contains(&part.to_string().as_str());
        rest.expression = LicenseExpression::all_of(all.conjuncts().filter(counts)).map(|rest| rest.to_string());
    }
    Some(rest)
}

/// The paragraphs of a text with the files that each names, looked at once for all places in one.
struct Paragraphs<'a> {
    text: &'a str,
    last: Range<usize>,
    files: Paths,
}

impl<'a> Paragraphs<'a> {
    const fn of(text: &'a str) -> Self {
        Self {
            text,
            last: 0..0,
            files: Vec::new(),
        }
    }

    /// The paragraph around a place, and the files that it names.
    fn around(&mut self, at: usize) -> (&Range<usize>, &Paths) {
        if !self.last.contains(&at) {
            self.last = paragraph(self.text, at);
            self.files = files_in(&self.text[self.last.clone()]);
        }
        (&self.last, &self.files)
    }
}

/// The lines around a place up to the next empty ones.
fn paragraph(text: &str, at: usize) -> Range<usize> {
    let length = |lines: &mut dyn Iterator<Item = &str>| -> usize {
        lines.take_while(|line| !line.trim().is_empty()).map(str::len).sum()
    };
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    let start = before.len() - length(&mut before.split_inclusive('\n').rev());
    start..before.len() + length(&mut after.split_inclusive('\n'))
}

/// The words that are paths of files: with a directory, and an ending; no addresses.
fn files_in(paragraph: &str) -> Vec<String> {
    let is_dress = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '/' | '_' | '-');
    let words = paragraph
        .split_whitespace()
        .map(|word| word.trim_end_matches(is_dress).trim_start_matches(is_dress));
    let is_path = |word: &&str| {
        let Some((directory, name)) = word.rsplit_once('/') else {
            return false;
        };
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_ending = (1..=4).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
        let host = word.split('/').next().unwrap_or_default();
        let is_address = word.contains("//") || host.contains('.') || host.is_empty();
        !directory.is_empty() && is_ending && !is_address
    };
    words.filter(is_path).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {

    const NOTICE: &str = "The project is licensed under the MIT license.\n\n\
        * The file src/etc/setup.iss holds a routine\n  that is licensed under the LGPL, version 3.\n\n\
        * src/zip.c is under the zlib license, see zlib.net/zlib_license.html.\n";

    /// What is left of it where these files are there: the expression, and how many words of force.
    fn left(text: &str, files: &[&str]) -> (Option<String>, usize) {
        let texts = crate::text::Texts::default();
        let (_, reading) = texts.license_in_notice(text.as_bytes(), |file| files.contains(&file));
        let reading = reading.unwrap();
        let operative = reading.residue.iter().filter(|piece| piece.operative);
        (reading.expression.clone(), operative.count())
    }

    #[test]
    fn what_is_said_of_a_file_that_is_not_there_is_not_said_of_the_package() {
        for (files, expected) in [
            (
                &["src/etc/setup.iss", "src/zip.c"][..],
                "MIT AND LGPL-3.0-only AND Zlib",
            ),
            (&["src/zip.c"], "MIT AND Zlib"),
            (&[], "MIT"),
        ] {
            assert_eq!(left(NOTICE, files).0.as_deref(), Some(expected));
        }
        let text = format!("{NOTICE}\nThe file src/a.c must not be sold to any of the members.\n");
        assert_eq!(left(&text, &["src/a.c"]).1, 1);
        assert_eq!(left(&text, &[]).1, 0);
    }

    #[test]
    fn what_is_said_of_more_than_files_counts() {
        for text in [
            "The project is licensed under the LGPL, version 3.\n\nSo is src/a.c, which is licensed under the LGPL, version 3.",
            "Parts are licensed under the LGPL, version 3, see https://example.org/a/b.html for more.",
        ] {
            assert_eq!(left(text, &[]).0.as_deref(), Some("LGPL-3.0-only"), "{text}");
        }
    }
}
