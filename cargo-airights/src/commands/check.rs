//! `cargo airights check`: every crate of the graph, judged by the policy.

use super::baseline;
use super::failure::Failure;
use super::known_ways::KnownWays;
use super::project::Project;
use crate::Exit;
use crate::cli::{CheckArgs, ReportFormat};
use crate::console::Console;
use airights_report::Report;

pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Exit, Failure> {
    let mut project = Project::judge(&args.project, console)?;
    KnownWays::of(&project).name_in(&mut project);
    let notes = baseline::apply(args, &mut project, console)?;
    let exit = Exit::of(project.evaluation.verdict, args.exit_zero);
    let origins = |path: &[_]| project.origin(path);
    let report = Report {
        notes: &notes,
        ..project.report(&origins, exit, console)
    };
    console.write(|out, terminal| match args.format {
        ReportFormat::Human => airights_report::human::write(&report, terminal, out),
        ReportFormat::Json => airights_report::json::write(&report, out),
        ReportFormat::Sarif => airights_report::sarif::write(&report, out),
    })?;
    Ok(exit)
}
