//! The command line of `read`.

use std::path::PathBuf;

use airights_report::format::{Format, Kind};
use clap::Args;

use super::format;

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// The texts to read
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_parser = format(Kind::Texts), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
}
