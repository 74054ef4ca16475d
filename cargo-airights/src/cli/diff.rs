//! The command line of `diff`.

use std::path::PathBuf;

use airights_report::format::{Format, Kind};
use clap::Args;

use super::{ProjectArgs, format};

/// Arguments of `diff`.
#[derive(Debug, Args)]
#[command(
    override_usage = "cargo airights diff [OPTIONS]                    the last commit, and the working tree\n       \
                      cargo airights diff --base REV [--head REV]      git revisions\n       \
                      cargo airights diff OLD.lock [NEW.lock]          lockfiles\n       \
                      cargo airights diff REPORT.json                  a saved `check --format json`\n       \
                      cargo airights diff CRATE@OLD NEW                versions of one crate",
    after_help = "Exit codes: 0 nothing is denied, 1 something is, 2 could not judge. Judged is the state after the\n\
                  change: the whole workspace where it is the working tree, else what differs. With --only-new it is\n\
                  1 only where the change itself brings in what is denied: findings of added or changed packages that\n\
                  were not there before.\n\n\
                  Both states are judged by one policy: that of the base, where it is a revision that has one, so that no\n\
                  change chooses by what it is judged; else, or with --policy, by the one that there is now. Packages of\n\
                  a lockfile alone are judged as shipped, those that went in the roles of what takes their place."
)]
pub(crate) struct DiffArgs {
    /// One or two lockfiles, a saved report, or a crate as `NAME@VERSION` and another version of it
    #[arg(value_name = "OLD|NEW", num_args = 0..=2)]
    pub(crate) what: Vec<String>,
    /// The git revision to compare from [default: HEAD]
    ///
    /// For a pull request, `--base "$(git merge-base origin/main HEAD)"` leaves out what others merged meanwhile.
    #[arg(long, value_name = "REV", conflicts_with = "what")]
    pub(crate) base: Option<String>,
    /// The git revision to compare to [default: the working tree]
    #[arg(long, value_name = "REV", conflicts_with = "what")]
    pub(crate) head: Option<String>,
    /// A saved report of `check --format json` to compare from
    #[arg(long, value_name = "FILE", conflicts_with_all = ["what", "base", "head"])]
    pub(crate) base_report: Option<PathBuf>,
    /// The registry that both versions of a crate are published in [default: that of Cargo.lock, else cargo's default]
    #[arg(long, value_name = "NAME", conflicts_with = "index")]
    pub(crate) registry: Option<String>,
    /// The index of that registry, as `sparse+https://…`
    #[arg(long, value_name = "INDEX")]
    pub(crate) index: Option<String>,
    /// Judge only what the change brings in
    #[arg(long)]
    pub(crate) only_new: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_parser = format(Kind::Comparison), default_value = "human", value_name = "FORMAT")]
    pub(crate) format: &'static Format,
    /// Exit with 0 even if the policy is violated
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
