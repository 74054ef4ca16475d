//! Allowances that can never match, since the same section denies all they cover.

use airights::Policy;
use airights::policy::{Allowance, LicensePattern, LicenseSection};

use super::problem::PolicyProblem;

/// A warning for each allowance of any section that can never match.
pub(super) fn dead_allowances(policy: &Policy) -> Vec<PolicyProblem> {
    let sections = [
        Some(&policy.base),
        policy.build.as_ref(),
        policy.dev.as_ref(),
        Some(&policy.member),
    ];
    sections
        .into_iter()
        .flatten()
        .flat_map(|section| dead_in(&section.licenses))
        .collect()
}

fn dead_in(licenses: &LicenseSection) -> impl Iterator<Item = PolicyProblem> + '_ {
    licenses.allow.iter().filter_map(|allowance| {
        let denial = licenses
            .deny
            .iter()
            .find(|denial| covers_all(&denial.pattern, &allowance.pattern))?;
        Some(warning(allowance, denial))
    })
}

fn warning(allowance: &Allowance, denial: &Allowance) -> PolicyProblem {
    let problem = PolicyProblem::warning(format!("the allowance of `{}` can never match", allowance.pattern));
    let place = match &denial.at {
        Some(at) => format!(" in {}:{}", at.path, at.lines.0),
        None => String::new(),
    };
    problem
        .label(format!("`deny` wins, and has `{}`{place}", denial.pattern))
        .help("remove one of the two; one crate may have what is denied through `[[exceptions]]`".to_owned())
        .at(allowance.at.clone())
}

/// Whether everything the narrow pattern covers is covered by the wide one, as far as their wording shows.
fn covers_all(wide: &LicensePattern, narrow: &LicensePattern) -> bool {
    match (wide, narrow) {
        (_, LicensePattern::License(licensee)) => wide.covers(&licensee.clone().into_req()),
        (LicensePattern::Family(wide), LicensePattern::Family(narrow)) => narrow.starts_with(wide.as_str()),
        _ => wide == narrow,
    }
}
