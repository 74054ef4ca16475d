//! AIPREF: the `Content-Usage` field, as an HTTP header or in a group of `robots.txt`; and CC signals, which add
//! conditions to it.
//!
//! The same line serves as both: `Content-Usage: train-ai=n, search=y` (`draft-ietf-aipref-attach-05`). CC signals 0.1
//! write a condition as an exception from a refusal: `train-ai=n;exceptions=cc-cr`. Whoever does not know the parameter
//! has to ignore it, and sees the refusal.

use airights::declaration::{AiTerms, CC_SIGNALS, ContentUsage, Said};
use airights::{AiUse, UseValue};

use super::gathered::Gathered;
use super::{Unreadable, robots};

const LABEL: &str = "Content-Usage";

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

/// Reads every `Content-Usage` line. Rules for the same path apply each on its own, and so do we take them all.
///
/// # Errors
///
/// If a line is no RFC 9651 dictionary.
pub(super) fn read(text: &str) -> Result<AiTerms, Unreadable> {
    let mut gathered = Gathered::default();
    for line in robots::lines(text).iter().filter(|line| line.is(LABEL)) {
        let (path, field) = line.path_and_rest();
        let is_whole = line.is_for_all && path.is_none_or(robots::is_everything);
        let usage = ContentUsage::parse(field)
            .map_err(|reason| Unreadable::because(format!("`{LABEL}` is not a structured field: {reason}")))?;
        for (ai_use, said) in usage.uses(None) {
            gathered.says(ai_use, said, is_whole);
        }
        gathered.says_of_search(usage.search(), is_whole);
    }
    Ok(gathered.terms)
}
