//! `cargo airights add`: judges a crate and all it would bring into this graph, and adds it if the policy agrees.
//!
//! The real `cargo add` runs on a scratch copy of the workspace, where the result is resolved and judged; then its very
//! manifests and lockfile take the place of the user's, so what comes in is what was judged.

mod recorded;

use std::collections::BTreeMap;

use airights::graph::Dependency;
use airights::suggest::{LockedPackage, changes};
use airights::{DependencyGraph, PackageIx, Verdict};
use airights_cargo::graph::ResolveOptions;
use airights_cargo::program::{CargoError, cargo, output};
use airights_report::Report;
use airights_report::add::{Addition, Ended, write};
use airights_session::{JudgedCopy, Project, Scratch, manifest_started_from};
use airights_store::{Edit, ProjectLock};
use airights_ways::{denied, is_of_crates_io, nearest_that_pass};

use self::recorded::{Recorded, record};
use super::failure::Failure;
use super::hold::hold_project;
use super::project::{judge, judge_whole, report};
use crate::Exit;
use crate::cli::AddArgs;
use crate::console::Console;

pub(super) fn run(args: &AddArgs, console: &Console) -> Result<Exit, Failure> {
    let lock = hold_project(&args.project(), console)?;
    // It may be violated already; what cannot be judged cannot be compared.
    let project = judge_whole(&args.project(), console)?;
    let scratch = Scratch::of(&project.resolved)?;
    let words = add_to_copy(args, &project, &scratch)?;
    let after = judge_copy(&project, &scratch)?;
    let anew = refused(&project, &after);
    let recorded = if args.force {
        Some(record(args, &project, &after, &anew, console)?)
    } else {
        None
    };
    let is_agreed = anew.is_empty() || recorded.as_ref().is_some_and(Recorded::covers_all);
    let ended = match (is_agreed, args.dry_run) {
        (false, _) => Ended::Refused,
        (true, true) => Ended::NotAsked,
        (true, false) => {
            take_over(args, &project, &scratch, recorded.as_ref(), &lock, console)?;
            console.tell(|err, _| err.write_all(words.as_bytes()));
            Ended::Added
        }
    };
    show(&project, &after, &anew, recorded.as_ref(), ended, console)?;
    Ok(if is_agreed { Exit::Clean } else { Exit::Violated })
}

/// Runs `cargo add` on the copy, and returns what it says of it.
fn add_to_copy(args: &AddArgs, project: &Project, scratch: &Scratch) -> Result<String, Failure> {
    let here = std::env::current_dir()?;
    let manifest = scratch.place_of(&manifest_started_from(project, &here));
    let mut command = cargo();
    command
        .args(["add", "--color", "never", "--manifest-path"])
        .arg(manifest);
    match output(command.args(args.of_cargo())) {
        Ok(output) => Ok(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error @ CargoError::Failed { .. }) => {
            Err(Failure::new("the crate cannot be added, so nothing was changed", None).because(error))
        }
        Err(error) => Err(error.into()),
    }
}

fn judge_copy(project: &Project, scratch: &Scratch) -> Result<JudgedCopy, Failure> {
    let manifest = project.resolved.workspace_root.join("Cargo.toml");
    let options = ResolveOptions {
        manifest_path: Some(scratch.place_of(&manifest)),
        cache: None,
        ..project.options.clone()
    };
    Ok(scratch.judge(project, &options)?)
}

/// The packages of the graph as it would be that are denied and were not before, or that what is added leads to: a crate
/// is refused like any other where somebody else has brought it in already.
fn refused(project: &Project, after: &JudgedCopy) -> Vec<PackageIx> {
    let before = denied(&project.evaluation, &project.resolved.graph);
    let now = denied(&after.evaluation, &after.resolved.graph);
    let graph = &after.resolved.graph;
    let brought = graph.reached_from(added(&project.resolved.graph, graph));
    let packages = graph.iter().filter(|(place, package)| {
        let package = LockedPackage::from(*package);
        now.contains(&package) && (!before.contains(&package) || brought.contains(place))
    });
    packages.map(|(place, _)| place).collect()
}

