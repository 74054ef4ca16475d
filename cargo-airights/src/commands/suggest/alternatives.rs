//! Which crate does the same job: a reviewed table, each pair with who says so.

use serde::Deserialize;

/// The table that comes with the program.
const TABLE: &str = include_str!("../../../data/alternatives.toml");

/// The known pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alternatives {
    #[serde(default, rename = "pair")]
    pairs: Vec<Alternative>,
}

/// A crate that may take the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alternative {
    /// The crate to leave.
    from: String,
    /// The crate that may take its place.
    pub(super) to: String,
    /// How they are related.
    pub(super) relation: Relation,
    /// Where that is said.
    pub(super) evidence: String,
}

/// How two crates are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Relation {
    /// The author of the one names the other.
    Successor,
    /// A maintained copy.
    Fork,
    /// The same job in another way.
    Similar,
}

impl Alternatives {
    /// Those that come with the program.
    pub(super) fn known() -> Self {
        // A test holds that the table can be read.
        toml::from_str(TABLE).unwrap_or_default()
    }

    /// What may take the place of a crate, in the order of the table.
    pub(super) fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Alternative> {
        self.pairs.iter().filter(move |pair| pair.from == name)
    }
}

impl Alternative {
    /// Why it may take the other's place.
    pub(super) fn in_words(&self) -> String {
        let Self { from, to, evidence, .. } = self;
        match self.relation {
            Relation::Successor => format!("`{to}` is the successor of `{from}` ({evidence})"),
            Relation::Fork => format!("`{to}` is a maintained fork of `{from}` ({evidence})"),
            Relation::Similar => format!("`{to}` does the job of `{from}` in another way ({evidence})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_has_its_reasons() {
        let table: Alternatives = toml::from_str(TABLE).unwrap();
        assert!(!table.pairs.is_empty());
        for pair in &table.pairs {
            assert!(!pair.evidence.is_empty() && pair.from != pair.to, "{pair:?}");
        }
        let mut keys: Vec<_> = table.pairs.iter().map(|pair| (&pair.from, &pair.to)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), table.pairs.len(), "a pair stands there twice");
    }
}
