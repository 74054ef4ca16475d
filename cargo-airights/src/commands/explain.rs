//! `cargo airights explain`: a rule, or everything that is known of a crate.

use airights::facts::Gathered;
use airights::policy::CrateSpec;
use airights::{PackageIx, Rule};
use airights_manifest::spelling::nearest;
use airights_report::explain::{write_package, write_rule};

use super::failure::Failure;
use super::project::{judge, report};
use crate::Exit;
use crate::cli::ExplainArgs;
use crate::console::Console;

pub(super) fn run(args: &ExplainArgs, console: &Console) -> Result<Exit, Failure> {
    match docs_of(&args.subject) {
        Some(docs) => explain_rule(&docs, console),
        None => explain_crate(args, console),
    }
}

/// The documentation of a rule, of `check` or of `publish-check`.
fn docs_of(subject: &str) -> Option<String> {
    subject.parse::<Rule>().map(Rule::docs).ok()
}

fn explain_rule(docs: &str, console: &Console) -> Result<Exit, Failure> {
    console.write(|out, terminal| write_rule(docs, terminal, out))?;
    Ok(Exit::Clean)
}

fn explain_crate(args: &ExplainArgs, console: &Console) -> Result<Exit, Failure> {
    let spec: CrateSpec = args
        .subject
        .parse()
        .map_err(|_| unknown(&args.subject, std::iter::empty()))?;
    let project = judge(&args.project, console)?;
    let meant: Vec<PackageIx> = project
        .resolved
        .graph
        .iter()
        .filter(|(_, package)| spec.matches(package))
        .map(|(place, _)| place)
        .collect();
    if meant.is_empty() {
        let packages = project.resolved.graph.packages().iter();
        return Err(unknown(&args.subject, packages.map(|package| package.name.as_str())));
    }
    let origins = |path: &[_]| project.origin(path);
    let report = report(&project, &origins, Exit::Clean, console);
    console.write(|out, terminal| {
        for (number, &place) in meant.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let facts = match project.facts.get(place) {
                Some(Gathered::Facts(facts)) => Some(&**facts),
                Some(Gathered::Not(_)) | None => None,
            };
            write_package(&report, place, facts, terminal, out)?;
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}

fn unknown<'a>(subject: &'a str, crates: impl Iterator<Item = &'a str>) -> Failure {
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let hint = match nearest(subject, rules.chain(crates)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cargo airights list` shows the crates, `cargo airights check` names the rules that apply".to_owned(),
    };
    Failure::new(
        format!("`{subject}` is neither a rule nor a crate in the dependency graph"),
        Some(hint),
    )
}
