//! The registry that cargo's lockfile calls crates.io: what is published there, and a view of it with less in it.
//!
//! ```text
//! cargo's configuration ─ Source ─ Upstream ─ index entries, packages
//!                                     └────── Ephemeral: the same index on a loopback port, denied versions withheld
//! ```
//!
//! Nothing here judges: an [`Ephemeral`] registry is handed the predicate it withholds by. What is fetched is checked
//! against its checksum and unpacked with every caution, since anyone may publish anything.

mod archive;
mod client;
mod config;
mod ephemeral;
mod error;
mod index;
mod kept;
mod resolver;
mod scout;
mod upstream;

pub use archive::{files_of, manifest_of, unpack};
pub use client::Client;
pub use config::{CargoConfig, Source};
pub use ephemeral::{Ephemeral, Ruling};
pub use error::RegistryError;
pub use index::{CrateIndex, IndexEntry, index_path};
pub use kept::{cached_lines, files_below};
pub use upstream::{Upstream, UpstreamOptions};
