//! What is read of manifests and lockfiles, the paths around them, and the words that people mistype.

mod local;
pub mod lockfile;
pub mod manifest;
mod package;
mod repository;
pub mod spelling;

pub use local::{LocalPackage, local_packages};
pub use manifest::Manifest;
pub use package::{Inherited, PackageManifest, inherit, shown, started_from, tidy, workspace_manifest};
pub use repository::root_of;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
