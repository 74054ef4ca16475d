//! The SPDX expression a text amounts to, from the licences and exceptions found and the words that join them.

use std::collections::BTreeSet;

use crate::names::{granted, mentions, named, words_of};
use crate::reading::{Match, MatchKind};

/// The expression of these matches, of the licences whose notices were recognised, and of those the words around them
/// name; `None` without a licence. `dress` are these words, in lower case.
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
    } else {
        for id in granted(dress) {
            if !ids.iter().any(|known| is_same_family(known, id)) {
                ids.push(id);
            }
        }
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
    Some(joined(&terms, &choices(dress, &terms)))
}

/// The terms joined: `OR` where the choice between them is free, `AND` elsewhere.
fn joined(terms: &[String], choices: &[BTreeSet<usize>]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for number in 0..terms.len() {
        if done.contains(&number) {
            continue;
        }
        let one = BTreeSet::from([number]);
        let group = choices.iter().find(|group| group.contains(&number)).unwrap_or(&one);
        let names: Vec<&str> = group.iter().map(|&number| terms[number].as_str()).collect();
        let is_nested = group.len() > 1 && group.len() < terms.len();
        let choice = names.join(" OR ");
        parts.push(if is_nested { format!("({choice})") } else { choice });
        done.extend(group);
    }
    parts.join(" AND ")
}

/// Whether the name of one licence may be meant for the other: people write "BSD" and "GPL" for each of their kind.
fn is_same_family(one: &str, other: &str) -> bool {
    let family = |id: &str| id.split('-').next().map(str::to_owned);
    one == other || family(one) == family(other)
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

/// Words around a wording of choice in which the licences it is between are named.
const NEARBY: usize = 24;
/// A choice between licences it does not name is one between all that follow, if it opens the text.
const OPENING: usize = 60;
/// Bytes that hold so many words.
const WINDOW: usize = 2_000;

/// Which of the terms the words leave the choice between, as sets that do not overlap. A file of many notices may offer
/// a choice for one part of what it is about, so a choice is between the licences named next to it.
fn choices(dress: &str, terms: &[String]) -> Vec<BTreeSet<usize>> {
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    if terms.len() < 2 {
        return groups;
    }
    let dress = dress
        .replace("at your option) any later", "")
        .replace("at your option any later", "");
    for (at, wording) in CHOICES.iter().flat_map(|choice| dress.match_indices(choice)) {
        let end = at + wording.len();
        // Looking at all that stands around each wording would take time that grows with their square.
        let before = words_of(&dress[dress.floor_char_boundary(at.saturating_sub(WINDOW))..at]);
        let near = before[before.len().saturating_sub(NEARBY)..].join(" ");
        let after = words_of(&dress[end..dress.ceil_char_boundary(dress.len().min(end + WINDOW))])
            .into_iter()
            .take(NEARBY)
            .collect::<Vec<_>>()
            .join(" ");
        let near = [near, wording.to_owned(), after].join(" ");
        let named: BTreeSet<usize> = mentions(&words_of(&near))
            .into_iter()
            .filter_map(|(_, id)| terms.iter().position(|term| is_same_family(term, id)))
            .collect();
        let group = match named.len() {
            0 | 1 if terms.len() == 2 || before.len() < OPENING && named.is_empty() => (0..terms.len()).collect(),
            0 | 1 => continue,
            _ => named,
        };
        let (touched, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(|other| !other.is_disjoint(&group));
        others.push(touched.into_iter().fold(group, |all, other| &all | &other));
        groups = others;
    }
    groups
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
            (
                vec![("MIT", License), ("Apache-2.0", License), ("BSD-3-Clause", License)],
                " the project is dual-licensed under mit and apache-2.0, with portions under various bsd-like licenses ",
                Some("(MIT OR Apache-2.0) AND BSD-3-Clause"),
            ),
            (
                vec![("MIT", License), ("Apache-2.0", License), ("Zlib", License)],
                " you may choose one of the following licenses: ",
                Some("MIT OR Apache-2.0 OR Zlib"),
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
                vec![("Apache-2.0", License)],
                " portions of this file are licensed under the mit license. ",
                Some("Apache-2.0 AND MIT"),
            ),
            (
                vec![("Apache-2.0", License)],
                " not licensed under the mit license. ",
                Some("Apache-2.0"),
            ),
            (
                vec![("MIT", License)],
                " parts are distributed under the terms of the gnu general public license version 2. ",
                Some("MIT AND GPL-2.0-only"),
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
