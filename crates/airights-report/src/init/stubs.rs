//! Exceptions and clarifications that a person may want to make, as comments to be filled in.

use std::fmt::Write;

use airights::facts::Force;
use airights::policy::UNCLASSIFIED;
use airights::{AiUse, UseValue};

use super::licenses::undecided_licenses;
use super::{Inventory, InventoryPackage, LicenseTerm, named, quoted};

/// So many entries of a kind are written out; a policy of hundreds is not what anybody wants to read.
const STUBS: usize = 12;

/// One for each package that waits for a decision on its license or its AI terms.
pub(super) fn exceptions(text: &mut String, inventory: &Inventory) {
    let waiting: Vec<(&InventoryPackage, Vec<String>, Vec<AiUse>)> = inventory
        .packages
        .iter()
        .map(|package| (package, undecided_licenses(package, inventory), refused_uses(package)))
        .filter(|(_, licenses, uses)| !licenses.is_empty() || !uses.is_empty())
        .collect();
    if waiting.is_empty() {
        return;
    }
    text.push_str(
        "
# Exceptions: what one crate may have, and no other. Each needs a reason; `roles`, `owner` and `expires` are welcome.
",
    );
    for (package, licenses, uses) in waiting.iter().take(STUBS) {
        let _ = writeln!(text, "\n# [[exceptions]]\n# crate = {}", crate_spec(package));
        if !licenses.is_empty() {
            let _ = writeln!(text, "# licenses = [{}]", list(licenses.iter().map(String::as_str)));
        }
        if !uses.is_empty() {
            let _ = writeln!(text, "# ai = [{}]", list(uses.iter().map(|ai_use| ai_use.as_str())));
        }
        text.push_str("# reason = \"\"\n");
    }
    and_more(text, waiting.len());
}

/// What else a policy can say: examples that change nothing as they stand, and are right as soon as the `#` is away.
pub(super) fn samples(text: &mut String, inventory: &Inventory) {
    // What was carried over may have these sections already.
    if inventory.carried.is_none() {
        text.push_str(
            "
# For what ends up in tests or build scripts only, other rules may do:
# [roles.dev]
# licenses = { not-allowed = \"warn\" }
",
        );
    }
    text.push_str(
        "
# `cargo airights allow CRATE --reason …` and `cargo airights clarify CRATE` write the entries for single crates here.
",
    );
}

/// One for each package whose license, or a part of it, is unknown, bound to the texts that somebody has to read.
pub(super) fn clarifications(text: &mut String, packages: &[InventoryPackage]) {
    let unknown: Vec<&InventoryPackage> = packages.iter().filter(|package| is_unread(package)).collect();
    if unknown.is_empty() {
        return;
    }
    text.push_str(
        "
# Clarifications: licenses that this tool could not read. Read the texts, say what they are, and allow that above. When
# a text changes, so may its meaning, and the clarification stops working.
",
    );
    for package in unknown.iter().take(STUBS) {
        if package.texts.is_empty() {
            let _ = writeln!(
                text,
                "\n# {} declares no license and includes no license text.",
                named(package)
            );
            continue;
        }
        let _ = writeln!(text, "\n# [[clarify]]\n# crate = {}", crate_spec(package));
        let _ = writeln!(
            text,
            "# license = {}",
            quoted(&format!("LicenseRef-{}", reference(&package.name)))
        );
        text.push_str("# files = [\n");
        for file in &package.texts {
            let (path, sha256) = (quoted(&file.path), quoted(&file.sha256));
            let _ = writeln!(text, "#     {{ path = {path}, sha256 = {sha256} }},");
        }
        text.push_str("# ]\n# reason = \"\"\n");
    }
    and_more(text, unknown.len());
}

/// Whether a person has to read the texts: no allowance covers what nobody has read.
fn is_unread(package: &InventoryPackage) -> bool {
    let is_unread = |term: &LicenseTerm| term.license.contains(UNCLASSIFIED);
    package.expression.is_none() || package.terms.iter().any(is_unread)
}

fn and_more(text: &mut String, count: usize) {
    if count > STUBS {
        let _ = writeln!(
            text,
            "\n# … and {} more; `cargo airights check` names them.",
            count - STUBS
        );
    }
}

/// The uses that the rest of the policy would deny. A mere preference is warned of, which needs no exception.
fn refused_uses(package: &InventoryPackage) -> Vec<AiUse> {
    let refused = package.ai.iter().filter(|(_, terms)| {
        terms.value == UseValue::Disallowed && terms.force.is_none_or(|force| force > Force::Preference)
    });
    refused.map(|(ai_use, _)| ai_use).collect()
}

fn crate_spec(package: &InventoryPackage) -> String {
    quoted(&format!("{}@{}", package.name, package.version))
}

fn list<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(quoted).collect::<Vec<_>>().join(", ")
}

/// A crate's name as SPDX lets it stand in a reference.
fn reference(name: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    name.chars()
        .map(|character| if allowed(character) { character } else { '-' })
        .collect()
}
