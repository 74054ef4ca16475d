//! Reads a `tdmrep.json`: the W3C community group's way to reserve text and data mining.
//!
//! The file is a list of objects with `location`, `tdm-reservation` and perhaps `tdm-policy`. Locations are those of a
//! web site; in a package any of them may be meant, so every entry counts for the whole and the most restrictive wins.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use airights_text::{AiUse, Condition, Modality, UseValue};
use serde_json::Value;
use serde_json::value::RawValue;

use super::excerpt::cut_counting;
use super::stored::{Spelled, StoredStatement};

/// More entries to the same effect say nothing new.
const MAX_ALIKE: usize = 8;

/// The file is not the JSON that the protocol asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTdmRep;

impl fmt::Display for NotTdmRep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("it is not a JSON list of objects with a `tdm-reservation`")
    }
}

/// What a `tdmrep.json` says of AI uses. A reservation covers mining of every kind, so training and input alike; one
/// with a policy to ask for licenses under is a condition.
///
/// # Errors
///
/// If it is not such a file.
pub fn statements(text: &str) -> Result<Vec<StoredStatement>, NotTdmRep> {
    let entries: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| NotTdmRep)?;
    let mut statements = Vec::new();
    let mut seen: BTreeMap<UseValue, usize> = BTreeMap::new();
    for entry in entries {
        let value: Value = serde_json::from_str(entry.get()).map_err(|_| NotTdmRep)?;
        let Value::Object(object) = value else {
            return Err(NotTdmRep);
        };
        let reservation = object.get("tdm-reservation").and_then(Value::as_i64);
        let has_policy = object.get("tdm-policy").is_some_and(Value::is_string);
        let (value, modality) = match (reservation, has_policy) {
            (Some(1), false) => (UseValue::Disallowed, Modality::Reserve),
            (Some(1), true) => (UseValue::Conditional, Modality::Reserve),
            (Some(0), _) => (UseValue::Allowed, Modality::Signal),
            // The protocol treats any other value as if nothing was said.
            _ => continue,
        };
        let alike = seen.entry(value).or_default();
        *alike += 1;
        if *alike > MAX_ALIKE {
            continue;
        }
        let conditions = match value {
            UseValue::Conditional => vec![Spelled(Condition::Consent)],
            _ => Vec::new(),
        };
        let excerpt = cut_counting(text, &place_of(entry.get(), text));
        statements.extend([AiUse::TrainAi, AiUse::AiInput].map(|ai_use| StoredStatement {
            ai_use: Spelled(ai_use),
            value: Spelled(value),
            conditions: conditions.clone(),
            modality,
            of_license: None,
            excerpt: excerpt.clone(),
        }));
    }
    Ok(statements)
}

/// Where a part of a text stands in it.
fn place_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reservations_are_read_with_their_lines() {
        let text = "[\n  {\"location\": \"/a\", \"tdm-reservation\": 0},\n  {\"location\": \"/\", \"tdm-reservation\": 1},\n  \
                    {\"location\": \"/b\", \"tdm-reservation\": 1, \"tdm-policy\": \"https://x\"},\n  {\"tdm-reservation\": 7}\n]";
        let found: Vec<_> = statements(text)
            .unwrap()
            .into_iter()
            .filter(|statement| statement.ai_use.0 == AiUse::TrainAi)
            .map(|statement| (statement.value.0, statement.modality, statement.excerpt.lines.0))
            .collect();
        assert_eq!(
            found,
            [
                (UseValue::Allowed, Modality::Signal, 2),
                (UseValue::Disallowed, Modality::Reserve, 3),
                (UseValue::Conditional, Modality::Reserve, 4),
            ]
        );
    }

    #[test]
    fn anything_else_is_an_error_and_no_permission() {
        for text in ["", "{}", "[1]", "[{\"tdm-reservation\": 0}", "no"] {
            assert_eq!(statements(text), Err(NotTdmRep), "{text}");
        }
        assert_eq!(statements("[{\"tdm-reservation\": \"0\"}, {}]"), Ok(Vec::new()));
    }

    #[test]
    fn a_flood_of_entries_is_dammed() {
        let entries = vec!["{\"tdm-reservation\": 1}"; 50_000].join(",\n");
        assert_eq!(statements(&format!("[{entries}]")).unwrap().len(), 2 * MAX_ALIKE);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "(\\PC|[\\[\\]{},:\"]|tdm-reservation|0|1){0,30}") {
            let _ = statements(&text);
        }
    }
}
