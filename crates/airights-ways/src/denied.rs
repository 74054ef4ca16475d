//! What an evaluation denies.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, violations};
use airights::{DependencyGraph, Evaluation};

/// What an evaluation denies.
pub fn denied(evaluation: &Evaluation, graph: &DependencyGraph) -> BTreeSet<LockedPackage> {
    let violations = violations(evaluation).into_iter();
    violations
        .map(|violation| LockedPackage::from(graph.package(violation.package)))
        .collect()
}
