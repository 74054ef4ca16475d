//! # reference-not-packaged
//!
//! The manifest refers to a text that is not in what is published.
//!
//! ## What it checks
//!
//! The files that `license-file`, `readme` and `terms` of `[package.metadata.airights]` name, and for each `LicenseRef-…` and
//! `AdditionRef-…` of the expression a text that holds it: `LICENSES/LicenseRef-….txt`, a license file that names it, or
//! the file that `license-file` or `terms` names.
//!
//! ## Why it matters
//!
//! Terms that do not travel are lost: those who get the package have a name and no words for it.
//!
//! ## Example
//!
//! ```toml
//! license = "MIT AND LicenseRef-No-Training"        # and no LICENSES/LicenseRef-No-Training.txt in the package
//! ```
//!
//! ## How to resolve
//!
//! Put the text into the package, and see with `cargo package --list` that neither `include` nor `exclude` nor
//! `.gitignore` leaves it out.

use super::facts::own_names;
use super::{FileState, PublishFacts, Reference, ReferenceKey, finding};
use crate::facts::Declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::help::Help;
use crate::problem::{NamedFile, Problem};
use crate::rule::Rule;

const RULE: Rule = Rule::ReferenceNotPackaged;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let files = package
        .references
        .iter()
        .filter_map(|reference| of_file(package, reference));
    files.chain(of_names(package)).collect()
}

fn of_file(package: &PublishFacts, reference: &Reference) -> Option<Finding> {
    let Reference { key, path, .. } = reference;
    let named = NamedFile {
        key: key.as_str(),
        path: path.clone(),
    };
    let (problem, help) = match &reference.state {
        FileState::Packaged(_) => return None,
        FileState::LeftOut => (Problem::ReferenceLeftOut(named), Help::NameInInclude),
        FileState::Outside => (Problem::ReferenceOutside(named), Help::MoveIntoPackage),
        FileState::Missing => (Problem::ReferenceMissing(named), Help::WriteFileOrCorrectKey),
    };
    let mut finding = finding(RULE, problem).help(help).at(reference.evidence.clone());
    if reference.state == FileState::LeftOut && package.can_be_included(path) {
        finding.fixes.push(Fix::Include { path: path.clone() });
    }
    Some(finding)
}

/// The terms of the author's own for which there is no text.
fn of_names(package: &PublishFacts) -> Vec<Finding> {
    let Declared::Expression(declared) = &package.facts.declared else {
        return Vec::new();
    };
    let mut names: Vec<String> = package.terms().iter().flat_map(own_names).collect();
    names.sort();
    names.dedup();
    names.retain(|name| !is_held(package, name));
    let findings = names.iter().map(|name| {
        let mut finding = finding(RULE, Problem::NameWithoutText(name.clone()))
            .help(Help::PutTextInto(format!("LICENSES/{name}.txt")))
            .at(declared.evidence.clone());
        let left_out = package
            .left_out
            .iter()
            .find(|left_out| stem(&left_out.text.path) == name);
        finding.fixes.extend(left_out.and_then(super::LeftOut::fix));
        finding
    });
    findings.collect()
}

/// Whether a file of the package holds what a name stands for.
fn is_held(package: &PublishFacts, name: &str) -> bool {
    let has_file_of_its_name = package.files.iter().any(|file| stem(file) == name);
    let mut texts = package.facts.texts.iter().flat_map(|text| &text.licenses);
    let keys = [ReferenceKey::LicenseFile, ReferenceKey::Terms];
    has_file_of_its_name
        || package.refs_in_texts.contains_key(name)
        || texts.any(|license| license.id == name)
        || keys.into_iter().any(|key| package.packaged(key).is_some())
}

/// The name of a file without its folders and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let without = ["txt", "md", "html"]
        .iter()
        .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'));
    without.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    #[test]
    fn speaks_of_files_that_stay_behind() {
        let scene = "license MIT\nrefers terms AI.md left-out\nrefers readme README.md missing\n\
            refers license-file ../LICENSE outside";
        let expected = [
            "deny: reference-left-out `terms` `AI.md`",
            "deny: reference-missing `readme` `README.md`",
            "deny: reference-outside `license-file` `../LICENSE`",
        ];
        check(RULE, scene, &expected);
    }

    #[test]
    fn speaks_of_names_without_a_text() {
        let scene =
            "license MIT WITH AdditionRef-mine AND LicenseRef-No-Training\npacked LICENSES/AdditionRef-mine.txt";
        let expected = "deny: name-without-text `LicenseRef-No-Training`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn is_silent_where_every_text_travels() {
        let license = "license MIT AND LicenseRef-No-Training\n";
        for held in [
            "packed LICENSES/LicenseRef-No-Training.txt",
            "named LicenseRef-No-Training LICENSE",
            "text LICENSE-AI LicenseRef-No-Training",
            "refers terms AI.md packaged",
            "refers license-file LICENSE packaged",
        ] {
            check(RULE, &format!("{license}{held}"), &[]);
        }
        check(RULE, "license MIT", &[]);
    }

    #[test]
    fn cannot_know_of_an_expression_that_cannot_be_read() {
        check(RULE, "license NoAI-MIT", &[]);
    }
}
