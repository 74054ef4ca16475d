//! JSON for scripts. Each version of a format has a file of its own and changes only by addition.

pub mod safe;
pub mod v1;

pub use v1::{write, write_package};
