//! `cargo airights list`: what is in the graph, by license, class or AI use. It lists, and judges nothing: the exit
//! code is 0 unless something could not be evaluated.

use airights::Verdict;
use airights_report::format::Document;
use airights_report::list::{By, Listing};
use airights_session::Project;

use super::failure::Failure;
use super::project::{judge_in, report};
use crate::Exit;
use crate::cli::{ListArgs, ListBy};
use crate::console::Console;

pub(super) fn run(args: &ListArgs, console: &Console) -> Result<Exit, Failure> {
    let project = judge_in(&args.project, &args.roles, console)?;
    let exit = exit_of(&project);
    let listing = Listing {
        by: match args.by {
            ListBy::License => By::License,
            ListBy::Class => By::Class,
            ListBy::AiUse => By::AiUse,
        },
        filter: args.filter.filter(),
    };
    let origins = |path: &[_]| project.origin(path);
    let report = report(&project, &origins, exit, console);
    console.document(args.format, &Document::Inventory(&report, &listing))?;
    Ok(exit)
}

/// How a command ends that shows what is there: whatever is denied, it was asked for no verdict.
pub(super) fn exit_of(project: &Project) -> Exit {
    match project.evaluation.verdict {
        Verdict::Clean | Verdict::Violated => Exit::Clean,
        Verdict::Incomplete => Exit::CouldNotJudge,
    }
}
