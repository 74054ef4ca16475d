//! The command line of `add`: cargo's own, and what to do where the policy does not agree.

use std::path::PathBuf;

use clap::Args;

use super::{ProjectArgs, SelectionArgs};

/// Arguments of `add`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one of cargo's switches, and they combine freely"
)]
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// Reference to a package to add as a dependency: `NAME`, or `NAME@REQ`
    #[arg(required_unless_present = "git", value_name = "DEP_ID")]
    pub(crate) crates: Vec<String>,
    /// Show what would come in, and change nothing
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Add even what the policy denies, and record an exception for it in `airights.toml`
    #[arg(long, requires = "reason")]
    pub(crate) force: bool,
    /// Why the exception may be
    #[arg(long, value_name = "TEXT", requires = "force")]
    pub(crate) reason: Option<String>,
    /// The policy to judge by [default: airights.toml, else deny.toml, else a built-in one]
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,
    /// Read everything afresh, and remember nothing
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Disable the default features
    #[arg(long)]
    no_default_features: bool,
    /// Re-enable the default features
    #[arg(long, conflicts_with = "no_default_features")]
    default_features: bool,
    /// Space or comma separated list of features to activate
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Mark the dependency as optional
    #[arg(long)]
    optional: bool,
    /// Mark the dependency as required
    #[arg(long, conflicts_with = "optional")]
    no_optional: bool,
    /// Rename the dependency
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    /// Ignore `rust-version` specification in packages
    #[arg(long)]
    ignore_rust_version: bool,
    /// Package to modify
    #[arg(short, long, value_name = "SPEC", help_heading = "Package Selection")]
    package: Option<String>,
    /// Git repository location
    #[arg(long, value_name = "URI", help_heading = "Source")]
    git: Option<String>,
    /// Git branch to download the crate from
    #[arg(long, value_name = "BRANCH", requires = "git", help_heading = "Source")]
    branch: Option<String>,
    /// Git tag to download the crate from
    #[arg(long, value_name = "TAG", requires = "git", help_heading = "Source")]
    tag: Option<String>,
    /// Git reference to download the crate from
    #[arg(long, value_name = "REV", requires = "git", help_heading = "Source")]
    rev: Option<String>,
    /// Package registry for this dependency
    #[arg(long, value_name = "NAME", help_heading = "Source")]
    registry: Option<String>,
    /// Add as development dependency
    #[arg(long, help_heading = "Section")]
    dev: bool,
    /// Add as build dependency
    #[arg(long, conflicts_with = "dev", help_heading = "Section")]
    build: bool,
    /// Add as dependency to the given target platform
    #[arg(long, value_name = "TARGET", help_heading = "Section")]
    target: Option<String>,
    /// Path to Cargo.toml
    #[arg(long, value_name = "PATH", help_heading = "Manifest Options")]
    manifest_path: Option<PathBuf>,
    /// Assert that Cargo.lock will remain unchanged
    #[arg(long, help_heading = "Manifest Options")]
    locked: bool,
    /// Run without accessing the network
    #[arg(long, help_heading = "Manifest Options")]
    offline: bool,
    /// Equivalent to specifying both --locked and --offline
    #[arg(long, help_heading = "Manifest Options")]
    frozen: bool,
}

impl AddArgs {
    /// What `cargo add` is called with, but for the manifest.
    pub(crate) fn of_cargo(&self) -> Vec<String> {
        let switches = [
            ("--no-default-features", self.no_default_features),
            ("--default-features", self.default_features),
            ("--optional", self.optional),
            ("--no-optional", self.no_optional),
            ("--ignore-rust-version", self.ignore_rust_version),
            ("--dev", self.dev),
            ("--build", self.build),
            ("--locked", self.locked || self.frozen),
            ("--offline", self.offline || self.frozen),
        ];
        let values = [
            ("--rename", &self.rename),
            ("--package", &self.package),
            ("--git", &self.git),
            ("--branch", &self.branch),
            ("--tag", &self.tag),
            ("--rev", &self.rev),
            ("--registry", &self.registry),
            ("--target", &self.target),
        ];
        let switches = switches.into_iter().filter(|(_, is_on)| *is_on);
        let values = values
            .into_iter()
            .filter_map(|(flag, value)| Some((flag, value.clone()?)));
        let features = self.features.iter().map(|features| ("--features", features.clone()));
        let mut arguments: Vec<String> = switches.map(|(flag, _)| flag.to_owned()).collect();
        // One word each, so that a value that begins with a dash stays a value.
        arguments.extend(values.chain(features).map(|(flag, value)| format!("{flag}={value}")));
        arguments.push("--".to_owned());
        arguments.extend(self.crates.iter().cloned());
        arguments
    }

    /// The graph to judge: every feature, where the crate is there for a feature only.
    pub(crate) fn project(&self) -> ProjectArgs {
        let mut features = clap_cargo::Features::default();
        features.all_features = self.optional;
        ProjectArgs {
            manifest_path: self.manifest_path.clone(),
            metadata_path: None,
            locked: self.locked,
            offline: self.offline,
            frozen: self.frozen,
            untrusted: false,
            selection: SelectionArgs::default(),
            features,
            target: Vec::new(),
            policy: self.policy.clone(),
            no_cache: self.no_cache,
        }
    }
}
