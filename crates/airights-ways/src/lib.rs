//! Ways out of what a policy denies, each proved by cargo's own resolver and judged again as `check` judges.
//!
//! ```text
//! Project ─ Workshop ─ climb ─ rungs of the ladder ─ Attempt ─ cargo behind filtered registries ─ judged again ─ Proof
//! ```
//!
//! [`climb`] looks for ways out of what is denied; [`KnownWays`] keeps what it has proved for the help of a later check;
//! [`exception`] has the entry of a policy that lets one package through and nothing else; [`alternatives`] knows which
//! crate does the job of another. Nothing of a project is written here: a [`Proof`] holds the files that make it true.

pub mod advisories;
pub mod alternatives;
mod attempt;
mod copies;
mod cost;
mod denied;
mod error;
pub mod exception;
mod filtered_cargo;
mod judged_again;
mod known_alternatives;
mod known_ways;
mod ladder;
mod manifest;
mod nearest;
mod package_copy;
mod release_info;
mod trial;
mod update_list;
mod verdicts;
mod workshop;

pub use self::attempt::Proof;
pub use self::denied::denied;
pub use self::error::WaysError;
pub use self::known_ways::KnownWays;
pub use self::ladder::{Climbed, Together, WayOut, climb};
pub use self::nearest::nearest_that_pass;
pub use self::verdicts::is_of_crates_io;
pub use self::workshop::Workshop;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
