//! The versions of a crate that would pass, for a hint.

use airights::Package;
use airights_session::Project;

use crate::WaysError;
use crate::verdicts::candidates;
use crate::workshop::Workshop;

/// For each package, the newest version of its crate that would pass by itself in the package's roles, of the first few.
/// Those of which nothing can be known are left out.
///
/// # Errors
///
/// Where the project cannot be copied.
pub fn nearest_that_pass(project: &Project, packages: &[&Package]) -> Result<Vec<String>, WaysError> {
    /// More versions are not looked into for a hint.
    const MOST_VERSIONS: usize = 12;
    if packages.is_empty() {
        return Ok(Vec::new());
    }
    let workshop = Workshop::open(project)?;
    let found = packages.iter().filter_map(|package| {
        let index = workshop.verdicts.upstream.index_of(&package.name).ok()?;
        let mut versions = candidates(&index, |version| *version != package.version);
        versions.truncate(MOST_VERSIONS);
        let entry = workshop.verdicts.first_that_passes(&versions, package.roles).ok()??;
        Some(format!("{}@{}", package.name, entry.version))
    });
    Ok(found.collect())
}
