//! The command line of `list`.

use airights_report::format::{Format, Kind};
use clap::{Args, ValueEnum};

use super::{FilterArgs, ProjectArgs, RoleArgs, format};

/// Arguments of `list`.
#[derive(Debug, Args)]
#[command(
    after_help = "A filter with several values shows the crates that any of them fits; of several filters all have to fit.\n\
                  With -q only the totals are shown."
)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// What to list the crates by
    #[arg(long, value_enum, default_value = "license", value_name = "WHAT")]
    pub(crate) by: ListBy,
    /// Output format
    #[arg(long, value_parser = format(Kind::Inventory), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
    #[command(flatten)]
    pub(crate) roles: RoleArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// What crates are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListBy {
    /// The license expression.
    License,
    /// The class of the chosen license.
    Class,
    /// What is said of each AI use.
    AiUse,
}
