//! From the command line to a session, and from a session to a report.

use std::io::{self, Write};
use std::sync::Arc;

use airights::{Excerpt, PackageIx};
use airights_cargo::graph::ResolveOptions;
use airights_facts::Progress;
use airights_policy::LoadedPolicy;
use airights_report::Report;
use airights_report::escape::visible;
use airights_session::{OnWait, PolicyChoice, Project, SessionOptions};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::failure::{Failure, diagnostic_of};
use super::hold::tell_of_leftover;
use crate::Exit;
use crate::cli::{ProjectArgs, RoleArgs};
use crate::console::Console;

/// Judges by the project's policy, and tells of what its author should know.
pub(super) fn judge(args: &ProjectArgs, console: &Console) -> Result<Project, Failure> {
    judge_in(args, &RoleArgs::default(), console)
}

/// The same, but only the packages of some roles, in these.
pub(super) fn judge_in(args: &ProjectArgs, roles: &RoleArgs, console: &Console) -> Result<Project, Failure> {
    let options = SessionOptions {
        roles: roles.roles(),
        ..session_options(args, console)
    };
    tell_of_leftover(&options.root(), console);
    Ok(Project::judge_by(policy_of(&options, console)?, &options)?)
}

/// The same, for whoever goes on from there: what could not be judged has no way out, and cannot be compared.
#[cfg(feature = "net")]
pub(super) fn judge_whole(args: &ProjectArgs, console: &Console) -> Result<Project, Failure> {
    Ok(judge(args, console)?.whole()?)
}

/// Judges by a policy that is at hand, or the built-in one, whatever policy the project has.
pub(super) fn judge_by(
    policy: Option<LoadedPolicy>,
    args: &ProjectArgs,
    console: &Console,
) -> Result<Project, Failure> {
    let options = SessionOptions {
        policy: PolicyChoice::BuiltIn,
        ..session_options(args, console)
    };
    Ok(match policy {
        Some(policy) => Project::judge_by(policy, &options)?,
        None => Project::judge(&options)?,
    })
}

/// The policy of the project, where it is that of cargo-deny, or would be `without_own`; tells of what its author should know.
pub(super) fn policy_of_cargo_deny(
    args: &ProjectArgs,
    without_own: bool,
    console: &Console,
) -> Result<Option<LoadedPolicy>, Failure> {
    let loaded = airights_session::load_policy_of_cargo_deny(&session_options(args, console), without_own)?;
    Ok(loaded.map(|policy| told(policy, console)))
}

/// Loads the policy, and tells of what its author should know.
#[cfg(feature = "net")]
pub(super) fn load_policy(args: &ProjectArgs, console: &Console) -> Result<LoadedPolicy, Failure> {
    policy_of(&session_options(args, console), console)
}

fn policy_of(options: &SessionOptions, console: &Console) -> Result<LoadedPolicy, Failure> {
    Ok(told(airights_session::load_policy(options)?, console))
}

/// A policy, once its author has been told what to know.
fn told(mut policy: LoadedPolicy, console: &Console) -> LoadedPolicy {
    for problem in std::mem::take(&mut policy.problems) {
        let diagnostic = diagnostic_of(problem);
        console.tell(|err, terminal| {
            diagnostic.write(terminal, err)?;
            writeln!(err)
        });
    }
    policy
}

/// What the command line asks for.
pub(super) fn session_options(args: &ProjectArgs, console: &Console) -> SessionOptions {
    let bar = console.shows_progress().then(progress_bar);
    SessionOptions {
        graph: ResolveOptions {
            manifest_path: args.manifest_path.clone(),
            metadata_path: args.metadata_path.clone(),
            all_features: args.features.all_features,
            no_default_features: args.features.no_default_features,
            features: args.features.features.clone(),
            selection: args.selection.selection(),
            targets: args.target.clone(),
            locked: args.locked,
            offline: args.offline,
            frozen: args.frozen || args.untrusted,
            untrusted: args.untrusted,
            cache: if args.no_cache {
                None
            } else {
                airights_store::directory()
            },
            until: None,
        },
        policy: args.policy.clone().map_or(PolicyChoice::Found, PolicyChoice::File),
        roles: None,
        on_wait: (!console.quiet).then(|| passing_on(bar.clone())),
        progress: bar.map(progress_on),
    }
}

/// Hands a project to a renderer.
pub(super) fn report<'a>(
    project: &'a Project,
    origins: &'a dyn Fn(&[PackageIx]) -> Option<Excerpt>,
    exit: Exit,
    console: &Console,
) -> Report<'a> {
    Report {
        evaluation: &project.evaluation,
        graph: &project.resolved.graph,
        is_planned: false,
        origins,
        tool_version: env!("CARGO_PKG_VERSION"),
        exit_code: exit.code(),
        verbose: console.verbose,
        quiet: console.quiet,
        notes: &[],
    }
}

/// A bar on standard error that appears when there is something to wait for, and goes when it is done.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{prefix:>12} [{bar:25}] {pos}/{len} packages") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix("Reading");
    bar
}

fn progress_on(bar: ProgressBar) -> Progress {
    Arc::new(move |done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        if done == of {
            bar.finish_and_clear();
        }
    })
}

/// Writes what cargo waits for to standard error, as cargo would. If that fails, there is nobody to tell.
fn passing_on(bar: Option<ProgressBar>) -> OnWait {
    Arc::new(move |line| {
        let write = || drop(writeln!(io::stderr(), "{}", visible(line)));
        match &bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    })
}
