//! Cargo, asked: the dependency graph with its roles, the members of a workspace, and the program itself.

pub mod graph;
pub mod program;
pub mod workspace;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
