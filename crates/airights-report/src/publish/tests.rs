//! Both formats print the same report, held by a golden each and the published schema.

use airights::facts::{Evidence, EvidenceKind};
use airights::package::{Role, Roles};
use airights::{AiUse, Excerpt, Finding, Fix, Help, Package, Problem, Rule, RuleSubject, Subject};
use expect_test::expect_file;
use semver::Version;

use super::{CheckedPackage, Outcome, PublishReport, write_human, write_json};
use crate::Terminal;
use crate::sample::HOSTILE;

fn package(name: &str, outcome: Outcome) -> CheckedPackage {
    CheckedPackage {
        package: Package {
            roles: Roles::from_iter([Role::Shipped]),
            is_member: true,
            manifest: format!("crates/{name}/Cargo.toml"),
            ..Package::new(name, Version::new(1, 0, 0))
        },
        outcome,
    }
}

fn evidence(path: &str, line: &str) -> Evidence {
    Evidence {
        kind: EvidenceKind::LicenseExpression,
        excerpt: Excerpt::of(path, line, 0..line.len()),
    }
}

fn sample() -> PublishReport {
    let finding = |rule: Rule, problem, help| Finding {
        rule,
        level: rule.default_level(),
        subject: Subject::Publication,
        ai_use: None,
        problem,
        help: Some(help),
        entry: None,
        evidence: vec![evidence("Cargo.toml", "license = \"MIT\"")],
        decided_by: None,
        allow: None,
        fixes: Vec::new(),
        path: airights::graph::DependencyPath::default(),
    };
    let copy = Fix::Copy {
        from: "LICENSE".to_owned(),
        to: "LICENSE".to_owned(),
    };
    let findings = vec![
        Finding {
            fixes: vec![copy.clone()],
            ..finding(
                Rule::LicenseTextNotPackaged,
                Problem::TextNotPackaged {
                    licenses: vec!["MIT".to_owned()],
                },
                Help::Fix(copy),
            )
        },
        Finding {
            evidence: vec![evidence("LICENSE", HOSTILE)],
            ..finding(
                Rule::AiTermsNotNamed,
                Problem::RestrictionNotNamed {
                    ai_use: AiUse::TrainAi,
                    declared: "MIT".to_owned(),
                },
                Help::NameBeside("MIT".to_owned()),
            )
        },
    ];
    PublishReport {
        packages: vec![
            package("parser", Outcome::Checked { files: 7, findings }),
            package("tests", Outcome::NeverPublished),
            package(
                "vanished",
                Outcome::NotChecked("`cargo package --list` failed".to_owned()),
            ),
        ],
        fixed: vec![(
            "parser 1.0.0".to_owned(),
            Fix::Expression {
                to: "MIT OR Apache-2.0".to_owned(),
            },
        )],
    }
}

#[test]
fn the_sample_is_shown_to_people() {
    let mut out = Vec::new();
    write_human(&sample(), false, Terminal::PLAIN, &mut out).unwrap();
    expect_file!["../goldens/publish-check.txt"].assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn the_sample_is_written_for_programs_as_the_published_schema_says() {
    let mut out = Vec::new();
    write_json(&sample(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    expect_file!["../goldens/publish-check-v1.json"].assert_eq(&text);
    let schema = include_str!("../../schemas/publish-check-v1.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let known = schema.pointer("/$defs/finding/properties/rule/enum");
    let rules: Vec<&str> = Rule::about(RuleSubject::Publication).map(Rule::id).collect();
    assert_eq!(known, Some(&serde_json::json!(rules)));
    // A schema that lets everything pass would prove nothing.
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
}
