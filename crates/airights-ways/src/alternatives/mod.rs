//! Which crate does the same job? Three sources answer, each with what it rests on:
//!
//! ```text
//! alternatives.toml ─ Table   a person, or a RustSec advisory, named it
//! index files ─────── Rules   so many crates replaced the one by the other
//! crates.io dump ──── Catalog described alike, and depended on by the same crates
//! ```
//!
//! Nothing here judges whether a crate may be used, and nothing asks a registry: [`Sources`] puts names in order, and
//! whoever asks for them has them judged.

mod blend;
pub mod catalog;
pub mod history;
mod mined;
mod quality;
mod sources;
mod table;

pub use blend::Alike;
pub use catalog::Catalog;
pub use mined::{Miner, Rule, Rules};
pub use quality::{COLUMNS, Gold, Quality};
pub use sources::{Candidate, Ground, Sources};
pub use table::{Pair, Relation, Table};
