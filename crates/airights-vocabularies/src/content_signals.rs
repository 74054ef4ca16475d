//! Content Signals: `Content-Signal: search=yes, ai-input=yes, ai-train=no`, a line in a group of `robots.txt`.
//!
//! A signal that is absent "neither grants nor restricts" (contentsignals.org). There is no word for a condition.

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, UseValue};

use super::gathered::Gathered;
use super::robots;

const LABEL: &str = "Content-Signal";

/// The line, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms) -> String {
    let of = |ai_use| kept.uses.get(&ai_use).map_or(UseValue::Unknown, |said| said.value);
    let signals = [
        ("search", kept.search),
        ("ai-input", of(AiUse::AiInput)),
        ("ai-train", of(AiUse::TrainAi)),
    ];
    let signals = signals.into_iter().filter_map(|(name, value)| match value {
        UseValue::Allowed => Some(format!("{name}=yes")),
        UseValue::Conditional | UseValue::Disallowed => Some(format!("{name}=no")),
        UseValue::Unknown => None,
    });
    format!("{LABEL}: {}\n", signals.collect::<Vec<_>>().join(", "))
}

/// Reads every `Content-Signal` line. Signals and values that are not known say nothing.
pub(super) fn read(text: &str) -> AiTerms {
    let mut gathered = Gathered::default();
    for line in robots::lines(text).iter().filter(|line| line.is(LABEL)) {
        let (path, signals) = line.path_and_rest();
        let is_whole = line.is_for_all && path.is_none_or(robots::is_everything);
        for signal in signals.split(',') {
            let (name, value) = signal.split_once('=').unwrap_or((signal, ""));
            let value = match value.trim() {
                "yes" => UseValue::Allowed,
                "no" => UseValue::Disallowed,
                _ => continue,
            };
            match name.trim() {
                "ai-train" => gathered.says(AiUse::TrainAi, Said::new(value, &[]), is_whole),
                "ai-input" => gathered.says(AiUse::AiInput, Said::new(value, &[]), is_whole),
                "search" => gathered.says_of_search(value, is_whole),
                _ => {}
            }
        }
    }
    gathered.terms
}
