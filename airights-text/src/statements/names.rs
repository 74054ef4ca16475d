//! What licenses are called: names, ids, addresses; with how far each name can be trusted alone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::tokens::{Kind, Token, key, tokens_of};
use crate::catalogue;

/// What a name is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// SPDX id, `LicenseRef-…` or `AdditionRef-…` of the catalogue.
    pub(super) id: &'static str,
    /// How far the name is to be trusted.
    pub(super) trust: Trust,
    /// Whether it is an exception to a license.
    pub(super) is_exception: bool,
    /// Whether the name says a version.
    pub(super) has_version: bool,
    /// An id that is an everyday word in any other case: `DOC`, `Fair`.
    pub(super) needs_case: bool,
}

/// What some words name: with "license" beside them, and without.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    bare: Option<Named>,
    licensed: Option<Named>,
}

impl Node {
    fn named(&self, says_license: bool) -> Option<Named> {
        if says_license {
            self.licensed.or(self.bare)
        } else {
            self.bare
                .or(self.licensed.filter(|named| named.has_version).map(Named::in_doubt))
        }
    }
}

impl Named {
    /// A name that needs the word "license" and does not have it.
    fn in_doubt(self) -> Self {
        let is_kept = self.has_version && !self.id.contains("Ref-");
        let trust = if is_kept {
            self.trust
        } else {
            self.trust.min(Trust::Word)
        };
        Self { trust, ..self }
    }
}

/// How far a name is to be trusted where nothing around it speaks of licenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Counts only where it is all that is said: "Proprietary.", "under a commercial license".
    Title,
    /// An everyday word as well: "ruby", "mit", "python".
    Word,
    /// A name without the version that it needs: "the GPL", "the BSD license".
    Loose,
    /// Nothing else is called so.
    Sure,
}

/// A name in the tokens: how many they are, and what they name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) length: usize,
    pub(super) named: Named,
    /// Whether the word "license" is in it, or stands right beside it.
    pub(super) says_license: bool,
}

/// The longest name that begins at a token; whether the word "license" stands before it is known.
pub(super) fn name_at(tokens: &[Token], is_behind_license: bool) -> Option<Found> {
    let trie = &*NAMES;
    let mut hash = 0;
    let mut best: Option<Found> = None;
    let mut says_license = is_behind_license;
    for (number, token) in tokens.iter().enumerate().take(LONGEST) {
        match token.kind {
            Kind::Word | Kind::Number if number == 0 && is_filler(token) => return None,
            Kind::Word | Kind::Number | Kind::Sign(b'/' | b'&') => {
                if is_filler(token) {
                    says_license |= is_license_word(token);
                    continue;
                }
            }
            Kind::Sign(b',' | b'(' | b')' | b':') | Kind::Item if number > 0 => continue,
            _ => break,
        }
        let symbol = match token.kind {
            // "GNU/GPL", "MIT/X11": what is written between may be left out.
            Kind::Sign(_) => continue,
            _ => token.hash,
        };
        hash = extend(hash, symbol);
        let Some(node) = trie.nodes.get(&hash) else { break };
        let says_license = says_license || tokens.get(number + 1).is_some_and(is_license_word);
        if let Some(named) = node.named(says_license) {
            best = Some(Found {
                length: number + 1,
                named,
                says_license,
            });
        }
    }
    best
}

/// What is known of an address.
pub(super) enum Known {
    /// It shows this license.
    Leads(Named),
    /// It shows many, or none.
    Nothing,
    /// Nothing is known of it.
    Not,
}

/// What an address leads to.
pub(super) fn address(text: &str) -> Known {
    let lower = text.to_ascii_lowercase();
    let plain = lower.trim_start_matches("http://").trim_start_matches("https://");
    let plain = plain.trim_start_matches("www.").trim_end_matches('/');
    let mut part = plain.split(['#', '?']).next().unwrap_or(plain).trim_end_matches('/');
    if let Some(named) = NAMES.addresses.get(plain) {
        return named.map_or(Known::Nothing, Known::Leads);
    }
    // The page of a license in another form or language is still its page.
    for _ in 0..3 {
        for form in [part, stripped(part)] {
            if let Some(named) = NAMES.addresses.get(form) {
                return named.map_or(Known::Nothing, Known::Leads);
            }
        }
        match part.rsplit_once('/') {
            Some((shorter, last)) if shorter.contains('/') && IS_FORM.iter().any(|form| last.starts_with(form)) => {
                part = shorter;
            }
            _ => break,
        }
    }
    Known::Not
}

/// What the address of a license's page may end in.
const IS_FORM: &[&str] = &[
    "legalcode",
    "deed",
    "de",
    "en",
    "fr",
    "es",
    "us",
    "uk",
    "index",
    "license",
    "text",
];

/// What an address ends in, without what only says in which form it is.
pub(super) fn stripped(path: &str) -> &str {
    [
        ".html", ".htm", ".txt", ".php", ".md", ".xml", ".json", ".rdf", ".pdf", ".shtml", ".tex",
    ]
    .iter()
    .find_map(|ending| path.strip_suffix(ending))
    .unwrap_or(path)
}

