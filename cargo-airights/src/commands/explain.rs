//! `cargo airights explain`: a rule, a crate with everything that is known of it, a license, a class of licenses, an AI use.

use airights::account::{account, judge_license};
use airights::facts::Gathered;
use airights::policy::CrateSpec;
use airights::terms::LicenseExpression;
use airights::{AiUse, LicenseClass, PackageIx, Rule};
use airights_facts::declared;
use airights_manifest::spelling::{nearest, nearest_license};
use airights_report::explain::{Known, write_class, write_license, write_package, write_rule, write_use};
use airights_report::{Report, Terminal};
use airights_session::{Project, clock};

use super::failure::Failure;
use super::project::{judge, report};
use crate::Exit;
use crate::cli::ExplainArgs;
use crate::console::Console;

pub(super) fn run(args: &ExplainArgs, console: &Console) -> Result<Exit, Failure> {
    if let Some(docs) = docs_of(&args.subject) {
        console.write(|out, terminal| write_rule(&docs, terminal, out))?;
        return Ok(Exit::Clean);
    }
    let project = judge(&args.project, console)?;
    let subject = Subject::named(&args.subject, &project)?;
    let origins = |path: &[_]| project.origin(path);
    let report = report(&project, &origins, Exit::Clean, console);
    console.write(|out, terminal| subject.write(&report, &project, terminal, out))?;
    Ok(Exit::Clean)
}

/// The documentation of a rule, of `check` or of `publish-check`.
fn docs_of(subject: &str) -> Option<String> {
    subject.parse::<Rule>().map(Rule::docs).ok()
}

/// What is to be explained.
enum Subject {
    /// An AI use.
    Use(AiUse),
    /// A class of licenses.
    Class(LicenseClass),
    /// A crate, in all its versions.
    Crate(Vec<PackageIx>),
    /// A license, or an expression of several.
    License(Box<spdx::Expression>),
}

impl Subject {
    /// What a name means. A crate that is called as a use or a class is, is named with its version.
    fn named(name: &str, project: &Project) -> Result<Self, Failure> {
        if let Ok(ai_use) = name.parse() {
            return Ok(Self::Use(ai_use));
        }
        let class = name.strip_prefix("class:").unwrap_or(name);
        if let Ok(class) = class.parse() {
            return Ok(Self::Class(class));
        }
        if let Ok(spec) = name.parse::<CrateSpec>() {
            let packages = project.resolved.graph.iter();
            let meant = packages.filter(|(_, package)| spec.matches(package));
            let meant: Vec<PackageIx> = meant.map(|(place, _)| place).collect();
            if !meant.is_empty() {
                return Ok(Self::Crate(meant));
            }
        }
        match declared::read(name) {
            Ok(read) => Ok(Self::License(Box::new(read.expression))),
            Err(_) => Err(unknown(name, project)),
        }
    }

    fn write(
        &self,
        report: &Report<'_>,
        project: &Project,
        terminal: Terminal,
        out: &mut dyn std::io::Write,
    ) -> std::io::Result<()> {
        match self {
            Self::Use(ai_use) => write_use(report, *ai_use, &project.policy, terminal, out),
            Self::Class(class) => write_class(report, *class, &project.policy, terminal, out),
            Self::License(expression) => {
                let judge = |role| judge_license(&project.policy, expression, role, clock::today());
                write_license(report, &LicenseExpression::from(&**expression), judge, terminal, out)
            }
            Self::Crate(meant) => {
                for (number, &place) in meant.iter().enumerate() {
                    if number > 0 {
                        writeln!(out)?;
                    }
                    write_crate(report, project, place, terminal, out)?;
                }
                Ok(())
            }
        }
    }
}

fn write_crate(
    report: &Report<'_>,
    project: &Project,
    place: PackageIx,
    terminal: Terminal,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let facts = match project.facts.get(place) {
        Some(Gathered::Facts(facts)) => Some(facts),
        Some(Gathered::Not(_)) | None => None,
    };
    let mut judgements = project.evaluation.judgements.iter();
    let judgement = judgements.find(|judgement| judgement.package == place);
    let judged = facts.zip(judgement).map(|(facts, judgement)| {
        let package = project.resolved.graph.package(place);
        (
            facts,
            account(&project.policy, judgement, package, facts, clock::today()),
        )
    });
    let known = judged.as_ref().map(|(facts, account)| Known { facts, account });
    write_package(report, place, known, terminal, out)
}

fn unknown(subject: &str, project: &Project) -> Failure {
    let rules = Rule::ALL.iter().map(|rule| rule.id());
    let uses = AiUse::ALL.iter().map(|ai_use| ai_use.as_str());
    let classes = LicenseClass::ALL.iter().map(|class| class.as_str());
    let crates = project.resolved.graph.packages().iter();
    let crates = crates.map(|package| package.name.as_str());
    let word = subject.strip_prefix("class:").unwrap_or(subject);
    let near = nearest(word, rules.chain(uses).chain(classes).chain(crates));
    let hint = match near.or_else(|| nearest_license(subject)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cargo airights list` shows the crates and their licenses, `cargo airights check` names the rules that apply"
            .to_owned(),
    };
    Failure::new(
        format!(
            "`{subject}` is not a rule, a crate in the dependency graph, a license, a class of licenses or an AI use"
        ),
        Some(hint),
    )
}
