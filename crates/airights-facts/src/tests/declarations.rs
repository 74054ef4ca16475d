//! What a manifest and its like declare.

use airights::facts::{Declared, EvidenceKind, Force};
use airights::{AiUse, Condition, UseValue};
use serde_json::json;

use super::*;

#[test]
fn the_declared_license_comes_with_its_line() {
    let world = World::new().with(&[("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT/Apache-2.0\"\n")]);
    let mut manifest = world.manifest("");
    manifest.license = Some("MIT/Apache-2.0".to_owned());
    let Declared::Expression(declared) = world.facts(manifest).declared else {
        panic!();
    };
    assert_eq!(declared.raw, "MIT/Apache-2.0");
    assert_eq!(declared.expression.to_string(), "MIT OR Apache-2.0");
    assert_eq!(declared.notes, ["`/` was read as `OR`"]);
    assert_eq!(declared.evidence.kind, EvidenceKind::LicenseExpression);
    assert_eq!(declared.evidence.excerpt.path, "Cargo.toml");
    assert_eq!(declared.evidence.excerpt.lines, (3, 3));
    assert_eq!(declared.evidence.excerpt.one_line(), "\"MIT/Apache-2.0\"");
}

#[test]
fn an_inherited_license_points_at_the_line_that_inherits() {
    let world = World::new().with(&[("Cargo.toml", "[package]\nlicense.workspace = true\n")]);
    let mut manifest = world.manifest("");
    manifest.license = Some("nonsense".to_owned());
    let Declared::Unreadable { raw, reason, evidence } = world.facts(manifest).declared else {
        panic!();
    };
    assert_eq!(
        (raw.as_str(), reason.as_str()),
        ("nonsense", "`nonsense` is not an SPDX id")
    );
    assert_eq!(evidence.excerpt.text, "license.workspace = true");
    assert_eq!(world.facts(world.manifest("")).declared, Declared::Absent);
}

#[test]
fn declarations_and_reservations_become_statements() {
    let world = World::new().with(&[
        (
            "Cargo.toml",
            "[package]\n[package.metadata.airights]\ncontent-usage = \"train-ai=n;exceptions=cc-cr\"\n\
             use.ai-input = \"disallowed\"\nuse.train-on-output = 1\n",
        ),
        (
            ".well-known/tdmrep.json",
            "[{\"location\": \"/\", \"tdm-reservation\": 1}]",
        ),
        ("tdmrep.json", "nonsense"),
    ]);
    let mut manifest = world.manifest("");
    manifest.airights = Some(json!({
        "content-usage": "train-ai=n;exceptions=cc-cr",
        "use": {"ai-input": "disallowed", "train-on-output": 1},
    }));
    let facts = world.facts(manifest);
    let told: Vec<_> = facts
        .statements
        .iter()
        .map(|said| {
            let evidence = &said.evidence;
            (
                said.ai_use,
                said.value,
                said.force,
                evidence.kind,
                evidence.excerpt.path.as_str(),
                evidence.excerpt.lines.0,
            )
        })
        .collect();
    let tdmrep = ".well-known/tdmrep.json";
    assert_eq!(
        told,
        [
            (
                AiUse::TrainAi,
                UseValue::Disallowed,
                Force::Reservation,
                EvidenceKind::SignalFile,
                tdmrep,
                1
            ),
            (
                AiUse::AiInput,
                UseValue::Disallowed,
                Force::Reservation,
                EvidenceKind::SignalFile,
                tdmrep,
                1
            ),
            (
                AiUse::TrainAi,
                UseValue::Conditional,
                Force::Preference,
                EvidenceKind::Declaration,
                "Cargo.toml",
                3
            ),
            (
                AiUse::AiInput,
                UseValue::Disallowed,
                Force::Preference,
                EvidenceKind::Declaration,
                "Cargo.toml",
                4
            ),
        ]
    );
    assert_eq!(facts.statements[2].conditions, [Condition::Credit]);
    assert_eq!(
        problems(&facts),
        [
            "Cargo.toml: cannot be read: `1` is none of `allowed`, `conditional` and `disallowed`",
            "tdmrep.json: cannot be read: it is not a JSON list of objects with a `tdm-reservation`",
        ]
    );
}

#[test]
fn what_a_dependency_declares_beyond_what_is_known_is_no_unreadable_file() {
    let cases = [
        (
            json!({"vocab": "draft-ietf-aipref-vocab-42", "content-usage": "train-ai=n"}),
            1,
            0,
        ),
        (json!({"content-usage": "train-ai=n", "color": "red"}), 1, 0),
        (json!({"content-usages": "train-ai=n"}), 0, 1),
        (json!({"model-training": "never"}), 0, 1),
    ];
    let world = World::new().with(&[("Cargo.toml", "")]);
    for (table, statements, problems) in cases {
        let mut manifest = world.manifest("");
        manifest.airights = Some(table.clone());
        let facts = world.facts(manifest);
        assert_eq!(
            (facts.statements.len(), facts.problems.len()),
            (statements, problems),
            "{table}"
        );
    }
}
