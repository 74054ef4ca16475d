//! `--fix`: makes the changes that take no decision of the author's, all of them or none.

use airights::{Finding, Fix, Level};
use airights_cargo::graph::{Members, PackageManifest};
use airights_report::publish::{CheckedPackage, Outcome, PublishReport};
use airights_store::ProjectLock;

use super::plan::Plan;
use crate::commands::failure::Failure;

/// Mends what a report found, if the working tree may be changed, and returns the report on what there is then. `check`
/// looks at everything anew.
pub(super) fn fix(
    report: PublishReport,
    members: &Members,
    may_change: Result<(), Failure>,
    lock: &ProjectLock,
    check: impl FnOnce() -> Result<PublishReport, Failure>,
) -> Result<PublishReport, Failure> {
    let mut plan = Plan::of(members);
    for checked in &report.packages {
        let Some(manifest) = manifest_of(checked, members) else {
            continue;
        };
        for fix in fixes(checked) {
            plan.add(&checked.package, manifest, fix)?;
        }
    }
    if plan.fixed().is_empty() {
        return Ok(report);
    }
    may_change?;
    let undo = lock.change(&[], &plan.edits())?;
    let better = check().map(|after| Some(after).filter(|after| is_better(&report, after)));
    let mended = undo.keep_for(better)?.map(|after| PublishReport {
        fixed: plan.into_fixed(),
        ..after
    });
    mended.ok_or_else(|| {
        Failure::new(
            "the changes would fix nothing, so nothing was changed",
            Some("`cargo package --list` shows what cargo makes of `include`, `exclude` and `.gitignore`".to_owned()),
        )
    })
}

fn manifest_of<'a>(checked: &CheckedPackage, members: &'a Members) -> Option<&'a PackageManifest> {
    let mut packages = members.packages.iter();
    let found = packages.find(|(package, _)| *package == checked.package);
    found.map(|(_, manifest)| manifest)
}

fn fixes(checked: &CheckedPackage) -> impl Iterator<Item = &Fix> {
    let findings: &[Finding] = match &checked.outcome {
        Outcome::Checked { findings, .. } => findings,
        Outcome::NeverPublished | Outcome::NotChecked(_) => &[],
    };
    findings.iter().flat_map(|finding| &finding.fixes)
}

/// Whether there is less to do than before, nothing has become worse, and everything can still be looked at.
fn is_better(before: &PublishReport, after: &PublishReport) -> bool {
    let not_checked = |report: &PublishReport| {
        let outcomes = report.packages.iter().map(|checked| &checked.outcome);
        outcomes
            .filter(|outcome| matches!(outcome, Outcome::NotChecked(_)))
            .count()
    };
    let weight = |report: &PublishReport| {
        let denied = report
            .findings()
            .filter(|(_, finding)| finding.level == Level::Deny)
            .count();
        (denied, report.findings().count())
    };
    not_checked(after) <= not_checked(before) && weight(after) < weight(before)
}
