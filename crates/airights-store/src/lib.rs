//! Files that are whole or not there: the cache that saves time, and the user's files, which one process at a time changes,
//! all of them together. And the one way in which files are read that others wrote: bounded, and never waiting.

mod cache;
mod change;
mod error;
mod lock;
mod note;
mod read;
mod stamp;
mod whole;

pub use self::cache::{Cached, FileName, directory, keep, write_ours};
pub use self::change::{Edit, NewDirectory, Undo};
pub use self::error::WriteError;
pub use self::lock::{ProjectLock, leftover};
pub use self::note::{Leftover, text_of};
pub use self::read::{most, open, open_ours, read, read_ours, read_to_string};
pub use self::stamp::Stamp;
pub use self::whole::with_ends_of;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
