//! One evaluation that every renderer prints in its tests: a bit of everything a report may hold.

use std::collections::BTreeSet;

use airights::account::{Account, Said, SourceFate, StatementFate, Term};
use airights::facts::{
    EvidenceKind, FileProblem, Force, FoundLicense, LicenseText, Modification, ProblemKind, Residue, Statement,
    TextKind, TextPlace,
};
use airights::finding::{NotEvaluated, PolicyEntry};
use airights::graph::{Dependency, DependencyPath};
use airights::judge::{AiJudgement, Judgement, LicenseJudgement};
use airights::policy::{PerUse, PolicySource};
use airights::{
    AiUse, DependencyGraph, Entry, Evaluation, Evidence, Excerpt, Finding, Help, Level, LicenseClass, Package,
    PackageFacts, PackageIx, Problem, Role, Roles, Rule, Subject, UseValue, Verdict,
};
use semver::Version;

use super::Report;

/// Words that try to clear the screen, colour the terminal and turn the reading order round.
pub(crate) const HOSTILE: &str =
    "# hostile\n\nDo not train on this.\u{1b}[2J\u{1b}[32m fine \u{9b}1m \u{202e}tops\u{202c}\r\u{7} Ignore this.\n";

const ISHELL_LICENSE: &str = "\
Copyright (c) 2024 Somebody

You may use, copy and change this software, provided that:

1. It is not used to train, fine-tune or evaluate any machine
   learning model; and
2. this notice stays in all copies.
";

const POLICY: &str = r#"version = 1

[licenses]
allow = ["class:permissive", "class:public-domain"]

[ai]
train-ai = "respect"
preferences = "warn"

[[exceptions]]
crate = "ring@0.17"
licenses = ["LicenseRef-ring"]
reason = "asked our lawyers"
"#;

const MANIFEST: &str = r#"[package]
name = "app"
version = "1.0.0"

[dependencies]
hostile = "0.1"
middle = "2"
# Reads our configuration.
parser = { version = "2.1", features = ["fast"] }
vanished = "0.9"
"#;

/// The single packages, in the order of the graph; forty parts of `middle` follow.
const NAMED: [(&str, &str); 6] = [
    ("app", "1.0.0"),
    ("hostile", "0.1.0"),
    ("ishell", "0.2.3"),
    ("middle", "2.0.0"),
    ("parser", "2.1.0"),
    ("vanished", "0.9.0"),
];
const APP: PackageIx = PackageIx(0);
const HOSTILE_CRATE: PackageIx = PackageIx(1);
const ISHELL: PackageIx = PackageIx(2);
const MIDDLE: PackageIx = PackageIx(3);
const PARSER: PackageIx = PackageIx(4);
const VANISHED: PackageIx = PackageIx(5);
const PARTS: u32 = 40;

/// The sample, owned.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) evaluation: Evaluation,
    pub(crate) graph: DependencyGraph,
    pub(crate) notes: Vec<String>,
}

impl Sample {
    /// The sample as a report.
    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            evaluation: &self.evaluation,
            graph: &self.graph,
            is_planned: false,
            origins: &sample_origin,
            tool_version: "0.1.0",
            exit_code: 2,
            verbose: 0,
            quiet: false,
            notes: &self.notes,
        }
    }
}

/// Two denials, forty equal warnings, a preference from a hostile README, an idle exception, a package that could not
/// be judged and a finding of level `allow`.
pub(crate) fn sample_evaluation() -> Sample {
    let graph = sample_graph();
    let mut findings = denials(&graph);
    findings.extend(warnings(&graph));
    findings.push(finding(
        &graph,
        Rule::LicenseTextMissing,
        Level::Allow,
        MIDDLE,
        Problem::TextMissing,
    ));
    let judged = graph.iter().map(|(place, _)| place).filter(|&place| place != VANISHED);
    let evaluation = Evaluation {
        policy: PolicySource::File {
            path: "airights.toml".to_owned(),
            sha256: "5f".repeat(32),
        },
        judgements: judged.map(judgement).collect(),
        not_evaluated: vec![NotEvaluated {
            package: VANISHED,
            reason: "its source is not on this disk".to_owned(),
        }],
        findings,
        baselined: vec![baselined(&graph)],
        verdict: Verdict::Incomplete,
    };
    Sample {
        evaluation,
        graph,
        notes: vec!["`GPL-2.0` in `airights.toml` means `GPL-2.0-only`".to_owned()],
    }
}

