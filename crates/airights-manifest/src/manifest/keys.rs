//! The keys of a `Cargo.toml` that facts rest on, and where they stand.
//!
//! Almost every manifest is plain enough to be scanned line by line. Whatever is not, such as a multi-line string or
//! `package = { … }`, is parsed as TOML in full, which costs twenty times as much.

use std::ops::Range;

use super::Manifest;

/// The keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The value of `license`, or the line that inherits it.
    pub license: Option<Range<usize>>,
    /// The value of `license-file`, where the manifest itself gives one.
    pub license_file: Option<String>,
    /// The value of `readme`, where the manifest itself gives one.
    pub readme: Option<String>,
    /// The keys of `[package.metadata.airights]`, such as `use.ai-input`; the table itself under the empty name.
    pub declaration: Vec<(String, Range<usize>)>,
}

/// Finds the keys. A manifest that is no TOML has none; cargo has refused it long before.
pub fn keys(text: &str) -> Keys {
    let speaks_of_us = text.contains("airights");
    match scan(text) {
        Some(keys) if !speaks_of_us => keys,
        _ => parse(text).unwrap_or_default(),
    }
}

/// The plain case; `None` where the manifest is not plain.
fn scan(text: &str) -> Option<Keys> {
    let mut keys = Keys::default();
    let mut table = Table::Root;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let trimmed = line.trim();
        if trimmed.contains("\"\"\"") || trimmed.contains("'''") {
            return None;
        }
        if trimmed.starts_with('[') {
            match (&table, header(trimmed)?) {
                (Table::Package, _) => break,
                (_, "package" | "project") => table = Table::Package,
                _ => table = Table::Other,
            }
            continue;
        }
        match table {
            Table::Root if trimmed.contains("package") || trimmed.contains("project") => return None,
            Table::Package => take_key(start + (line.len() - line.trim_start().len()), trimmed, &mut keys)?,
            Table::Root | Table::Other => {}
        }
    }
    Some(keys)
}

enum Table {
    Root,
    Package,
    Other,
}

/// The name in a plain `[header]`; `None` where it is written in any other way.
fn header(line: &str) -> Option<&str> {
    let line = line.split_once('#').map_or(line, |(before, _)| before.trim_end());
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let inner = inner
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(inner);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if inner.chars().all(is_plain) {
        return Some(inner);
    }
    // `[target.'cfg(unix)'.dependencies]` is of no interest, unless it is an odd way to write one that is.
    let may_matter = inner.trim().starts_with(['"', '\'']) || inner.contains("package") || inner.contains("project");
    (!may_matter && !inner.starts_with(' ')).then_some("")
}

/// Notes a line of `[package]`; `None` where it cannot be told what it says.
fn take_key(start: usize, line: &str, keys: &mut Keys) -> Option<()> {
    let is_of_interest = |line: &str| line.contains("license") || line.contains("readme");
    if !is_of_interest(line) || line.starts_with('#') {
        return Some(());
    }
    let Some((key, value)) = line.split_once('=') else {
        return Some(());
    };
    let value_start = start + (line.len() - value.trim_start().len());
    let slot = match key.trim_end() {
        "license" => Key::License,
        "license-file" => Key::LicenseFile,
        "readme" => Key::Readme,
        "license.workspace" => {
            keys.license = Some(start..start + line.len());
            return Some(());
        }
        "license-file.workspace" | "readme.workspace" => return Some(()),
        // A key in quotes, one with blanks around its dot, or the item of a list: parse in full.
        odd if is_of_interest(odd) => return None,
        _ => return Some(()),
    };
    let string = plain_string(value.trim_start());
    match (slot, string) {
        (Key::License, Some(string)) => {
            keys.license = Some(value_start..value_start + string.len() + 2);
        }
        (Key::LicenseFile, Some(string)) => keys.license_file = Some(string.to_owned()),
        (Key::Readme, Some(string)) => keys.readme = Some(string.to_owned()),
        (Key::Readme, None) if matches!(value.trim(), "true" | "false") => {}
        _ => return None,
    }
    Some(())
}

enum Key {
    License,
    LicenseFile,
    Readme,
}

/// What stands between quotes; `None` where it is written in any but the plainest way.
fn plain_string(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (string, rest) = value[1..].split_once(quote)?;
    let ends = rest.trim_start();
    let is_plain = !string.contains('\\') && (ends.is_empty() || ends.starts_with('#'));
    is_plain.then_some(string)
}

