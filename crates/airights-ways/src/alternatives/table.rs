//! The reviewed table: pairs that somebody has looked at, and the crates that RustSec lists as unmaintained.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

/// The table as it is in our repository.
const TABLE: &str = include_str!("../../alternatives.toml");

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(rename = "pair")]
    pairs: Vec<Pair>,
    unmaintained: BTreeMap<String, String>,
}

/// One crate that does the job of another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The crate whose job it is.
    pub from: String,
    /// The crate that does it; `std` for the standard library.
    pub to: String,
    /// How the two are related.
    pub relation: Relation,
    /// The page that says so.
    pub evidence: String,
    /// What to know before taking it.
    pub note: Option<String>,
}

/// How a crate is related to the one whose job it does. The nearest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Its maintainers continue the purpose there.
    Successor,
    /// The same code base and API.
    Fork,
    /// Recommended in its place.
    Replacement,
    /// Another crate for the job, or for a part of it.
    Alternative,
}

impl Relation {
    /// The spelling used in the table and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Successor => "successor",
            Self::Fork => "fork",
            Self::Replacement => "replacement",
            Self::Alternative => "alternative",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl Pair {
    /// The standard library, as the table spells it.
    pub const STD: &str = "std";

    /// Whether a RustSec advisory is what it rests on.
    pub fn is_from_rustsec(&self) -> bool {
        self.evidence.starts_with("https://rustsec.org/")
    }
}

impl Table {
    /// The table that is part of this program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Table> = OnceLock::new();
        // A test holds that it can be read, so a table with nothing in it is never seen.
        BUILT_IN.get_or_init(|| Self::parse(TABLE).unwrap_or_default())
    }

    /// Reads a table.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// All pairs, in the order of the table.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// What does the job of a crate, nearest relation first.
    pub fn of(&self, name: &str) -> Vec<&Pair> {
        let mut pairs: Vec<&Pair> = self.pairs.iter().filter(|pair| is_same(&pair.from, name)).collect();
        pairs.sort_by_key(|pair| pair.relation);
        pairs
    }

    /// The table without what it says of one crate, to measure what the other sources would say.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut table = self.clone();
        table.pairs.retain(|pair| !is_same(&pair.from, name));
        table
    }

    /// The RustSec advisory that lists a crate as unmaintained.
    pub fn unmaintained(&self, name: &str) -> Option<&str> {
        self.unmaintained.get(name).map(String::as_str)
    }
}

/// Whether two names are of one crate: registries take `-` and `_` for the same, and upper case for lower.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    one.bytes().map(plain).eq(other.bytes().map(plain))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn our_own_table_is_well_formed() {
        let table = Table::parse(TABLE).expect("the table can be read");
        assert!(table.pairs.len() >= 200, "{} pairs", table.pairs.len());
        let mut seen = BTreeSet::new();
        for pair in &table.pairs {
            let Pair { from, to, evidence, .. } = pair;
            assert!(!is_same(from, to), "{from} is its own alternative");
            assert!(seen.insert((from, to)), "{from} -> {to} is there twice");
            assert!(evidence.starts_with("https://"), "{from} -> {to}: {evidence}");
            let is_near = matches!(pair.relation, Relation::Successor | Relation::Fork);
            assert!(is_near || pair.is_from_rustsec(), "{from} -> {to} rests on nothing");
            for name in [from, to] {
                let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
                assert!(!name.is_empty() && name.bytes().all(is_name), "`{name}` is no name");
            }
        }
        let order: Vec<_> = table.pairs.iter().map(|pair| (&pair.from, &pair.to)).collect();
        assert!(order.is_sorted(), "the table is sorted by `from`, then `to`");
        assert!(table.unmaintained.values().all(|id| id.starts_with("RUSTSEC-")));
        assert_eq!(*Table::built_in(), table);
    }

    #[test]
    fn the_nearest_relation_comes_first() {
        let table = Table::parse(
            "[[pair]]\nfrom = 'a'\nto = 'b'\nrelation = 'alternative'\nevidence = 'https://x'\n\
             [[pair]]\nfrom = 'a'\nto = 'c'\nrelation = 'fork'\nevidence = 'https://x'\n[unmaintained]\na = 'RUSTSEC-1'",
        );
        let table = table.unwrap();
        let names: Vec<_> = table.of("A").into_iter().map(|pair| pair.to.as_str()).collect();
        assert_eq!(names, ["c", "b"]);
        assert_eq!(
            (table.unmaintained("a"), table.unmaintained("b")),
            (Some("RUSTSEC-1"), None)
        );
        assert!(table.of("b").is_empty());
    }

    #[test]
    fn what_is_misspelt_is_no_table() {
        let pair = "[unmaintained]\n[[pair]]\nfrom = 'a'\nto = 'b'\nevidence = 'https://x'\n";
        for more in ["", "relation = 'cousin'", "relation = 'fork'\nnotes = ''"] {
            assert!(Table::parse(&format!("{pair}{more}")).is_err(), "{more}");
        }
    }
}
