//! The `[licenses]` of a first policy: every license of the graph, by class, allowed or waiting for a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use airights::policy::LicensePattern;
use airights::{LicenseClass, Role};

use super::{InventoryPackage, LicenseTerm, counted, quoted, some_of};

/// Licenses by class, each with the packages that have it.
type ByClass<'p> = BTreeMap<LicenseClass, BTreeMap<String, Vec<&'p InventoryPackage>>>;

/// Writes the section.
pub(super) fn section(text: &mut String, packages: &[InventoryPackage]) {
    let mut fine = ByClass::new();
    let mut open = ByClass::new();
    for package in packages {
        let undecided: BTreeSet<String> = undecided_licenses(package).into_iter().collect();
        for term in &package.terms {
            let Some(id) = writable(term) else { continue };
            let groups = if is_fine(term) {
                &mut fine
            } else if undecided.contains(&id) {
                &mut open
            } else {
                // Another branch of the expression will do.
                continue;
            };
            let having = groups.entry(term.class).or_default().entry(id).or_default();
            if having.last().is_none_or(|last| !std::ptr::eq(*last, package)) {
                having.push(package);
            }
        }
    }
    text.push_str("\n[licenses]\nallow = [\n");
    let mut first = true;
    for (groups, is_open) in [(&fine, false), (&open, true)] {
        for (class, licenses) in groups {
            if !std::mem::take(&mut first) {
                text.push('\n');
            }
            let decide = if is_open { " To decide:" } else { "" };
            let _ = writeln!(text, "    # {class}: {}.{decide}", meaning(*class));
            let width = licenses.keys().map(|id| quoted(id).len() + 1).max().unwrap_or_default();
            for (id, having) in by_number(licenses) {
                let entry = format!("{},", quoted(id));
                let start = if is_open { "# " } else { "" };
                let _ = writeln!(text, "    {start}{entry:width$}  # {}", who(having));
            }
        }
    }
    text.push_str("]\n# Denied, whatever is allowed:\n# deny = [\"class:network-copyleft\", \"class:proprietary\"]\n");
}

/// The licenses a package waits for: none where those that are plainly fine are enough.
pub(super) fn undecided_licenses(package: &InventoryPackage) -> Vec<String> {
    let is_enough = match package.expression.as_deref().map(parse) {
        None => true,
        Some(None) => package.terms.iter().all(is_fine),
        Some(Some(expression)) => {
            let fine: Vec<&str> = fine_terms(package).map(|term| term.license.as_str()).collect();
            expression.evaluate(|term| fine.contains(&term.to_string().as_str()))
        }
    };
    if is_enough {
        return Vec::new();
    }
    let mut ids: Vec<String> = Vec::new();
    for id in package.terms.iter().filter(|term| !is_fine(term)).filter_map(writable) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn parse(expression: &str) -> Option<spdx::Expression> {
    spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX).ok()
}

fn fine_terms(package: &InventoryPackage) -> impl Iterator<Item = &LicenseTerm> {
    package.terms.iter().filter(|term| is_fine(term))
}

/// Whether a license asks for nothing but notices.
fn is_fine(term: &LicenseTerm) -> bool {
    matches!(term.class, LicenseClass::PublicDomain | LicenseClass::Permissive) && writable(term).is_some()
}

/// How a policy names a license, where it can.
fn writable(term: &LicenseTerm) -> Option<String> {
    Some(term.license.parse::<LicensePattern>().ok()?.to_string())
}

/// The licenses of a class, those of most packages first.
fn by_number<'m, 'p>(
    licenses: &'m BTreeMap<String, Vec<&'p InventoryPackage>>,
) -> Vec<(&'m str, &'m [&'p InventoryPackage])> {
    let mut sorted: Vec<(&str, &[&InventoryPackage])> = licenses
        .iter()
        .map(|(id, having)| (id.as_str(), having.as_slice()))
        .collect();
    sorted.sort_by_key(|(_, having)| std::cmp::Reverse(having.len()));
    sorted
}

fn who(packages: &[&InventoryPackage]) -> String {
    let nowhere = |role| packages.iter().all(|package| !package.roles.contains(role));
    let only = match (nowhere(Role::Shipped), nowhere(Role::Build)) {
        (true, true) => ", in tests only",
        (true, false) => ", not shipped",
        (false, _) => "",
    };
    let count = counted(packages.len(), "package");
    format!("{count}{only}: {}", some_of(packages, super::named))
}

fn meaning(class: LicenseClass) -> &'static str {
    match class {
        LicenseClass::PublicDomain => "no rights reserved",
        LicenseClass::Permissive => "any use, with notices kept",
        LicenseClass::WeakCopyleft => "changes to the work itself stay under its license",
        LicenseClass::StrongCopyleft => "works that contain it come under its license",
        LicenseClass::NetworkCopyleft => "copyleft that use over a network sets off",
        LicenseClass::SourceAvailable => "source to read, with limits on competing or on production use",
        LicenseClass::NonCommercial => "no commercial use",
        LicenseClass::UseRestricted => "not for every purpose",
        LicenseClass::Proprietary => "a vendor's own terms",
        LicenseClass::Unknown => "not known to this tool; read the text",
    }
}