fn finding(graph: &DependencyGraph, rule: Rule, level: Level, package: PackageIx, problem: Problem) -> Finding {
    Finding {
        rule,
        level,
        subject: Subject::Package(package),
        ai_use: None,
        problem,
        help: None,
        entry: None,
        evidence: Vec::new(),
        decided_by: None,
        allow: None,
        fixes: Vec::new(),
        path: graph.shortest_paths().cut_to(package),
    }
}

fn denials(graph: &DependencyGraph) -> Vec<Finding> {
    let manifest = "[package]\nname = \"parser\"\nlicense = \"GPL-3.0-only\"\n";
    let deny = |rule, package, problem| finding(graph, rule, Level::Deny, package, problem);
    vec![
        Finding {
            evidence: vec![evidence(
                EvidenceKind::LicenseExpression,
                excerpt(manifest, "Cargo.toml", "\"GPL-3.0-only\""),
            )],
            decided_by: Some(policy_line("[\"class:permissive\", \"class:public-domain\"]")),
            help: Some(Help::AllowOrExcept {
                krate: "parser".to_owned(),
            }),
            entry: Some(Entry::Exception {
                krate: "parser@2.1.0".to_owned(),
                licenses: vec!["GPL-3.0-only".to_owned()],
                ai: Vec::new(),
                roles: Roles::ALL,
            }),
            ..deny(
                Rule::LicenseNotAllowed,
                PARSER,
                Problem::LicenseNotAllowed {
                    expression: "GPL-3.0-only".to_owned(),
                    at_fault: BTreeSet::new(),
                },
            )
        },
        Finding {
            ai_use: Some(AiUse::TrainAi),
            evidence: vec![clause()],
            decided_by: Some(policy_line("train-ai = \"respect\"")),
            help: Some(Help::IgnoreUse {
                krate: "ishell".to_owned(),
                ai_use: AiUse::TrainAi,
            }),
            ..deny(Rule::AiUseDisallowed, ISHELL, Problem::UseDisallowed(AiUse::TrainAi))
        },
        deny(
            Rule::NotEvaluated,
            VANISHED,
            Problem::NotEvaluated("its source is not on this disk".to_owned()),
        ),
    ]
}

/// What was there before anybody looked.
fn baselined(graph: &DependencyGraph) -> Finding {
    let problem = Problem::LicenseNotAllowed {
        expression: "GPL-2.0-only".to_owned(),
        at_fault: BTreeSet::new(),
    };
    finding(graph, Rule::LicenseNotAllowed, Level::Deny, MIDDLE, problem)
}

fn warnings(graph: &DependencyGraph) -> Vec<Finding> {
    let warn = |rule, package, problem| finding(graph, rule, Level::Warn, package, problem);
    let text = "Copyright Somebody\nAs seen on the moon.\n";
    let wheels = (0..PARTS).map(|part| Finding {
        evidence: vec![evidence(
            EvidenceKind::LicenseText,
            excerpt(text, "LICENSE-MIT", "As seen on the moon."),
        )],
        help: Some(Help::ClarifyUntilChanged),
        ..warn(Rule::LicenseResidue, PackageIx(6 + part), Problem::UnclassifiedText)
    });
    let mut findings: Vec<Finding> = wheels.collect();
    findings.push(Finding {
        ai_use: Some(AiUse::TrainAi),
        evidence: vec![preference()],
        decided_by: Some(policy_line("preferences = \"warn\"")),
        ..warn(
            Rule::AiUseDisallowed,
            HOSTILE_CRATE,
            Problem::UseNotWanted(AiUse::TrainAi),
        )
    });
    findings.push(Finding {
        subject: Subject::Policy(PolicyEntry::Exception("ring@0.17".to_owned())),
        decided_by: Some(policy_line("crate = \"ring@0.17\"")),
        path: DependencyPath::default(),
        help: Some(Help::RemoveOrUpdate),
        ..warn(Rule::ExceptionUnused, APP, Problem::CrateNotInGraph)
    });
    findings
}

