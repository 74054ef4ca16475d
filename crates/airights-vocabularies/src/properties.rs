//! Terms as names and values, for the bills of material, which have no field for them: `cargo-airights:ai:train-ai`.
//!
//! In `CycloneDX` names begin with a namespace and may stand more than once, and SPDX has such pairs as an extension made
//! after it.

use std::collections::BTreeMap;

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_text::signals::{About, Signal};

use super::Unreadable;
use super::gathered::Gathered;

/// What each name begins with.
pub(super) const PREFIX: &str = "cargo-airights:ai:";

/// Every name and value, in order.
pub(super) fn write(kept: &AiTerms) -> Vec<(String, String)> {
    let mut properties = Vec::new();
    let mut push = |name: &str, value: &str| properties.push((format!("{PREFIX}{name}"), value.to_owned()));
    for (ai_use, said) in &kept.uses {
        push(ai_use.as_str(), said.value.as_str());
        for condition in &said.conditions {
            push(&format!("{ai_use}:condition"), condition.as_str());
        }
    }
    if kept.search != UseValue::Unknown {
        push("search", kept.search.as_str());
    }
    if let Some(terms) = &kept.terms {
        push("terms", terms.as_str());
    }
    if let Some(contact) = &kept.contact {
        push("contact", contact);
    }
    properties
}

/// Reads names and values; names that are not ours say nothing.
///
/// # Errors
///
/// If a value is not one of our words.
pub(super) fn read<'a>(properties: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Gathered, Unreadable> {
    let mut gathered = Gathered::default();
    // A property stands in no text of its own.
    let signal = |about, said| Signal::new(about, said, true, 0..0);
    let mut values: BTreeMap<AiUse, Vec<UseValue>> = BTreeMap::new();
    let mut conditions: BTreeMap<AiUse, Vec<Condition>> = BTreeMap::new();
    for (name, value) in properties {
        let Some(name) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let unknown = |_| Unreadable::because(format!("`{PREFIX}{name}` has a value that is not known"));
        match (name, name.strip_suffix(":condition")) {
            ("search", _) => gathered.extend(signal(About::Search, Said::new(value.parse().map_err(unknown)?, &[]))),
            ("terms", _) => gathered.terms.terms = Some(TermsAt::new(value)),
            ("contact", _) => gathered.terms.contact = Some(value.to_owned()),
            (_, Some(ai_use)) => {
                if let Ok(ai_use) = ai_use.parse() {
                    conditions
                        .entry(ai_use)
                        .or_default()
                        .push(value.parse().map_err(unknown)?);
                }
            }
            (ai_use, None) => {
                if let Ok(ai_use) = ai_use.parse() {
                    values.entry(ai_use).or_default().push(value.parse().map_err(unknown)?);
                }
            }
        }
    }
    for &ai_use in AiUse::ALL {
        let conditions = conditions.remove(&ai_use).unwrap_or_default();
        // A condition without a value makes the use conditional.
        let lowest = if conditions.is_empty() {
            UseValue::Unknown
        } else {
            UseValue::Conditional
        };
        let value = values.remove(&ai_use).into_iter().flatten().max().unwrap_or(lowest);
        gathered.extend(signal(About::Use(ai_use), Said::new(value, &conditions)));
    }
    Ok(gathered)
}
