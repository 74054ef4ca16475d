//! What is known of crates that do the same job, brought together: the table, the index files on this disk, the catalog.

use airights::suggest::{GroundSource, Substitute};
use airights_registry::{IndexEntry, Upstream};

use super::release_info::Details;
use crate::alternatives::catalog::{load, place};
use crate::alternatives::{Candidate, Catalog, Ground, Miner, Rules, Sources, Table};

/// The sources.
pub(super) struct Alternatives {
    rules: Rules,
    catalog: Option<Catalog>,
    /// Why there is a catalog and it is of no use.
    trouble: Option<String>,
}

impl Alternatives {
    /// Reads what is on this disk. Nobody is asked.
    pub(super) fn known(upstream: &Upstream) -> Self {
        let mut miner = Miner::default();
        upstream.each_kept_index_file(&mut |lines| {
            miner.read(lines);
        });
        let (catalog, trouble) = match place().map(|place| load(&place)).transpose() {
            Ok(catalog) => (catalog.flatten(), None),
            Err(error) => (None, Some(error.to_string())),
        };
        Self {
            rules: miner.rules(),
            catalog,
            trouble,
        }
    }

    /// What may do the job of a crate, best first.
    pub(super) fn of(&self, name: &str) -> Vec<Candidate> {
        let sources = Sources {
            table: Some(Table::built_in()),
            rules: Some(&self.rules),
            catalog: self.catalog.as_ref(),
        };
        sources.of(name)
    }

    /// What is said where nothing that is known complies. `whose` goes on from there.
    pub(super) fn none_known(&self, whose: &str) -> String {
        let known = format!("no compliant alternative known{whose}");
        match (&self.catalog, &self.trouble) {
            (Some(_), _) => known,
            (None, None) => format!("{known}; `cargo airights catalog update` makes more of them known"),
            (None, Some(trouble)) => {
                format!("{known}; the catalog cannot be used: {trouble}; `cargo airights catalog update` rebuilds it")
            }
        }
    }

    /// A candidate in the place of a crate; without an entry, the standard library.
    pub(super) fn substitute(&self, candidate: &Candidate, replaces: &str, entry: Option<&IndexEntry>) -> Substitute {
        let Details { rust_version, pubtime } = entry.map(Details::of).unwrap_or_default();
        let name = &candidate.name;
        let known = self.catalog.as_ref().and_then(|catalog| catalog.figures(name));
        Substitute {
            replaces: replaces.to_owned(),
            name: entry.map_or(name, |entry| &entry.name).clone(),
            version: entry.map(|entry| entry.version.clone()),
            grounds: candidate.grounds.iter().map(|ground| told(ground, replaces)).collect(),
            rust_version,
            published: pubtime.map(|time| time.chars().take(10).collect()),
            downloads: known.and_then(|figures| figures.downloads),
            unmaintained: Table::built_in().unmaintained(name).map(str::to_owned),
        }
    }
}

/// What speaks for a crate, as reports tell it.
fn told(ground: &Ground, replaces: &str) -> airights::suggest::Ground {
    let source = match ground {
        Ground::Reviewed(pair) => GroundSource::Reviewed {
            relation: pair.relation.to_string(),
            url: pair.evidence.clone(),
        },
        Ground::Mined(rule) => GroundSource::Mined {
            crates: rule.support,
            examples: rule.examples.clone(),
        },
        Ground::Alike(alike) => GroundSource::Likeness {
            words: alike.words.clone(),
            dependents: alike.dependents,
        },
    };
    airights::suggest::Ground {
        sentence: ground.evidence(replaces),
        source,
    }
}