fn judgement(package: PackageIx) -> Judgement {
    let mut judgement = permissive(package);
    match package {
        PARSER => {
            judgement.license.declared = Some("GPL-3.0-only".to_owned());
            judgement.license.effective = Some("GPL-3.0-only".to_owned());
            judgement.license.elected = None;
            judgement.license.class = LicenseClass::StrongCopyleft;
            judgement.license.level = Level::Deny;
            judgement.license.decided_by = Some(policy_line("[\"class:permissive\", \"class:public-domain\"]"));
        }
        ISHELL => {
            judgement.license.declared = None;
            judgement.license.found = vec!["LicenseRef-ishell".to_owned()];
            judgement.license.effective = Some("LicenseRef-ishell".to_owned());
            judgement.license.elected = None;
            judgement.license.class = LicenseClass::UseRestricted;
            judgement.license.residue = vec![excerpt(ISHELL_LICENSE, "LICENSE", "this notice stays in all copies.")];
            judgement.ai[AiUse::TrainAi] = disallowed(Force::License, Level::Deny, clause());
        }
        HOSTILE_CRATE => {
            judgement.ai[AiUse::TrainAi] = disallowed(Force::Preference, Level::Warn, preference());
        }
        _ => {}
    }
    judgement
}

/// What forbids training in the license of `ishell`.
fn clause() -> Evidence {
    let words = "It is not used to train, fine-tune or evaluate any machine\n   learning model";
    evidence(EvidenceKind::LicenseText, excerpt(ISHELL_LICENSE, "LICENSE", words))
}

/// What asks not to train in the README of `hostile`.
fn preference() -> Evidence {
    let words = HOSTILE.lines().nth(2).unwrap_or_default();
    evidence(EvidenceKind::Readme, excerpt(HOSTILE, "README.md", words))
}

fn policy_line(words: &str) -> Excerpt {
    excerpt(POLICY, "airights.toml", words)
}

/// What was read in `ishell`.
pub(crate) fn sample_facts() -> PackageFacts {
    let residue = excerpt(ISHELL_LICENSE, "LICENSE", "this notice stays in all copies.");
    PackageFacts {
        license_file: Some("LICENSE".to_owned()),
        texts: vec![LicenseText {
            path: "LICENSE".to_owned(),
            kind: TextKind::License,
            place: TextPlace::Own,
            sha256: "c0".repeat(32),
            xxh32: 7,
            expression: Some("LicenseRef-ishell".to_owned()),
            licenses: vec![FoundLicense {
                id: "LicenseRef-ishell".to_owned(),
                is_exception: false,
                exact: false,
                modification: Modification::Clauses,
                lines: (1, 7),
                changes: Vec::new(),
            }],
            statements: Vec::new(),
            residue: vec![Residue {
                excerpt: residue,
                operative: true,
            }],
        }],
        problems: vec![FileProblem {
            path: "NOTICE".to_owned(),
            kind: ProblemKind::NotText,
            is_license: false,
            sha256: None,
        }],
        ..PackageFacts::default()
    }
}

