//! What licenses are called: names, ids, addresses; with how far each name can be trusted alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::spoken::{bucket, extend};
pub(super) use super::spoken::{is_exception, is_filler, is_license_word};
use super::tokens::{Kind, Token};
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

/// What some words name: with "license" beside them, and without. Numbers of [`NAMED`], or none.
#[derive(Clone, Copy)]
struct Node {
    hash: u64,
    bare: Option<u16>,
    licensed: Option<u16>,
}

/// Everything that is named.
static NAMED: &[Named] = include!(concat!(env!("OUT_DIR"), "/named.rs"));
/// The beginnings of names, by their hash.
#[allow(clippy::unreadable_literal, reason = "nobody reads the generated table")]
static NODES: &[Node] = include!(concat!(env!("OUT_DIR"), "/name_nodes.rs"));
/// The first node for each value of a hash's highest bits, and the end.
static BUCKETS: &[u16] = include!(concat!(env!("OUT_DIR"), "/name_buckets.rs"));
/// What an address leads to, sorted; `None` where it is known to say nothing.
static ADDRESSES: &[(&str, Option<u16>)] = include!(concat!(env!("OUT_DIR"), "/name_addresses.rs"));

/// The node of these words.
fn node(hash: u64) -> Option<&'static Node> {
    let bucket = bucket(hash);
    let within = usize::from(*BUCKETS.get(bucket)?)..usize::from(*BUCKETS.get(bucket + 1)?);
    NODES.get(within)?.iter().find(|node| node.hash == hash)
}

/// The license that exactly this address is known for.
fn page(address: &str) -> Option<Known> {
    let place = ADDRESSES.binary_search_by_key(&address, |(known, _)| known).ok()?;
    let named = ADDRESSES[place].1.map(|number| NAMED[usize::from(number)]);
    Some(named.map_or(Known::Nothing, Known::Leads))
}

impl Node {
    fn named(&self, says_license: bool) -> Option<Named> {
        let named = |number: u16| NAMED[usize::from(number)];
        let (bare, licensed) = (self.bare.map(named), self.licensed.map(named));
        if says_license {
            licensed.or(bare)
        } else {
            bare.or(licensed.filter(|named| named.has_version).map(Named::in_doubt))
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
        let Some(node) = node(hash) else { break };
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
    if let Some(known) = page(plain) {
        return known;
    }
    // The page of a license in another form or language is still its page.
    for _ in 0..3 {
        for form in [part, stripped(part)] {
            if let Some(known) = page(form) {
                return known;
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
