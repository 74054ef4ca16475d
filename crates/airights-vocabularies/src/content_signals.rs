//! Content Signals: `Content-Signal: search=yes, ai-input=yes, ai-train=no`, a line in a group of `robots.txt`.
//!
//! There is no word for a condition.

use airights::declaration::AiTerms;
use airights::{AiUse, UseValue};
use airights_text::signals::content_signals::{self, LABEL};

use super::gathered::Gathered;

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

/// Reads every line.
pub(super) fn read(text: &str) -> Gathered {
    content_signals::signals(text).into_iter().collect()
}
