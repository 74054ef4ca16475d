//! `cargo airights diff`: what changes in licenses and AI terms between two states of the dependencies, or between two
//! versions of one crate; judged by the policy before and after.

mod checkout;
mod git;
mod graph;
mod origin;
mod request;
mod sides;
mod state;
mod two_states;
mod versions;
mod with_report;
mod words;

use std::collections::BTreeSet;

use airights::diff::{PackageChange, Scope, verdict};
use airights::policy::PolicySource;
use airights::suggest::LockedPackage;
use airights::{Verdict, diff};
use airights_report::diff::{Comparison, PolicyChange};
use airights_report::format::Document;
use airights_session::Project;

use self::request::Request;
use super::failure::Failure;
use crate::Exit;
use crate::cli::DiffArgs;
use crate::console::Console;

pub(super) fn run(args: &DiffArgs, console: &Console) -> Result<Exit, Failure> {
    if !args.project.selection.selection().is_all() {
        return Err(Failure::new(
            "`diff` compares whole workspaces",
            Some("drop `--package` and `--exclude`".to_owned()),
        ));
    }
    let compared = match Request::of(args)? {
        Request::Versions(asked) => versions::compare(&asked, &args.project, console)?,
        Request::Report(path) => with_report::compare(&path, &args.project, console)?,
        Request::States(before, after) => two_states::compare(before, after, &args.project, console)?,
    };
    let verdict = verdict(
        &compared.changes,
        compared.whole.map(|whole| whole.verdict),
        scope(args),
    );
    let exit = Exit::of(verdict, args.exit_zero);
    write(args, &compared, verdict, console)?;
    Ok(exit)
}

/// What a comparison came to.
struct Compared {
    /// What each state is called.
    names: (String, String),
    /// Everything that differs, by name and version.
    changes: Vec<PackageChange>,
    /// The judgement on the whole state after the change, where it was made.
    whole: Option<Whole>,
    /// The policy that judged.
    policy: PolicySource,
    /// What the change makes of the policy, where it changes it and the one before judges.
    policy_change: Option<PolicyChange>,
    /// What else there is to know, a sentence each.
    notes: Vec<String>,
}

impl Compared {
    /// The same, where the policy `at` a revision judged and the change would let these packages in.
    fn with_policy_change(self, at: String, let_in: Option<BTreeSet<LockedPackage>>) -> Self {
        let policy_change = let_in.map(|let_in| PolicyChange { at, let_in });
        Self { policy_change, ..self }
    }
}

/// The judgement on a whole state.
#[derive(Clone, Copy)]
struct Whole {
    verdict: Verdict,
    counts: airights::Counts,
}

impl Whole {
    fn of(project: &Project) -> Self {
        Self {
            verdict: project.evaluation.verdict,
            counts: project.evaluation.counts(),
        }
    }
}

fn scope(args: &DiffArgs) -> Scope {
    if args.only_new { Scope::OnlyNew } else { Scope::Whole }
}

fn write(args: &DiffArgs, compared: &Compared, verdict: Verdict, console: &Console) -> Result<(), Failure> {
    let comparison = Comparison {
        before: &compared.names.0,
        after: &compared.names.1,
        changes: &compared.changes,
        scope: scope(args),
        verdict,
        whole: compared.whole.map(|whole| whole.counts),
        policy: &compared.policy,
        policy_change: compared.policy_change.as_ref(),
        notes: &compared.notes,
        tool_version: env!("CARGO_PKG_VERSION"),
        verbose: console.verbose,
        quiet: console.quiet,
    };
    console.document(args.format, &Document::Comparison(&comparison))?;
    Ok(())
}

/// Sorts changes as reports list them.
fn in_report_order(changes: &mut [PackageChange]) {
    let version = |side: &Option<diff::Side>| side.as_ref().map(|side| side.package.clone());
    changes.sort_by_cached_key(|change| {
        (
            change.name().to_owned(),
            version(&change.after).or_else(|| version(&change.before)),
        )
    });
}
