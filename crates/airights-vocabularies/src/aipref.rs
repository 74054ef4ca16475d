//! AIPREF: the `Content-Usage` field, as an HTTP header or in a group of `robots.txt`; and CC signals, which add
//! conditions to it.
//!
//! The same line serves as both: `Content-Usage: train-ai=n, search=y` (`draft-ietf-aipref-attach-05`). CC signals 0.1
//! write a condition as an exception from a refusal: `train-ai=n;exceptions=cc-cr`. Whoever does not know the parameter
//! has to ignore it, and sees the refusal.

use airights::declaration::{AiTerms, CC_SIGNALS, Said};
use airights::{AiUse, UseValue};
use airights_text::signals::content_usage::{self, LABEL};

use super::Unreadable;
use super::gathered::Gathered;

/// The line, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms) -> String {
    format!("{}\n", line(&field(kept)))
}

/// The line with a field.
pub(super) fn line(field: &str) -> String {
    format!("{LABEL}: {field}")
}

/// The field alone, as it stands in `content-usage` of a declaration.
pub(super) fn field(kept: &AiTerms) -> String {
    let train_ai = kept.uses.get(&AiUse::TrainAi).and_then(preference);
    let search = Some(Said::new(kept.search, &[]));
    let search = search.filter(|said| said.value != UseValue::Conditional);
    let members = [
        train_ai.map(|preference| format!("train-ai={preference}")),
        search
            .and_then(|said| preference(&said))
            .map(|preference| format!("search={preference}")),
    ];
    members.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn preference(said: &Said) -> Option<String> {
    match said.value {
        UseValue::Allowed => Some("y".to_owned()),
        UseValue::Disallowed => Some("n".to_owned()),
        UseValue::Conditional => {
            let signal = CC_SIGNALS.iter().find(|(_, conditions)| *conditions == said.conditions);
            Some(signal.map_or_else(|| "n".to_owned(), |(name, _)| format!("n;exceptions={name}")))
        }
        UseValue::Unknown => None,
    }
}

/// Reads every line of the field.
///
/// # Errors
///
/// If a line is no RFC 9651 dictionary.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    match content_usage::signals(text) {
        Ok(signals) => Ok(signals.into_iter().collect()),
        Err(broken) => Err(Unreadable::because(format!(
            "`{LABEL}` is not a structured field: {}",
            broken.reason
        ))),
    }
}
