//! The `tdmrep.json` of the TDM Reservation Protocol, by a community group of the W3C.
//!
//! It knows one question, whether text and data mining is reserved, and so answers for training, for input and for
//! search alike. With a `tdm-policy` the reservation is one that a license can be had for.

use std::ops::Range;

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_safe::json;
use airights_text::signals::robots::is_everything;
use airights_text::signals::{About, Signal};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::Unreadable;
use super::gathered::Gathered;

/// The file, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms) -> String {
    let reserved = kept.uses.values().any(|said| said.value != UseValue::Allowed);
    let mut rule = json!({"location": "/", "tdm-reservation": u8::from(reserved)});
    if let Some(TermsAt::Url(url)) = &kept.terms {
        rule["tdm-policy"] = json!(url);
    }
    json::to_string(&json!([rule]))
}

/// Reads a file. A rule with another number than 0 and 1 says nothing, as the protocol has it.
///
/// # Errors
///
/// If it is not a JSON list of objects.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    let not_a_list = |_| Unreadable::because("it is not a JSON list of objects with a `tdm-reservation`");
    let rules: Vec<&RawValue> = serde_json::from_str(text).map_err(not_a_list)?;
    let mut gathered = Gathered::default();
    for part in rules {
        let rule: Map<String, Value> = serde_json::from_str(part.get()).map_err(not_a_list)?;
        let policy = rule.get("tdm-policy").and_then(Value::as_str);
        let value = match (rule.get("tdm-reservation").and_then(Value::as_i64), policy) {
            (Some(0), _) => UseValue::Allowed,
            (Some(1), None) => UseValue::Disallowed,
            (Some(1), Some(_)) => UseValue::Conditional,
            _ => continue,
        };
        let location = rule.get("location").and_then(Value::as_str);
        let is_whole = location.is_some_and(is_everything);
        let said = Said::new(value, &[Condition::Consent]);
        let uses = [About::Use(AiUse::TrainAi), About::Use(AiUse::AiInput)].into_iter();
        // Whoever lets others mine says nothing of search.
        let search = (value != UseValue::Allowed).then_some(About::Search);
        for about in uses.chain(search) {
            gathered.extend(Signal::new(about, said.clone(), is_whole, place_of(part.get(), text)));
        }
        if let (UseValue::Conditional, Some(policy)) = (value, policy) {
            gathered.terms.terms.get_or_insert_with(|| TermsAt::new(policy));
        }
    }
    Ok(gathered)
}

/// Where a part of a text stands in it.
fn place_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}
