//! Finds where licenses are named, with the version and the "or later" that the words around a name give.

use std::ops::Range;

use super::gnu::{self, Family};
use super::names::{self, Known, Trust, is_exception, is_filler, is_license_word};
use super::tokens::{Kind, Token, key, tokens_of};

/// A license, or an exception to one, that running text names.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about a name")]
pub(super) struct Mention {
    /// Its tokens, from the first of the name to the last that belongs to its version.
    pub(super) tokens: Range<usize>,
    /// What is named: an expression in SPDX ids, nearly always a single one.
    pub(super) licenses: String,
    pub(super) is_exception: bool,
    pub(super) trust: Trust,
    /// The license word is part of the name, or stands right beside it.
    pub(super) says_license: bool,
    pub(super) is_address: bool,
    /// What other names of one family have in common; a loose mention gives way to a precise one.
    pub(super) family: String,
    /// Whether the words leave open which of the family is meant.
    pub(super) is_loose: bool,
}

/// The licenses that are named in these tokens, in order.
pub(super) fn mentions(text: &str, tokens: &[Token]) -> Vec<Mention> {
    let mut all: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let found = match token.kind {
            Kind::Address => of_address(text, tokens, at),
            Kind::Word | Kind::Number => of_name(tokens, at).filter(|_| !is_in_another_case(text, tokens, at)),
            _ => None,
        };
        match found {
            Some(mut mention) => {
                // What stands before a name may belong to the name before it already.
                let end_of_last = all.last().map_or(0, |last| last.tokens.end);
                mention.tokens.start = mention.tokens.start.max(end_of_last).min(at);
                at = mention.tokens.end.max(at + 1);
                all.push(mention);
            }
            None => at += 1,
        }
    }
    all
}

/// Whether an id that is an everyday word is written as one.
fn is_in_another_case(text: &str, tokens: &[Token], at: usize) -> bool {
    let found = names::name_at(&tokens[at..], false);
    found.is_some_and(|found| {
        let written = &text[tokens[at].start..tokens[at + found.length - 1].end];
        found.named.needs_case && written != found.named.id
    })
}

fn of_address(text: &str, tokens: &[Token], at: usize) -> Option<Mention> {
    let address = &text[tokens[at].start..tokens[at].end];
    let mention = match names::address(address) {
        Known::Nothing => return None,
        Known::Leads(named) => {
            let (licenses, is_loose) = match Family::of(named.id) {
                Some(family) => (family.expression(&[], false), true),
                None => (named.id.to_owned(), false),
            };
            Mention {
                tokens: at..at + 1,
                family: family_of(&licenses),
                licenses,
                is_exception: named.is_exception,
                trust: named.trust,
                says_license: true,
                is_address: true,
                is_loose,
            }
        }
        Known::Not => by_last_part(address)?,
    };
    Some(Mention {
        tokens: at..at + 1,
        is_address: true,
        says_license: true,
        ..mention
    })
}

/// Many pages are called after the license that they show: "…/licenses/MIT", "…/LGPL.txt".
fn by_last_part(address: &str) -> Option<Mention> {
    let path = address
        .trim_end_matches('/')
        .split(['#', '?'])
        .next()?
        .trim_end_matches('/');
    let mut parts = path.rsplit('/').take(2);
    let is_of_licenses = LICENSE_HOSTS
        .iter()
        .any(|host| path.to_ascii_lowercase().contains(host));
    let last = parts.next()?;
    let tokens = tokens_of(names::stripped(
        &last
            .to_ascii_lowercase()
            .replace("-standalone", "")
            .replace("-license", "")
            .replace('_', "-")
            .replace("%20", " "),
    ));
    let mention = of_name(&tokens, 0)?;
    let is_whole = mention.tokens.end == tokens.len();
    // A folder may be called as a license is: "…/libs/mpl".
    let is_a_page = names::stripped(last) != last;
    let is_meant = match mention.trust {
        Trust::Sure => true,
        Trust::Loose => is_of_licenses || is_a_page,
        Trust::Word | Trust::Title => is_of_licenses,
    };
    (is_whole && is_meant).then_some(mention)
}

