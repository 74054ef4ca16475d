//! Untrusted text made safe to show, in whatever is written of it.

pub mod json;
pub mod text;
