//! What every command that judges begins with: the policy, the graph, the facts, and the evaluation of it all.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use airights::facts::Facts;
use airights::{DependencyGraph, Evaluation, Excerpt, PackageIx, Policy, Roles};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::failure::{Failure, diagnostic_of};
use crate::Exit;
use crate::cli::ProjectArgs;
use crate::console::Console;
use crate::gather::clock;
use airights_cargo::graph::{self, ResolveOptions, Resolved};
use airights_cargo::graph::{Origins, origins};
use airights_facts::FactsOptions;
use airights_policy::{GraphTable, LoadedPolicy, PolicyOptions};
use airights_report::Report;

/// A workspace with everything that is known of it, and the judgement.
pub(super) struct Project {
    pub(super) resolved: Resolved,
    pub(super) facts: Facts,
    pub(super) evaluation: Evaluation,
    pub(super) policy: Policy,
    pub(super) options: ResolveOptions,
    origins: Origins,
}

impl Project {
    /// Gathers, and judges by the project's policy.
    pub(super) fn judge(args: &ProjectArgs, console: &Console) -> Result<Self, Failure> {
        Self::judge_by(load_policy(args, console)?, args, console)
    }

    /// The same, for whoever goes on from there: what could not be judged has no way out, and cannot be compared.
    pub(super) fn judge_whole(args: &ProjectArgs, console: &Console) -> Result<Self, Failure> {
        let project = Self::judge(args, console)?;
        let Some(missing) = project.evaluation.not_evaluated.first() else {
            return Ok(project);
        };
        let package = project.resolved.graph.package(missing.package);
        Err(Failure::new(
            format!("`{package}` could not be judged: {}", missing.reason),
            Some("`cargo airights check` says what is missing".to_owned()),
        ))
    }

    /// Gathers, and judges by the built-in policy, whatever policy the project has.
    pub(super) fn judge_by_built_in(args: &ProjectArgs, console: &Console) -> Result<Self, Failure> {
        let policy = LoadedPolicy {
            policy: Policy::built_in(),
            graph: GraphTable::default(),
            problems: Vec::new(),
        };
        Self::judge_by(policy, args, console)
    }

    fn judge_by(policy: LoadedPolicy, args: &ProjectArgs, console: &Console) -> Result<Self, Failure> {
        let options = resolve_options(args, &policy.graph);
        let reading = airights_facts::begin(
            graph::lockfile_of(&options).as_deref(),
            facts_options(&options, console),
        );
        let resolved = graph::resolve(&options)?;
        let facts = reading.finish(&resolved.graph, &resolved.manifests, &resolved.workspace_root);
        let evaluation = airights::evaluate(&policy.policy, &resolved.graph, &facts, clock::today());
        let origins = origins(
            &resolved,
            evaluation.findings.iter().map(|finding| finding.path.as_slice()),
        );
        Ok(Self {
            resolved,
            facts,
            evaluation,
            policy: policy.policy,
            options,
            origins,
        })
    }

    /// The line of the user's own files that brings a package in, by the path to it.
    pub(super) fn origin(&self, path: &[PackageIx]) -> Option<Excerpt> {
        self.origins.of(path).cloned()
    }

    /// Hands the project to a renderer.
    pub(super) fn report<'a>(
        &'a self,
        origins: &'a dyn Fn(&[PackageIx]) -> Option<Excerpt>,
        exit: Exit,
        console: &Console,
    ) -> Report<'a> {
        Report {
            evaluation: &self.evaluation,
            graph: &self.resolved.graph,
            origins,
            tool_version: env!("CARGO_PKG_VERSION"),
            exit_code: exit.code(),
            verbose: console.verbose,
            quiet: console.quiet,
            notes: &[],
        }
    }
}

/// The roles in which a graph holds a crate, in any version.
pub(super) fn roles_in(graph: &DependencyGraph, name: &str) -> Roles {
    let named = graph.packages().iter().filter(|package| package.name == name);
    named.flat_map(|package| package.roles.iter()).collect()
}

/// Loads the policy, and tells of what its author should know.
pub(super) fn load_policy(args: &ProjectArgs, console: &Console) -> Result<LoadedPolicy, Failure> {
    let options = PolicyOptions {
        path: args.policy.clone(),
        root: policy_root(args),
    };
    let mut policy = airights_policy::load(&options)?;
    for problem in std::mem::take(&mut policy.problems) {
        let diagnostic = diagnostic_of(problem);
        console.tell(|err, terminal| {
            diagnostic.write(terminal, err)?;
            writeln!(err)
        });
    }
    Ok(policy)
}

/// Where the policy of a project is, or would be.
pub(super) fn policy_place(args: &ProjectArgs) -> PathBuf {
    args.policy
        .clone()
        .unwrap_or_else(|| policy_root(args).join("airights.toml"))
}

/// The directory to look for a policy in: the nearest one upwards of the manifest that has one, but not beyond the
/// workspace, whose root holds the lockfile. The current directory, where the graph comes from a file.
fn policy_root(args: &ProjectArgs) -> PathBuf {
    let here = || std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    if args.metadata_path.is_some() {
        return here();
    }
    let start = args
        .manifest_path
        .as_deref()
        .and_then(Path::parent)
        .map_or_else(here, |directory| here().join(directory));
    let has = |directory: &Path, name: &str| directory.join(name).is_file();
    let within: Vec<&Path> = match start.ancestors().position(|directory| has(directory, "Cargo.lock")) {
        Some(root) => start.ancestors().take(root + 1).collect(),
        None => vec![&start],
    };
    let root = within
        .iter()
        .find(|directory| airights_policy::has_policy(directory))
        .or_else(|| within.last());
    root.map_or_else(|| start.clone(), |directory| directory.to_path_buf())
}

/// What the command line says of the graph goes before what the policy says.
pub(super) fn resolve_options(args: &ProjectArgs, table: &GraphTable) -> ResolveOptions {
    let features = if args.features.features.is_empty() {
        &table.features
    } else {
        &args.features.features
    };
    let targets = if args.target.is_empty() {
        &table.targets
    } else {
        &args.target
    };
    ResolveOptions {
        manifest_path: args.manifest_path.clone(),
        metadata_path: args.metadata_path.clone(),
        all_features: args.features.all_features || table.all_features,
        no_default_features: args.features.no_default_features || table.no_default_features,
        features: features.clone(),
        targets: targets.clone(),
        locked: args.locked,
        offline: args.offline,
        frozen: args.frozen,
        cache: if args.no_cache {
            None
        } else {
            airights_store::directory()
        },
    }
}

fn facts_options(options: &ResolveOptions, console: &Console) -> FactsOptions {
    FactsOptions {
        cache: options.cache.clone(),
        cargo_home: airights_facts::cargo_home(),
        progress: console.shows_progress().then(progress_bar),
    }
}

/// A bar on standard error that appears when there is something to wait for, and goes when it is done.
fn progress_bar() -> airights_facts::Progress {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{prefix:>12} [{bar:25}] {pos}/{len} packages") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix("Reading");
    Arc::new(move |done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        if done == of {
            bar.finish_and_clear();
        }
    })
}
