//! # license-not-allowed
//!
//! The license of a package is not among those the policy allows.
//!
//! ## What it checks
//!
//! An expression is satisfied when some choice of its `OR` branches leaves only terms that `allow` covers and `deny` does
//! not. Of the choices, the one with the mildest verdict over license and AI uses together is elected; `prefer` breaks ties, and
//! then the milder license is taken. Packages of the workspace and crates that no build contains are judged only where
//! `[roles.member]` or `[roles.unbuilt]` says which licenses they may have.
//! A license whose text was modified is not its base license: it is written `MIT WITH AdditionRef-airights-…`, and an
//! allowance for `MIT` does not cover it. A license file that asks for more than what is declared counts as well: `MIT`
//! over the text of the GPL is `MIT AND GPL-3.0-only`, and over text that we could not classify
//! `MIT AND LicenseRef-airights-unclassified`, which no allowance covers.
//!
//! ## Why it matters
//!
//! What you ship carries the terms of everything in it.
//!
//! ## Example
//!
//! ```toml
//! [licenses]
//! allow = ["class:permissive"]
//! ```
//!
//! A dependency under `GPL-3.0-only` is denied. One under `GPL-3.0-only OR MIT` is not: its `MIT` branch is elected.
//!
//! ## How to resolve
//!
//! Allow the license or its class, if you can meet its terms; grant the one crate an exception, with a reason
//! (`cargo airights allow CRATE --reason …` writes it); or replace the crate. The level is `licenses.not-allowed`.

use std::collections::BTreeSet;

use super::entry::{allow, clarification, exception};
use super::evidence::{changes_of, in_text, place_of};
use crate::case::{Case, TermOutcome};
use crate::entry::Entry;
use crate::facts::{Evidence, Excerpt, FoundLicense};
use crate::finding::Finding;
use crate::help::Help;
use crate::level::Level;
use crate::package::Role;
use crate::policy::is_unclassified;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::{LicenseExpression, own_licenses, same_license};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(expression) = case.expression() else {
        return Vec::new();
    };
    let Some(worst) = case.elected_terms().max_by_key(|outcome| outcome.level) else {
        return Vec::new();
    };
    if worst.level == Level::Allow {
        return Vec::new();
    }
    let mut finding = case.finding(
        Rule::LicenseNotAllowed,
        worst.level,
        Problem::LicenseNotAllowed {
            expression,
            at_fault: at_fault(case),
        },
    );
    let (help, entry) = way_forward(case);
    finding.help = Some(help);
    finding.entry = Some(entry);
    finding.allow = allow(case, not_allowed(case).map(|outcome| &outcome.term));
    if worst.decided_by.is_some() {
        finding.decided_by = worst.decided_by.cloned();
    }
    finding.evidence = evidence(case);
    vec![finding]
}

/// What of the expression is not allowed, where there is more to it: single terms, and choices of which no branch is allowed.
fn at_fault(case: &Case<'_>) -> BTreeSet<String> {
    let license = case.license.expression.as_ref();
    let without_allowed = license.and_then(|license| license.without(|term| case.allows(term)));
    let parts = |expression: &LicenseExpression| -> BTreeSet<String> {
        expression.conjuncts().map(|part| part.to_string()).collect()
    };
    let at_fault = match &without_allowed {
        Some(left) => parts(left),
        // Another branch is allowed, and its AI terms are not.
        None => not_allowed(case).map(|outcome| outcome.term.to_string()).collect(),
    };
    let is_all =
        |license: &LicenseExpression| parts(license) == at_fault && (at_fault.len() == 1 || !license.has_choice());
    if license.is_some_and(is_all) {
        BTreeSet::new()
    } else {
        at_fault
    }
}

/// The terms that were elected and are not allowed.
fn not_allowed<'c, 'a>(case: &'c Case<'a>) -> impl Iterator<Item = &'c TermOutcome<'a>> {
    case.elected_terms().filter(|outcome| outcome.level > Level::Allow)
}

/// What to do about it. Words that nobody has read are settled by reading them, and by nothing else.
fn way_forward(case: &Case<'_>) -> (Help, Entry) {
    let krate = case.package.name.clone();
    // No exception can name what nobody has read.
    if not_allowed(case).any(|outcome| is_unclassified(&outcome.term)) {
        return (Help::ReadAndClarify { krate }, clarification(case));
    }
    let licenses: BTreeSet<String> = not_allowed(case).map(|outcome| outcome.term.to_string()).collect();
    let entry = exception(case, licenses.into_iter().collect(), Vec::new());
    let help = if case.package.roles.contains(Role::Member) {
        Help::AllowOwn
    } else {
        Help::AllowOrExcept { krate }
    };
    (help, entry)
}

/// What was changed in a text comes first, since it is what an allowance for the base license does not cover; then what a
/// text adds to the declared license; then where the license is named.
fn evidence(case: &Case<'_>) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let is_at_issue = |license: &&FoundLicense| {
        license.is_exception || not_allowed(case).any(|outcome| same_license(&outcome.term, &license.id))
    };
    for text in case.unclarified_licenses() {
        let licenses = text.licenses.iter().filter(is_at_issue);
        evidence.extend(licenses.flat_map(|license| changes_of(text, license)));
    }
    for (path, joined) in &case.license.joined {
        let texts = own_licenses(case.facts).filter(|text| text.path == *path);
        evidence.extend(texts.flat_map(|text| place_of(text, joined)));
    }
    let mut seen = std::collections::BTreeSet::new();
    evidence.retain(|one| seen.insert(one.clone()));
    evidence.extend(case.named_at());
    if evidence.is_empty() {
        let found = case.unclarified_licenses().next();
        evidence.extend(found.map(|text| in_text(text, Excerpt::whole_file(&text.path))));
    }
    evidence
}

#[cfg(test)]
mod tests;