/// What members depend on afterwards and did not before.
fn added(before: &DependencyGraph, after: &DependencyGraph) -> Vec<PackageIx> {
    let direct = |graph: &DependencyGraph| -> BTreeMap<(String, LockedPackage), PackageIx> {
        let members = graph.iter().filter(|(_, package)| package.is_member);
        let edges = members.flat_map(|(place, member)| {
            let named = |edge: &Dependency| ((member.name.clone(), graph.package(edge.to).into()), edge.to);
            graph.dependencies_of(place).iter().map(named).collect::<Vec<_>>()
        });
        edges.collect()
    };
    let known = direct(before);
    let new = direct(after).into_iter().filter(|(edge, _)| !known.contains_key(edge));
    new.map(|(_, place)| place).collect()
}

/// Puts what was made on the copy in the place of the user's files, and judges once more where it stands.
fn take_over(
    args: &AddArgs,
    project: &Project,
    scratch: &Scratch,
    recorded: Option<&Recorded>,
    lock: &ProjectLock,
    console: &Console,
) -> Result<(), Failure> {
    let edited = scratch.edited_now()?;
    let locked = scratch.lockfile_now()?;
    let policy = recorded.and_then(Recorded::edit);
    let manifests = edited.iter().map(|(path, text)| Edit {
        path,
        before: scratch.manifests().get(path).map(String::as_str),
        after: Some(text),
    });
    let lockfile = Edit {
        path: &project.resolved.lockfile,
        before: Some(scratch.locked()),
        after: Some(&locked),
    };
    let edits: Vec<Edit<'_>> = policy.into_iter().chain(manifests).chain([lockfile]).collect();
    let undo = lock.change(&[], &edits)?;
    let mut project_args = args.project();
    project_args.locked = true;
    let before = denied(&project.evaluation, &project.resolved.graph);
    let as_judged = |now: &Project| {
        let is_judged = now.evaluation.verdict != Verdict::Incomplete;
        is_judged && denied(&now.evaluation, &now.resolved.graph).is_subset(&before)
    };
    let now = judge(&project_args, console).map(|now| as_judged(&now).then_some(()));
    undo.keep_for(now)?.ok_or_else(|| {
        let message = "what was added is judged otherwise where it stands, so everything is as it was";
        Failure::new(message, None)
    })
}

fn show(
    project: &Project,
    after: &JudgedCopy,
    anew: &[PackageIx],
    recorded: Option<&Recorded>,
    ended: Ended,
    console: &Console,
) -> Result<(), Failure> {
    let packages =
        |graph: &airights::DependencyGraph| graph.packages().iter().map(LockedPackage::from).collect::<Vec<_>>();
    let changes = changes(&packages(&project.resolved.graph), &packages(&after.resolved.graph));
    let exit = if ended == Ended::Refused {
        Exit::Violated
    } else {
        Exit::Clean
    };
    let report = Report {
        evaluation: &after.evaluation,
        graph: &after.resolved.graph,
        is_planned: true,
        ..report(project, &|_| None, exit, console)
    };
    let nearest = if ended == Ended::Refused {
        nearest(project, after, anew)
    } else {
        Vec::new()
    };
    let addition = Addition {
        report: &report,
        changes: &changes,
        anew,
        nearest: &nearest,
        exceptions: recorded.map_or(&[], Recorded::exceptions),
        ended,
    };
    console.write(|out, terminal| write(&addition, terminal, out))?;
    Ok(())
}

/// For what is denied, the newest versions that would pass by themselves, where the registry says so without much ado.
fn nearest(project: &Project, after: &JudgedCopy, anew: &[PackageIx]) -> Vec<String> {
    let packages = anew.iter().map(|&place| after.resolved.graph.package(place));
    let denied = packages.filter(|package| is_of_crates_io(&LockedPackage::from(*package)));
    // A hint that cannot be had is no reason to fail: the verdict stands.
    nearest_that_pass(project, &denied.collect::<Vec<_>>()).unwrap_or_default()
}
