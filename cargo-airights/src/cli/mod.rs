//! The command line: what the user typed, checked on its own.
//!
//! Flags that cargo has are spelled as cargo spells them. What a command takes has a file of the command's name; here is
//! what they share.

#[cfg(feature = "net")]
mod add;
mod allow;
#[cfg(feature = "net")]
mod catalog;
mod check;
mod clarify;
mod declare;
#[cfg(feature = "net")]
mod diff;
mod explain;
mod filter;
mod init;
mod list;
mod publish_check;
mod read;
mod roles;
#[cfg(feature = "net")]
mod suggest;
mod tree;

use std::ffi::OsString;
use std::path::PathBuf;

use airights_cargo::graph::PackageSelection;
use airights_report::format::{FORMATS, Format, Kind};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

#[cfg(feature = "net")]
pub(crate) use self::add::AddArgs;
pub(crate) use self::allow::AllowArgs;
#[cfg(feature = "net")]
pub(crate) use self::catalog::{CatalogArgs, CatalogCommand, CatalogUpdateArgs};
pub(crate) use self::check::CheckArgs;
pub(crate) use self::clarify::ClarifyArgs;
pub(crate) use self::declare::{DeclareArgs, RiderArg};
#[cfg(feature = "net")]
pub(crate) use self::diff::DiffArgs;
pub(crate) use self::explain::ExplainArgs;
pub(crate) use self::filter::FilterArgs;
pub(crate) use self::init::InitArgs;
pub(crate) use self::list::{ListArgs, ListBy};
pub(crate) use self::publish_check::PublishCheckArgs;
pub(crate) use self::read::ReadArgs;
pub(crate) use self::roles::RoleArgs;
#[cfg(feature = "net")]
pub(crate) use self::suggest::SuggestArgs;
pub(crate) use self::tree::TreeArgs;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-airights",
    bin_name = "cargo airights",
    version,
    about = "The license and AI-rights gate for Cargo",
    after_help = "Exit codes: 0 passed, 1 the policy is violated, 2 could not check.\n\
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
    /// Allow one crate what the policy denies it: writes an exception
    Allow(AllowArgs),
    /// Say which license a crate has, once you have read its text: writes a clarification
    Clarify(ClarifyArgs),
    /// List the crates by license, class or AI use
    List(ListArgs),
    /// Draw the dependency tree with the license and the verdict of each crate
    Tree(TreeArgs),
    /// Explain a rule, a crate with all that is known of it, a license, a class of licenses or an AI use
    Explain(ExplainArgs),
    /// Show what the license reader finds in text files
    Read(ReadArgs),
    /// Show what changes in licenses and AI terms between two states of the dependencies, or two versions of a crate
    #[cfg(feature = "net")]
    Diff(DiffArgs),
    /// Find fixes for what the policy denies, proved by cargo's own resolver
    #[cfg(feature = "net")]
    Suggest(SuggestArgs),
    /// Add a crate if the policy agrees with it and all it brings in
    #[cfg(feature = "net")]
    Add(AddArgs),
    /// Declare AI terms in Cargo.toml, in words that travel with the package
    Declare(DeclareArgs),
    /// Check that what would be published says its terms, and carries them along
    PublishCheck(PublishCheckArgs),
    /// The catalog that alternatives are found in
    #[cfg(feature = "net")]
    Catalog(CatalogArgs),
}

/// How to write to the terminal.
#[derive(Debug, Args)]
pub(crate) struct ConsoleArgs {
    /// Coloring [default: auto, or `CARGO_TERM_COLOR`]
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub(crate) color: Option<ColorArg>,
    /// Show more: `-v` lists what is allowed, too, and shows what is run; `-vv` shows requests as well
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

impl Command {
    /// The format that it writes its document in, if it writes one.
    pub(crate) fn format(&self) -> Option<&'static Format> {
        match self {
            Self::Check(args) => Some(args.format),
            Self::List(args) => Some(args.format),
            Self::Read(args) => Some(args.format),
            Self::PublishCheck(args) => Some(args.format),
            #[cfg(feature = "net")]
            Self::Diff(args) => Some(args.format),
            #[cfg(feature = "net")]
            Self::Suggest(args) => Some(args.format),
            _ => None,
        }
    }
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
    /// As --frozen, and only where the project's configuration has cargo run no program: for projects of strangers
    #[arg(long, help_heading = "Manifest Options")]
    pub(crate) untrusted: bool,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
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

/// Which packages of the workspace to judge, with all that they depend on.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Package Selection")]
pub(crate) struct SelectionArgs {
    /// Only this package of the workspace and its dependencies
    #[arg(short, long, value_name = "SPEC")]
    package: Vec<String>,
    /// All packages of the workspace, which is the default
    #[arg(long, alias = "all", conflicts_with = "package")]
    workspace: bool,
    /// Exclude this package of the workspace, and what only it depends on
    #[arg(long, value_name = "SPEC")]
    exclude: Vec<String>,
    /// Exclude the packages of the workspace that are never published, and what only they depend on
    #[arg(long)]
    exclude_unpublished: bool,
}

impl SelectionArgs {
    /// The selection.
    pub(crate) fn selection(&self) -> PackageSelection {
        PackageSelection {
            packages: self.package.clone(),
            exclude: self.exclude.clone(),
            exclude_unpublished: self.exclude_unpublished,
            left_out: Vec::new(),
        }
    }
}

/// Words that say something.
fn said(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        Err("it must not be empty".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// The formats that a command can write, by their names.
fn format(kind: Kind) -> impl TypedValueParser<Value = &'static Format> {
    let values = Format::of(kind).map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).map(|name| Format::named(&name).unwrap_or(&FORMATS[0]))
}

/// Parses the command line.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<CommandLine, clap::Error> {
    CommandLine::try_parse_from(arguments)
}

/// The format that a command line asks for, whatever else is wrong with it.
pub(crate) fn format_in(arguments: &[OsString]) -> Option<&'static Format> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--format") {
            Some("") => return Format::named(words.next()?),
            Some(value) if value.starts_with('=') => return Format::named(&value[1..]),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn a_format_is_found_in_a_command_line_that_cannot_be_parsed() {
        let found = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            format_in(&words).map(|format| format.name)
        };
        assert_eq!(found("check --nope --format json"), Some("json"));
        assert_eq!(found("check --format=sarif --nope"), Some("sarif"));
        assert_eq!(found("check --format"), None);
        assert_eq!(found("check --format=xml"), None);
        assert_eq!(found("check --formats json"), None);
    }

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }
}
