//! What is read from the world: the graph, the facts of its packages, the policy; and the day it is.

pub mod advisories;
