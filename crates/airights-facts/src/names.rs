//! What a file is by its name: a license text, a file that may speak of AI, or nothing to us. The names are in the
//! [`table`](super::table); this file compares them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use airights::facts::TextKind;

use super::interest::Interest;
use super::place::{Place, SOURCES};
use super::table::{ARCHIVES, NO_TEXTS, NOT_BUILT, OF_OTHERS, Row, VENDORED, rows};

/// The rows of the table by the names in them, since every file of a package is asked about.
struct Index {
    rows: Vec<Row>,
    by_name: HashMap<&'static str, Vec<usize>>,
    /// The rows with names that are patterns, and these.
    by_pattern: Vec<(usize, Vec<&'static str>)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let rows: Vec<Row> = rows().collect();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_pattern = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let (patterns, names): (Vec<&str>, Vec<&str>) = row.names.iter().partition(|name| name.contains(['*', '%']));
        for name in names {
            by_name.entry(name).or_default().push(number);
        }
        if !patterns.is_empty() {
            by_pattern.push((number, patterns));
        }
    }
    Index {
        rows,
        by_name,
        by_pattern,
    }
});

/// The ids of the SPDX list, in capitals.
static IDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let licenses = spdx::identifiers::LICENSES.iter().map(|license| license.name);
    let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name);
    licenses.chain(exceptions).map(str::to_ascii_uppercase).collect()
});

/// How names begin of documents that explain how licenses go together.
const EXPLANATIONS: &[&str] = &["LICENSE-MIXING", "LICENSE-COMPATIB", "LICENSE-EXPLA"];

/// What a file in the root of a package is.
pub(super) fn in_root(name: &str) -> Option<Interest> {
    Name::of(name).interest("")
}

/// What a file below the root of a package is. `directory` is the path of the directory it stands in.
pub(super) fn below_root(directory: &str, name: &str) -> Option<Interest> {
    // Most files are, and no row of the table is about one.
    if is_plainly_source(name) {
        return Some(Interest::Source);
    }
    // REUSE spells the directory in capitals, and every file in it is a text; a `licenses` somewhere in a source tree is
    // as likely a module or test data.
    if directory.rsplit('/').next() == Some("LICENSES") {
        return in_license_directory(name);
    }
    Name::of(name).interest(directory)
}

/// What a file in a directory of licenses is: a text, unless it is plainly something else.
pub(super) fn in_license_directory(name: &str) -> Option<Interest> {
    let name = Name::of(name);
    if name.is_source() {
        return Some(Interest::Source);
    }
    if (name.is_code_or_data() && !name.is_archive()) || name.upper.starts_with('.') || name.upper == "CACHEDIR.TAG" {
        return None;
    }
    // What is said beside the licenses is said with them, though it need not be one.
    if name.stem.starts_with("README") {
        return Some(Interest::Text(TextKind::Notice));
    }
    let by_name = name.row("").filter(|interest| matches!(interest, Interest::Text(_)));
    Some(by_name.unwrap_or(Interest::Text(TextKind::License)))
}

/// Whether a directory in the root of a package holds license texts: `LICENSES`, `licenses`, `LICENSE-THIRD-PARTY`,
/// `COPYING.d`.
pub(super) fn is_license_directory(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let mut rests = ["LICENSE", "LICENCE", "COPYING"]
        .iter()
        .filter_map(|start| upper.strip_prefix(start));
    rests.any(|rest| {
        let rest = rest.strip_prefix('S').unwrap_or(rest);
        !rest.starts_with(|letter: char| letter.is_ascii_alphabetic())
    })
}

/// Whether a name in the root says that what it holds belongs to others: `LICENSE-THIRD-PARTY`, `THIRDPARTYNOTICES`.
pub(super) fn is_of_others(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    [
        "THIRDPARTY",
        "3RDPARTY",
        "3RDPARTIES",
        "THIRDPARTIES",
        "VENDORED",
        "BUNDLED",
    ]
    .iter()
    .any(|word| plain.contains(word))
}

/// Whether a file, by its name, lists those who wrote the work.
pub(super) fn lists_authors(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    matches("AUTHORS%", &Name::of(name).upper)
}

/// Whether a license text, by its name, is that of the one file it stands beside: `logo.png.license`.
pub(super) fn is_of_one_file(name: &str) -> bool {
    Name::of(name).subject().is_some()
}

