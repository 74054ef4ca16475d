//! The GNU licenses: which family, which version, only that one or any later one too.
//!
//! Their notices are the only ones whose words decide what is granted, and people write them in many ways; so they are
//! read word for word instead of being compared with a form.

use std::ops::Range;

use super::names::is_filler;
use super::tokens::{Kind, Token, key};

/// A family of GNU licenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Family {
    /// What the tables of names call it.
    called: &'static str,
    /// How its ids begin.
    name: &'static str,
    /// What a name without a version stands for.
    open: &'static str,
    versions: &'static [&'static str],
}

const FAMILIES: &[Family] = &[
    Family {
        called: "GPL",
        name: "GPL",
        open: "GPL-1.0-or-later",
        versions: &["1.0", "2.0", "3.0"],
    },
    Family {
        called: "LGPL",
        name: "LGPL",
        open: "LGPL-2.0-or-later",
        versions: &["2.0", "2.1", "3.0"],
    },
    // It is called so since version 2.1; before, it was the Library GPL.
    Family {
        called: "Lesser GPL",
        name: "LGPL",
        open: "LGPL-2.1-or-later",
        versions: &["2.0", "2.1", "3.0"],
    },
    Family {
        called: "AGPL",
        name: "AGPL",
        open: "AGPL-3.0-or-later",
        versions: &["1.0", "3.0"],
    },
    Family {
        called: "GFDL",
        name: "GFDL",
        open: "GFDL-1.1-or-later",
        versions: &["1.1", "1.2", "1.3"],
    },
];

/// The hashes of the versions of all families, as tokens have them.
const VERSIONS: &[(u64, &str)] = &[
    (key("1"), "1.0"),
    (key("2"), "2.0"),
    (key("3"), "3.0"),
    (key("2.1"), "2.1"),
    (key("21"), "2.1"),
    (key("1.1"), "1.1"),
    (key("1.2"), "1.2"),
    (key("1.3"), "1.3"),
    (key("20"), "2.0"),
    (key("30"), "3.0"),
    (key("two"), "2.0"),
    (key("three"), "3.0"),
    (key("ii"), "2.0"),
    (key("iii"), "3.0"),
];

impl Family {
    /// The family that a name of the tables stands for.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| family.called == name)
    }

    pub(super) fn has(&self, version: &str) -> bool {
        self.versions.contains(&version)
    }

    /// What these versions amount to; a choice where there are several.
    pub(super) fn expression(&self, versions: &[&str], or_later: bool) -> String {
        let suffix = if or_later { "or-later" } else { "only" };
        let known = |version: &&&str| self.has(version);
        // A version that the family does not have: another family of the same people, or a slip; the next older counts.
        let all: Vec<String> = versions
            .iter()
            .filter(known)
            .map(|version| format!("{}-{version}-{suffix}", self.name))
            .collect();
        match (all.len(), versions.is_empty()) {
            (0, false) if self.name == "LGPL" => format!("LGPL-2.0-{suffix}"),
            (0, false) => super::UNKNOWN.to_owned(),
            (0, true) => self.open.to_owned(),
            _ => all.join(" OR "),
        }
    }
}

/// The family and version of an id such as `GPL-2.0-only`.
pub(super) fn precise(id: &str) -> Option<(&'static Family, &'static str)> {
    let base = id
        .strip_suffix("-only")
        .or_else(|| id.strip_suffix("-or-later"))
        .unwrap_or(id);
    let (name, version) = base.split_once('-')?;
    let family = Family::of(name)?;
    family
        .versions
        .iter()
        .find(|known| **known == version)
        .map(|version| (family, *version))
}

/// Whether an id is what the name of a family without a version stands for.
pub(super) fn is_open(id: &str) -> bool {
    FAMILIES.iter().any(|family| family.open == id)
}

/// What the words around the name of a family say of it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The tokens that say it, the name with them.
    pub(super) tokens: Range<usize>,
    pub(super) versions: Vec<&'static str>,
    pub(super) or_later: bool,
}

/// What the words behind a name say.
#[derive(Clone, Debug, Default)]
pub(super) struct Behind {
    pub(super) end: usize,
    pub(super) versions: Vec<&'static str>,
    pub(super) or_later: bool,
}

/// Tokens behind a name among which its version is looked for: "… as published by the Free Software Foundation, either
/// version 2 …", with some more words that people put in.
const FAR: usize = 48;

/// Which versions the words around a name give it.
pub(super) fn said_around(tokens: &[Token], name: Range<usize>, family: &Family) -> Said {
    let behind = said_behind(tokens, name.end, FAR, None);
    let versions: Vec<&str> = behind
        .versions
        .iter()
        .copied()
        .filter(|version| family.has(version) || version.ends_with(".0") || *version == "2.1")
        .collect();
    if !versions.is_empty() || behind.or_later {
        return Said {
            tokens: name.start..behind.end.max(name.end),
            versions,
            or_later: behind.or_later,
        };
    }
    said_before(tokens, &name).unwrap_or(Said {
        tokens: name,
        versions: Vec::new(),
        or_later: false,
    })
}

