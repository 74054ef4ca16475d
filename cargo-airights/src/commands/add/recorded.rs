//! `--force`: exceptions for what is denied anew, as narrow as can be, and the policy they are written into.

use airights::facts::Gathered;
use airights::{PackageIx, Policy};
use airights_report::entry::entry_with;
use airights_session::JudgedCopy;
use airights_session::Project;
use airights_store::Edit;
use airights_ways::exception::{Allowances, entry, narrowest};

use crate::cli::AddArgs;
use crate::commands::failure::Failure;
use crate::commands::policy_file::PolicyFile;
use crate::console::Console;

/// Exceptions, and the policy with them.
pub(super) struct Recorded {
    /// What each is for, as `NAME VERSION`.
    exceptions: Vec<String>,
    /// Whether there is one for all that is denied anew.
    covers_all: bool,
    /// `None` where it stays as it is.
    policy: Option<PolicyFile>,
}

impl Recorded {
    /// Whether nothing is denied anew any more.
    pub(super) const fn covers_all(&self) -> bool {
        self.covers_all
    }

    /// What the exceptions are for.
    pub(super) fn exceptions(&self) -> &[String] {
        &self.exceptions
    }

    /// What is to be written into the policy; `None` where it stays as it is.
    pub(super) fn edit(&self) -> Option<Edit<'_>> {
        let policy = self.policy.as_ref().filter(|_| !self.exceptions.is_empty())?;
        Some(policy.edit())
    }
}

/// Works the exceptions out. Nothing is written here.
pub(super) fn record(
    args: &AddArgs,
    project: &Project,
    after: &JudgedCopy,
    anew: &[PackageIx],
    console: &Console,
) -> Result<Recorded, Failure> {
    let mut recorded = Recorded {
        exceptions: Vec::new(),
        covers_all: true,
        policy: None,
    };
    if anew.is_empty() {
        return Ok(recorded);
    }
    let mut policy = PolicyFile::open(&args.project(), console)?.of_ours()?;
    for &place in anew {
        let package = after.resolved.graph.package(place);
        let Some(allowances) = allowances(&project.policy, after, place) else {
            recorded.covers_all = false;
            continue;
        };
        policy.add(&entry_with(&entry(package, &allowances), args.reason.as_deref(), None))?;
        recorded.exceptions.push(package.to_string());
    }
    recorded.policy = Some(policy);
    Ok(recorded)
}

fn allowances(policy: &Policy, after: &JudgedCopy, place: PackageIx) -> Option<Allowances> {
    let mut judgements = after.evaluation.judgements.iter();
    let judgement = judgements.find(|judgement| judgement.package == place)?;
    match after.facts.get(place)? {
        Gathered::Facts(facts) => narrowest(policy, after.resolved.graph.package(place), judgement, facts),
        Gathered::Not(_) => None,
    }
}
