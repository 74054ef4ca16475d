//! What is known of crates that do the same job, brought together: the table, the index files on this disk, the catalog.

use super::annals::Details;
use crate::alternatives::catalog::load;
use crate::alternatives::{Candidate, Catalog, Miner, Rules, Sources, Table};
use crate::commands::catalog;
use crate::registry::{IndexEntry, Upstream};

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
        let (catalog, trouble) = match catalog::place().map(|place| load(&place)).transpose() {
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

    /// What is said where nothing that is known complies.
    pub(super) fn none_known(&self) -> String {
        let known = "no compliant alternative known";
        match (&self.catalog, &self.trouble) {
            (Some(_), _) => known.to_owned(),
            (None, None) => format!("{known}; `cargo airights catalog update` makes more of them known"),
            (None, Some(trouble)) => {
                format!("{known}; the catalog cannot be used: {trouble}; `cargo airights catalog update` makes it anew")
            }
        }
    }

    /// What else there is to know before taking a version, each with a semicolon after it.
    pub(super) fn figures(&self, entry: &IndexEntry) -> String {
        let Details { rust_version, pubtime } = Details::of(entry);
        let known = self.catalog.as_ref().and_then(|catalog| catalog.figures(&entry.name));
        let downloads = known.and_then(|figures| figures.downloads);
        let published = pubtime.map(|time| time.chars().take(10).collect::<String>());
        let advisory = Table::built_in().unmaintained(&entry.name);
        let words = [
            rust_version.map(|version| format!("it needs Rust {version}")),
            published.map(|day| format!("published on {day}")),
            downloads.map(|count| format!("downloaded {count} times")),
            advisory.map(|id| format!("RustSec lists it as unmaintained ({id})")),
        ];
        let words = words.into_iter().flatten();
        words.map(|words| format!("{words}; ")).collect()
    }
}
