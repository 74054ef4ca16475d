//! The command line of `suggest`.

use airights_report::format::{Format, Kind};
use clap::Args;

use super::{ProjectArgs, format};

/// Arguments of `suggest`.
#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    /// Only fixes for this crate, as `NAME` or `NAME@VERSION` [default: for all that is denied]
    #[arg(value_name = "CRATE")]
    pub(crate) krate: Option<String>,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_parser = format(Kind::Suggestions), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
    /// Apply the cheapest fix of each violation; change nothing unless `check` then passes
    #[arg(long)]
    pub(crate) apply: bool,
    /// Apply even where the working tree has changes that are not committed
    #[arg(long, requires = "apply")]
    pub(crate) allow_dirty: bool,
}