fn version(token: &Token) -> Option<&'static str> {
    let is_version = matches!(token.kind, Kind::Number | Kind::Word);
    VERSIONS
        .iter()
        .find(|(hash, _)| is_version && *hash == token.hash)
        .map(|(_, version)| *version)
}

const VERSION_WORDS: &[u64] = &[
    key("version"),
    key("v"),
    key("ver"),
    key("vers"),
    key("versions"),
    key("release"),
    key("verion"),
    key("versin"),
    key("revision"),
];

/// The versions and the "or later" in the tokens from `start` on, at most `far` of them.
pub(super) fn said_behind(tokens: &[Token], start: usize, far: usize, known: Option<&'static str>) -> Behind {
    let mut said = Behind {
        end: start,
        versions: known.into_iter().collect(),
        or_later: false,
    };
    let mut at = start;
    // Right behind the name a number is a version; further on only where it is called one.
    let mut is_near = true;
    while let Some(token) = tokens.get(at).filter(|_| at < start + far) {
        if matches!(token.kind, Kind::Paragraph | Kind::Text(_)) {
            break;
        }
        if token.kind == Kind::Stop {
            // "… License. Version 2 …" in a heading.
            let next_is_version = tokens.get(at + 1).is_some_and(|next| next.is_any(VERSION_WORDS)) && at <= start + 1;
            let next_is_either = tokens.get(at + 1).is_some_and(|next| next.is(key("either"))) && at < start + far / 2;
            if !(next_is_version || next_is_either) {
                break;
            }
        }
        if let Some(later) = later_length(tokens, at)
            && (is_near || !said.versions.is_empty() || later > 2)
        {
            said.or_later = true;
            said.end = at + later;
            break;
        }
        let opens_name =
            at > start + 2 && token.is(key("gnu")) && tokens.get(at + 1).is_some_and(|next| next.is(key("general")));
        if !is_near && is_another_name(tokens, at) || opens_name {
            break;
        }
        let called = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].is_any(VERSION_WORDS));
        if let Some(version) = version(token).filter(|_| {
            if said.versions.is_empty() {
                is_near && token.kind == Kind::Number || called
            } else {
                continues(tokens, at, &said)
            }
        }) {
            if !said.versions.contains(&version) {
                said.versions.push(version);
            }
            said.end = at + 1;
            // "version 2 or (at your option) any later version", "version 2 or 3".
            is_near = false;
            at += 1;
            continue;
        }
        let keeps_near = is_filler(token)
            || matches!(token.kind, Kind::Sign(b',' | b'(' | b')' | b':' | b'/') | Kind::Item)
            || token.is_any(&[
                key("public"),
                key("gnu"),
                key("gpl"),
                key("lgpl"),
                key("agpl"),
                key("gfdl"),
                key("either"),
                key("gplv"),
                key("lgplv"),
            ]);
        is_near = is_near && keeps_near;
        if !said.versions.is_empty()
            && !is_later_word(token)
            && !keeps_near
            && !token.is_any(&[
                key("of"),
                key("dated"),
                key("june"),
                key("july"),
                key("february"),
                key("as"),
                key("published"),
                key("by"),
                key("free"),
                key("software"),
                key("foundation"),
                key("inc"),
                key("fsf"),
                key("this"),
                key("and"),
            ])
            && token.kind != Kind::Number
            && token.kind != Kind::Address
            && at > said.end + 2
        {
            break;
        }
        at += 1;
    }
    said
}

/// Whether a number goes on with the versions before it: "version 2 or 3", "version 2 or (at your option) version 3".
fn continues(tokens: &[Token], at: usize, said: &Behind) -> bool {
    let between = tokens.get(said.end..at).unwrap_or_default();
    let joins = |token: &Token| {
        is_later_word(token)
            || token.is_any(VERSION_WORDS)
            || token.is_any(MONTHS)
            || matches!(token.kind, Kind::Number | Kind::Sign(b'/'))
    };
    !said.versions.is_empty()
        && tokens[at].kind == Kind::Number
        && between.len() < 14
        && between.iter().all(joins)
        && between
            .iter()
            .any(|token| token.is(key("or")) || token.is(key("and")) || token.is_sign(b'/'))
}

/// "version 2, dated June 1991".
const MONTHS: &[u64] = &[
    key("dated"),
    key("june"),
    key("july"),
    key("february"),
    key("november"),
    key("october"),
    key("of"),
    key("from"),
    key("either"),
];

