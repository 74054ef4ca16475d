//! The command line of `check`.

use std::path::PathBuf;

use airights_report::format::{Format, Kind};
use clap::Args;

use super::{ProjectArgs, RoleArgs, format};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_parser = format(Kind::Report), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
    /// Accept what this file lists as denied before, as long as its terms stay the same
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Rewrite the baseline from what is denied now, and report what that adds and drops
    #[arg(long, requires = "baseline")]
    pub(crate) write_baseline: bool,
    /// Exit with 0 even if the policy is violated
    #[arg(long)]
    pub(crate) exit_zero: bool,
    #[command(flatten)]
    pub(crate) roles: RoleArgs,
}
