//! `cargo airights check`: every crate of the graph, judged by the policy.

use airights_report::Report;
use airights_report::format::Document;
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
    let notes = baseline::apply(args, &mut project, console)?;
    let exit = Exit::of(project.evaluation.verdict, args.exit_zero);
    let origins = |path: &[_]| project.origin(path);
    let report = Report {
        notes: &notes,
        ..report(&project, &origins, exit, console)
    };
    console.document(args.format, &Document::Report(&report))?;
    Ok(exit)
}
