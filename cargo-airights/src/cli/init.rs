//! The command line of `init`.

use clap::Args;

use super::ProjectArgs;

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Overwrite a policy that is there
    #[arg(long)]
    pub(crate) force: bool,
}
