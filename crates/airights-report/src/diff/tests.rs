//! All formats print the same comparison: a bit of everything a change may be.

use airights::diff::{Known, PackageChange, Scope, Side, Terms, Text, TextChange, TextPair, compare_words};
use airights::facts::TextPlace;
use airights::suggest::LockedPackage;
use airights::{Package, PackageIx, Subject, Verdict};
use expect_test::{ExpectFile, expect_file};

use super::{Comparison, write_human, write_json, write_markdown};
use crate::Terminal;
use crate::escape::is_hidden;
use crate::sample::{HOSTILE, Sample, sample_evaluation};

const BEFORE: &str =
    "Copyright 2023 Somebody\n\nYou may use this software for anything, as long as this notice stays.\n";
const AFTER: &str = "Copyright 2024 Somebody\n\nYou may use this software for anything but to train machine learning models, as \
                     long as this notice stays.\n";

/// A package of the sample, under another version.
fn side(sample: &Sample, place: u32, version: &str) -> Side {
    let place = PackageIx(place);
    let evaluation = &sample.evaluation;
    let Package {
        name,
        source,
        checksum,
        roles,
        ..
    } = sample.graph.package(place).clone();
    let missing = evaluation.not_evaluated.iter().find(|missing| missing.package == place);
    let judgement = evaluation
        .judgements
        .iter()
        .find(|judgement| judgement.package == place);
    let known = match (judgement, missing) {
        (Some(judgement), _) => Known::Terms(Box::new(Terms {
            judgement: judgement.clone(),
            findings: evaluation
                .findings
                .iter()
                .filter(|finding| finding.subject == Subject::Package(place))
                .cloned()
                .collect(),
            texts: None,
        })),
        (None, Some(missing)) => Known::Not(missing.reason.clone()),
        (None, None) => panic!("the sample judges it or says why not"),
    };
    Side {
        package: LockedPackage {
            name,
            version: version.parse().unwrap(),
            source,
        },
        checksum,
        roles,
        known,
    }
}

/// The same package as it was before anything was wrong with it.
fn harmless(mut side: Side, sample: &Sample) -> Side {
    let Known::Terms(terms) = &mut side.known else {
        panic!("it is known")
    };
    let middle = &sample.evaluation.judgements[3];
    terms.judgement = middle.clone();
    terms.findings.clear();
    side
}

fn text(path: &str, expression: &str) -> Text {
    Text {
        path: path.to_owned(),
        sha256: "c0".repeat(32),
        expression: Some(expression.to_owned()),
        place: TextPlace::Own,
        clauses: vec![(3, 3)],
    }
}

fn changes(sample: &Sample) -> Vec<PackageChange> {
    let hostile = side(sample, 1, "0.1.0");
    let mut ishell = PackageChange::between(
        Some(harmless(side(sample, 2, "0.2.2"), sample)),
        Some(side(sample, 2, "0.2.3")),
    );
    let (was, is) = (text("LICENSE", "MIT"), text("LICENSE", "LicenseRef-ishell"));
    ishell.texts = vec![
        TextChange {
            words: Some(compare_words((BEFORE, &[]), (AFTER, &is.clauses))),
            pair: TextPair {
                before: Some(was),
                after: Some(is),
            },
            unread: None,
        },
        TextChange {
            pair: TextPair {
                before: None,
                after: Some(text(&format!("NOTICE|{}", HOSTILE.trim()), "MIT")),
            },
            words: None,
            unread: None,
        },
    ];
    let mut elsewhere = side(sample, 6, "0.1.0");
    elsewhere.package.source = Some("git+https://elsewhere.example/#0".to_owned());
    vec![
        PackageChange::between(None, Some(hostile)),
        ishell,
        PackageChange::between(Some(side(sample, 3, "1.9.0")), Some(side(sample, 3, "2.0.0"))),
        PackageChange::between(Some(side(sample, 4, "2.0.0")), Some(side(sample, 4, "2.1.0"))),
        PackageChange::between(Some(side(sample, 5, "0.8.0")), Some(side(sample, 5, "0.9.0"))),
        PackageChange::between(Some(side(sample, 6, "0.1.0")), Some(elsewhere)),
        PackageChange::between(Some(side(sample, 9, "0.1.0")), None),
        PackageChange::between(None, Some(harmless(side(sample, 8, "0.1.0"), sample))),
    ]
}

