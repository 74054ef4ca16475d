//! The SPDX expression a text amounts to, from the licences and exceptions found and the words that join them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::reading::{Match, MatchKind};

/// The expression of these matches; `None` without a licence. `dress` are the words around them, in lower case.
///
/// A text that holds several licences grants all of them (`AND`), unless its own words offer a choice. The text of a
/// GNU licence says neither "only" nor "or later"; it is written `-only`, and `-or-later` where the words around it say
/// "or any later version". Callers treat the two as equal where nothing but the text is known.
pub(crate) fn expression(matches: &[Match], noticed: &[&'static str], dress: &str) -> Option<String> {
    let mut ids: Vec<&'static str> = Vec::new();
    for found in matches.iter().filter(|found| found.kind == MatchKind::License) {
        if !ids.contains(&found.id) {
            ids.push(found.id);
        }
    }
    for id in noticed {
        if !ids.contains(id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        // Nothing but words that point at licences: a `COPYING` that names them.
        ids = named(dress);
    }
    if ids.is_empty() {
        return None;
    }
    let later = dress.contains("any later version");
    let exceptions: BTreeSet<&str> = matches
        .iter()
        .filter(|found| found.kind == MatchKind::Exception)
        .map(|found| found.id)
        .collect();
    let mut terms: Vec<String> = ids
        .iter()
        // The LGPL, version 3, is written as additions to the GPL and is often shipped together with it.
        .filter(|id| !(id.starts_with("GPL-3.0") && ids.iter().any(|other| other.starts_with("LGPL-3.0"))))
        .map(|id| match id.strip_suffix("-only") {
            Some(base) if later => format!("{base}-or-later"),
            _ => (*id).to_owned(),
        })
        .collect();
    if !exceptions.is_empty() {
        let all: Vec<&str> = exceptions.into_iter().collect();
        let bearer = terms.iter().position(|term| term.contains("GPL")).unwrap_or(0);
        let base = terms[bearer].clone();
        terms[bearer] = all
            .iter()
            .map(|exception| format!("{base} WITH {exception}"))
            .collect::<Vec<_>>()
            .join(" AND ");
    }
    let joint = if terms.len() > 1 && offers_choice(dress) {
        " OR "
    } else {
        " AND "
    };
    Some(terms.join(joint))
}

/// Wordings that leave the choice to whoever receives the work.
const CHOICES: &[&str] = &[
    "either of",
    "under either",
    "dual licensed",
    "dual-licensed",
    "dual license",
    "double licensed",
    "double-licensed",
    "at your option",
    "at your choice",
    "at your discretion",
    "your choice of",
    "triple licensed",
    "triple-licensed",
    "multi-licensed",
    "one or both of",
    "licensed under one of",
    "any of the following licenses",
    "mit or apache",
    "mit/apache",
    "apache-2.0 or mit",
    "mit or unlicense",
    "mit or apache-2.0",
    "apache 2.0 or mit",
    "or the mit license",
    "or the apache license",
    "either the",
    "choose either",
    "you may choose",
    "you can choose",
    "terms of either",
    "or the mit",
];

fn offers_choice(dress: &str) -> bool {
    let dress = dress
        .replace("at your option) any later", "")
        .replace("at your option any later", "");
    CHOICES.iter().any(|choice| dress.contains(choice))
}

static NAMES: LazyLock<Vec<(Vec<&'static str>, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut all: Vec<(Vec<&str>, &str)> = rows
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, id)| (name.split(' ').collect(), id))
        .collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
});

/// The licences a text calls by name, where it is about licences at all, in the order of their first mention.
fn named(dress: &str) -> Vec<&'static str> {
    if dress.len() > 4_000 || !(dress.contains("licens") || dress.contains("licenc") || dress.len() < 60) {
        return Vec::new();
    }
    let words: Vec<&str> = dress
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut ids = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let name = NAMES.iter().find(|(name, _)| words[at..].starts_with(name));
        if let Some((_, id)) = name.filter(|(_, id)| !ids.contains(id)) {
            ids.push(*id);
        }
        at += name.map_or(1, |(name, _)| name.len());
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Modification;

    fn found(id: &'static str, kind: MatchKind) -> Match {
        Match {
            id,
            kind,
            exact: true,
            modification: Modification::None,
            spans: Vec::new(),
        }
    }

    #[test]
    fn licences_are_joined_as_the_text_says() {
        use MatchKind::{Exception, License};
        for (matches, dress, expected) in [
            (vec![], "", None),
            (vec![("MIT", License)], "", Some("MIT")),
            (
                vec![("MIT", License), ("Apache-2.0", License)],
                "",
                Some("MIT AND Apache-2.0"),
            ),
            (
                vec![("MIT", License), ("Apache-2.0", License)],
                " dual licensed ",
                Some("MIT OR Apache-2.0"),
            ),
            (
                vec![("Apache-2.0", License), ("LLVM-exception", Exception)],
                "",
                Some("Apache-2.0 WITH LLVM-exception"),
            ),
            (vec![("GPL-3.0-only", License)], "", Some("GPL-3.0-only")),
            (
                vec![("GPL-3.0-only", License)],
                " or (at your option) any later version ",
                Some("GPL-3.0-or-later"),
            ),
            (
                vec![("LGPL-3.0-only", License), ("GPL-3.0-only", License)],
                "",
                Some("LGPL-3.0-only"),
            ),
            (
                vec![],
                " licensed under either of apache license, version 2.0 or mit license ",
                Some("Apache-2.0 OR MIT"),
            ),
            (
                vec![],
                " dual-licensed under the unlicense and mit licenses. ",
                Some("Unlicense OR MIT"),
            ),
            (
                vec![],
                " a library for mit scheme, which has nothing to say on that matter at all, sorry ",
                None,
            ),
        ] {
            let matches: Vec<Match> = matches.into_iter().map(|(id, kind)| found(id, kind)).collect();
            assert_eq!(expression(&matches, &[], dress).as_deref(), expected, "{dress}");
        }
    }
}
