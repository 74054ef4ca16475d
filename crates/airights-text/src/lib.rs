//! The licence reader: text in; matched licences, AI clauses, harmless words and residue out.
//!
//! Pure and self-contained: no I/O, no clock, no global state that a caller can observe. Any tool may use it.
//!
//! Start with [`read`] for licence texts and [`read_notice`] for other texts that may speak of AI (a README, an
//! `AGENTS.md`, an `ai.txt`). [`catalogue`] knows the licences themselves.

mod assemble;
mod blanks;
pub mod catalogue;
mod chunks;
mod clauses;
mod decode;
mod force;
mod frames;
mod gaps;
mod harmless;
mod index;
pub mod labels;
mod limits;
mod lines;
mod matching;
mod plain;
mod plain_terms;
mod reading;
mod rtf;
mod said;
mod segments;
mod sentences;
mod shingle;
pub mod signals;
mod spelling;
mod statements;
mod stretches;
mod vocabulary;
mod words;

pub use blanks::blanks;
pub use decode::decode;
pub use lines::Lines;
pub use plain_terms::plain_terms;
pub use reading::{
    Change, Clause, Disguise, DisguiseKind, Harmless, HarmlessKind, Match, MatchKind, Modality, Modification, Named,
    Part, Reading, Residue, Span,
};
pub use said::{Said, add_said};
pub use vocabulary::{AiUse, Condition, LicenseClass, UnknownWord, UseValue};

/// Grows whenever the same text may be read differently than before, so that stored readings can be told apart.
///
/// It is raised by hand where readers of a release should tell each other apart in order; [`READER_FINGERPRINT`] tells
/// any two apart.
pub const READER_VERSION: u32 = 2;

/// A hash of the reader's sources and tables, in hex: another one may read the same text differently.
pub const READER_FINGERPRINT: &str = env!("AIRIGHTS_READER_FINGERPRINT");

/// Reads a text that is expected to be a licence, a notice or a part of one.
pub fn read(text: &str) -> Reading {
    segments::read(text)
}

/// Finds what a text that is no licence says of AI uses: a README, an `AGENTS.md`, an `ai.txt`, a `robots.txt`.
///
/// Words that are no clause are not accounted for here, since they are not terms.
pub fn read_notice(text: &str) -> Vec<Clause> {
    segments::read_notice(text)
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// What the trainer of the model sees of a text: for each sentence, the names of its features.
#[cfg(feature = "train")]
#[doc(hidden)]
pub fn features(text: &str, is_license: bool) -> Vec<(String, Vec<String>)> {
    let speaker = if is_license {
        clauses::Speaker::License
    } else {
        clauses::Speaker::Notice
    };
    let ruled = clauses::ruled(text, 0..text.len(), speaker);
    let units = frames::units::units(text, 0..text.len(), None);
    let features = |unit: frames::units::Unit| {
        let here: Vec<_> = ruled
            .iter()
            .filter(|clause| clause.bytes == unit.bytes)
            .cloned()
            .collect();
        let features = frames::Features::of(&unit, speaker, &here)?;
        Some((unit.words, features.names.into_iter().collect()))
    };
    units.into_iter().filter_map(features).collect()
}
