//! Untrusted text made safe to show, in whatever is written of it.

pub mod json;
pub mod log;
pub mod text;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
