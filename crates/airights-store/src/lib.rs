//! Files that are whole or not there: the cache that saves time, and the user's files that are written together.

mod cache;
mod error;
mod undo;
mod whole;

pub use self::cache::{Cached, FileName, directory, keep};
pub use self::error::WriteError;
pub use self::undo::{NewDirectory, Undo, put_back_what_was_cut_short};
pub use self::whole::{with_ends_of, write_whole};

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
