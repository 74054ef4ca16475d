//! The command line of `clarify`.

use clap::Args;

use super::{ProjectArgs, said};

/// Arguments of `clarify`.
#[derive(Debug, Args)]
pub(crate) struct ClarifyArgs {
    /// The crate: `NAME`, `NAME@VERSION`, or with its source as cargo's package ids have it
    #[arg(value_name = "CRATE")]
    pub(crate) krate: String,
    /// The license it has, in SPDX [default: what the crate declares, or its license texts are]
    #[arg(long, value_name = "EXPRESSION")]
    pub(crate) expression: Option<String>,
    /// A file this was read in, as seen from the crate [default: all its license files]
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Vec<String>,
    /// How you know; needed where the crate has no license file
    #[arg(long, value_name = "TEXT", value_parser = said)]
    pub(crate) reason: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
}