/// Names of more tokens than this are none.
const LONGEST: usize = 26;

struct Names {
    nodes: HashMap<u64, Node, BuildHasherDefault<Plain>>,
    /// What an address leads to; `None` where it is known to say nothing.
    addresses: HashMap<&'static str, Option<Named>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        nodes: HashMap::with_capacity_and_hasher(40_000, BuildHasherDefault::default()),
        addresses: HashMap::with_capacity(2_500),
    };
    for line in include_str!("../../names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let mut cells = line.split('\t');
        if let (Some(kind), Some(name), Some(id)) = (cells.next(), cells.next(), cells.next()) {
            names.add(kind, name, id);
        }
    }
    for license in catalogue::licenses() {
        // The keys of LicenseDB are in its table, where they are no everyday words.
        // Nor are the shortest ids, which stand in names.tsv where people use them.
        if !license.id.contains("Ref-scancode-") && license.id.len() > 4 {
            names.add("id", license.id, license.id);
        }
    }
    for line in include_str!("../../names-licensedb.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let mut cells = line.split('\t');
        if let (Some(kind), Some(name), Some(id)) = (cells.next(), cells.next(), cells.next()) {
            names.add(kind, name, id);
        }
    }
    names
});

impl Names {
    /// Adds a name where none is yet: the tables go from what was looked at by hand to the rest.
    fn add(&mut self, kind: &str, name: &'static str, id: &'static str) {
        let is_exception = is_exception(id);
        if kind == "url" {
            let named = Named {
                id,
                trust: Trust::Sure,
                is_exception,
                has_version: true,
                needs_case: false,
            };
            self.addresses.entry(name).or_insert((id != "-").then_some(named));
            return;
        }
        let tokens = tokens_of(name);
        let says_license = tokens.iter().any(is_license_word);
        let has_version = tokens.iter().any(|token| token.kind == Kind::Number);
        let said: Vec<&Token> = tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Number) && !is_filler(token))
            .collect();
        // "dom4j", "W3C": digits and single letters make no name of several words.
        let words = said
            .iter()
            .filter(|token| token.kind == Kind::Word && token.end - token.start > 1)
            .count();
        let is_short = words < 2 || words == 2 && !says_license && !has_version;
        let trust = match kind {
            "loose" => Trust::Loose,
            "title" => Trust::Title,
            "sure" => Trust::Sure,
            // An id with a hyphen is no everyday word.
            "id" if said.len() > 1 && has_version => Trust::Sure,
            "word" | "id" => Trust::Word,
            _ if is_short && !(says_license && said.len() > 1) => Trust::Word,
            _ => Trust::Sure,
        };
        // The keys and short names of what SPDX does not list are everyday words too often.
        let least = if says_license { 2 } else { 3 };
        let is_too_short = id.contains("Ref-scancode-") && kind == "name" && said.len() < least;
        if said.is_empty() || said.len() == 1 && said[0].kind == Kind::Number || is_too_short {
            return;
        }
        let mut hash = 0;
        for token in &said {
            hash = extend(hash, token.hash);
            self.nodes.entry(hash).or_default();
        }
        let node = self.nodes.entry(hash).or_default();
        let place = if says_license {
            &mut node.licensed
        } else {
            &mut node.bare
        };
        place.get_or_insert(Named {
            id,
            trust,
            is_exception,
            has_version,
            needs_case: matches!(kind, "id" | "name") && said.len() == 1 && !says_license,
        });
    }
}

/// Whether an id is that of an exception.
pub(super) fn is_exception(id: &str) -> bool {
    id.starts_with("AdditionRef-") || spdx::exception_id(id).is_some()
}

/// Words that may stand between those of a name.
pub(super) fn is_filler(token: &Token) -> bool {
    const FILLERS: &[u64] = &[
        key("licensed"),
        key("lic"),
        key("the"),
        key("a"),
        key("an"),
        key("version"),
        key("v"),
        key("ver"),
        key("vers"),
        key("release"),
        key("rev"),
    ];
    is_license_word(token) || token.is_any(FILLERS)
}

/// "license", "licenses", "agreement".
pub(super) fn is_license_word(token: &Token) -> bool {
    token.is_any(&[
        key("license"),
        key("licenses"),
        key("agreement"),
        key("packagelicensedeclared"),
        key("packagelicenseconcluded"),
    ])
}

fn extend(hash: u64, token: u64) -> u64 {
    (hash.rotate_left(21) ^ token).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Hashes are hashes already.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value ^ value >> 32;
    }
}

/// An id of the catalogue in whatever case it is written.
pub(super) fn id_ignoring_case(id: &str) -> Option<&'static str> {
    static IDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let ids = catalogue::licenses().flat_map(|license| {
            std::iter::once(license.id)
                .chain(license.aliases.iter().copied())
                .map(|name| (name.to_ascii_lowercase(), license.id))
        });
        ids.collect()
    });
    IDS.get(&id.to_ascii_lowercase()).copied()
}
