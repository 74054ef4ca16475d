//! What a declaration of AI terms is made of: presets and wishes to begin with; keys of a manifest, a rider beside the
//! license and words for people in the end.
//!
//! Pure: texts in, texts out. What `cargo airights declare` writes is made here, and where it goes is the command's
//! business.

mod expression;
mod manifest;
mod preset;
mod sentences;
mod wish;

pub use expression::{NoRider, RiderForm, rider_in, with_rider};
pub use manifest::{Owner, set_declaration, set_license};
pub use preset::{PRESETS, Preset};
pub use sentences::{readme_section, rider_text};
pub use wish::{Contradiction, Wish};
