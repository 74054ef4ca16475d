//! Finds licences that running text calls by name, and those it puts something under.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::catalogue;

struct Name {
    words: Vec<&'static str>,
    id: &'static str,
}

/// What licences are called, by first word, the longest names first.
static NAMES: LazyLock<HashMap<&str, Vec<Name>>> = LazyLock::new(|| {
    let rows = include_str!("../names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut all: HashMap<&str, Vec<Name>> = HashMap::new();
    for (name, id) in rows.filter_map(|line| line.split_once('\t')) {
        let words: Vec<&str> = name.split(' ').collect();
        all.entry(words[0]).or_default().push(Name { words, id });
    }
    for names in all.values_mut() {
        names.sort_by_key(|name| Reverse(name.words.len()));
    }
    all
});

/// The ids of the catalogue by their lower case.
static IDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let ids = catalogue::licenses().map(|license| license.id);
    ids.map(|id| (id.to_lowercase(), id)).collect()
});

/// The licences named in these words, in order: the words of each name, and its id.
pub(crate) fn mentions(words: &[&str]) -> Vec<(Range<usize>, &'static str)> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let names = NAMES.get(words[at]).into_iter().flatten();
        let name = names.into_iter().find(|name| words[at..].starts_with(&name.words));
        let (length, id) = match name {
            Some(name) => (name.words.len(), Some(name.id)),
            // Ids are known by their hyphens; the table of them is large.
            None if words[at].contains('-') => (1, IDS.get(words[at]).copied()),
            None => (1, None),
        };
        all.extend(id.map(|id| (at..at + length, id)));
        at += length;
    }
    all
}

pub(crate) fn words_of(dress: &str) -> Vec<&str> {
    dress
        .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '.' | '-' | '+')))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The licences a text calls by name, where it is about licences at all, in the order of their first mention.
pub(crate) fn named(dress: &str) -> Vec<&'static str> {
    if dress.len() > 4_000 || !(dress.contains("licens") || dress.contains("licenc") || dress.len() < 60) {
        return Vec::new();
    }
    let mut ids = Vec::new();
    for (_, id) in mentions(&words_of(dress)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The licences that words beside a licence put something under, mostly a part: "portions are licensed under the MIT
/// license", "the full MIT license text is in …".
pub(crate) fn granted(dress: &str) -> Vec<&'static str> {
    if !["under", "text"].iter().any(|word| dress.contains(word)) {
        return Vec::new();
    }
    let words = words_of(dress);
    let is_granted = |name: &Range<usize>| {
        let before = &words[name.start.saturating_sub(9)..name.start];
        let puts_under = before.iter().rposition(|word| *word == "under").is_some_and(|at| {
            let deed = &before[at.saturating_sub(4)..at];
            let is_denied = deed
                .iter()
                .any(|word| ["not", "never", "longer", "formerly", "previously"].contains(word));
            let grants = deed
                .iter()
                .any(|word| GRANTS.iter().any(|start| word.starts_with(start)));
            grants && !is_denied
        });
        let is_text = words.get(name.end) == Some(&"text") && before.contains(&"full");
        puts_under || is_text
    };
    mentions(&words)
        .into_iter()
        .filter(|(name, _)| is_granted(name))
        .map(|(_, id)| id)
        .collect()
}

/// Beginnings of the words that put a work "under" a licence.
const GRANTS: &[&str] = &[
    "licens",
    "licenc",
    "releas",
    "distribut",
    "availab",
    "publish",
    "redistribut",
    "provided",
    "covered",
    "used",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_under_a_licence_is_told_from_what_is_only_named() {
        for (dress, expected) in [
            ("the file is licensed under the mit license", vec!["MIT"]),
            (
                "parts are released under gpl-2.0-or-later terms",
                vec!["GPL-2.0-or-later"],
            ),
            ("the full mit license text is in docs", vec!["MIT"]),
            ("this file is no longer licensed under the mpl", vec![]),
            ("it is better than the mit license", vec![]),
        ] {
            assert_eq!(granted(dress), expected, "{dress}");
        }
    }
}
