//! CAWG's training and data mining assertion 1.1, as it stands in a C2PA manifest definition.
//!
//! It parts what we call training: `cawg.ai_training` is of models that do not generate, and
//! `cawg.ai_generative_training` of those that do, so both are written. `constrained` means "not allowed" to whoever
//! learns nothing of the constraint, which stands in words in `constraint_info`.

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_safe::json;
use airights_text::signals::{About, Signal};
use serde_json::{Map, Value, json};

use super::Unreadable;
use super::gathered::Gathered;

const LABEL: &str = "cawg.training-mining";

/// Its entries for each use that it knows.
const ENTRIES: &[(AiUse, &[&str])] = &[
    (AiUse::TrainAi, &["ai_generative_training", "ai_training"]),
    (AiUse::AiInput, &["ai_inference"]),
];

/// The assertion, with what the vocabulary keeps of the terms, and in words what it does not keep of `all`.
pub(super) fn write(kept: &AiTerms, all: &AiTerms) -> String {
    let mut entries = Map::new();
    for (ai_use, names) in ENTRIES {
        let Some(said) = kept.uses.get(ai_use) else { continue };
        let entry = match said.value {
            UseValue::Allowed => json!({"use": "allowed"}),
            UseValue::Conditional => json!({"use": "constrained", "constraint_info": in_words(said, all)}),
            UseValue::Disallowed => json!({"use": "notAllowed"}),
            UseValue::Unknown => continue,
        };
        entries.extend(names.iter().map(|name| (format!("cawg.{name}"), entry.clone())));
    }
    json::to_string(&json!({"label": LABEL, "data": {"entries": entries}}))
}

/// `credit, consent; see https://…; ask rights@…`.
fn in_words(said: &Said, all: &AiTerms) -> String {
    let conditions: Vec<_> = said.conditions.iter().map(|condition| condition.as_str()).collect();
    let terms = all.terms.as_ref().map(TermsAt::as_str);
    let terms = terms.map(|terms| format!("; see {terms}")).unwrap_or_default();
    let contact = all.contact.as_ref().map(|contact| format!("; ask {contact}"));
    format!("{}{terms}{}", conditions.join(", "), contact.unwrap_or_default())
}

/// Reads an assertion, with or without its label, also under the labels of C2PA 1.x.
///
/// A use that is parted is permitted only if each part is, and refused if one is.
///
/// # Errors
///
/// If it is not JSON with `entries`, or an entry has a `use` that the assertion does not know.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    let assertion: Value =
        serde_json::from_str(text).map_err(|error| Unreadable::because(format!("it is not JSON: {error}")))?;
    let entries = assertion.pointer("/data/entries").or_else(|| assertion.get("entries"));
    let Some(Value::Object(entries)) = entries else {
        return Err(Unreadable::because(format!("it has no `entries` of a `{LABEL}`")));
    };
    let mut gathered = Gathered::default();
    for (ai_use, names) in ENTRIES {
        let labels = |name: &str| ["cawg", "c2pa"].map(|prefix| format!("{prefix}.{name}"));
        let parts = names.iter().map(|name| {
            let entry = labels(name)
                .into_iter()
                .find_map(|label| entries.get_key_value(label.as_str()));
            entry.map(|(label, entry)| said_by(label, entry)).transpose()
        });
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let is_whole = parts.iter().all(Option::is_some);
        for said in parts.into_iter().flatten() {
            gathered.extend(Signal::new(About::Use(*ai_use), said, is_whole, 0..text.len()));
        }
    }
    Ok(gathered)
}

fn said_by(label: &str, entry: &Value) -> Result<Said, Unreadable> {
    let value = match entry.get("use").and_then(Value::as_str) {
        Some("allowed") => UseValue::Allowed,
        Some("notAllowed") => UseValue::Disallowed,
        Some("constrained") => UseValue::Conditional,
        _ => return Err(Unreadable::because(format!("`{label}` has no `use` that is known"))),
    };
    let info = entry.get("constraint_info").and_then(Value::as_str).unwrap_or_default();
    let words = info.split(';').next().unwrap_or_default().split(',').map(str::trim);
    let conditions: Vec<Condition> = words.map(|word| word.parse().unwrap_or(Condition::Other)).collect();
    Ok(Said::new(value, &conditions))
}
