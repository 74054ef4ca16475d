//! The command line of `suggest`.

use clap::{Args, ValueEnum};

use super::ProjectArgs;

/// Arguments of `suggest`.
#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    /// Only ways out for this crate, as `NAME` or `NAME@VERSION` [default: for all that is denied]
    #[arg(value_name = "CRATE")]
    pub(crate) krate: Option<String>,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: SuggestFormat,
    /// Take the cheapest way out of each violation, and end with a clean check or change nothing
    #[arg(long)]
    pub(crate) apply: bool,
    /// Apply even where the working tree has changes that are not committed
    #[arg(long, requires = "apply")]
    pub(crate) allow_dirty: bool,
}

/// How ways out are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}
