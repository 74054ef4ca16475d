//! The command line of `publish-check`.

use std::path::PathBuf;

use airights_report::format::{Format, Kind};
use clap::Args;

use super::format;

/// Arguments of `publish-check`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one of cargo's switches, and they combine freely"
)]
#[derive(Debug, Args)]
pub(crate) struct PublishCheckArgs {
    /// Package(s) to check
    #[arg(short, long, value_name = "SPEC", help_heading = "Package Selection")]
    pub(crate) package: Vec<String>,
    /// Check all packages in the workspace
    #[arg(long, conflicts_with = "package", help_heading = "Package Selection")]
    pub(crate) workspace: bool,
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", help_heading = "Manifest Options")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Assert that Cargo.lock will remain unchanged
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) locked: bool,
    /// Run without accessing the network
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) frozen: bool,
    /// Output format
    #[arg(long, value_parser = format(Kind::Publication), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
    /// Fix what needs no decision: include license texts, update an outdated expression
    #[arg(long)]
    pub(crate) fix: bool,
    /// Mend even where the working tree has changes that are not committed
    #[arg(long, requires = "fix")]
    pub(crate) allow_dirty: bool,
}
