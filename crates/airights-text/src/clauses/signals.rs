//! Where machine-readable signals stand in a text: the lines of the vocabularies of [`signals`](crate::signals), headers and
//! `<meta>` of the W3C's TDM reservation, dialects of `ai.txt`, SPDX tags.

use std::ops::Range;

use super::found::Found;
use crate::reading::Modality;
use crate::said::Said;
use crate::signals::{About, Signal, ai_txt, content_signals, content_usage};
use crate::vocabulary::{AiUse, UseValue};

/// The signals in `text[within]`.
pub(super) fn signals(text: &str, within: Range<usize>) -> Vec<Found> {
    let part = text.get(within.clone()).unwrap_or("");
    let found = |ai_use, said: Said, bytes: Range<usize>| Found {
        ai_use,
        value: said.value,
        conditions: said.conditions,
        modality: Modality::Signal,
        bytes: within.start + bytes.start..within.start + bytes.end,
    };
    let lines = lines_of_its_own(part);
    let of_vocabularies = content_usage::signals(part).unwrap_or_else(|broken| broken.refusals);
    let of_vocabularies = of_vocabularies.into_iter().chain(content_signals::signals(part));
    // Any text may have such lines, so here it has to say whose they are.
    let of_spawning = ai_txt::spawning_at(part).and_then(|start| {
        let signal = ai_txt::signal(&part[start..]).filter(|signal| signal.said.value != UseValue::Allowed)?;
        let bytes = start + signal.bytes.start..start + signal.bytes.end;
        Some(Signal { bytes, ..signal })
    });
    let is_own = |bytes: &Range<usize>| lines.binary_search_by_key(&bytes.start, |(start, _)| *start).is_ok();
    let of_lines = of_vocabularies
        .chain(of_spawning)
        .filter(|signal| is_own(&signal.bytes))
        .filter_map(|signal| match signal.about {
            About::Use(ai_use) => Some(found(ai_use, signal.said, signal.bytes)),
            About::Search => None,
        });
    let mut all: Vec<Found> = of_lines.collect();
    let is_tdm = part.contains("\"tdm\"");
    for (start, line) in lines {
        let bytes = start..start + line.trim_end().len();
        let said = of_line(line, is_tdm).into_iter();
        all.extend(said.map(|(ai_use, value)| found(ai_use, Said::new(value, &[]), bytes.clone())));
    }
    all
}

/// The lines of a text with where they start. In a block of code a signal is an example.
fn lines_of_its_own(text: &str) -> Vec<(usize, &str)> {
    let (mut start, mut is_example) = (0, false);
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        is_example ^= is_fence;
        if !is_example && !is_fence {
            lines.push((start, line));
        }
        start += line.len();
    }
    lines
}

/// What a line says by itself.
fn of_line(line: &str, is_tdm: bool) -> Vec<(AiUse, UseValue)> {
    let lower = line.trim().to_ascii_lowercase();
    let short_name = is_tdm.then(|| lower.replace("\"reservation\"", "\"tdm-reservation\""));
    let is_refusing_meta = lower.starts_with("<meta") && lower.contains("robots") && lower.contains("noai");
    let of_training = [
        tdm_reservation(short_name.as_deref().unwrap_or(&lower)),
        declared_training(&lower),
        is_refusing_meta.then_some(UseValue::Disallowed),
    ];
    let of_training = of_training.into_iter().flatten().map(|value| (AiUse::TrainAi, value));
    let license = tagged_id(line).and_then(crate::catalogue::license);
    let of_license = license.into_iter().flat_map(|license| &license.terms);
    let of_license = of_license.filter(|terms| terms.ai_use != AiUse::UseRestrictions);
    of_training
        .chain(of_license.map(|terms| (terms.ai_use, terms.value)))
        .collect()
}

/// `tdm-reservation: 1` as a header, a `<meta>` or a member of a `tdmrep.json` (TDM Reservation Protocol, W3C). A member
/// stands beside its location, which is not seen here, and so permits nothing.
fn tdm_reservation(line: &str) -> Option<UseValue> {
    let (before, after) = line.split_once("tdm-reservation")?;
    let is_named = before.chars().all(|letter| !letter.is_alphanumeric()) || before.contains("<meta");
    let value = after.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let lead = &after[..after.len() - value.len()];
    let is_short = lead.len() < 16 && is_named;
    match value.as_bytes().first() {
        Some(b'0') if is_short && !before.contains('"') => Some(UseValue::Allowed),
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
