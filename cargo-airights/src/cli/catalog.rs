//! The command line of `catalog`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `catalog`.
#[derive(Debug, Args)]
pub(crate) struct CatalogArgs {
    #[command(subcommand)]
    pub(crate) command: CatalogCommand,
}

/// What to do with the catalog.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// Rebuild it from a database dump of crates.io
    Update(CatalogUpdateArgs),
}

/// Arguments of `catalog update`.
#[derive(Debug, Args)]
pub(crate) struct CatalogUpdateArgs {
    /// The dump: a `db-dump.tar.gz` as crates.io publishes it every day
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}
