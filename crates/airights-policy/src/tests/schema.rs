//! The published JSON Schema knows the same keys and words as the reader, so that editors help where we would agree.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use airights::{Condition, LicenseClass};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::parse_alone;
use crate::{entries, file, section};

fn schema() -> Value {
    let text = include_str!("../../schemas/airights-toml.schema.json");
    serde_json::from_str(text).expect("the schema is JSON")
}

fn json(text: &str) -> Value {
    let table = DeTable::parse(text).expect("it is TOML");
    object(table.get_ref())
}

fn object(table: &DeTable<'_>) -> Value {
    let entries = table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), value_of(value.get_ref())));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => Value::from(number.as_str().parse::<i64>().expect("it is small")),
        DeValue::Float(number) => Value::from(number.as_str().parse::<f64>().expect("it is finite")),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(items) => items.iter().map(|item| value_of(item.get_ref())).collect(),
        DeValue::Table(table) => object(table),
    }
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
    let classes: Vec<String> = LicenseClass::ALL.iter().map(|class| format!("class:{class}")).collect();
    let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
    let conditions: Vec<&str> = Condition::ALL.iter().map(|condition| condition.as_str()).collect();
    for (pointer, expected) in [
        ("/properties", file::ROOT_KEYS),
        ("/$defs/graph/properties", file::GRAPH_KEYS),
        (
            "/$defs/lints/properties",
            &section::level_keys("lints").collect::<Vec<_>>(),
        ),
        ("/$defs/section/properties", file::ROLE_KEYS),
        ("/$defs/memberSection/properties", file::MEMBER_KEYS),
        ("/properties/roles/properties", &entries::roles()),
        ("/$defs/licenses/properties", &section::licenses_keys()),
        ("/$defs/ai/properties", &section::ai_keys()),
        ("/$defs/ai/properties/accept-conditions/items/enum", &conditions),
        ("/$defs/stance/anyOf/1/properties", section::USE_LEVELS_KEYS),
        ("/$defs/level/enum", section::LEVELS),
        ("/$defs/licensePattern/anyOf/0/enum", &classes),
        ("/$defs/useValue/enum", &entries::use_values()),
        ("/$defs/exception/properties", entries::EXCEPTION_KEYS),
        ("/$defs/exception/properties/roles/items/enum", &entries::roles()),
        ("/$defs/exception/properties/ai/anyOf/0/items/enum", &entries::ai_uses()),
        ("/$defs/exception/properties/ai/anyOf/1/properties", &entries::ai_uses()),
        ("/$defs/exception/properties/files/items/properties", entries::FILE_KEYS),
        ("/$defs/clarification/properties", entries::CLARIFY_KEYS),
        ("/$defs/clarification/properties/ai/properties", &entries::ai_uses()),
    ] {
        let expected: BTreeSet<String> = expected.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(words(pointer), expected, "{pointer}");
    }
}

#[test]
fn it_accepts_the_examples() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy-examples");
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let text = fs::read_to_string(&path).expect("it can be read");
        let errors: Vec<String> = validator
            .iter_errors(&json(&text))
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn it_agrees_with_the_reader() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    let hash = "0".repeat(64);
    for (text, good) in [
        (String::new(), true),
        (
            "licenses.allow = ['class:permissive', 'Unicode-*', 'Apache-2.0 WITH LLVM-exception']".to_owned(),
            true,
        ),
        ("licenses.allow = ['class:nice']".to_owned(), false),
        ("licenses.allow = ['MIT OR ISC']".to_owned(), false),
        ("licenses.unknown = 'ignore'".to_owned(), false),
        ("ai.preferences = 'ignore'".to_owned(), true),
        ("ai.preferences = 'allow'".to_owned(), false),
        ("ai.train-ai = { unknown = 'deny' }".to_owned(), true),
        ("ai.train-ai = { allowed = 'deny' }".to_owned(), false),
        ("ai.accept-conditions = ['money']".to_owned(), false),
        ("roles.dev.licenses.allow = []".to_owned(), true),
        ("roles.test = {}".to_owned(), false),
        (
            "exceptions = [{ crate = 'a@1', ai = ['train-ai'], reason = 'x', expires = 2027-01-01 }]".to_owned(),
            true,
        ),
        (
            "exceptions = [{ crate = 'a', ai = { train-ai = 'conditional' }, reason = 'x' }]".to_owned(),
            true,
        ),
        ("exceptions = [{ crate = 'a', reason = 'x' }]".to_owned(), false),
        (
            "exceptions = [{ crate = 'a', licenses = ['MIT'], reason = ' ' }]".to_owned(),
            false,
        ),
        (
            "exceptions = [{ crate = 'a b', licenses = ['MIT'], reason = 'x' }]".to_owned(),
            false,
        ),
        (
            format!("clarify = [{{ crate = 'a', license = 'MIT', files = [{{ path = 'L', sha256 = '{hash}' }}] }}]"),
            true,
        ),
        (
            "clarify = [{ crate = 'a', license = 'MIT', files = [] }]".to_owned(),
            false,
        ),
        ("graph.features = 'all'".to_owned(), false),
        ("lints.exception-unused = 'deny'".to_owned(), true),
    ] {
        let text = format!("version = 1\n{text}\n");
        assert_eq!(parse_alone(&text).is_ok(), good, "the reader on {text}");
        assert_eq!(validator.is_valid(&json(&text)), good, "the schema on {text}");
    }
}
