//! A crate that takes the place of another, with what speaks for it and what to know before taking it.

use semver::Version;

/// The crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// The direct dependency whose place it takes.
    pub replaces: String,
    /// Its name; `std` for the standard library.
    pub name: String,
    /// The version that was judged with everything it brings in; `None` for the standard library.
    pub version: Option<Version>,
    /// What speaks for it, the strongest first; never empty.
    pub grounds: Vec<Ground>,
    /// The oldest Rust it is built with, as it says itself.
    pub rust_version: Option<String>,
    /// The day it was published, as `YEAR-MONTH-DAY`.
    pub published: Option<String>,
    /// How often it was downloaded.
    pub downloads: Option<u64>,
    /// The RustSec advisory that lists it as unmaintained.
    pub unmaintained: Option<String>,
}

/// What speaks for a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// All of it, as a sentence.
    pub sentence: String,
    /// Its parts, by where they come from.
    pub source: GroundSource,
}

/// Where a ground comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroundSource {
    /// Somebody has looked at the two.
    Reviewed {
        /// How they are related, as the reviewed table spells it.
        relation: String,
        /// The page that says so.
        url: String,
    },
    /// Others have done it.
    Mined {
        /// In how many crates.
        crates: usize,
        /// Some of them.
        examples: Vec<String>,
    },
    /// The two are alike.
    Likeness {
        /// Words that both use, the rarest first.
        words: Vec<String>,
        /// How many crates depend on both.
        dependents: usize,
    },
}

impl Substitute {
    /// What else there is to know before taking it, each with a semicolon after it.
    pub fn figures(&self) -> String {
        let words = [
            self.rust_version
                .as_ref()
                .map(|version| format!("it needs Rust {version}")),
            self.published.as_ref().map(|day| format!("published on {day}")),
            self.downloads.map(|count| format!("downloaded {count} times")),
            self.unmaintained
                .as_ref()
                .map(|id| format!("RustSec lists it as unmaintained ({id})")),
        ];
        let words = words.into_iter().flatten();
        words.map(|words| format!("{words}; ")).collect()
    }
}
