//! `Cargo.lock`: its one reader, line by line or parsed in full, and its one editor.

mod checked;
mod edit;
mod entries;

pub use checked::{Checksums, Locked, locked};
pub use edit::{dependents_of, packages, with, without};
pub use entries::{Entry, entries};
