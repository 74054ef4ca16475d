//! `cargo airights clarify`: writes down which license a crate has, bound to the texts in which somebody has read it, or to
//! the package itself where there are none.

use airights::policy::{Binding, BoundFile};
use airights::{Entry, PackageFacts};
use airights_manifest::spelling::{nearest, nearest_license};
use airights_report::entry::entry_with;
use airights_report::settle::write_nothing_to_clarify;
use airights_session::Project;

use super::failure::Failure;
use super::hold::hold_project;
use super::policy_file::PolicyFile;
use super::project::{judge, report};
use super::settle::{Chosen, NewEntry, exit_of, settle};
use crate::Exit;
use crate::cli::ClarifyArgs;
use crate::console::Console;

pub(super) fn run(args: &ClarifyArgs, console: &Console) -> Result<Exit, Failure> {
    let lock = hold_project(&args.project, console)?;
    let project = judge(&args.project, console)?;
    let chosen = Chosen::of(&args.krate, None, is_clarification, &project)?;
    let Some(offer) = Offer::for_package(&chosen, &project) else {
        return nothing_to_clarify(&chosen, &project, console);
    };
    let entry = clarification(args, offer, &chosen, &project)?;
    let file = PolicyFile::open(&args.project, console)?.of_ours()?;
    let entry = NewEntry {
        text: &entry_with(&entry, args.reason.as_deref(), None),
        replaces: earlier(&file, &chosen, &project),
        kept: &["ai", "reason"],
    };
    settle(
        &entry,
        file,
        &chosen,
        &project,
        (!args.dry_run).then_some(&lock),
        console,
    )
}

fn is_clarification(entry: &Entry) -> bool {
    matches!(entry, Entry::Clarification { .. })
}

/// What the findings of a package offer to write down.
struct Offer {
    license: Option<String>,
    files: Vec<BoundFile>,
    bound_to: Option<Binding>,
}

impl Offer {
    fn for_package(chosen: &Chosen, project: &Project) -> Option<Self> {
        let findings = chosen.findings(project).into_iter();
        let mut offers = findings.filter_map(|finding| match finding.entry.clone()? {
            Entry::Clarification {
                license,
                files,
                bound_to,
                ..
            } => Some(Self {
                license,
                files,
                bound_to,
            }),
            Entry::Exception { .. } => None,
        });
        let first = offers.next()?;
        let license = first.license.or_else(|| offers.find_map(|other| other.license));
        Some(Self { license, ..first })
    }
}

fn clarification(args: &ClarifyArgs, offer: Offer, chosen: &Chosen, project: &Project) -> Result<Entry, Failure> {
    let package = project.resolved.graph.package(chosen.packages[0]);
    let license = match &args.expression {
        Some(expression) => Some(checked(expression, chosen)?),
        None => offer.license,
    };
    let license = license.ok_or_else(|| {
        let hint = format!(
            "`cargo airights explain {}` shows what it has; name the license with `--expression`",
            chosen.krate
        );
        Failure::new(format!("which license `{package}` has is for you to say"), Some(hint))
    })?;
    let files = match chosen.facts(project) {
        Some(facts) if !args.file.is_empty() => {
            let files = args.file.iter().map(|path| bound_file(path, facts));
            files.collect::<Result<_, _>>()?
        }
        _ => offer.files,
    };
    if files.is_empty() && args.reason.is_none() {
        let hint = "say with `--reason` how you know its license";
        return Err(Failure::new(
            format!("`{package}` has no license file to go by"),
            Some(hint.to_owned()),
        ));
    }
    Ok(Entry::Clarification {
        krate: chosen.krate.clone(),
        license: Some(license),
        bound_to: offer.bound_to.filter(|_| files.is_empty()),
        files,
    })
}

/// An expression as SPDX writes it.
fn checked(expression: &str, chosen: &Chosen) -> Result<String, Failure> {
    let parsed = spdx::Expression::parse(expression);
    parsed.map(|_| expression.to_owned()).map_err(|error| {
        let term = expression.get(error.span.clone()).unwrap_or_default();
        // A name that is only near may be that of a milder license; one of the same letters is mistyped.
        let letters = |name: &str| {
            let mut letters: Vec<char> = name.to_ascii_lowercase().chars().collect();
            letters.sort_unstable();
            letters
        };
        let is_mistyped = |near: &&str| letters(near) == letters(term) && *near != term;
        let hint = match nearest_license(term).filter(is_mistyped) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "`cargo airights explain {}` shows its texts; a license that SPDX does not list is written `LicenseRef-NAME`",
                chosen.krate
            ),
        };
        let message = format!("`{expression}` is not an SPDX expression");
        Failure::new(message, Some(hint)).because_of(error.reason.to_string())
    })
}

/// A file of the package with its hash.
fn bound_file(path: &str, facts: &PackageFacts) -> Result<BoundFile, Failure> {
    let path = path.trim_start_matches("./");
    let sha256 = facts.sha256_of(path).ok_or_else(|| {
        let known: Vec<&str> = facts.texts.iter().map(|text| text.path.as_str()).collect();
        let hint = match nearest(path, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "leave it out, and say with `--reason` how you know its license".to_owned(),
            None => format!("it has `{}`", known.join("`, `")),
        };
        Failure::new(format!("`{path}` is not a license file of the crate"), Some(hint))
    })?;
    Ok(BoundFile {
        path: path.to_owned(),
        sha256: sha256.to_owned(),
    })
}

/// The number in the file of a clarification of the same: only one is ever in force.
fn earlier(file: &PolicyFile, chosen: &Chosen, project: &Project) -> Option<usize> {
    let clarifications = &project.policy.clarifications;
    let is_for_it = |number: usize| chosen.are_meant_by(&clarifications[number].krate, &project.resolved.graph);
    let own = file.own(clarifications.iter().map(|known| known.at.as_ref()));
    own.into_iter().position(is_for_it)
}

fn nothing_to_clarify(chosen: &Chosen, project: &Project, console: &Console) -> Result<Exit, Failure> {
    let remaining = chosen.findings(project);
    let exit = exit_of(&remaining);
    let origins = |path: &[_]| project.origin(path);
    let report = report(project, &origins, exit, console);
    console.write(|out, terminal| write_nothing_to_clarify(&report, &chosen.packages, &remaining, terminal, out))?;
    Ok(exit)
}
