//! Licenses that a notice names for single files only. Notices are often copied as a whole from where the code was taken
//! from: what they say of a file that the package does not have is nothing that it says of the package.

use airights::terms::LicenseExpression;
use airights_text::Reading;

/// A license that a text names for files, and for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfFiles {
    /// What is named, as an expression.
    license: String,
    /// The files, as the text writes their paths.
    files: Vec<String>,
}

/// The licenses that a text names for files only. Of a license whose own text stands there nothing is said.
pub(super) fn of_files(text: &str, reading: &Reading) -> Vec<OfFiles> {
    let mut found: Vec<OfFiles> = Vec::new();
    let mut of_more: Vec<&str> = reading.matches.iter().map(|text| text.id).collect();
    for named in &reading.named {
        let license = named.licenses.as_str();
        let files = files_in(paragraph(text, named.span.bytes.start));
        if files.is_empty() {
            of_more.push(license);
        } else if let Some(known) = found.iter_mut().find(|known| known.license == license) {
            known.files.extend(files);
        } else {
            let license = license.to_owned();
            found.push(OfFiles { license, files });
        }
    }
    found.retain(|one| !of_more.contains(&one.license.as_str()));
    found
}

/// An expression without what stands in it for files that are not there. `None`: all of it counts.
pub(super) fn without_absent(
    expression: &str,
    of_files: &[OfFiles],
    is_there: impl Fn(&str) -> bool,
) -> Option<String> {
    let absent = |one: &&OfFiles| !one.files.iter().any(|file| is_there(file));
    let absent: Vec<&str> = of_files.iter().filter(absent).map(|one| one.license.as_str()).collect();
    if absent.is_empty() {
        return None;
    }
    let all = LicenseExpression::parse(expression).ok()?;
    let rest = all
        .conjuncts()
        .filter(|part| !absent.contains(&part.to_string().as_str()));
    LicenseExpression::all_of(rest).map(|rest| rest.to_string())
}

/// The lines around a place up to the next empty ones.
fn paragraph(text: &str, at: usize) -> &str {
    let is_empty = |line: &&str| line.trim().is_empty();
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    let above: usize = before
        .split_inclusive('\n')
        .rev()
        .take_while(|line| !is_empty(line))
        .map(str::len)
        .sum();
    let below: usize = after
        .split_inclusive('\n')
        .take_while(|line| !is_empty(line))
        .map(str::len)
        .sum();
    &text[at - above..at + below]
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
    use super::*;

    const NOTICE: &str = "The project is licensed under the MIT license.\n\n\
        * The file src/etc/setup.iss holds a routine\n  that is licensed under the LGPL, version 3.\n\n\
        * src/zip.c is under the zlib license, see zlib.net/zlib_license.html.\n";

    #[test]
    fn what_is_said_of_a_file_that_is_not_there_is_not_said_of_the_package() {
        let reading = airights_text::read(NOTICE);
        let of_files = of_files(NOTICE, &reading);
        let expression = reading.base_expression().unwrap();
        let without = |files: &'static [&str]| without_absent(expression, &of_files, |file| files.contains(&file));
        assert_eq!(without(&["src/etc/setup.iss", "src/zip.c"]), None);
        assert_eq!(without(&["src/zip.c"]).as_deref(), Some("MIT AND Zlib"));
        assert_eq!(without(&[]).as_deref(), Some("MIT"));
    }

    #[test]
    fn what_is_said_of_more_than_files_counts() {
        for text in [
            "The project is licensed under the LGPL, version 3.\n\nSo is src/a.c, which is licensed under the LGPL, version 3.",
            "Parts are licensed under the LGPL, version 3, see https://example.org/a/b.html for more.",
        ] {
            assert_eq!(of_files(text, &airights_text::read(text)), [], "{text}");
        }
    }
}
