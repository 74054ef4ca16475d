//! The tool around the engine: it gathers facts, hands them to [`airights`], and renders what comes back.

pub mod gather;
pub mod render;