fn check(write: impl FnOnce(&Comparison<'_>, &mut Vec<u8>), verbose: u8, quiet: bool, expected: &ExpectFile) {
    let sample = sample_evaluation();
    let changes = changes(&sample);
    let comparison = Comparison {
        before: "origin/main",
        after: "the working tree",
        changes: &changes,
        scope: Scope::Whole,
        verdict: Verdict::Incomplete,
        whole: Some(sample.evaluation.counts()),
        policy: &sample.evaluation.policy,
        policy_change: None,
        notes: &["not compared: `app 1.0.0`, whose source is no part of a lockfile".to_owned()],
        tool_version: "0.1.0",
        verbose,
        quiet,
    };
    let mut out = Vec::new();
    write(&comparison, &mut out);
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(|c| c != '\n' && is_hidden(c)), "{text}");
    expected.assert_eq(&text);
}

#[test]
fn for_people() {
    let write = |comparison: &Comparison<'_>, out: &mut Vec<u8>| write_human(comparison, Terminal::PLAIN, out).unwrap();
    check(write, 0, false, &expect_file!["../goldens/diff.txt"]);
    check(write, 1, false, &expect_file!["../goldens/diff-verbose.txt"]);
    check(write, 0, true, &expect_file!["../goldens/diff-quiet.txt"]);
}

#[test]
fn for_a_pull_request() {
    let write = |comparison: &Comparison<'_>, out: &mut Vec<u8>| write_markdown(comparison, out).unwrap();
    check(write, 0, false, &expect_file!["../goldens/diff.md"]);
}

#[test]
fn a_comment_never_grows_past_what_is_allowed() {
    let sample = sample_evaluation();
    let mut changes = Vec::new();
    for number in 0..400 {
        let mut more = self::changes(&sample);
        for change in &mut more {
            for side in [&mut change.before, &mut change.after].into_iter().flatten() {
                side.package.name = format!("{}-{number}", HOSTILE.repeat(3));
                if let Known::Terms(terms) = &mut side.known {
                    let odd = format!("{}{number}", "LicenseRef-`|odd ".repeat(100));
                    terms.judgement.license.effective = Some(odd);
                }
            }
        }
        changes.append(&mut more);
    }
    let comparison = Comparison {
        before: HOSTILE,
        after: HOSTILE,
        changes: &changes,
        scope: Scope::OnlyNew,
        verdict: Verdict::Violated,
        whole: None,
        policy: &sample.evaluation.policy,
        policy_change: None,
        notes: &vec![HOSTILE.to_owned(); 300],
        tool_version: "0.1.0",
        verbose: 0,
        quiet: false,
    };
    let mut out = Vec::new();
    write_markdown(&comparison, &mut out).unwrap();
    assert!(out.len() < 65_000, "{}", out.len());
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("more crates, which `cargo airights diff` shows"));
    assert!(page.ends_with("not legal advice</sub>\n"));
}

#[test]
fn for_programs() {
    let write = |comparison: &Comparison<'_>, out: &mut Vec<u8>| write_json(comparison, out).unwrap();
    check(write, 0, false, &expect_file!["../goldens/diff-v1.json"]);
}

#[test]
fn what_programs_get_is_valid_by_the_published_schema() {
    let schema = include_str!("../../schemas/diff-v1.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let golden: serde_json::Value = serde_json::from_str(include_str!("../goldens/diff-v1.json")).unwrap();
    let errors: Vec<String> = validator.iter_errors(&golden).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
}
