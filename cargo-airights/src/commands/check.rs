//! `cargo airights check`: every crate of the graph, judged by the policy.

use airights::Verdict;
use airights::policy::PolicySource;
use airights_report::Report;
use airights_report::format::Document;
use airights_session::Project;
#[cfg(feature = "net")]
use airights_ways::KnownWays;

use super::baseline;
use super::failure::Failure;
use super::project::{judge, report};
use crate::Exit;
use crate::cli::CheckArgs;
use crate::console::Console;

pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let mut project = judge(&args.project, console)?;
    #[cfg(feature = "net")]
    KnownWays::of(&project).name_in(&mut project);
    let mut notes = baseline::apply(args, &mut project, console)?;
    notes.extend(other_scope(&project));
    let exit = Exit::of(project.evaluation.verdict, args.exit_zero);
    let origins = |path: &[_]| project.origin(path);
    let report = Report {
        notes: &notes,
        ..report(&project, &origins, exit, console)
    };
    console.document(args.format, &Document::Report(&report))?;
    Ok(exit)
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
