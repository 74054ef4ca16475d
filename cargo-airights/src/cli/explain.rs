//! The command line of `explain`.

use clap::Args;

use super::ProjectArgs;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule, such as `license-not-allowed`, or a crate, as `NAME` or `NAME@VERSION`
    #[arg(value_name = "RULE|CRATE[@VERSION]")]
    pub(crate) subject: String,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
}
