//! What a saved report says of each package, and what is judged of it now.

use std::collections::BTreeMap;
use std::path::Path;

use airights::diff::{Known, PackageChange, Side};
use airights::suggest::{LockedPackage, Pair, pairs};
use airights::{PackageIx, Problem};
use airights_report::escape::without_user;
use airights_report::old_words::words_without_keys;
use airights_report::saved;
use airights_session::Project;

use super::graph::Graph;
use super::request::read;
use super::sides::side_in_graph;
use super::state::NOW;
use super::{Compared, Whole, in_report_order};
use crate::cli::ProjectArgs;
use crate::commands::failure::Failure;
use crate::commands::project::judge;
use crate::console::Console;

/// Compares a report with the workspace as it is now.
pub(super) fn compare(path: &Path, args: &ProjectArgs, console: &Console) -> Result<Compared, Failure> {
    let known = read_report(path)?;
    let project = judge(args, console)?;
    Ok(compare_with_report(&path.display().to_string(), known, &project))
}

fn read_report(path: &Path) -> Result<Vec<Side>, Failure> {
    saved::sides(&read(path)?).map_err(|reason| {
        Failure::new(
            format!(
                "`{}` is not a report of `cargo airights check --format json`",
                path.display()
            ),
            Some("write one with `cargo airights check --format json > report.json`".to_owned()),
        )
        .because_of(reason)
    })
}

fn compare_with_report(name: &str, known: Vec<Side>, project: &Project) -> Compared {
    // As a report names them: without who asks for it.
    let places = Graph::of(project).places.into_iter().map(|(mut package, place)| {
        package.source = package.source.map(|source| without_user(&source).into_owned());
        (package, place)
    });
    let places: BTreeMap<LockedPackage, PackageIx> = places.collect();
    let says_no_keys = known.iter().any(has_words_only);
    let was: Vec<LockedPackage> = known.iter().map(|side| side.package.clone()).collect();
    let is: Vec<LockedPackage> = places.keys().cloned().collect();
    let known: BTreeMap<LockedPackage, Side> = known.into_iter().map(|side| (side.package.clone(), side)).collect();
    let before = |package: &LockedPackage| known.get(package).cloned();
    let after = |package: &LockedPackage| {
        let place = *places.get(package)?;
        let mut side = side_in_graph(project, place);
        if says_no_keys {
            in_words_only(&mut side);
        }
        Some(side)
    };
    let differing = pairs(&was, &is).into_iter().map(|pair| match pair {
        Pair::Moved(from, to) => PackageChange::between(before(from), after(to)),
        Pair::Added(package) => PackageChange::between(None, after(package)),
        Pair::Removed(package) => PackageChange::between(before(package), None),
    });
    let mut changes: Vec<PackageChange> = differing.collect();
    let stayed = was.iter().filter(|package| places.contains_key(package));
    let stayed = stayed.map(|package| PackageChange::between(before(package), after(package)));
    changes.extend(stayed.filter(|change| change.has_other_terms() || !change.not_compared().is_empty()));
    in_report_order(&mut changes);
    Compared {
        names: (name.to_owned(), NOW.to_owned()),
        changes,
        whole: Some(Whole::of(project)),
        policy: project.policy.source.clone(),
        policy_change: None,
        notes: vec!["a report does not contain license texts, so they were not compared".to_owned()],
    }
}

/// Whether a report of an older version says what was found in words alone.
fn has_words_only(side: &Side) -> bool {
    let Known::Terms(terms) = &side.known else {
        return false;
    };
    let is_wordy = |problem: &Problem| matches!(problem, Problem::Recorded { key: None, .. });
    terms.findings.iter().any(|finding| is_wordy(&finding.problem))
}

/// Says what is found as such a report does, so that the two can be compared.
fn in_words_only(side: &mut Side) {
    if let Known::Terms(terms) = &mut side.known {
        for finding in &mut terms.findings {
            finding.problem = Problem::Recorded {
                key: None,
                words: words_without_keys(&finding.problem),
            };
        }
    }
}
