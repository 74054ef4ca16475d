//! `--apply`: takes what costs least for all violations together, and ends with a clean check or with everything as it was.
//!
//! What is written was proved on the scratch copy before, so all that happens here is that files take each other's place,
//! whole and one after the other, and that the result is judged once more where it stands.

use std::collections::BTreeSet;

use airights::suggest::LockedPackage;
use airights_report::suggest::Applied;
use airights_session::Project;
use airights_store::ProjectLock;
use airights_ways::{Climbed, denied};

use crate::cli::SuggestArgs;
use crate::commands::failure::Failure;
use crate::commands::project::judge;
use crate::commands::working_tree::refuse_dirty_tree;
use crate::console::Console;

/// Applies what was found.
pub(super) fn apply(
    project: &Project,
    targets: &BTreeSet<LockedPackage>,
    climbed: &Climbed,
    args: &SuggestArgs,
    lock: &ProjectLock,
    console: &Console,
) -> Result<Applied, Failure> {
    if !args.allow_dirty {
        refuse_dirty_tree(&project.resolved.workspace_root)?;
    }
    let together = climbed.together.as_ref().map(|together| &together.proof);
    let Some(proof) = together.filter(|proof| targets.is_subset(proof.targets())) else {
        return Ok(Applied::NothingChanged);
    };
    let undo = proof.write(&project.resolved.lockfile, lock)?;
    let is_clean = is_clean(project, targets, args, console);
    let applied = undo.keep_for(is_clean.map(|is_clean| is_clean.then_some(Applied::Clean)))?;
    Ok(applied.unwrap_or(Applied::NothingChanged))
}

/// Judges the project where it stands: nothing may be denied but what was and was not to go. Cargo may not touch the
/// lockfile any more: what was proved has to hold.
fn is_clean(
    project: &Project,
    targets: &BTreeSet<LockedPackage>,
    args: &SuggestArgs,
    console: &Console,
) -> Result<bool, Failure> {
    let mut args = args.project.clone();
    args.locked = true;
    let after = judge(&args, console)?;
    let before = denied(&project.evaluation, &project.resolved.graph);
    let is_left = |package: &LockedPackage| before.contains(package) && !targets.contains(package);
    let is_judged = after.evaluation.not_evaluated.is_empty();
    Ok(is_judged && denied(&after.evaluation, &after.resolved.graph).iter().all(is_left))
}
