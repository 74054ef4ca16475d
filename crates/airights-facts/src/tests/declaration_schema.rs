//! The published JSON Schema of a declaration knows the same keys and words as the reader, so that editors help where we
//! would agree.

use std::collections::BTreeSet;

use airights::declaration::Draft;
use airights::{AiUse, Condition};
use serde_json::{Value, json};

use crate::declaration::{KEYS, read};

/// RFC 9651's test vectors, each a field and what it is written as again, or nothing if it has to fail.
const DICTIONARIES: &str = include_str!("../../../airights/tests/structured-field-tests/dictionaries.jsonl");

fn schema() -> Value {
    let text = include_str!("../../schemas/declaration.schema.json");
    serde_json::from_str(text).expect("the schema is JSON")
}

#[track_caller]
fn assert_both(validator: &jsonschema::Validator, declaration: &Value, is_good: bool) {
    let problems = read(declaration).problems;
    assert_eq!(
        problems.is_empty(),
        is_good,
        "the reader on {declaration}: {problems:?}"
    );
    assert_eq!(validator.is_valid(declaration), is_good, "the schema on {declaration}");
}

#[test]
fn its_keys_and_words_are_those_of_the_reader() {
    let schema = schema();
    let words = |pointer: &str| -> BTreeSet<String> {
        match schema.pointer(pointer) {
            Some(Value::Object(properties)) => properties.keys().cloned().collect(),
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            other => panic!("{pointer}: {other:?}"),
        }
    };
    let uses: Vec<&str> = AiUse::ALL.iter().map(|ai_use| ai_use.as_str()).collect();
    let in_scope = [&["path"], uses.as_slice()].concat();
    let conditions: Vec<&str> = Condition::ALL.iter().map(|condition| condition.as_str()).collect();
    for (pointer, expected) in [
        ("/properties", KEYS),
        ("/$defs/uses/properties", &uses),
        ("/properties/scope/items/properties", &in_scope),
        ("/$defs/condition/enum", &conditions),
    ] {
        let expected: BTreeSet<String> = expected.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(words(pointer), expected, "{pointer}");
    }
    for word in words("/$defs/value/enum") {
        assert_eq!(read(&json!({"use": {"train-ai": word}})).problems, [], "{word}");
    }
}

#[test]
fn it_agrees_with_the_reader() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    let good = [
        json!({}),
        json!({"vocab": Draft::LATEST.to_string(), "content-usage": "train-ai=n;exceptions=cc-cr, search=y"}),
        json!({"vocab": "draft-ietf-aipref-vocab-00", "content-usage": " genai=n "}),
        json!({"use": {"ai-input": "allowed", "train-on-output": "constrained", "use-restrictions": "unknown"}}),
        json!({"use": {"train-ai": "conditional"}, "conditions": ["credit", "scale-cap"]}),
        json!({"use": {"train-ai": "notAllowed"}, "conditions": "consent"}),
        json!({"terms": "https://example.org/terms", "contact": "rights@example.org"}),
        json!({"scope": [{"path": "assets/**", "train-ai": "disallowed"}, {"path": "data/**"}]}),
    ];
    let bad = [
        json!("train-ai=n"),
        json!([]),
        json!({"content_usage": "train-ai=n"}),
        json!({"content-usage": true}),
        json!({"content-usage": "Train-AI=n"}),
        json!({"content-usage": "train-ai=n,"}),
        json!({"vocab": "draft-ietf-aipref-vocab-08"}),
        json!({"vocab": "aipref"}),
        json!({"vocab": 7}),
        json!({"use": ["train-ai"]}),
        json!({"use": {"training": "disallowed"}}),
        json!({"use": {"train-ai": "Allowed"}}),
        json!({"use": {"train-ai": false}}),
        json!({"conditions": ["money"]}),
        json!({"conditions": {"credit": true}}),
        json!({"conditions": [1]}),
        json!({"terms": ["A.txt"]}),
        json!({"contact": null}),
        json!({"scope": {"path": "assets/**"}}),
        json!({"scope": [{"train-ai": "disallowed"}]}),
        json!({"scope": [{"path": "assets/**", "training": "disallowed"}]}),
        json!({"scope": ["assets/**"]}),
    ];
    let page = include_str!("../../../../docs/declaration.md");
    let example = page.split("```").nth(1).and_then(|block| block.strip_prefix("toml\n"));
    let example: Value = toml::from_str(example.expect("the page begins with an example")).expect("it is TOML");
    assert_both(&validator, &example["package"]["metadata"]["airights"], true);
    for declaration in &good {
        assert_both(&validator, declaration, true);
    }
    for declaration in &bad {
        assert_both(&validator, declaration, false);
    }
}

#[test]
fn it_refuses_every_field_that_rfc_9651_refuses() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    for line in DICTIONARIES.lines() {
        let (field, canonical): (String, Option<String>) = serde_json::from_str(line).expect("a test vector");
        assert_both(&validator, &json!({"content-usage": field}), canonical.is_some());
    }
}