fn is_another_name(tokens: &[Token], at: usize) -> bool {
    super::names::name_at(&tokens[at..], false)
        .is_some_and(|found| found.named.has_version || found.says_license && found.length > 2)
        && !tokens[at].is_any(&[
            key("gnu"),
            key("gpl"),
            key("lgpl"),
            key("agpl"),
            key("general"),
            key("free"),
        ])
}

/// "v2"; but "(3) of the GNU General Public License" is a section of it.
fn is_tight_to_a_word(before: &Token, number: &Token) -> bool {
    number.is_tight && before.kind == Kind::Word
}

/// "version 2 or later of the GNU …", "version 3 of the GNU …".
fn said_before(tokens: &[Token], name: &Range<usize>) -> Option<Said> {
    let mut at = name.start;
    let floor = name.start.saturating_sub(22);
    let mut or_later = false;
    while at > floor {
        at -= 1;
        let token = &tokens[at];
        if token.ends_sentence() {
            return None;
        }
        if let Some(version) = version(token).filter(|_| token.kind == Kind::Number) {
            let called = at.checked_sub(1).is_some_and(|before| {
                tokens[before].is_any(VERSION_WORDS) || is_tight_to_a_word(&tokens[before], token)
            });
            return called.then(|| Said {
                tokens: at.saturating_sub(1)..name.end,
                versions: vec![version],
                or_later,
            });
        }
        or_later |= token.is_any(LATER) || token.is_sign(b'+');
        let is_joining = is_later_word(token)
            || is_filler(token)
            || token.is_any(&[key("of"), key("only")])
            || matches!(token.kind, Kind::Sign(_));
        if !is_joining {
            return None;
        }
    }
    None
}

/// The GFDL with what is said of invariant sections: "with no Invariant Sections".
pub(super) fn with_invariants(tokens: &[Token], at: usize, licenses: String) -> String {
    let behind: Vec<u64> = tokens[at..]
        .iter()
        .take(40)
        .take_while(|token| token.kind != Kind::Paragraph)
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.hash)
        .collect();
    let says = |phrase: &[u64]| behind.windows(phrase.len()).any(|window| window == phrase);
    let has_none = says(&[key("no"), key("invariant"), key("sections")])
        || says(&[key("without"), key("invariant"), key("sections")]);
    match licenses.strip_suffix("-or-later") {
        Some(base) if has_none && !licenses.contains(' ') => format!("{base}-no-invariants-or-later"),
        None if has_none && !licenses.contains(' ') => licenses.replace("-only", "-no-invariants-only"),
        _ => licenses,
    }
}

const LATER: &[u64] = &[
    key("later"),
    key("newer"),
    key("above"),
    key("higher"),
    key("greater"),
    key("subsequent"),
    key("upward"),
    key("upwards"),
    key("future"),
    key("successor"),
    key("up"),
    key("beyond"),
    key("latter"),
    key("superior"),
    key("plus"),
    key("recent"),
    key("successive"),
    key("onwards"),
    key("onward"),
    key("updated"),
    key("after"),
    key("following"),
];

fn is_later_word(token: &Token) -> bool {
    const WORDS: &[u64] = &[
        key("or"),
        key("any"),
        key("at"),
        key("your"),
        key("option"),
        key("choice"),
        key("discretion"),
        key("the"),
        key("and"),
        key("version"),
        key("of"),
        key("opinion"),
        key("our"),
        key("their"),
        key("its"),
        key("a"),
        key("if"),
        key("you"),
        key("prefer"),
        key("optionally"),
        key("it"),
        key("all"),
        key("more"),
        key("to"),
        key("one"),
    ];
    token.is_any(WORDS)
        || token.is_any(LATER)
        || matches!(token.kind, Kind::Item | Kind::Sign(b',' | b'(' | b')' | b';'))
}

/// How many tokens from `at` on say "or any later version"; `None` where they do not.
pub(super) fn later_length(tokens: &[Token], at: usize) -> Option<usize> {
    let first = &tokens[at];
    if first.is_sign(b'+') && first.is_tight {
        return Some(1);
    }
    if first.is(key("plus"))
        && at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].kind == Kind::Number)
    {
        let next = tokens.get(at + 1);
        return next
            .is_none_or(|next| next.kind != Kind::Word || next.opens_line)
            .then_some(1);
    }
    let opens = first.is_any(&[key("or"), key("and"), key("any"), key("at"), key("plus")])
        || first.is_sign(b'(')
        || first.is_sign(b',');
    if !opens {
        return None;
    }
    let mut length = 0;
    for token in tokens[at..].iter().take(14) {
        length += 1;
        if token.is_any(LATER) {
            // "later versions of the license"
            while let Some(next) = tokens.get(at + length)
                && next.is_any(&[key("version"), key("versions"), key("release"), key("releases")])
            {
                length += 1;
            }
            return Some(length);
        }
        if !is_later_word(token) {
            return None;
        }
    }
    None
}
