//! What every story needs: a registry of made-up crates on a loopback port, a workspace in a temporary directory, and
//! the program to tell the story with.

mod fault;
mod published_crate;
mod registry;
mod workspace;

pub(crate) use fault::{Fault, Part};
pub(crate) use published_crate::Crate;
pub(crate) use registry::Registry;
pub(crate) use workspace::{Outcome, Workspace};

/// The text of a license as SPDX publishes it, with its blanks filled in.
pub(crate) fn license_text(id: &str) -> String {
    let (_, text) = spdx::text::LICENSE_TEXTS
        .iter()
        .find(|(name, _)| *name == id)
        .expect("an SPDX license");
    text.replace("<year>", "2024")
        .replace("<copyright holders>", "The Example Developers")
}

/// A sentence that forbids training, in words of our own.
pub(crate) const NO_TRAINING: &str =
    "The Software may not be used, in whole or in part, to train machine learning models.";
