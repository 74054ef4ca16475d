//! Both formats print the same ways out, of the sample that all renderers share.

use airights::suggest::{
    Change, Combination, Cost, DeadEnd, Ground, GroundSource, ManifestEdit, Proposal, Rung, Substitute,
};
use expect_test::expect_file;
use semver::Version;

use super::{Applied, Suggestions, write_human, write_json};
use crate::Terminal;
use crate::sample::{HOSTILE, sample_evaluation};

fn moved(name: &str, from: Version, to: Version) -> Change {
    let name = name.to_owned();
    Change::Moved { name, from, to }
}

/// A crate in the place of another, with a ground of each kind.
fn substitute() -> Substitute {
    let ground = |sentence: &str, source| Ground {
        sentence: sentence.to_owned(),
        source,
    };
    Substitute {
        replaces: "middle".to_owned(),
        name: "quiet".to_owned(),
        version: Some(Version::new(1, 0, 0)),
        grounds: vec![
            ground(
                "fork of `middle` (https://example.org)",
                GroundSource::Reviewed {
                    relation: "fork".to_owned(),
                    url: "https://example.org".to_owned(),
                },
            ),
            ground(
                "2 crates replaced `middle` by `quiet`, for example `a`",
                GroundSource::Mined {
                    crates: 2,
                    examples: vec!["a".to_owned()],
                },
            ),
            ground(
                HOSTILE,
                GroundSource::Likeness {
                    words: vec![HOSTILE.to_owned()],
                    dependents: 3,
                },
            ),
        ],
        rust_version: Some("1.70".to_owned()),
        published: Some("2024-01-02".to_owned()),
        downloads: Some(5),
        unmaintained: None,
    }
}

/// A way out on each kind of rung.
fn proposals() -> Vec<Proposal> {
    let parser = moved("parser", Version::new(2, 1, 0), Version::new(2, 0, 3));
    let proposal = |rung, solves: &[&str], summary: &str| Proposal {
        rung,
        solves: solves.iter().map(|&solved| solved.to_owned()).collect(),
        summary: summary.to_owned(),
        why: "`parser 2.0.3` is `MIT`".to_owned(),
        edits: Vec::new(),
        changes: Vec::new(),
        commands: Vec::new(),
        text: None,
        substitutes: Vec::new(),
        cost: Cost::default(),
        is_proved: true,
    };
    vec![
        Proposal {
            changes: vec![parser.clone()],
            cost: Cost {
                advisories: 1,
                downgrades: 1,
                moves: 1,
                releases: 3,
                days_older: 40,
                ..Cost::default()
            },
            commands: vec!["cargo update parser --precise 2.0.3".to_owned()],
            ..proposal(Rung::OtherVersion, &["parser 2.1.0"], "move `parser` to 2.0.3")
        },
        Proposal {
            edits: vec![ManifestEdit {
                path: "Cargo.toml".to_owned(),
                before: "parser = \"2.1\"".to_owned(),
                after: "parser = \"2.0\"".to_owned(),
            }],
            changes: vec![
                parser,
                Change::Added {
                    name: "grammar".to_owned(),
                    version: Version::new(0, 3, 0),
                },
            ],
            commands: vec!["cargo update --workspace".to_owned()],
            cost: Cost {
                yanked: 1,
                manifest_edits: 1,
                downgrades: 1,
                moves: 1,
                added: 1,
                ..Cost::default()
            },
            ..proposal(
                Rung::Pin,
                &["ishell 0.2.3", "parser 2.1.0"],
                "stay below the next version that is denied",
            )
        },
        Proposal {
            substitutes: vec![substitute()],
            is_proved: false,
            ..proposal(Rung::Replace, &["ishell 0.2.3"], "use `quiet` in the place of `middle`")
        },
        Proposal {
            why: "only who holds the rights can change the terms".to_owned(),
            text: Some(format!("Subject: terms of parser 2.1.0\n{HOSTILE}")),
            is_proved: false,
            ..proposal(Rung::Ask, &["parser 2.1.0"], "the maintainer, for other terms")
        },
    ]
}

fn check(write: impl FnOnce(&Suggestions<'_>, &mut Vec<u8>), verbose: u8, expected: &expect_test::ExpectFile) {
    let sample = sample_evaluation();
    let report = crate::Report {
        verbose,
        ..sample.report()
    };
    let dead_ends = [DeadEnd {
        package: "ishell 0.2.3".to_owned(),
        rung: Rung::OtherVersion,
        reason: "no version that its dependents accept passes".to_owned(),
    }];
    let together = Combination {
        proposals: vec![0, 1],
        commands: vec!["cargo update --workspace".to_owned()],
        cost: Cost {
            manifest_edits: 1,
            moves: 2,
            ..Cost::default()
        },
    };
    let suggestions = Suggestions {
        report: &report,
        proposals: &proposals(),
        together: Some(&together),
        is_cut_short: false,
        dead_ends: &dead_ends,
        only: None,
        applied: Applied::NotAsked,
    };
    let mut out = Vec::new();
    write(&suggestions, &mut out);
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    expected.assert_eq(&text);
}

#[test]
fn for_people() {
    let write = |suggestions: &Suggestions<'_>, out: &mut Vec<u8>| {
        write_human(suggestions, Terminal::PLAIN, out).unwrap();
    };
    check(write, 0, &expect_file!["../goldens/suggest.txt"]);
    check(write, 1, &expect_file!["../goldens/suggest-verbose.txt"]);
}

#[test]
fn for_programs() {
    let write = |suggestions: &Suggestions<'_>, out: &mut Vec<u8>| write_json(suggestions, out).unwrap();
    check(write, 0, &expect_file!["../goldens/suggest-v1.json"]);
}

#[test]
fn what_programs_get_is_valid_by_the_published_schema() {
    let schema = include_str!("../../schemas/suggest-v1.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let golden: serde_json::Value = serde_json::from_str(include_str!("../goldens/suggest-v1.json")).unwrap();
    let errors: Vec<String> = validator.iter_errors(&golden).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
}
