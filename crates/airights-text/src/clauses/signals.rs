//! Machine-readable signals: `Content-Usage`, `Content-Signal`, the W3C's `tdmrep.json`, RSL, Spawning's `ai.txt`, SPDX
//! tags.

mod rsl;

use std::ops::Range;

use super::Found;
use crate::labels::label;
use crate::reading::Modality;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// The signals in `text[within]`.
pub(super) fn signals(text: &str, within: Range<usize>) -> Vec<Found> {
    let part = text.get(within.clone()).unwrap_or("");
    let mut found = rsl::signals(part, within.start);
    let mut is_spawning = false;
    let is_tdm = part.contains("\"tdm\"");
    let mut is_example = false;
    let mut offset = within.start;
    for line in part.split_inclusive('\n') {
        let bytes = offset..offset + line.trim_end().len();
        offset += line.len();
        let lower = line.trim().to_ascii_lowercase();
        // In a block of code a signal is an example.
        if lower.starts_with("```") || lower.starts_with("~~~") {
            is_example = !is_example;
        }
        if is_example {
            continue;
        }
        let mut push = |ai_use, value| {
            found.push(Found {
                ai_use,
                value,
                conditions: conditions_of(value),
                modality: Modality::Signal,
                bytes: bytes.clone(),
            });
        };
        for name in ["content-usage:", "content-signal:"] {
            let Some(value) = lower.strip_prefix(name) else {
                continue;
            };
            // A path may stand before the preferences of a robots.txt.
            for pair in value.split([',', ' ']) {
                let (pair, parameters) = pair.split_once(';').unwrap_or((pair, ""));
                if let Some((key, value)) = pair.trim().split_once('=')
                    && let Some(label) = label(key.trim())
                    && let Some(value) = value_named(value.trim())
                {
                    let value = with_exceptions(value, parameters);
                    let is_said = label.may_permit || value != UseValue::Allowed;
                    label
                        .uses
                        .iter()
                        .filter(|_| is_said)
                        .for_each(|&ai_use| push(ai_use, value));
                }
            }
        }
        let short_name = is_tdm.then(|| lower.replace("\"reservation\"", "\"tdm-reservation\""));
        if let Some(value) = tdm_reservation(short_name.as_deref().unwrap_or(&lower)) {
            push(AiUse::TrainAi, value);
        }
        if let Some(value) = declared_training(&lower) {
            push(AiUse::TrainAi, value);
        }
        if lower.starts_with("<meta") && lower.contains("robots") && lower.contains("noai") {
            push(AiUse::TrainAi, UseValue::Disallowed);
        }
        is_spawning |= lower.starts_with('#') && lower.contains("spawning ai");
        if is_spawning && lower.starts_with("disallow:") && lower.len() > "disallow:".len() {
            push(AiUse::TrainAi, UseValue::Disallowed);
            is_spawning = false;
        }
        if let Some(id) = tagged_id(line) {
            for terms in crate::catalogue::license(id)
                .into_iter()
                .flat_map(|license| &license.terms)
            {
                if terms.ai_use != AiUse::UseRestrictions {
                    push(terms.ai_use, terms.value);
                }
            }
        }
    }
    found
}

/// A signal that knows a condition does not say which of ours it is.
fn conditions_of(value: UseValue) -> Vec<Condition> {
    if value == UseValue::Conditional {
        vec![Condition::Other]
    } else {
        Vec::new()
    }
}

/// `tdm-reservation: 1` as a header, a `<meta>` or a member of a `tdmrep.json` (TDM Reservation Protocol, W3C).
fn tdm_reservation(line: &str) -> Option<UseValue> {
    let (before, after) = line.split_once("tdm-reservation")?;
    let is_named = before.chars().all(|letter| !letter.is_alphanumeric()) || before.contains("<meta");
    let value = after.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let lead = &after[..after.len() - value.len()];
    let is_short = lead.len() < 16 && is_named;
    match value.as_bytes().first() {
        Some(b'0') if is_short => Some(UseValue::Allowed),
        Some(b'1') if is_short => Some(UseValue::Disallowed),
        _ => None,
    }
}

/// `Training: deny`, as dialects of `ai.txt` have it.
fn declared_training(line: &str) -> Option<UseValue> {
    let (key, value) = line.split_once(':')?;
    let names_training = value.contains("train");
    match key.trim() {
        "disallow-action" | "disallowed-action" if names_training => return Some(UseValue::Disallowed),
        "allow-action" | "allowed-action" if names_training => return Some(UseValue::Allowed),
        _ => {}
    }
    let is_key = [
        "training",
        "ai-training",
        "ai_training",
        "allow-training",
        "allow-ai-training",
        "train-ai",
    ]
    .contains(&key.trim());
    match value.trim() {
        "deny" | "denied" | "disallow" | "disallowed" | "no" | "none" | "false" | "forbidden" | "prohibited"
            if is_key =>
        {
            Some(UseValue::Disallowed)
        }
        "allow" | "allowed" | "yes" | "true" if is_key => Some(UseValue::Allowed),
        _ => None,
    }
}

/// The `LicenseRef-…` of an SPDX tag; ids of the SPDX list are the business of whoever reads the tag as a licence.
fn tagged_id(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("SPDX-License-Identifier:")?;
    rest.split_whitespace().find(|id| id.starts_with("LicenseRef-"))
}

/// CC signals write a condition as an exception from a refusal.
fn with_exceptions(value: UseValue, parameters: &str) -> UseValue {
    if value == UseValue::Disallowed && parameters.contains("exceptions=") {
        UseValue::Conditional
    } else {
        value
    }
}

fn value_named(value: &str) -> Option<UseValue> {
    Some(match value {
        "n" | "no" => UseValue::Disallowed,
        "y" | "yes" => UseValue::Allowed,
        _ => return None,
    })
}
