//! What crates say of themselves and depend on, in a form that is small on disk and quick to compare.

mod dump;
mod file;
mod words;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

pub use dump::{DumpError, read_dump};
pub use file::{CatalogError, decode, load, place, save};

/// A crate as it describes itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// What it says it is.
    pub description: String,
    /// Its keywords.
    pub keywords: Vec<String>,
    /// Its categories, parts separated by `::`.
    pub categories: Vec<String>,
    /// The crates it depends on, other than for its tests.
    pub dependencies: Vec<String>,
    /// What else is known of it.
    pub figures: Figures,
}

/// What is shown beside a suggestion; each may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How often it was downloaded.
    pub downloads: Option<u64>,
    /// The day its default version was published, as `YEAR-MONTH-DAY`.
    pub published: Option<String>,
}

/// Crates that can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Every word that any of them uses, in the order of the stems.
    pub(super) words: Vec<String>,
    /// The crates, sorted by name.
    pub(super) crates: Vec<Entry>,
}

/// A crate of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Its words by their places, each with how much it counts here; sorted.
    pub(super) words: Vec<(u32, u8)>,
    /// What it depends on, by places in the catalog; sorted.
    pub(super) dependencies: Vec<u32>,
    pub(super) figures: Figures,
}

impl Catalog {
    /// Makes a catalog.
    pub fn of(described: impl IntoIterator<Item = Described>) -> Self {
        // Of several of one name the last one counts.
        let described = described.into_iter().map(|krate| (krate.name.clone(), krate));
        let described: BTreeMap<String, Described> = described.collect();
        let places: HashMap<&str, u32> = described.keys().map(String::as_str).zip(0..).collect();
        let counted: Vec<_> = described.values().map(words::counted).collect();
        let mut forms: BTreeMap<&str, (u32, String)> = BTreeMap::new();
        for (stem, (_, form)) in counted.iter().flatten() {
            let known = forms.entry(stem).or_insert_with(|| (0, form.clone()));
            known.1 = words::shorter(std::mem::take(&mut known.1), form.clone());
        }
        for ((place, _), number) in forms.values_mut().zip(0..) {
            *place = number;
        }
        let entry = |(krate, counted): (&Described, &BTreeMap<String, (u8, String)>)| {
            let known = krate.dependencies.iter();
            let words = counted
                .iter()
                .map(|(stem, (count, _))| (forms[stem.as_str()].0, *count));
            let mut dependencies: Vec<u32> = known.filter_map(|name| places.get(name.as_str()).copied()).collect();
            dependencies.sort_unstable();
            dependencies.dedup();
            Entry {
                name: krate.name.clone(),
                words: words.collect(),
                dependencies,
                figures: krate.figures.clone(),
            }
        };
        Self {
            crates: described.values().zip(&counted).map(entry).collect(),
            words: forms.into_values().map(|(_, form)| form).collect(),
        }
    }

    /// How many crates it knows.
    pub fn len(&self) -> usize {
        self.crates.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.crates.is_empty()
    }

    /// What is known of a crate beside its words.
    pub fn figures(&self, name: &str) -> Option<&Figures> {
        self.place(name).map(|place| &self.crates[place].figures)
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let found = self.crates.binary_search_by(|entry| entry.name.as_str().cmp(name));
        found.ok()
    }

    /// Whether every place named in it is one. A file may hold anything.
    fn is_whole(&self) -> bool {
        let places = |list: &[u32], count: usize| list.iter().all(|&place| (place as usize) < count);
        self.crates.is_sorted_by(|one, other| one.name < other.name)
            && self.crates.iter().all(|entry| {
                let words: Vec<u32> = entry.words.iter().map(|(word, _)| *word).collect();
                places(&words, self.words.len()) && places(&entry.dependencies, self.crates.len())
            })
    }
}
