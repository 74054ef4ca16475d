//! `cargo airights allow`: writes the exception that settles what is found of one crate into the project's policy.

use airights::Entry;
use airights::policy::{Exception, PolicySource};
use airights_report::entry::{entry_of_cargo_deny_with, entry_with};
use airights_report::settle::write_nothing_to_allow;
use airights_session::{Project, clock};

use super::failure::Failure;
use super::hold::hold_project;
use super::policy_file::PolicyFile;
use super::project::{judge, report};
use super::settle::{Chosen, NewEntry, exit_of, settle};
use crate::Exit;
use crate::cli::AllowArgs;
use crate::console::Console;

pub(super) fn run(args: &AllowArgs, console: &Console) -> Result<Exit, Failure> {
    if let Some(until) = args.until.filter(|until| *until < clock::today()) {
        return Err(Failure::new(
            format!("{until} is over, and so the exception would be"),
            None,
        ));
    }
    let lock = hold_project(&args.project, console)?;
    let project = judge(&args.project, console)?;
    let chosen = Chosen::of(&args.krate, args.version.as_ref(), is_exception, &project)?;
    let Some(mut entry) = exception(args, &chosen, &project) else {
        return nothing_to_allow(&chosen, &project, console);
    };
    let file = PolicyFile::open(&args.project, console)?;
    let replaces = if project.policy.first_exception_only {
        taken_over(&mut entry, &file, &chosen, &project)
    } else {
        without_effect(&file, &chosen, &project)
    };
    let entry = NewEntry {
        text: &in_words_of(&file, &entry, args, &project)?,
        replaces,
        // Who asks for no roles does not ask for more than there were.
        kept: if args.has_roles() {
            &["owner"]
        } else {
            &["owner", "roles"]
        },
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

/// The exception as the policy writes it. Cargo-deny knows no last day, and its file may say nothing of licenses yet: then it
/// would begin to.
fn in_words_of(file: &PolicyFile, entry: &Entry, args: &AllowArgs, project: &Project) -> Result<String, Failure> {
    if !file.is_of_cargo_deny() {
        return Ok(entry_with(entry, Some(&args.reason), args.until));
    }
    let has_place = args.until.is_none() && project.policy.source != PolicySource::BuiltIn;
    let text = entry_of_cargo_deny_with(entry, &args.reason).filter(|_| has_place);
    text.ok_or_else(|| file.has_no_place())
}

fn is_exception(entry: &Entry) -> bool {
    matches!(entry, Entry::Exception { .. })
}

/// One exception for all that is denied and that an exception can settle, as `check` shows it. What is warned of is another
/// decision, and comes once nothing is denied.
fn exception(args: &AllowArgs, chosen: &Chosen, project: &Project) -> Option<Entry> {
    let findings = chosen.findings(project).into_iter();
    let offers = findings.filter_map(|finding| Some((finding.level, finding.entry.as_ref()?)));
    let offers: Vec<_> = offers.filter(|(_, entry)| is_exception(entry)).collect();
    let worst = offers.iter().map(|(level, _)| *level).max()?;
    let of_worst = offers.into_iter().filter(|(level, _)| *level == worst);
    let mut entry = Entry::merged(of_worst.map(|(_, entry)| entry))?;
    if let Entry::Exception { krate, roles, .. } = &mut entry {
        krate.clone_from(&chosen.krate);
        *roles = args.roles();
    }
    Some(entry)
}

/// The number in the file of an exception for the same that has expired, or was granted for a text that has changed since.
fn without_effect(file: &PolicyFile, chosen: &Chosen, project: &Project) -> Option<usize> {
    let exceptions = &project.policy.exceptions;
    let has_none = |exception: &Exception| {
        let holds = |files: &[_]| chosen.facts(project).is_some_and(|facts| facts.holds_all(files));
        exception.is_expired(clock::today()) || !holds(&exception.files)
    };
    let is_for_them = |exception: &Exception| chosen.are_meant_by(&exception.krate, &project.resolved.graph);
    let mut own = file
        .own(exceptions.iter().map(|exception| exception.at.as_ref()))
        .into_iter();
    own.position(|number| is_for_them(&exceptions[number]) && has_none(&exceptions[number]))
}

/// The number in the file of the exception beside which no other for the same counts, once the new one has all of it.
fn taken_over(entry: &mut Entry, file: &PolicyFile, chosen: &Chosen, project: &Project) -> Option<usize> {
    let exceptions = &project.policy.exceptions;
    let is_for_them = |number: usize| chosen.are_meant_by(&exceptions[number].krate, &project.resolved.graph);
    let own = file.own(exceptions.iter().map(|exception| exception.at.as_ref()));
    let place = own.iter().position(|&number| is_for_them(number))?;
    if let Entry::Exception { licenses, .. } = entry {
        let before = exceptions[own[place]].licenses.iter().map(ToString::to_string);
        *licenses = before.chain(licenses.drain(..)).collect();
    }
    Some(place)
}

fn nothing_to_allow(chosen: &Chosen, project: &Project, console: &Console) -> Result<Exit, Failure> {
    let remaining = chosen.findings(project);
    let exit = exit_of(&remaining);
    let origins = |path: &[_]| project.origin(path);
    let report = report(project, &origins, exit, console);
    console.write(|out, terminal| write_nothing_to_allow(&report, &chosen.packages, &remaining, terminal, out))?;
    Ok(exit)
}
