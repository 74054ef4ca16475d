//! The command line of `declare`.

use std::path::PathBuf;

use airights::{Condition, UseValue};
use airights_vocabularies::Vocabulary;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};

use crate::declaration::PRESETS;

/// Arguments of `declare`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing to write, and they combine freely"
)]
#[derive(Debug, Args)]
#[command(after_help = "On a terminal it asks, where nothing is said on the command line.\n\
                        Exit codes: 0 done, 1 with `--check` where something would change, 2 could not.")]
pub(crate) struct DeclareArgs {
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", help_heading = "Manifest Options")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Declare for these packages [default: the package of the current directory]
    #[arg(short, long, value_name = "SPEC", help_heading = "Package Selection")]
    pub(crate) package: Vec<String>,
    /// Declare for the workspace and all of its packages
    #[arg(long, help_heading = "Package Selection", conflicts_with = "package")]
    pub(crate) workspace: bool,
    /// Terms to start from
    #[arg(long, value_name = "NAME", value_parser = preset_names(), help_heading = "Terms")]
    pub(crate) preset: Option<String>,
    /// May it train, fine-tune or evaluate models?
    #[arg(long, value_name = "VALUE", value_parser = use_values(), help_heading = "Terms")]
    pub(crate) train_ai: Option<String>,
    /// May it be fed to a model: retrieval, embeddings, an assistant's context?
    #[arg(long, value_name = "VALUE", value_parser = use_values(), help_heading = "Terms")]
    pub(crate) ai_input: Option<String>,
    /// May it be run for any purpose?
    #[arg(long, value_name = "VALUE", value_parser = use_values(), help_heading = "Terms")]
    pub(crate) use_restrictions: Option<String>,
    /// May its output train models?
    #[arg(long, value_name = "VALUE", value_parser = use_values(), help_heading = "Terms")]
    pub(crate) train_on_output: Option<String>,
    /// What a conditional use asks for
    #[arg(long, value_name = "NAME", value_parser = conditions(), help_heading = "Terms")]
    pub(crate) condition: Vec<String>,
    /// May search engines find it?
    #[arg(long, value_name = "VALUE", value_parser = ["allowed", "disallowed", "unknown"], help_heading = "Terms")]
    pub(crate) search: Option<String>,
    /// Where the words are: a file of the package, or an address
    #[arg(long, value_name = "FILE|URL", help_heading = "Terms")]
    pub(crate) terms: Option<String>,
    /// Whom to ask
    #[arg(long, value_name = "WHOM", help_heading = "Terms")]
    pub(crate) contact: Option<String>,
    /// Add the terms to the license as well, as an extra AI clause (a rider)
    #[arg(long, value_name = "FORM", value_enum, help_heading = "Where Else")]
    pub(crate) rider: Option<RiderArg>,
    /// Say it in the README as well
    #[arg(long, help_heading = "Where Else")]
    pub(crate) readme: bool,
    /// Write an `ai.txt` as well
    #[arg(long, help_heading = "Where Else")]
    pub(crate) ai_txt: bool,
    /// Write a `tdmrep.json` as well
    #[arg(long, help_heading = "Where Else")]
    pub(crate) tdmrep: bool,
    /// Write a line of `robots.txt` as well
    #[arg(long, help_heading = "Where Else")]
    pub(crate) robots: bool,
    /// Write nothing, and exit with 1 if something would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing, and print the terms in another vocabulary
    #[arg(long, value_name = "VOCABULARY", value_parser = vocabularies(), conflicts_with = "check")]
    pub(crate) export: Option<String>,
}

/// How a rider appears in the license expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RiderArg {
    /// `MIT AND LicenseRef-…`
    And,
    /// `MIT WITH AdditionRef-…`
    With,
    /// Remove the rider.
    None,
}

fn vocabularies() -> PossibleValuesParser {
    let all = Vocabulary::ALL.iter();
    PossibleValuesParser::new(
        all.map(|vocabulary| PossibleValue::new(vocabulary.as_str()).help(vocabulary.description())),
    )
}

fn preset_names() -> PossibleValuesParser {
    PossibleValuesParser::new(
        PRESETS
            .iter()
            .map(|preset| PossibleValue::new(preset.name).help(preset.summary)),
    )
}

fn use_values() -> PossibleValuesParser {
    PossibleValuesParser::new(UseValue::ALL.iter().map(|value| value.as_str()))
}

/// All but "other", for which there are no words.
fn conditions() -> PossibleValuesParser {
    let named = Condition::ALL
        .iter()
        .filter(|condition| **condition != Condition::Other);
    PossibleValuesParser::new(named.map(|condition| condition.as_str()))
}
