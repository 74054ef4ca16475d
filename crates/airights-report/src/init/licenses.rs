//! The `[licenses]` of a first policy: every license of the graph, by class, allowed or waiting for a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use airights::policy::LicensePattern;
use airights::{LicenseClass, Policy, Role};

use super::carried::patterns;
use super::{Inventory, InventoryPackage, LicenseTerm, counted, escaped, quoted, some_of};

/// Licenses by class, each with the packages that have it.
type ByClass<'p> = BTreeMap<LicenseClass, BTreeMap<String, Vec<&'p InventoryPackage>>>;

/// Writes the section.
pub(super) fn section(text: &mut String, inventory: &Inventory) {
    text.push_str("\n[licenses]\nallow = [\n");
    let mut first = true;
    let mut gap = |text: &mut String| {
        if !std::mem::take(&mut first) {
            text.push('\n');
        }
    };
    let allowed = allowed(inventory);
    if allowed.iter().any(|pattern| !is_class(pattern)) {
        gap(text);
    }
    let (classes, single): (Vec<_>, Vec<_>) = allowed.into_iter().partition(is_class);
    let single: Vec<(String, Vec<&InventoryPackage>)> = single
        .iter()
        .map(|pattern| (pattern.to_string(), having(inventory, pattern)))
        .collect();
    let rows: Vec<(&str, &[&InventoryPackage])> = single
        .iter()
        .map(|(id, having)| (id.as_str(), having.as_slice()))
        .collect();
    write_rows(text, &rows, "");
    for pattern in &classes {
        gap(text);
        write_class(text, inventory, pattern);
    }
    let open = undecided(inventory);
    for (class, licenses) in &open {
        gap(text);
        let _ = writeln!(text, "    # {class}: {}. To decide:", meaning(*class));
        write_rows(text, &by_number(licenses), "# ");
    }
    text.push_str("]\n");
    let of_others = inventory
        .carried
        .iter()
        .flat_map(|policy| &policy.base.licenses.allow_bundled);
    let of_others = patterns(of_others);
    if !of_others.is_empty() {
        let _ = writeln!(
            text,
            "# What code of others inside a crate may have besides.\nallow-bundled = [{of_others}]"
        );
    }
    match &inventory.carried {
        Some(policy) if !policy.base.licenses.deny.is_empty() => {
            let denied = policy.base.licenses.deny.iter().map(|entry| &entry.pattern);
            let _ = writeln!(text, "deny = [{}]", patterns(denied));
        }
        _ => text
            .push_str("# Denied, whatever is allowed:\n# deny = [\"class:network-copyleft\", \"class:proprietary\"]\n"),
    }
}

/// What the policy allows: that which is carried over, or the built-in one, which judged so far.
fn allowed(inventory: &Inventory) -> Vec<LicensePattern> {
    let built_in = Policy::built_in();
    let policy = inventory.carried.as_ref().unwrap_or(&built_in);
    let allowed = policy.base.licenses.allow.iter();
    allowed.map(|entry| entry.pattern.clone()).collect()
}

fn is_class(pattern: &LicensePattern) -> bool {
    matches!(pattern, LicensePattern::Class(_))
}

/// A whole class, with what the graph has of it.
fn write_class(text: &mut String, inventory: &Inventory, pattern: &LicensePattern) {
    if let LicensePattern::Class(class) = pattern {
        let _ = writeln!(text, "    # {class}: {}.", meaning(*class));
    }
    let mut licenses: BTreeMap<String, Vec<&InventoryPackage>> = BTreeMap::new();
    for package in &inventory.packages {
        for term in package.terms.iter().filter(|term| covers(pattern, term)) {
            let having = licenses.entry(term.license.clone()).or_default();
            if having.last().is_none_or(|last| !std::ptr::eq(*last, package)) {
                having.push(package);
            }
        }
    }
    let entry = quoted(&pattern.to_string());
    let having = having(inventory, pattern);
    if having.is_empty() {
        let _ = writeln!(text, "    {entry},");
        return;
    }
    let licenses = by_number(&licenses);
    let named: Vec<String> = licenses
        .iter()
        .take(super::NAMED)
        .map(|(id, having)| format!("{} ({})", escaped(id), having.len()))
        .collect();
    let rest = match licenses.len().saturating_sub(super::NAMED) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let count = counted(having.len(), "package");
    let _ = writeln!(text, "    {entry},  # {count}: {}{rest}", named.join(", "));
}

/// The licenses that wait for a decision.
fn undecided(inventory: &Inventory) -> ByClass<'_> {
    let mut open = ByClass::new();
    for package in &inventory.packages {
        let undecided: BTreeSet<String> = undecided_licenses(package, inventory).into_iter().collect();
        for term in &package.terms {
            // Another branch of the expression may do.
            let Some(id) = writable(term).filter(|id| undecided.contains(id)) else {
                continue;
            };
            let having = open.entry(term.class).or_default().entry(id).or_default();
            if having.last().is_none_or(|last| !std::ptr::eq(*last, package)) {
                having.push(package);
            }
        }
    }
    open
}

/// The packages with a license that a pattern covers.
fn having<'p>(inventory: &'p Inventory, pattern: &LicensePattern) -> Vec<&'p InventoryPackage> {
    let has = |package: &&InventoryPackage| package.terms.iter().any(|term| covers(pattern, term));
    inventory.packages.iter().filter(has).collect()
}

fn covers(pattern: &LicensePattern, term: &LicenseTerm) -> bool {
    parse(&term.license).is_some_and(|parsed| parsed.requirements().all(|term| pattern.covers(&term.req)))
}

fn write_rows(text: &mut String, rows: &[(&str, &[&InventoryPackage])], start: &str) {
    let width = rows
        .iter()
        .map(|(id, _)| quoted(id).len() + 1)
        .max()
        .unwrap_or_default();
    for (id, having) in rows {
        let entry = format!("{},", quoted(id));
        let _ = match having {
            [] => writeln!(text, "    {start}{entry}"),
            having => writeln!(text, "    {start}{entry:width$}  # {}", who(having)),
        };
    }
}

/// The licenses a package waits for: none where those that are plainly fine are enough.
pub(super) fn undecided_licenses(package: &InventoryPackage, inventory: &Inventory) -> Vec<String> {
    let is_enough = package.is_settled
        || match package.expression.as_deref().map(parse) {
            None => true,
            Some(None) => package.terms.iter().all(|term| is_fine(term, inventory)),
            Some(Some(expression)) => {
                let fine = package.terms.iter().filter(|term| is_fine(term, inventory));
                let fine: Vec<&str> = fine.map(|term| term.license.as_str()).collect();
                expression.evaluate(|term| fine.contains(&term.to_string().as_str()))
            }
        };
    if is_enough {
        return Vec::new();
    }
    let mut ids: Vec<String> = Vec::new();
    let waiting = package.terms.iter().filter(|term| !is_fine(term, inventory));
    for id in waiting.filter_map(writable) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn parse(expression: &str) -> Option<spdx::Expression> {
    spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX).ok()
}

/// Whether a license needs no decision: what judged so far allows it.
fn is_fine(term: &LicenseTerm, inventory: &Inventory) -> bool {
    allowed(inventory).iter().any(|pattern| covers(pattern, term))
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
