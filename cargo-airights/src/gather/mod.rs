//! What is read from the world: the graph, the facts of its packages, the policy; and the day it is.

pub mod advisories;
pub mod cache;
pub mod clock;
pub mod facts;
pub mod graph;
pub mod manifest;
pub mod policy;
pub mod program;
pub mod publish;
pub mod report;
mod spelling;
pub mod workspace;
