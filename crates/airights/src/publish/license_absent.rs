//! # license-absent
//!
//! A package says nothing of the license it is published under.
//!
//! ## What it checks
//!
//! Whether the manifest has `license` or `license-file`, one of which crates.io asks for.
//!
//! ## Why it matters
//!
//! Without a license the code may not be used, and a registry that asks for one does not take it.
//!
//! ## Example
//!
//! ```toml
//! [package]
//! name = "parser"        # and neither `license` nor `license-file`
//! ```
//!
//! ## How to resolve
//!
//! Add `license` with an SPDX expression, or `license-file` where your terms have no SPDX id. A package that is not to be
//! published says `publish = false`.

use super::{PublishFacts, finding};
use crate::facts::Declared;
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    if package.facts.declared != Declared::Absent || package.facts.license_file.is_some() {
        return Vec::new();
    }
    let finding = finding(Rule::LicenseAbsent, Problem::NoLicenseKey)
        .help(Help::AddLicenseKey)
        .at(package.manifest.clone());
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::LicenseAbsent;

    #[test]
    fn speaks_where_neither_key_is_there() {
        check(RULE, "text LICENSE MIT", &["deny: no-license-key"]);
    }

    #[test]
    fn is_silent_where_one_is() {
        check(RULE, "license MIT", &[]);
        check(RULE, "license-file LICENSE.txt", &[]);
        check(RULE, "license not an expression", &[]);
    }
}
