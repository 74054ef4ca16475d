//! Scenes for the rules of publishing: the facts of one package, as in [`crate::scene`], and what is published of it.
//!
//! ```text
//! license MIT OR Apache-2.0
//! written MIT/Apache-2.0                the key itself, where it was read leniently
//! packed LICENSES/LicenseRef-own.txt
//! refers terms AI.md left-out           or packaged, outside, missing
//! beside LICENSE MIT                    in the workspace's root; `excluded`, `not-included`: in the package
//! blank LICENSE
//! elsewhere MIT
//! named LicenseRef-own LICENSE
//! translates ai.txt
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::{FileState, LeftOut, PublishFacts, Reference, ReferenceKey, check as check_all};
use crate::facts::{Declared, Evidence, EvidenceKind, Excerpt, Gathered, LicenseText, PackageFacts};
use crate::finding::Finding;
use crate::rule::Rule;
use crate::scene::Scene;

/// Asserts what one rule says: a line a finding.
#[track_caller]
pub(super) fn check(rule: Rule, scene: &str, expected: &[&str]) {
    let findings = findings(scene).into_iter().filter(|finding| finding.rule == rule);
    let mut lines: Vec<String> = findings
        .map(|finding| format!("{}: {}", finding.level.as_str(), finding.problem.identity()))
        .collect();
    lines.sort();
    assert_eq!(lines, expected);
}

/// What all rules say.
#[track_caller]
pub(super) fn findings(scene: &str) -> Vec<Finding> {
    check_all(&parse(scene))
}

#[track_caller]
fn parse(scene: &str) -> PublishFacts {
    let (of_publishing, of_facts): (Vec<&str>, Vec<&str>) = scene.lines().map(str::trim).partition(|line| {
        let first = line.split_whitespace().next().unwrap_or_default();
        let ours = [
            "written",
            "packed",
            "refers",
            "beside",
            "excluded",
            "not-included",
            "blank",
            "elsewhere",
            "named",
            "translates",
        ];
        ours.contains(&first)
    });
    let mut package = PublishFacts {
        facts: facts_of(&of_facts.join("\n")),
        files: BTreeSet::new(),
        references: Vec::new(),
        left_out: Vec::new(),
        blanks: Vec::new(),
        texts_elsewhere: BTreeSet::new(),
        refs_in_texts: BTreeMap::new(),
        translations: BTreeSet::new(),
        declaration: None,
        manifest: evidence(EvidenceKind::LicenseExpression, "Cargo.toml"),
    };
    let texts = package.facts.texts.iter();
    package.files = texts.map(|text| text.path.clone()).collect();
    for line in of_publishing {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["written", raw] => written(&mut package.facts.declared, raw),
            ["packed", path] => drop(package.files.insert((*path).to_owned())),
            ["refers", key, path, state] => package.references.push(reference(key, path, state)),
            [how @ ("beside" | "excluded" | "not-included"), text @ ..] => package.left_out.push(LeftOut {
                text: text_of(&text.join(" ")),
                is_inside: *how != "beside",
                can_be_included: *how == "not-included",
            }),
            ["blank", path] => package.blanks.push(evidence(EvidenceKind::LicenseText, path)),
            ["elsewhere", id] => drop(package.texts_elsewhere.insert((*id).to_owned())),
            ["named", name, path] => drop(package.refs_in_texts.insert((*name).to_owned(), (*path).to_owned())),
            ["translates", path] => drop(package.translations.insert((*path).to_owned())),
            _ => panic!("no line of a scene: {line}"),
        }
    }
    package
}

#[track_caller]
fn facts_of(lines: &str) -> PackageFacts {
    let scene = Scene::parse(&format!("package app 1.0.0 member\n{lines}"));
    match scene.facts.values().first() {
        Some(Gathered::Facts(facts)) => (**facts).clone(),
        other => panic!("no facts: {other:?}"),
    }
}

#[track_caller]
fn text_of(line: &str) -> LicenseText {
    let facts = facts_of(&format!("text {line}"));
    facts.texts.into_iter().next().expect("a text")
}

fn written(declared: &mut Declared, raw: &str) {
    if let Declared::Expression(declared) = declared {
        raw.clone_into(&mut declared.raw);
        declared.notes.push("`/` was read as `OR`".to_owned());
    }
}

fn reference(key: &str, path: &str, state: &str) -> Reference {
    let keys = [ReferenceKey::LicenseFile, ReferenceKey::Readme, ReferenceKey::Terms];
    let key = keys.into_iter().find(|known| known.as_str() == key);
    Reference {
        key: key.expect("a key that refers to files"),
        path: path.to_owned(),
        state: match state {
            "packaged" => FileState::Packaged(path.to_owned()),
            "left-out" => FileState::LeftOut,
            "outside" => FileState::Outside,
            _ => FileState::Missing,
        },
        evidence: evidence(EvidenceKind::LicenseExpression, "Cargo.toml"),
    }
}

fn evidence(kind: EvidenceKind, path: &str) -> Evidence {
    Evidence {
        kind,
        excerpt: Excerpt::whole_file(path),
    }
}
