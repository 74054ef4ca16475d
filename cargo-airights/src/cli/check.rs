//! The command line of `check`.

use clap::{Args, ValueEnum};

use super::ProjectArgs;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: ReportFormat,
    /// Exit with 0 even where the policy is violated
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people.
    Human,
    /// For programs: the JSON report, version 1.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}