/// Whether a directory, by its own name, holds what others wrote as it was.
pub(super) fn is_vendored(name: &str) -> bool {
    VENDORED.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a path leads through a directory of others' code, or of tests, examples and documentation.
pub(super) fn is_beside_the_code(directory: &str) -> bool {
    let is_of_others = |name: &str| OF_OTHERS.iter().any(|known| name.eq_ignore_ascii_case(known));
    is_not_built(directory) || directory.split('/').any(|name| is_vendored(name) || is_of_others(name))
}

/// Whether a path leads through a directory of tests, examples or documentation.
pub(super) fn is_not_built(directory: &str) -> bool {
    let is_it = |name: &str| NOT_BUILT.iter().any(|known| name.eq_ignore_ascii_case(known));
    directory.split('/').any(is_it)
}

fn is_plainly_source(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| SOURCES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A file name in capitals, with `_` and blanks as `-`, and its parts.
struct Name {
    upper: String,
    stem: String,
    extension: String,
}

impl Name {
    fn of(name: &str) -> Self {
        // Some file systems spell an accent as a mark of its own behind the letter.
        let letters = name.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
        let upper: String = letters
            .map(in_its_usual_width)
            .flat_map(char::to_uppercase)
            .map(|letter| if matches!(letter, '_' | ' ') { '-' } else { letter })
            .collect();
        let (stem, extension) = match upper.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), extension.to_owned()),
            _ => (upper.clone(), String::new()),
        };
        Self { upper, stem, extension }
    }

    /// What the file is in a directory, which is given by its path in the package.
    fn interest(&self, directory: &str) -> Option<Interest> {
        if let Some(subject) = self.subject() {
            return subject.beside_it();
        }
        // A license that is packed is a license that cannot be read.
        if self.is_archive() {
            let packed = Self::of(&self.stem).interest(directory);
            let is_license = |interest: &Interest| *interest == Interest::Text(TextKind::License);
            return packed.filter(is_license).or(Some(Interest::Archive));
        }
        // Below the root an id alone says what the text is, and not that anything is under it: tools carry hundreds of them.
        // Nor is anything under what an explanation of licenses speaks of.
        let is_no_grant = |interest: &Interest| {
            *interest == Interest::Text(TextKind::License)
                && !directory.is_empty()
                && (self.is_license_id() || EXPLANATIONS.iter().any(|start| self.upper.starts_with(start)))
        };
        self.row(directory)
            .filter(|interest| !is_no_grant(interest))
            .or_else(|| (directory.is_empty() && self.is_license_id()).then_some(Interest::Text(TextKind::License)))
            .or_else(|| self.is_source().then_some(Interest::Source))
    }

    /// The file that this one stands beside, as `logo.png.license` does.
    fn subject(&self) -> Option<Self> {
        let stem = self.upper.strip_suffix(".LICENSE")?;
        let subject = Self::of(stem);
        let is_a_file = subject.is_code_or_data() || subject.ends_like_a_text() || stem.starts_with('.');
        is_a_file.then_some(subject)
    }

    /// What a file is that says under what this one is. Documents and settings are nothing that anybody builds.
    fn beside_it(&self) -> Option<Interest> {
        let is_settings =
            ["JSON", "YAML", "YML", "TOML", "LOCK", "INI", "CFG", "SNAP"].contains(&self.extension.as_str());
        match () {
            () if self.is_source() => Some(Interest::Source),
            () if self.ends_like_a_text() || is_settings || self.upper.starts_with('.') => None,
            () => Some(Interest::Text(TextKind::License)),
        }
    }

    /// What the table says.
    fn row(&self, directory: &str) -> Option<Interest> {
        let is_no_text = self.is_code_or_data();
        // What ends like a text may be called `MIT-LICENSE.txt`.
        let plain = if self.ends_like_a_text() {
            &self.stem
        } else {
            &self.upper
        };
        // Most files are below the root, and most rows are not for them.
        let is_for_it = |row: &Row| directory.is_empty() || row.place != Place::Root;
        let holds = |&&number: &&usize| {
            let row = &INDEX.rows[number];
            is_for_it(row) && row.place.holds(directory)
        };
        let fits = |(number, patterns): &&(usize, Vec<&str>)| {
            let row = &INDEX.rows[*number];
            let may_be_a_pattern = !is_no_text || matches!(row.what, Interest::Signal(_));
            may_be_a_pattern
                && is_for_it(row)
                && patterns
                    .iter()
                    .any(|name| matches(name, &self.upper) || (name.starts_with('*') && matches(name, plain)))
                && row.place.holds(directory)
        };
        let by_name = INDEX.by_name.get(self.upper.as_str()).into_iter().flatten().find(holds);
        let by_pattern = INDEX.by_pattern.iter().find(fits).map(|(number, _)| number);
        // The first row counts, whichever way it fits.
        let number = by_name.into_iter().chain(by_pattern).min()?;
        Some(INDEX.rows[*number].what)
    }

    /// Whether the file is called after a license or an exception of the SPDX list: `GPL-3.0-only.txt`, `MIT`.
    fn is_license_id(&self) -> bool {
        /// Ids that more often name what a file is about.
        const ORDINARY: &[&str] = &["JSON", "RUBY", "VIM", "CURL", "TCL", "X11", "INTEL", "GNUPLOT"];
        let name = if self.ends_like_a_text() {
            &self.stem
        } else {
            &self.upper
        };
        !ORDINARY.contains(&name.as_str()) && IDS.contains(name.as_str())
    }

    fn ends_like_a_text(&self) -> bool {
        matches!(self.extension.as_str(), "TXT" | "MD" | "RST" | "ADOC" | "HTML")
    }

    fn is_source(&self) -> bool {
        SOURCES.contains(&self.extension.as_str())
    }

    fn is_archive(&self) -> bool {
        ARCHIVES.contains(&self.extension.as_str())
    }

    fn is_code_or_data(&self) -> bool {
        // `COPYING.LIB` is how GNU names the Lesser GPL.
        let is_gnu = self.extension == "LIB" && self.stem.starts_with("COPYING");
        !is_gnu && (self.is_source() || self.is_archive() || NO_TEXTS.contains(&self.extension.as_str()))
    }
}

/// A letter of the width that letters among Chinese ones have (U+FF01 to U+FF5E) as that of ASCII.
fn in_its_usual_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

impl Place {
    /// Whether a directory, by its path in the package, is such a place.
    fn holds(self, directory: &str) -> bool {
        match self {
            Self::Root => directory.is_empty(),
            Self::Anywhere => true,
            Self::AmongOurs => !is_beside_the_code(directory),
            Self::In(end) => {
                let before = directory.strip_suffix(end);
                before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
                    && !is_beside_the_code(directory)
            }
        }
    }
}

/// Whether a name is what a pattern of the table means.
fn matches(pattern: &str, name: &str) -> bool {
    if let Some(start) = pattern.strip_suffix('%') {
        let rest = name.strip_prefix(start);
        return rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    }
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
        (Some(end), None) => name.strip_suffix(end).is_some_and(|before| !before.is_empty()),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => name == pattern,
    }
}
