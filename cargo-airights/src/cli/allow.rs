//! The command line of `allow`.

use airights::policy::Date;
use airights::{Role, Roles};
use clap::Args;
use semver::VersionReq;

use super::roles::role;
use super::{ProjectArgs, said};

/// Arguments of `allow`.
#[derive(Debug, Args)]
pub(crate) struct AllowArgs {
    /// The crate: `NAME`, `NAME@VERSION`, or with its source as cargo's package ids have it
    #[arg(value_name = "CRATE")]
    pub(crate) krate: String,
    /// Why it may be
    #[arg(long, value_name = "TEXT", value_parser = said)]
    pub(crate) reason: String,
    /// Only where the crate is in the graph for this [default: wherever it is]
    #[arg(long, value_delimiter = ',', value_name = "ROLE", value_parser = role())]
    role: Vec<Role>,
    /// The last day of the exception, as in 2027-06-30 [default: none]
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    /// Every version that meets this, as in a manifest [default: the one in the graph]
    #[arg(long, value_name = "REQ")]
    pub(crate) version: Option<VersionReq>,
    /// Show what would be written, and write nothing
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
}

impl AllowArgs {
    /// Whether it is to be for some roles only.
    pub(crate) fn has_roles(&self) -> bool {
        !self.role.is_empty()
    }

    /// The roles it is for.
    pub(crate) fn roles(&self) -> Roles {
        if self.role.is_empty() {
            Roles::ALL
        } else {
            self.role.iter().copied().collect()
        }
    }
}
