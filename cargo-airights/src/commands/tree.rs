//! `cargo airights tree`: the dependency tree with licenses and verdicts. It draws, and judges nothing: the exit code is 0
//! unless something could not be evaluated.

use airights::PackageIx;
use airights::policy::CrateSpec;
use airights_manifest::spelling::nearest;
use airights_report::tree::{self, Tree};
use airights_session::Project;

use super::failure::Failure;
use super::list::exit_of;
use super::project::{judge_in, report};
use crate::Exit;
use crate::cli::TreeArgs;
use crate::console::Console;

pub(super) fn run(args: &TreeArgs, console: &Console) -> Result<Exit, Failure> {
    let project = judge_in(&args.project, &args.roles, console)?;
    let exit = exit_of(&project);
    let tree = Tree {
        inverted: named(&project, &args.invert)?,
        depth: args.depth,
        filter: args.filter.filter(),
    };
    let origins = |path: &[_]| project.origin(path);
    let report = report(&project, &origins, exit, console);
    console.write(|out, terminal| tree::write(&report, &tree, terminal, out))?;
    Ok(exit)
}

/// The packages that these names mean, in all their versions.
fn named(project: &Project, names: &[String]) -> Result<Vec<PackageIx>, Failure> {
    let graph = &project.resolved.graph;
    let mut meant = Vec::new();
    for name in names {
        let spec: Option<CrateSpec> = name.parse().ok();
        let before = meant.len();
        let is_meant = |package| spec.as_ref().is_some_and(|spec| spec.matches(package));
        meant.extend(
            graph
                .iter()
                .filter(|(_, package)| is_meant(package))
                .map(|(place, _)| place),
        );
        if meant.len() == before {
            let near = nearest(name, graph.packages().iter().map(|package| package.name.as_str()));
            return Err(Failure::new(
                format!("`{name}` is not in the dependency graph"),
                near.map(|near| format!("did you mean `{near}`?")),
            ));
        }
    }
    Ok(meant)
}