/// What the addresses of pages about licenses have in them.
const LICENSE_HOSTS: &[&str] = &[
    "opensource.org",
    "spdx.org",
    "nuget.org",
    "choosealicense.com",
    "gnu.org",
    "/licenses/",
    "oss-license",
    "fsf.org",
];

fn of_name(tokens: &[Token], at: usize) -> Option<Mention> {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let is_behind_license = before.is_some_and(|before| {
        is_license_word(before) || before.is_sign(b':') && at > 1 && is_license_word(&tokens[at - 2])
    });
    let found = names::name_at(&tokens[at..], is_behind_license)?;
    let mut end = at + found.length;
    let mut says_license = found.says_license || tokens[at].is(key("unlicense"));
    while let Some(next) = tokens.get(end)
        && is_license_word(next)
        && !next.is_joined
    {
        says_license = true;
        end += 1;
    }
    let mut start = at;
    let (licenses, is_loose, trust) = if let Some(family) = Family::of(found.named.id) {
        let said = gnu::said_around(tokens, at..end, family);
        start = said.tokens.start;
        end = said.tokens.end;
        (
            family.expression(&said.versions, said.or_later),
            said.versions.is_empty(),
            found.named.trust,
        )
    } else if let Some((family, version)) = gnu::precise(found.named.id) {
        let said = gnu::said_behind(tokens, end, 14, Some(version));
        let or_later = said.or_later || found.named.id.ends_with("-or-later");
        let is_only = tokens.get(end).is_some_and(|next| next.is(key("only")));
        let mut versions: Vec<&str> = said
            .versions
            .into_iter()
            .filter(|version| family.has(version))
            .collect();
        end = said.end.max(end) + usize::from(is_only);
        versions.truncate(3);
        (
            family.expression(&versions, or_later && !is_only),
            false,
            found.named.trust,
        )
    } else if found.named.trust == Trust::Loose && !found.named.has_version && version_behind(tokens, end).is_some() {
        // A version that no license of the name has makes it another license.
        (super::UNKNOWN.to_owned(), false, found.named.trust)
    } else {
        (
            found.named.id.to_owned(),
            found.named.trust == Trust::Loose,
            found.named.trust,
        )
    };
    let licenses = if licenses.starts_with("GFDL") {
        gnu::with_invariants(tokens, end, licenses)
    } else {
        licenses
    };
    let is_loose = is_loose || found.named.id == "LicenseRef-scancode-public-domain";
    Some(Mention {
        tokens: start..end,
        family: family_of(&licenses),
        is_exception: is_exception(found.named.id),
        licenses,
        trust,
        says_license,
        is_address: false,
        is_loose,
    })
}

/// Where a version stands right behind a name that has none.
fn version_behind(tokens: &[Token], mut at: usize) -> Option<usize> {
    let mut says_version = false;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            // "ZPL 1.2"; "the BSD 3 files" is no version.
            Kind::Number => return (says_version || token.end - token.start > 2).then_some(at),
            Kind::Sign(b',' | b'(' | b'-') => {}
            Kind::Word if is_filler(token) => says_version |= token.is(key("version")) || token.is(key("v")),
            _ => return None,
        }
        at += 1;
    }
    None
}

/// The family of a license: what people who leave its version out call alike.
pub(super) fn family_of(id: &str) -> String {
    let id = id.split([' ', '(']).find(|part| !part.is_empty()).unwrap_or(id);
    match id {
        "CC0-1.0"
        | "Unlicense"
        | "CC-PDDC"
        | "CC-PDM-1.0"
        | "SAX-PD"
        | "blessing"
        | "LicenseRef-scancode-public-domain" => "public domain".to_owned(),
        "X11" | "MIT-0" | "MIT" => "MIT".to_owned(),
        "0BSD" => "BSD".to_owned(),
        _ if id.starts_with("CC-") || id.starts_with("LicenseRef-") => id
            .trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-'))
            .to_owned(),
        _ => id.split('-').next().unwrap_or(id).to_owned(),
    }
}