fn sample_graph() -> DependencyGraph {
    let parts: Vec<String> = (0..PARTS).map(|part| format!("wheel-{part:02}")).collect();
    let parts = parts.iter().map(|name| (name.as_str(), "0.1.0"));
    let packages = NAMED.into_iter().chain(parts).map(|(name, version)| {
        let is_member = name == "app";
        Package {
            source: (!is_member).then(|| "registry+https://registry.example".to_owned()),
            checksum: (!is_member).then(|| "ab".repeat(32)),
            roles: Roles::from_iter([Role::Shipped]),
            is_member,
            is_private: is_member,
            manifest: if is_member {
                "Cargo.toml".to_owned()
            } else {
                format!("/cargo/registry/src/{name}-{version}/Cargo.toml")
            },
            ..Package::new(
                name,
                Version::parse(version).expect("the sample's versions are versions"),
            )
        }
    });
    let packages: Vec<Package> = packages.collect();
    let edge = |from, to: PackageIx| Dependency {
        from,
        to,
        key: packages[to.index()].name.clone(),
    };
    let mut edges = vec![
        edge(APP, HOSTILE_CRATE),
        edge(APP, MIDDLE),
        edge(MIDDLE, ISHELL),
        edge(APP, PARSER),
        edge(APP, VANISHED),
    ];
    edges.extend((0..PARTS).map(|part| edge(MIDDLE, PackageIx(6 + part))));
    DependencyGraph::new(packages.clone(), edges)
}

/// Where `app` brings packages in.
fn sample_origin(path: &[PackageIx]) -> Option<Excerpt> {
    let (name, _) = NAMED.get(path.get(1)?.index())?;
    let line = MANIFEST.lines().find(|line| line.starts_with(&format!("{name} =")))?;
    Some(excerpt(MANIFEST, "Cargo.toml", line))
}

fn permissive(package: PackageIx) -> Judgement {
    Judgement {
        package,
        role: Role::Shipped,
        license: LicenseJudgement {
            declared: Some("MIT OR Apache-2.0".to_owned()),
            notes: Vec::new(),
            found: vec!["Apache-2.0".to_owned(), "MIT".to_owned()],
            effective: Some("MIT OR Apache-2.0".to_owned()),
            elected: Some("MIT".to_owned()),
            class: LicenseClass::Permissive,
            residue: Vec::new(),
            level: Level::Allow,
            decided_by: Some(policy_line("\"class:permissive\"")),
        },
        ai: PerUse::from_fn(|ai_use| AiJudgement {
            value: match ai_use {
                AiUse::UseRestrictions => UseValue::Allowed,
                _ => UseValue::Unknown,
            },
            force: (ai_use == AiUse::UseRestrictions).then_some(Force::License),
            ..AiJudgement::default()
        }),
        is_excepted: false,
    }
}

fn disallowed(force: Force, level: Level, evidence: Evidence) -> AiJudgement {
    AiJudgement {
        value: UseValue::Disallowed,
        force: Some(force),
        evidence: vec![evidence],
        level,
        decided_by: Some(policy_line("train-ai = \"respect\"")),
        ..AiJudgement::default()
    }
}

fn evidence(kind: EvidenceKind, excerpt: Excerpt) -> Evidence {
    Evidence { kind, excerpt }
}

fn excerpt(source: &str, path: &str, words: &str) -> Excerpt {
    let start = source.find(words).expect("the sample holds these words");
    Excerpt::of(path, source, start..start + words.len())
}

/// What became of what `ishell` says: its license decides, and its README is outweighed.
pub(crate) fn sample_account() -> Account {
    let said = |value, force, evidence| Statement {
        ai_use: AiUse::TrainAi,
        value,
        conditions: Vec::new(),
        modality: airights_text::Modality::Prohibit,
        force,
        of_license: None,
        evidence,
    };
    let term = |term: &str, is_elected, level| Term {
        term: term.to_owned(),
        is_elected,
        level,
        decided_by: Some(policy_line("[\"class:permissive\", \"class:public-domain\"]")),
    };
    let mut uses: PerUse<Vec<Said>> = PerUse::default();
    uses[AiUse::TrainAi] = vec![
        Said {
            statement: said(UseValue::Disallowed, Force::License, clause()),
            fate: StatementFate::Decides,
        },
        Said {
            statement: said(UseValue::Allowed, Force::Preference, preference()),
            fate: StatementFate::Outweighed,
        },
    ];
    Account {
        declared: None,
        texts: vec![SourceFate::Counts],
        terms: vec![
            term("LicenseRef-ishell", true, Level::Allow),
            term("GPL-3.0-only", false, Level::Deny),
        ],
        uses,
    }
}
