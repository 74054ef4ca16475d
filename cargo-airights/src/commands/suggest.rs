//! `cargo airights suggest`: ways out of what the policy denies, each proved by cargo's own resolver.

mod apply;

use std::collections::BTreeSet;
use std::time::Duration;

use airights::Verdict;
use airights::policy::CrateSpec;
use airights::suggest::{LockedPackage, Proposal, violations};
use airights_report::format::Document;
use airights_report::suggest::{Applied, Suggestions};
use airights_session::Project;
use airights_ways::{Climbed, KnownWays, Workshop};
use indicatif::ProgressBar;

use super::failure::Failure;
use super::hold::hold_project;
use super::project::{judge_whole, report};
use crate::Exit;
use crate::cli::SuggestArgs;
use crate::console::Console;

pub(super) fn run(args: &SuggestArgs, console: &Console) -> Result<Exit, Failure> {
    let lock = args.apply.then(|| hold_project(&args.project, console)).transpose()?;
    let project = judged(args, console)?;
    let targets = targets(args, &project)?;
    let climbed = climb(&project, &targets, console)?;
    KnownWays::of(&project).remember(&targets, &climbed.proposals());
    let applied = match &lock {
        Some(lock) if !targets.is_empty() => apply::apply(&project, &targets, &climbed, args, lock, console)?,
        _ => Applied::NotAsked,
    };
    let exit = exit(args, &project, &targets, applied);
    write(args, &project, &targets, climbed, applied, console)?;
    Ok(exit)
}

/// The project as it is; what could not be judged has no way out.
fn judged(args: &SuggestArgs, console: &Console) -> Result<Project, Failure> {
    if args.project.metadata_path.is_some() {
        return Err(Failure::new(
            "a saved `cargo metadata` output cannot be resolved again",
            Some("name the workspace itself with `--manifest-path`".to_owned()),
        ));
    }
    judge_whole(&args.project, console)
}

/// What is to go: everything that is denied, or what of it was named.
fn targets(args: &SuggestArgs, project: &Project) -> Result<BTreeSet<LockedPackage>, Failure> {
    let graph = &project.resolved.graph;
    let named = args.krate.as_deref().map(|krate| match krate.parse::<CrateSpec>() {
        Ok(spec) if graph.packages().iter().any(|package| spec.matches(package)) => Ok(spec),
        _ => Err(Failure::new(
            format!("`{krate}` is not in the dependency graph"),
            Some("`cargo airights check` shows what is denied".to_owned()),
        )),
    });
    let named = named.transpose()?;
    let denied = violations(&project.evaluation).into_iter();
    let denied = denied.map(|violation| graph.package(violation.package));
    let meant = denied.filter(|package| named.as_ref().is_none_or(|spec| spec.matches(package)));
    Ok(meant.map(LockedPackage::from).collect())
}

fn climb(project: &Project, targets: &BTreeSet<LockedPackage>, console: &Console) -> Result<Climbed, Failure> {
    if targets.is_empty() {
        return Ok(Climbed::default());
    }
    let spinner = if console.shows_progress() {
        ProgressBar::new_spinner()
    } else {
        ProgressBar::hidden()
    };
    spinner.enable_steady_tick(Duration::from_millis(120));
    let workshop = Workshop::open(project)?;
    if console.verbose > 0 && !workshop.has_advisories() {
        let note =
            "note: cargo's home has no RustSec advisories, as `cargo audit` or `cargo deny` fetch them, so none count";
        console.tell(|err, _| writeln!(err, "{note}"));
    }
    let climbed = airights_ways::climb(&workshop, targets, &|trying| {
        spinner.set_message(trying);
    });
    spinner.finish_and_clear();
    Ok(climbed?)
}

/// Clean where there was nothing to do, or what there was is done.
fn exit(args: &SuggestArgs, project: &Project, targets: &BTreeSet<LockedPackage>, applied: Applied) -> Exit {
    let is_all = args.krate.is_none();
    let left = match applied {
        Applied::Clean => false,
        Applied::NothingChanged => true,
        // An entry of the policy itself may be denied, which no other version of a crate helps against.
        Applied::NotAsked if is_all => project.evaluation.verdict != Verdict::Clean,
        Applied::NotAsked => !targets.is_empty(),
    };
    if left { Exit::Violated } else { Exit::Clean }
}

fn write(
    args: &SuggestArgs,
    project: &Project,
    targets: &BTreeSet<LockedPackage>,
    climbed: Climbed,
    applied: Applied,
    console: &Console,
) -> Result<(), Failure> {
    let together = climbed.together.as_ref().map(|together| &together.combination);
    let proposals: Vec<Proposal> = climbed.ways.into_iter().map(|way| way.proposal).collect();
    let only: Vec<String> = targets.iter().map(ToString::to_string).collect();
    let origins = |path: &[_]| project.origin(path);
    let report = report(project, &origins, exit(args, project, targets, applied), console);
    let suggestions = Suggestions {
        report: &report,
        proposals: &proposals,
        together,
        is_cut_short: climbed.is_cut_short,
        dead_ends: &climbed.dead_ends,
        only: args.krate.is_some().then_some(&only),
        applied,
    };
    console.document(args.format, &Document::Suggestions(&suggestions))?;
    Ok(())
}