/// The whole truth, from a TOML parser.
fn parse(text: &str) -> Option<Keys> {
    let manifest = Manifest::parse(text).ok()?;
    let string = |key: &str| manifest.package_string(key).map(str::to_owned);
    Some(Keys {
        license: manifest.package()?.get("license").map(toml::Spanned::span),
        license_file: string("license-file"),
        readme: string("readme"),
        declaration: manifest
            .declaration("package")
            .map(|found| found.places)
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The line of a place, 1-based.
    fn line(text: &str, place: &Range<usize>) -> usize {
        1 + text[..place.start].matches('\n').count()
    }

    /// Each manifest with: the marked `license`, its line, `license-file`, `readme`, whether a scan is enough.
    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn keys_are_found_however_they_are_written() {
        type Case = (
            &'static str,
            Option<(&'static str, usize)>,
            Option<&'static str>,
            Option<&'static str>,
            bool,
        );
        let cases: &[Case] = &[
            (
                "[package]\nname = \"a\"\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 3)),
                None,
                None,
                true,
            ),
            (
                "[package]\r\nlicense='MIT' # why\r\n",
                Some(("'MIT'", 2)),
                None,
                None,
                true,
            ),
            (
                "[package]\nlicense-file = \"LICENSE.txt\"\nreadme = \"docs/R.md\"\n",
                None,
                Some("LICENSE.txt"),
                Some("docs/R.md"),
                true,
            ),
            (
                "[package]\nreadme = false\n[dependencies]\nlicense = \"1\"\n",
                None,
                None,
                None,
                true,
            ),
            (
                "[package]\nlicense.workspace = true\n",
                Some(("license.workspace = true", 2)),
                None,
                None,
                true,
            ),
            (
                "[package]\nlicense = { workspace = true }\n",
                Some(("{ workspace = true }", 2)),
                None,
                None,
                false,
            ),
            (
                "[package]\nlicense-file = { workspace = true }\n",
                None,
                None,
                None,
                false,
            ),
            (
                "[package]\n\"license\" = \"MIT\"\n",
                Some(("\"MIT\"", 2)),
                None,
                None,
                false,
            ),
            (
                "[ package ]\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 2)),
                None,
                None,
                false,
            ),
            ("package.license = \"MIT\"\n", Some(("\"MIT\"", 1)), None, None, false),
            (
                "package = { license = \"MIT\" }\n",
                Some(("\"MIT\"", 1)),
                None,
                None,
                false,
            ),
            (
                "[package]\nlicense = \"\\u004dIT\"\n",
                Some(("\"\\u004dIT\"", 2)),
                None,
                None,
                false,
            ),
            (
                "[package]\ndescription = \"\"\"\nlicense = \"GPL\"\n[package]\n\"\"\"\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 6)),
                None,
                None,
                false,
            ),
            (
                "[package]\nexclude = [\n  \"license-file\",\n]\nlicense = \"MIT\"\n",
                Some(("\"MIT\"", 5)),
                None,
                None,
                true,
            ),
            (
                "[target.'cfg(unix)'.dependencies]\n[package]\nlicense = \"MIT\"",
                Some(("\"MIT\"", 3)),
                None,
                None,
                true,
            ),
            ("[workspace]\nmembers = []\n", None, None, None, true),
            (
                "[package.metadata]\nlicense = \"no\"\n[package]\nlicense = \"MIT\"",
                Some(("\"MIT\"", 4)),
                None,
                None,
                true,
            ),
        ];
        for (manifest, license, license_file, readme, is_plain) in cases {
            let keys = keys(manifest);
            let shown = |place: Range<usize>| (&manifest[place.clone()], line(manifest, &place));
            let found = keys.license.clone().map(shown);
            assert_eq!(found, *license, "{manifest}");
            assert_eq!(keys.license_file.as_deref(), *license_file, "{manifest}");
            assert_eq!(keys.readme.as_deref(), *readme, "{manifest}");
            assert_eq!(scan(manifest).is_some(), *is_plain, "{manifest}");
        }
    }

    #[test]
    fn keys_of_the_declaration_are_found() {
        let manifest = "[package]\nname = \"a\"\n\n[package.metadata.airights]\ncontent-usage = \"train-ai=n\"\n\
                        use = { ai-input = \"allowed\" }\n";
        let keys = keys(manifest);
        let lines: Vec<_> = keys
            .declaration
            .iter()
            .map(|(name, place)| (name.as_str(), line(manifest, place), &manifest[place.clone()]))
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

    proptest! {
        /// Where a scan answers at all, it answers as the parser does.
        #[test]
        fn the_scan_never_contradicts_the_parser(lines in prop::collection::vec(prop::sample::select(vec![
            "[package]", "[package.metadata.x]", "[[bin]]", "[dependencies]", "license = \"MIT\"", "license = 'ISC' # x",
            "license-file = \"L\"", "readme = \"R\"", "readme = true", "license.workspace = true", "name = \"license\"",
            "description = \"\"\"", "\"\"\"", "a = [", "  \"license = \",", "]", "# license = \"no\"", "package.license = 'a'",
            "license-file.workspace = true", "[ package ]", "\"license\" = \"x\"", "license . workspace = true",
        ]), 0..9)) {
            let manifest = lines.join("\n");
            if let (Some(scanned), Some(parsed)) = (scan(&manifest), parse(&manifest)) {
                let line = |keys: &Keys| keys.license.as_ref().map(|place| line(&manifest, place));
                prop_assert_eq!(line(&scanned), line(&parsed));
                prop_assert_eq!(scanned.license_file, parsed.license_file);
                prop_assert_eq!(scanned.readme, parsed.readme);
            }
        }

        #[test]
        fn nothing_makes_it_panic(manifest in "(\\PC|[\n\\[\\]=\"'#]|license|package|airights){0,40}") {
            keys(&manifest);
        }
    }
}
