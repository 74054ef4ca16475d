//! The entries that settle what rules find.

use std::collections::BTreeSet;

use airights_text::AiUse;
use spdx::LicenseReq;

use crate::case::Case;
use crate::entry::{Allow, Entry};
use crate::finding::Finding;
use crate::level::Level;
use crate::package::{Role, Roles};
use crate::policy::{Binding, BoundFile, UNCLASSIFIED, is_unclassified};
use crate::terms::{LicenseExpression, named_in, own_licenses};

/// Lets the package have these terms.
pub(super) fn exception(case: &Case<'_>, licenses: Vec<String>, ai: Vec<AiUse>) -> Entry {
    Entry::Exception {
        krate: krate(case),
        licenses,
        ai,
        roles: Roles::ALL,
    }
}

/// Lets every package have these terms; `None` where no allowance helps.
pub(super) fn allow<'t>(case: &Case<'_>, terms: impl IntoIterator<Item = &'t LicenseReq>) -> Option<Allow> {
    let already = case.section.licenses.allow.iter();
    let already = already.map(|allowed| allowed.pattern.to_string()).collect();
    // Of packages of one's own the tables of their role speak.
    let more = more(case, terms).filter(|_| !case.package.roles.contains(Role::Member))?;
    Some(Allow {
        is_of_others: false,
        already,
        more,
    })
}

/// Lets every package bundle code under these terms; `None` where no allowance helps.
pub(super) fn allow_of_others<'t>(case: &Case<'_>, terms: impl IntoIterator<Item = &'t LicenseReq>) -> Option<Allow> {
    let already = case.section.licenses.allow_bundled.iter();
    Some(Allow {
        is_of_others: true,
        already: already.map(ToString::to_string).collect(),
        more: more(case, terms)?,
    })
}

fn more<'t>(case: &Case<'_>, terms: impl IntoIterator<Item = &'t LicenseReq>) -> Option<Vec<String>> {
    let denied = &case.section.licenses.deny;
    let mut more = BTreeSet::new();
    for term in terms {
        if is_unclassified(term) || denied.iter().any(|denied| denied.pattern.covers(term)) {
            return None;
        }
        more.insert(term.to_string());
    }
    Some(more.into_iter().collect())
}

/// Says what the license of the package is.
pub(super) fn clarification(case: &Case<'_>) -> Entry {
    let mut files: Vec<BoundFile> = own_licenses(case.facts)
        .map(|text| BoundFile {
            path: text.path.clone(),
            sha256: text.sha256.clone(),
        })
        .collect();
    files.extend(case.unread_licenses().filter_map(|problem| {
        Some(BoundFile {
            path: problem.path.clone(),
            sha256: problem.sha256.clone()?,
        })
    }));
    Entry::Clarification {
        krate: krate(case),
        license: license_to_confirm(case),
        bound_to: Binding::of(case.package).filter(|_| files.is_empty()),
        files,
    }
}

/// What the package says that its license is, in its manifest or else in its texts: where that is all that counts for it.
/// Where a text says more, a person has to say what that is.
fn license_to_confirm(case: &Case<'_>) -> Option<String> {
    let declared = case.declared_expression().cloned();
    let in_texts = || LicenseExpression::all_of(own_licenses(case.facts).filter_map(named_in));
    let license = declared.or_else(in_texts)?.to_string();
    let counts = case.expression().is_some_and(|expression| expression == license);
    (counts && !license.contains(UNCLASSIFIED)).then_some(license)
}

/// Makes one exception of those that settle what is denied of one package: each alone would leave it denied.
pub(super) fn merge_exceptions(findings: &mut [Finding]) {
    let denied = findings.iter().filter(|finding| finding.level == Level::Deny);
    let Some(merged) = Entry::merged(denied.filter_map(|finding| finding.entry.as_ref())) else {
        return;
    };
    for finding in findings.iter_mut().filter(|finding| finding.level == Level::Deny) {
        if matches!(finding.entry, Some(Entry::Exception { .. })) {
            finding.entry = Some(merged.clone());
        }
    }
}

fn krate(case: &Case<'_>) -> String {
    format!("{}@{}", case.package.name, case.package.version)
}
