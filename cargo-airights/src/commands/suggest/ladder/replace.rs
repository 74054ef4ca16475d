//! Another crate does the same job. What it brings in is judged with the rest; the code that uses it is for people.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, Rung};

use super::WayOut;
use super::direct::{Direct, ways_by_edits};
use crate::commands::failure::Failure;
use crate::commands::suggest::alternatives::Alternatives;
use crate::commands::suggest::manifest::Edit;
use crate::commands::suggest::verdicts::candidates;
use crate::commands::suggest::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: (Rung, &str) = (Rung::Replace, "no compliant alternative known");

/// Ways out by another crate in the place of the direct dependency that leads to what is denied.
pub(super) fn by_others(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, Failure> {
    let known = Alternatives::known();
    ways_by_edits(workshop, open, Rung::Replace, &|_, direct| {
        alternatives(workshop, &known, direct)
    })
}

fn alternatives(workshop: &Workshop<'_>, known: &Alternatives, direct: &Direct) -> Result<Vec<Edit>, Failure> {
    let mut edits = Vec::new();
    for alternative in known.of(&direct.package.name) {
        let index = workshop.verdicts.upstream.index_of(&alternative.to)?;
        let versions = candidates(&index, |_| true);
        let roles = workshop.roles_of(&direct.package.name);
        if let Some(entry) = workshop.verdicts.first_that_passes(&versions, roles)? {
            let version = &entry.version;
            edits.push(Edit::Replace {
                by: alternative.to.clone(),
                requirement: format!("{}.{}.{}", version.major, version.minor, version.patch),
                because: alternative.in_words(),
            });
        }
    }
    Ok(edits)
}
