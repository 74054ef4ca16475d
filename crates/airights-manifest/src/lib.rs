//! What is read of manifests: the keys that facts rest on, the paths around them, and the words that people mistype.

pub mod lockfile;
mod package;
mod repository;
pub mod spelling;

pub use package::{Inherited, PackageManifest, inherit, shown, started_from, tidy, workspace_manifest};
pub use repository::root_of;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
