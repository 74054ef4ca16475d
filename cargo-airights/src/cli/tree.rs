//! The command line of `tree`.

use clap::Args;

use super::{FilterArgs, ProjectArgs, RoleArgs};

/// Arguments of `tree`.
#[derive(Debug, Args)]
#[command(
    after_help = "With filters only branches are drawn that lead to a crate that fits.\n\
                  (*) what is below this crate is shown further up."
)]
pub(crate) struct TreeArgs {
    /// Show what depends on this crate, as `NAME` or `NAME@VERSION`, instead of what the workspace depends on
    #[arg(short, long, value_name = "CRATE")]
    pub(crate) invert: Vec<String>,
    /// Show only so many levels
    #[arg(long, value_name = "DEPTH")]
    pub(crate) depth: Option<usize>,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    #[command(flatten)]
    pub(crate) roles: RoleArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}
