//! What is read from the world: the graph.

pub mod graph;
pub mod manifest;
