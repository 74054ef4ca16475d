//! The command line of `explain`.

use clap::Args;

use super::ProjectArgs;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule (`license-not-allowed`), a crate (`NAME` or `NAME@VERSION`), a license or an expression (`MIT OR GPL-3.0-only`),
    /// a class of licenses (`class:weak-copyleft`), or an AI use (`train-ai`)
    #[arg(value_name = "RULE|CRATE[@VERSION]|LICENSE|CLASS|USE")]
    pub(crate) subject: String,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
}
