//! Scenes for tests: a graph, its facts and a policy written as a few lines of text, and what the rules say of them.
//!
//! ```text
//! policy
//!   allow MIT class:public-domain
//! package app 1.0.0 member
//!   needs parser
//! package parser 2.1.0
//!   license GPL-3.0-only
//! ```

use airights_text::{AiUse, Condition, Modality, UseValue};
use semver::Version;

use crate::evaluate::{Evaluation, evaluate};
use crate::facts::{
    BoundFile, Declared, DeclaredExpression, Evidence, EvidenceKind, Excerpt, Facts, FileProblem, Force, FoundLicense,
    Gathered, HashedFile, LicenseText, Modification, PackageFacts, ProblemKind, Residue, Statement, TextKind,
    TextPlace,
};
use crate::finding::Subject;
use crate::graph::{Dependency, DependencyGraph};
use crate::level::Level;
use crate::package::{Package, PackageIx, Role, Roles};
use crate::policy::{Allowance, Binding, Clarification, Date, Exception, Policy, UseLevels};
use crate::rule::Rule;

/// The day on which scenes play.
const TODAY: &str = "2026-11-22";

/// Asserts what one rule says in a scene: a line a finding, worst first.
#[track_caller]
pub(crate) fn check(rule: Rule, scene: &str, expected: &[&str]) {
    let (graph, evaluation) = play(scene);
    let lines: Vec<String> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| {
            let subject = match &finding.subject {
                Subject::Package(place) => format!("`{}`", graph.package(*place)),
                Subject::Policy(entry) => format!("{entry:?}"),
                Subject::Publication => "publication".to_owned(),
            };
            format!("{}: {subject} {}", finding.level.as_str(), finding.problem.identity())
        })
        .collect();
    assert_eq!(lines, expected);
}

/// Judges a scene.
#[track_caller]
pub(crate) fn play(scene: &str) -> (DependencyGraph, Evaluation) {
    let scene = Scene::parse(scene);
    let evaluation = scene.judge();
    (scene.graph, evaluation)
}

/// A scene, taken apart.
pub(crate) struct Scene {
    pub(crate) policy: Policy,
    pub(crate) graph: DependencyGraph,
    pub(crate) facts: Facts,
}

impl Scene {
    pub(crate) fn judge(&self) -> Evaluation {
        evaluate(&self.policy, &self.graph, &self.facts, date(TODAY))
    }

    #[track_caller]
    pub(crate) fn parse(text: &str) -> Self {
        let mut policy = Policy::built_in();
        let mut packages: Vec<Package> = Vec::new();
        let mut facts: Vec<Gathered> = Vec::new();
        let mut needs: Vec<(PackageIx, String)> = Vec::new();
        let mut judges_members = false;
        let mut in_policy = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["policy"] => in_policy = true,
                ["package", name, version, about @ ..] => {
                    in_policy = false;
                    packages.push(package(name, version, about));
                    facts.push(Gathered::Facts(Box::default()));
                }
                ["members"] if in_policy => judges_members = true,
                words if in_policy => policy_line(&mut policy, words),
                ["needs", name] => needs.push((place(packages.len() - 1), (*name).to_owned())),
                ["not", "gathered"] => {
                    facts.pop();
                    facts.push(Gathered::Not("its source is not on this disk".to_owned()));
                }
                words => match facts.last_mut() {
                    Some(Gathered::Facts(facts)) => fact_line(facts, words),
                    _ => panic!("no package to say this of: {line}"),
                },
            }
        }
        let members = if judges_members {
            policy.base.clone()
        } else {
            policy.base.for_members()
        };
        policy.member = members.clone();
        policy.private_member = members;
        policy.unbuilt = policy.base.for_unbuilt();
        let place_of = |name: &str| {
            packages
                .iter()
                .position(|package| package.name == name)
                .expect("a known package")
        };
        let edges = needs.iter().map(|(from, to)| Dependency {
            from: *from,
            to: place(place_of(to)),
            key: to.clone(),
        });
        let edges = edges.collect();
        Self {
            policy,
            graph: DependencyGraph::new(packages, edges),
            facts: Facts::from(facts),
        }
    }
}

