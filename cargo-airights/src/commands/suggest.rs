//! `cargo airights suggest`: ways out of what the policy denies, each proved by cargo's own resolver.

mod alternatives;
mod apply;
mod attempt;
mod copies;
mod filtered_cargo;
mod judged_again;
mod ladder;
mod manifest;
mod release_info;
mod update_list;
mod verdicts;
mod workshop;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use airights::policy::CrateSpec;
use airights::suggest::{LockedPackage, Proposal, violations};
use airights::{Package, Verdict};
use indicatif::ProgressBar;

use super::project::{judge_whole, report};

pub(super) use self::judged_again::denied;
use self::ladder::Climbed;
use self::verdicts::candidates;
pub(super) use self::verdicts::is_of_crates_io;
use self::workshop::Workshop;
use super::failure::Failure;
use super::known_ways::KnownWays;
use super::undo;
use crate::Exit;
use crate::cli::SuggestArgs;
use crate::console::Console;
use airights_cargo::graph::{self, ResolveOptions};
use airights_report::format::Document;
use airights_report::suggest::{Applied, Suggestions};
use airights_session::Project;

pub(super) fn run(args: &SuggestArgs, console: &Console) -> Result<Exit, Failure> {
    put_back_what_was_cut_short(args.project.manifest_path.as_deref(), console)?;
    let project = judged(args, console)?;
    let targets = targets(args, &project)?;
    let climbed = climb(&project, &targets, console)?;
    KnownWays::of(&project).remember(&targets, &climbed.proposals());
    let applied = if args.apply && !targets.is_empty() {
        apply::apply(&project, &targets, &climbed, args, console)?
    } else {
        Applied::NotAsked
    };
    let exit = exit(args, &project, &targets, applied);
    write(args, &project, &targets, climbed, applied, console)?;
    Ok(exit)
}

/// An earlier run that wrote files of the project may have been killed in the middle.
pub(super) fn put_back_what_was_cut_short(manifest_path: Option<&Path>, console: &Console) -> Result<(), Failure> {
    let options = ResolveOptions {
        manifest_path: manifest_path.map(Path::to_owned),
        ..ResolveOptions::default()
    };
    let lockfile = graph::lockfile_of(&options);
    lockfile.map_or(Ok(()), |lockfile| undo::put_back_what_was_cut_short(&lockfile, console))
}

/// For each package, the newest version of its crate that would pass by itself in the package's roles, of the first few.
/// Those of which nothing can be known are left out.
pub(super) fn nearest_that_pass(project: &Project, packages: &[&Package]) -> Result<Vec<String>, Failure> {
    /// More versions are not looked into for a hint.
    const MOST_VERSIONS: usize = 12;
    if packages.is_empty() {
        return Ok(Vec::new());
    }
    let workshop = Workshop::open(project)?;
    let found = packages.iter().filter_map(|package| {
        let index = workshop.verdicts.upstream.index_of(&package.name).ok()?;
        let mut versions = candidates(&index, |version| *version != package.version);
        versions.truncate(MOST_VERSIONS);
        let entry = workshop.verdicts.first_that_passes(&versions, package.roles).ok()??;
        Some(format!("{}@{}", package.name, entry.version))
    });
    Ok(found.collect())
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
    if console.verbose > 0 && !workshop.release_info.has_advisories() {
        let note =
            "note: cargo's home has no RustSec advisories, as `cargo audit` or `cargo deny` fetch them, so none count";
        console.tell(|err, _| writeln!(err, "{note}"));
    }
    let climbed = ladder::climb(&workshop, targets, &|trying| {
        spinner.set_message(trying);
    });
    spinner.finish_and_clear();
    climbed
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
