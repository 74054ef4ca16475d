//! What is read from the world: the graph and the facts of its packages.

pub mod facts;
pub mod graph;
pub mod manifest;
