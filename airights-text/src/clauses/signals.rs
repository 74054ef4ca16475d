//! Machine-readable signals: `Content-Usage`, `Content-Signal`, the W3C's `tdmrep.json`, RSL, Spawning's `ai.txt`, SPDX
//! tags.

use std::ops::Range;

use super::Found;
use crate::reading::Modality;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// The signals in `text[within]`.
pub(super) fn signals(text: &str, within: Range<usize>) -> Vec<Found> {
    let part = text.get(within.clone()).unwrap_or("");
    let mut found = Vec::new();
    let asks = rsl_conditions(part);
    let is_rsl = part.contains("rslstandard.org") || part.contains("<rsl");
    for (bytes, is_permitted) in is_rsl.then(|| rsl_usages(part)).into_iter().flatten() {
        for word in part[bytes.clone()].split(|letter: char| letter == ',' || letter.is_whitespace()) {
            let (value, conditions) = match is_permitted {
                true if asks.is_empty() => (UseValue::Allowed, Vec::new()),
                true => (UseValue::Conditional, asks.clone()),
                false => (UseValue::Disallowed, Vec::new()),
            };
            for &ai_use in rsl_uses(&word.to_ascii_lowercase()) {
                found.push(Found {
                    ai_use,
                    value,
                    conditions: conditions.clone(),
                    modality: Modality::Signal,
                    bytes: within.start + bytes.start..within.start + bytes.end,
                });
            }
        }
    }
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
                    && let Some(ai_use) = use_named(key.trim())
                    && let Some(value) = value_named(value.trim())
                {
                    push(ai_use, with_exceptions(value, parameters));
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

/// The uses an RSL document permits or prohibits: the words between the tags of `permits` and `prohibits`, with whether
/// they are permitted. Namespaces may come before the names.
fn rsl_usages(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('<').map(|at| at + from) {
        let Some(close) = text[open..].find('>').map(|at| at + open) else {
            break;
        };
        from = close + 1;
        let tag = text[open + 1..close].to_ascii_lowercase();
        let name = tag.split_whitespace().next().unwrap_or("");
        let name = name.rsplit(':').next().unwrap_or("");
        let is_of_usage = tag.contains("type=\"usage\"") || tag.contains("type='usage'");
        if is_of_usage && (name == "permits" || name == "prohibits") {
            let end = text[from..].find('<').map_or(text.len(), |at| at + from);
            found.push((from..end, name == "permits"));
        }
    }
    found
}

/// The `LicenseRef-…` of an SPDX tag; ids of the SPDX list are the business of whoever reads the tag as a licence.
fn tagged_id(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("SPDX-License-Identifier:")?;
    rest.split_whitespace().find(|id| id.starts_with("LicenseRef-"))
}

/// What an RSL document asks for in return: the types of its `payment` elements.
fn rsl_conditions(text: &str) -> Vec<Condition> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("payment") {
        let tag = text[at..].split('>').next().unwrap_or("");
        let kind = tag
            .split_once("type=")
            .map_or("", |(_, kind)| kind.trim_start_matches(['"', '\'']));
        let kind = kind.split(['"', '\'']).next().unwrap_or("");
        all.extend(match kind {
            "attribution" => Some(Condition::Credit),
            "purchase" | "subscription" | "training" | "crawl" | "use" | "contribution" => {
                Some(Condition::DirectContribution)
            }
            _ => None,
        });
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// RSL 1.0's words for usages.
fn rsl_uses(word: &str) -> &'static [AiUse] {
    match word {
        "all" | "ai-all" => &[AiUse::TrainAi, AiUse::AiInput],
        "ai-train" | "train-ai" => &[AiUse::TrainAi],
        "ai-input" => &[AiUse::AiInput],
        _ => &[],
    }
}

fn use_named(key: &str) -> Option<AiUse> {
    Some(match key {
        "train-ai" | "ai-train" | "train-genai" | "genai" | "tdm" | "ai" | "all" | "bots" => AiUse::TrainAi,
        "ai-input" | "ai-use" | "inference" | "ai-output" => AiUse::AiInput,
        _ => return None,
    })
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
