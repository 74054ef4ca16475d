//! `cargo airights check`: every crate of the graph, judged by the policy.

use airights::facts::CRATES_IO;
use airights::policy::PolicySource;
use airights::{Role, Verdict};
use airights_manifest::spelling::{alternatives, enumeration};
use airights_report::Report;
use airights_report::format::Document;
use airights_session::Project;
#[cfg(feature = "net")]
use airights_ways::KnownWays;

use super::baseline;
use super::failure::Failure;
use super::hold::hold_project;
use super::project::{judge_in, report};
use crate::Exit;
use crate::cli::CheckArgs;
use crate::console::Console;

pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let lock = args
        .write_baseline
        .then(|| hold_project(&args.project, console))
        .transpose()?;
    let mut project = judge_in(&args.project, &args.roles, console)?;
    #[cfg(feature = "net")]
    KnownWays::of(&project).name_in(&mut project);
    let mut notes = baseline::apply(args, &mut project, lock.as_ref(), console)?;
    notes.extend(other_scope(&project));
    notes.extend(part(&project));
    notes.extend(for_targets(args));
    notes.extend(read_by_name(&project));
    let exit = Exit::of(project.evaluation.verdict, args.exit_zero);
    let origins = |path: &[_]| project.origin(path);
    let report = Report {
        notes: &notes,
        ..report(&project, &origins, exit, console)
    };
    console.document(args.format, &Document::Report(&report))?;
    Ok(exit)
}

/// More packages than this are not named.
const MOST_NAMED: usize = 3;

/// Whose declared license is none that a registry would take today, and was understood all the same.
fn read_by_name(project: &Project) -> Option<String> {
    let judgements = project.evaluation.judgements.iter();
    let mut read: Vec<String> = judgements
        .filter_map(|judgement| {
            let declared = judgement.license.declared.as_deref()?;
            let is_read = !judgement.license.notes.is_empty()
                && judgement.role != Role::Member
                && spdx::Expression::parse_mode(declared, CRATES_IO).is_err();
            let package = project.resolved.graph.package(judgement.package);
            is_read.then(|| {
                format!(
                    "`{package}` declares `{declared}`: {}",
                    judgement.license.notes.join(", ")
                )
            })
        })
        .collect();
    let more = read.len().saturating_sub(MOST_NAMED);
    read.truncate(MOST_NAMED);
    if more > 0 {
        read.push(format!("… and {more} more"));
    }
    (!read.is_empty()).then(|| read.join("; "))
}

/// What was judged, where the command line asked for some targets only.
fn for_targets(args: &CheckArgs) -> Option<String> {
    let targets: Vec<&str> = args.project.target.iter().map(String::as_str).collect();
    (!targets.is_empty()).then(|| format!("this judges what is built for {} alone", enumeration(targets)))
}

/// What was judged, where that is a part of the graph.
fn part(project: &Project) -> Option<String> {
    let graph = &project.resolved.graph;
    let roles = graph.judged_roles()?;
    let counts = project.evaluation.counts();
    Some(format!(
        "this judges a part of the graph: {} of {} packages, those with {}",
        counts.resolved,
        graph.packages().len(),
        match roles.iter().count() {
            1 => format!("the role {}", alternatives(roles.iter().map(Role::as_str))),
            _ => format!("one of the roles {}", enumeration(roles.iter().map(Role::as_str))),
        }
    ))
}

/// What to know where cargo-deny judges less by the same file: of a workspace with a package in its root that package alone.
fn other_scope(project: &Project) -> Option<String> {
    let is_of_cargo_deny =
        matches!(&project.policy.source, PolicySource::File { path, .. } if path.ends_with("deny.toml"));
    let members = project
        .resolved
        .graph
        .packages()
        .iter()
        .filter(|package| package.is_member);
    let root = members.clone().find(|member| member.manifest == "Cargo.toml")?;
    let judges_more = members.count() > 1 && project.options.selection.is_all();
    let is_of_interest = is_of_cargo_deny && judges_more && project.evaluation.verdict == Verdict::Violated;
    is_of_interest.then(|| {
        format!(
            "this judges the whole workspace; without `--workspace` cargo-deny judges `{0}` alone, as `--package {0}` does here",
            root.name
        )
    })
}
