//! What the index holds: the SPDX texts as words, which of them may be left out, and notices cut from them.

use std::collections::HashSet;
use std::io;

use crate::dress::{Word, cut, dressed};
use crate::plain::Plain;
use crate::spelling::usual_spelling;
use crate::templates::{self, Hole, Part, Templates};

/// What a text of the index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    License,
    Exception,
    Notice,
    Disclaimer,
}

/// One text of the index.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
    pub(crate) words: Vec<Word>,
    pub(crate) holes: Vec<Hole>,
}

/// Ids that win over others where texts are alike, because they are what people mean.
const USUAL: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "BSD-2-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "MPL-2.0",
    "BSL-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "LGPL-2.1-only",
    "LGPL-3.0-only",
    "AGPL-3.0-only",
    "OpenSSL",
    "X11",
    "MIT-0",
    "NCSA",
    "PostgreSQL",
    "HPND",
    "OFL-1.1",
];

/// Deprecated ids that are an exception or a `+` in disguise hold no text of their own.
fn is_disguised(id: &str) -> bool {
    id.contains("-with-") || id.ends_with('+')
}

/// Every SPDX text, the preferred one of any that are alike first.
pub(crate) fn sources() -> Vec<(&'static str, Kind, String, &'static str)> {
    let words = known_words();
    let is_known = |word: &str| words.contains(&*usual_spelling(word));
    let plain = |(id, kind, text): (&'static str, Kind, &'static str)| {
        let plain = Plain::new(text, is_known).text().to_owned();
        // The templates count the words of the text as it is published.
        let is_alike = cut(&plain).len() == cut(text).len();
        (id, kind, if is_alike { plain } else { text.to_owned() }, text)
    };
    published().into_iter().map(plain).collect()
}

/// The words of all texts: those that may stand cut at a line's end.
fn known_words() -> HashSet<String> {
    let texts = published();
    let words = texts.iter().flat_map(|(_, _, text)| cut(text));
    words.map(|word| usual_spelling(&word.letters).into_owned()).collect()
}

fn published() -> Vec<(&'static str, Kind, &'static str)> {
    let deprecated: HashSet<&str> = spdx::identifiers::LICENSES
        .iter()
        .filter(|license| license.flags & spdx::flags::IS_DEPRECATED != 0)
        .map(|license| license.name)
        .collect();
    let mut sources: Vec<(&'static str, Kind, &'static str)> = Vec::new();
    sources.extend(
        spdx::text::LICENSE_TEXTS
            .iter()
            .map(|&(id, text)| (id, Kind::License, text)),
    );
    sources.extend(
        spdx::text::EXCEPTION_TEXTS
            .iter()
            .map(|&(id, text)| (id, Kind::Exception, text)),
    );
    sources.sort_by_key(|(id, kind, _)| {
        let usual = USUAL.iter().position(|usual| usual == id).unwrap_or(USUAL.len());
        (usual, *kind == Kind::Exception, deprecated.contains(id), id.len(), *id)
    });
    sources
}

/// What the index holds of them, by `parts.tsv`, `templates.tsv` and `equivalents.tsv`.
pub(crate) fn entries(parts: &str, templates: &str, equivalents: &str) -> io::Result<Vec<Entry>> {
    let templates = Templates::new(templates);
    let rules: Vec<Vec<&str>> = parts
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
        .collect();
    let mut all = Vec::new();
    let mut notices = Vec::new();
    for (id, kind, text, published) in sources() {
        if is_disguised(id) {
            continue;
        }
        let mut words = dressed(&text);
        let mut holes = placeholders(&words);
        let dressed = (words.clone(), holes.clone());
        holes.extend(templates.apply(id, published, &mut words)?);
        if words.iter().filter(|word| !word.optional).count() < SHORTEST {
            (words, holes) = dressed;
        }
        holes.extend(templates::equivalents(equivalents, id, &words));
        for rule in rules.iter().filter(|rule| applies(rule[0], id)) {
            let Some(range) = find_part(&words, rule[2], rule.get(3).copied().unwrap_or("")) else {
                continue;
            };
            if let Some(kind) = standing_alone(rule[1]) {
                let start = words[range.start].start;
                let is_known = |notice: &Entry| notice.id == id && notice.words[0].start == start;
                if !notices.iter().any(is_known) {
                    let inside = |hole: &&Hole| range.start <= hole.words.start && hole.words.end <= range.end;
                    let moved = |hole: &Hole| Hole {
                        words: hole.words.start - range.start..hole.words.end - range.start,
                        ..hole.clone()
                    };
                    let holes = holes.iter().filter(inside).map(moved).collect();
                    let words = words[range]
                        .iter()
                        .cloned()
                        .map(|word| Word {
                            optional: false,
                            replaceable: false,
                            ..word
                        })
                        .collect();
                    notices.push(Entry { id, kind, words, holes });
                }
            } else {
                for word in &mut words[range] {
                    word.optional = true;
                    word.replaceable = false;
                }
            }
        }
        all.push(Entry { id, kind, words, holes });
    }
    all.extend(notices);
    Ok(all)
}

/// What a part is that stands alone.
fn standing_alone(kind: &str) -> Option<Kind> {
    match kind {
        "notice" => Some(Kind::Notice),
        "disclaimer" => Some(Kind::Disclaimer),
        _ => None,
    }
}

/// A text of fewer words that must be there is not looked for.
const SHORTEST: usize = 12;

/// Names and dates may stand in the place of placeholders and copyright lines.
fn placeholders(words: &[Word]) -> Vec<Hole> {
    let mut holes = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = words[at..].iter().take_while(|word| word.optional).count();
        if length > 0 {
            holes.push(Hole {
                words: at..at + length,
                wordings: vec![vec![Part::Any]],
                is_equivalent: false,
            });
        }
        at += length.max(1);
    }
    holes
}

/// Whether a pattern of a table means this id.
pub(crate) fn applies(pattern: &str, id: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == id, |start| id.starts_with(start))
}

fn find_part(words: &[Word], first: &str, last: &str) -> Option<std::ops::Range<usize>> {
    let start = find(words, first)?;
    if last.is_empty() {
        return Some(start..words.len());
    }
    let phrase = cut(last).len();
    let end = find(&words[start..], last)? + start + phrase;
    Some(start..end)
}

/// Where a phrase first stands.
pub(crate) fn find(words: &[Word], phrase: &str) -> Option<usize> {
    let phrase = cut(phrase);
    words.windows(phrase.len()).position(|run| {
        run.iter()
            .zip(&phrase)
            .all(|(a, b)| usual_spelling(&a.letters) == usual_spelling(&b.letters))
    })
}
