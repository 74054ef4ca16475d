//! The command line: what the user typed, checked on its own.
//!
//! Flags that cargo has are spelled as cargo spells them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::Exit;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-airights",
    bin_name = "cargo airights",
    version,
    about = "The licence and AI-rights gate for Cargo",
    after_help = "Exit codes: 0 clean, 1 the policy is violated, 2 could not judge.\n\
                  What it reports is not legal advice.",
    max_term_width = 100,
    styles = clap_cargo::style::CLAP_STYLING,
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) console: ConsoleArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge every crate of the dependency graph by the policy
    Check(CheckArgs),
    /// Write an `airights.toml` from what is in the graph today
    Init(InitArgs),
    /// List the crates by licence, class or AI use
    List(ListArgs),
    /// Explain a rule, or what is known of a crate and which policy line decides
    Explain(ExplainArgs),
    /// Show what the licence reader makes of texts, outside any project
    Read(ReadArgs),
    /// Find ways out of what the policy denies, proved by cargo's own resolver
    Suggest(SuggestArgs),
    /// The catalog that alternatives are found in
    Catalog(CatalogArgs),
}

/// How to write to the terminal.
#[derive(Debug, Args)]
pub(crate) struct ConsoleArgs {
    /// Coloring
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_enum)]
    pub(crate) color: ColorArg,
    /// Show more: `-v` lists what is allowed, too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Show only what is denied, and the verdict
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
}

/// When to write in colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// Where the terminal has them.
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

/// Which graph to judge, by which policy.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one of cargo's switches, and they combine freely"
)]
#[derive(Clone, Debug, Args)]
pub(crate) struct ProjectArgs {
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", help_heading = "Manifest Options")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// A saved `cargo metadata` output to judge, instead of calling cargo
    #[arg(
        long,
        value_name = "PATH",
        help_heading = "Manifest Options",
        conflicts_with = "manifest_path"
    )]
    pub(crate) metadata_path: Option<PathBuf>,
    /// Assert that Cargo.lock will remain unchanged
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) locked: bool,
    /// Run without accessing the network
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) frozen: bool,
    #[command(flatten)]
    pub(crate) features: clap_cargo::Features,
    /// Only the dependencies of these target triples [default: of every target]
    #[arg(long, value_name = "TRIPLE", help_heading = "Compilation Options")]
    pub(crate) target: Vec<String>,
    /// The policy to judge by [default: airights.toml, else deny.toml, else a built-in one]
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,
    /// Read everything afresh, and remember nothing
    #[arg(long)]
    pub(crate) no_cache: bool,
}

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

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Overwrite a policy that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// What to list the crates by
    #[arg(long, value_enum, default_value = "license", value_name = "WHAT")]
    pub(crate) by: ListBy,
    /// Output format
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: ListFormat,
}

/// What crates are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListBy {
    /// The licence expression.
    License,
    /// The class of what is elected of it.
    Class,
    /// What is said of each AI use.
    AiUse,
}

/// How an inventory is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// For spreadsheets: one line a crate, columns separated by tabs.
    Tsv,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule, such as `license-not-allowed`, or a crate, as `NAME` or `NAME@VERSION`
    #[arg(value_name = "RULE|CRATE[@VERSION]")]
    pub(crate) subject: String,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
}

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// The texts to read
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: ReadFormat,
}

/// How a reading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For people: each line with what it is.
    Human,
    /// For programs.
    Json,
}

/// Arguments of `suggest`.
#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    /// Only ways out for this crate, as `NAME` or `NAME@VERSION` [default: for all that is denied]
    #[arg(value_name = "CRATE")]
    pub(crate) krate: Option<String>,
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Output format
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    pub(crate) format: SuggestFormat,
    /// Take the cheapest way out of each violation, and end with a clean check or change nothing
    #[arg(long)]
    pub(crate) apply: bool,
    /// Apply even where the working tree has changes that are not committed
    #[arg(long, requires = "apply")]
    pub(crate) allow_dirty: bool,
}

/// How ways out are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Arguments of `catalog`.
#[derive(Debug, Args)]
pub(crate) struct CatalogArgs {
    #[command(subcommand)]
    pub(crate) command: CatalogCommand,
}

/// What to do with the catalog.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// Make it anew from a database dump of crates.io
    Update(CatalogUpdateArgs),
}

/// Arguments of `catalog update`.
#[derive(Debug, Args)]
pub(crate) struct CatalogUpdateArgs {
    /// The dump: a `db-dump.tar.gz` as crates.io publishes it every day
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}

/// Parses the command line.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<CommandLine, clap::Error> {
    CommandLine::try_parse_from(arguments)
}

/// Prints what is wrong with a command line, or the help that was asked for.
pub(crate) fn explain(error: &clap::Error) -> Exit {
    // A pipe that was closed early has no reader left to tell.
    let _ = error.print();
    if error.use_stderr() {
        Exit::CouldNotJudge
    } else {
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }
}