fn place(index: usize) -> PackageIx {
    PackageIx(u32::try_from(index).expect("a small scene"))
}

fn date(text: &str) -> Date {
    text.parse().expect("a day")
}

fn package(name: &str, version: &str, about: &[&str]) -> Package {
    let roles: Roles = about.iter().filter_map(|word| word.parse::<Role>().ok()).collect();
    let value = |key: &str| about.iter().find_map(|word| word.strip_prefix(key)).map(str::to_owned);
    Package {
        source: match value("source=") {
            Some(source) => Some(source),
            None => (!about.contains(&"member") && !about.contains(&"path")).then(|| "registry+test".to_owned()),
        },
        checksum: value("checksum="),
        roles: if roles.is_empty() {
            [Role::Shipped].into_iter().collect()
        } else {
            roles
        },
        is_member: about.contains(&"member"),
        is_private: about.contains(&"private"),
        registries: value("to=").into_iter().collect(),
        is_of_build_scripts: about.contains(&"build-script"),
        manifest: format!("{name}/Cargo.toml"),
        ..Package::new(name, Version::parse(version).expect("a version"))
    }
}

fn policy_line(policy: &mut Policy, words: &[&str]) {
    let patterns = |words: &[&str]| {
        words
            .iter()
            .map(|word| word.parse().expect("a pattern"))
            .collect::<Vec<_>>()
    };
    let allowances = |words: &[&str]| {
        let patterns = patterns(words).into_iter();
        patterns
            .map(|pattern| Allowance { pattern, at: None })
            .collect::<Vec<_>>()
    };
    match words {
        ["dev", rest @ ..] => {
            let mut dev = Policy {
                base: policy.dev.take().unwrap_or_else(|| policy.base.clone()),
                ..Policy::built_in()
            };
            policy_line(&mut dev, rest);
            policy.dev = Some(dev.base);
        }
        ["allow", words @ ..] => policy.base.licenses.allow = allowances(words),
        ["deny", words @ ..] => policy.base.licenses.deny = allowances(words),
        ["prefer", words @ ..] => policy.base.licenses.prefer = patterns(words),
        ["accept", words @ ..] => {
            policy.base.ai.accept_conditions = words.iter().map(|word| word.parse().expect("a condition")).collect();
        }
        ["preferences", level] => policy.base.ai.preferences = level.parse().expect("a level"),
        ["allowance-unused", level] => policy.lints.set(Rule::AllowanceUnused, level.parse().expect("a level")),
        ["text-missing", level] => policy
            .base
            .levels
            .set(Rule::LicenseTextMissing, level.parse().expect("a level")),
        ["exception", krate, about @ ..] => policy.exceptions.push(exception(krate, about)),
        ["clarify", krate, license, to] => policy.clarifications.push(Clarification {
            krate: krate.parse().expect("a crate"),
            license: spdx::Expression::parse(license).expect("an expression"),
            ai: std::collections::BTreeMap::new(),
            files: match to.split_once('=') {
                Some(("checksum" | "commit" | "xxh32", _)) => Vec::new(),
                _ if ["-", "name"].contains(to) => Vec::new(),
                _ => vec![bound_file(to)],
            },
            hashed: to.strip_prefix("xxh32=").into_iter().map(hashed_file).collect(),
            bound_to: match to.split_once('=') {
                _ if *to == "name" => Some(Binding::Name),
                Some(("checksum", checksum)) => Some(Binding::Checksum(checksum.to_owned())),
                Some(("commit", commit)) => Some(Binding::Commit(commit.to_owned())),
                _ => None,
            },
            reason: None,
            at: None,
        }),
        [ai_use, how] => {
            let ai_use: AiUse = ai_use.parse().unwrap_or_else(|_| panic!("no policy line: {words:?}"));
            policy.base.ai.uses[ai_use] = match *how {
                "respect" => UseLevels::RESPECT,
                "ignore" => UseLevels::IGNORE,
                _ => UseLevels::REQUIRE,
            };
        }
        _ => panic!("no policy line: {words:?}"),
    }
}

