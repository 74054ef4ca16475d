//! The registries that cargo's lockfile names: what is published there, and a view of each with less in it.
//!
//! ```text
//! cargo's configuration ─ Source ─ Upstream ─ index entries, packages
//!                                     └────── Ephemeral: the same index on a loopback port, denied versions withheld
//! ```
//!
//! Nothing here judges: an [`Ephemeral`] registry is handed the predicate it withholds by. What is fetched is checked
//! against its checksum and unpacked with every caution, since anyone may publish anything.

mod archive;
mod cached;
mod client;
mod config;
mod credentials;
#[cfg(feature = "serve")]
mod ephemeral;
mod error;
#[cfg(feature = "serve")]
mod filtered;
mod index;
mod index_config;
#[cfg(feature = "serve")]
mod prefetch;
mod registries;
mod runtime;
mod sources;
mod trust;
mod upstream;

pub use archive::{files_of, manifest_of, unpack};
pub use cached::{cached_lines, files_below};
pub use client::Client;
pub use config::CargoConfig;
#[cfg(feature = "serve")]
pub use ephemeral::{Ephemeral, Filter, Ruling};
pub use error::{Cause, RegistryError, Silence};
#[cfg(feature = "serve")]
pub use filtered::FilteredRegistries;
pub use index::{CrateIndex, IndexEntry, IndexError, index_path};
pub use registries::{Registries, is_registry};
pub use sources::{CRATES_IO, Replaced, Source};
pub use upstream::{Upstream, UpstreamOptions};

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