/// `path` alone means the file as it is in every scene; `path=other` means another content.
fn bound_file(text: &str) -> BoundFile {
    let (path, content) = text.split_once('=').unwrap_or((text, text));
    BoundFile {
        path: path.to_owned(),
        sha256: format!("sha256 of {content}"),
    }
}

/// `path:hash`; in every scene the hash of a text is the length of its path.
fn hashed_file(text: &str) -> HashedFile {
    let (path, hash) = text.split_once(':').expect("a path and a hash");
    HashedFile {
        path: path.to_owned(),
        xxh32: hash.parse().expect("a hash"),
    }
}

fn xxh32_of(path: &str) -> u32 {
    u32::try_from(path.len()).expect("a short path")
}

pub(crate) fn exception(krate: &str, about: &[&str]) -> Exception {
    let mut exception = Exception {
        krate: krate.parse().expect("a crate"),
        licenses: Vec::new(),
        ai: std::collections::BTreeMap::new(),
        roles: Roles::ALL,
        files: Vec::new(),
        reason: "because".to_owned(),
        owner: None,
        expires: None,
        at: None,
    };
    for word in about {
        match word.split_once(':').expect("key:value") {
            ("license", id) => exception.licenses.push(id.parse().expect("a pattern")),
            ("ai", ai_use) => {
                exception
                    .ai
                    .insert(ai_use.parse().expect("a use"), UseValue::Disallowed);
            }
            ("role", role) => exception.roles = [role.parse::<Role>().expect("a role")].into_iter().collect(),
            ("file", file) => exception.files.push(bound_file(file)),
            ("expires", day) => exception.expires = Some(date(day)),
            other => panic!("no key of an exception: {other:?}"),
        }
    }
    exception
}

fn fact_line(facts: &mut PackageFacts, words: &[&str]) {
    match words {
        ["license", expression @ ..] => facts.declared = declared(&expression.join(" ")),
        ["license-file", path] => facts.license_file = Some((*path).to_owned()),
        ["text", path, about @ ..] => facts.texts.push(text(path, about)),
        // A file that names licenses without their text: a tag, a sentence.
        ["names", path, expression @ ..] => facts.texts.push(LicenseText {
            expression: Some(expression.join(" ")),
            ..text(path, &["-"])
        }),
        ["also", path, id, about @ ..] => {
            let license = found(id, about);
            text_at(facts, path).licenses.push(license);
        }
        ["changed", path, line] => {
            let line = line.parse().expect("a line");
            let excerpt = Excerpt {
                lines: (line, line),
                ..Excerpt::whole_file(path)
            };
            let license = text_at(facts, path).licenses.last_mut();
            license.expect("a license in this text").changes.push(excerpt);
        }
        ["residue", path, about @ ..] => text_at(facts, path).residue.push(Residue {
            excerpt: Excerpt {
                lines: (3, 4),
                text: "left over".to_owned(),
                ..Excerpt::whole_file(path)
            },
            operative: about.contains(&"operative"),
        }),
        ["says", path, ai_use, value, about @ ..] => {
            let statement = statement(path, ai_use, value, about);
            match facts.texts.iter_mut().find(|text| text.path == *path) {
                Some(text) => text.statements.push(statement),
                None => facts.statements.push(statement),
            }
        }
        ["unreadable", path] => {
            facts.problems.push(FileProblem {
                path: (*path).to_owned(),
                kind: ProblemKind::NotText,
                is_license: path.contains("LICENSE") || facts.license_file.as_deref() == Some(*path),
                sha256: Some(format!("sha256 of {path}")),
            });
        }
        _ => panic!("no fact: {words:?}"),
    }
}

fn declared(raw: &str) -> Declared {
    let excerpt = Excerpt {
        lines: (4, 4),
        text: format!("license = \"{raw}\""),
        ..Excerpt::whole_file("Cargo.toml")
    };
    let evidence = Evidence {
        kind: EvidenceKind::LicenseExpression,
        excerpt,
    };
    let raw = raw.to_owned();
    match spdx::Expression::parse(&raw) {
        Ok(expression) => Declared::Expression(Box::new(DeclaredExpression {
            raw,
            expression,
            notes: vec![],
            evidence,
        })),
        Err(_) => Declared::Unreadable {
            raw,
            reason: "unknown license".to_owned(),
            evidence,
        },
    }
}

fn text(path: &str, about: &[&str]) -> LicenseText {
    let id = about.first().filter(|id| **id != "-");
    let name = path.rsplit('/').next().unwrap_or_default();
    LicenseText {
        path: path.to_owned(),
        kind: match name {
            name if name.starts_with("COPYRIGHT") => TextKind::Copyright,
            name if name.starts_with("NOTICE") => TextKind::Notice,
            _ => TextKind::License,
        },
        place: if path.starts_with("vendor/") {
            TextPlace::Bundled
        } else {
            TextPlace::Own
        },
        sha256: format!("sha256 of {path}"),
        xxh32: xxh32_of(path),
        expression: id.map(|id| (*id).to_owned()),
        licenses: id.map(|id| found(id, about)).into_iter().collect(),
        statements: Vec::new(),
        residue: Vec::new(),
    }
}

fn found(id: &str, about: &[&str]) -> FoundLicense {
    let modification = match about {
        [.., "clauses"] => Modification::Clauses,
        [.., "unclassified"] => Modification::Unclassified,
        _ => Modification::None,
    };
    FoundLicense {
        id: id.to_owned(),
        is_exception: about.contains(&"exception"),
        exact: modification == Modification::None,
        modification,
        lines: (1, 20),
        changes: Vec::new(),
    }
}

fn text_at<'a>(facts: &'a mut PackageFacts, path: &str) -> &'a mut LicenseText {
    facts
        .texts
        .iter_mut()
        .find(|text| text.path == path)
        .expect("a text of this package")
}

fn statement(path: &str, ai_use: &str, value: &str, about: &[&str]) -> Statement {
    let (kind, force) = match path {
        "README.md" => (EvidenceKind::Readme, Force::Preference),
        "AGENTS.md" => (EvidenceKind::AgentsFile, Force::Preference),
        "Cargo.toml" => (EvidenceKind::Declaration, Force::Preference),
        "ai.txt" => (EvidenceKind::SignalFile, Force::Preference),
        _ => (EvidenceKind::LicenseText, Force::License),
    };
    let conditions: Vec<Condition> = about.iter().filter_map(|word| word.parse().ok()).collect();
    let of_license = about
        .iter()
        .position(|word| *word == "of")
        .map(|of| about[of + 1].to_owned());
    let excerpt = Excerpt {
        lines: (5, 9),
        text: "the words".to_owned(),
        ..Excerpt::whole_file(path)
    };
    Statement {
        ai_use: ai_use.parse().expect("a use"),
        value: value.parse().expect("a value"),
        conditions,
        modality: match kind {
            EvidenceKind::SignalFile => Modality::Signal,
            _ => Modality::Prohibit,
        },
        force,
        of_license,
        evidence: Evidence { kind, excerpt },
    }
}

/// The level of the worst finding of a scene.
#[track_caller]
pub(crate) fn worst(scene: &str) -> Level {
    play(scene)
        .1
        .findings
        .iter()
        .map(|finding| finding.level)
        .max()
        .unwrap_or_default()
}
