//! AI terms in plain words: one short text of our own for each thing that may be said of a use.
//!
//! Whoever declares terms can put them into these words, and the reader finds in them exactly what was put in: they are
//! known the way licence texts are, word for word. Any other wording is read for what it says.

use std::ops::Range;

use crate::clauses::found::Found;
use crate::reading::Modality;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// What every one of the texts begins with.
const OPENING: &str = "This software may";

/// The text that says this of a use: a sentence, and a list of the conditions below it where there are any. Empty for
/// [`UseValue::Unknown`].
pub fn plain_terms(ai_use: AiUse, value: UseValue, conditions: &[Condition]) -> String {
    let items: String = match value {
        UseValue::Conditional => conditions
            .iter()
            .map(|&condition| format!("- {}\n", asked(condition)))
            .collect(),
        UseValue::Allowed | UseValue::Unknown | UseValue::Disallowed => String::new(),
    };
    match sentence(ai_use, value) {
        Some(sentence) if items.is_empty() => format!("{sentence}\n"),
        Some(sentence) => format!("{sentence}\n\n{items}"),
        None => String::new(),
    }
}

/// The sentence that says this of a use; `None` where nothing is said.
fn sentence(ai_use: AiUse, value: UseValue) -> Option<String> {
    let (permitted, forbidden) = deed(ai_use);
    match value {
        UseValue::Allowed => Some(format!("{OPENING} be {permitted}.")),
        UseValue::Disallowed => Some(format!("{OPENING} not be {forbidden}.")),
        UseValue::Conditional => Some(format!("{OPENING} be {permitted} only under these conditions:")),
        UseValue::Unknown => None,
    }
}

/// What is done in a use: as it is permitted, and as it is forbidden.
fn deed(ai_use: AiUse) -> (&'static str, &'static str) {
    match ai_use {
        AiUse::TrainAi => (
            "used to train, fine-tune and evaluate machine learning models,\nand included in datasets made for that purpose",
            "used to train, fine-tune or evaluate machine learning models,\nor included in datasets made for that purpose",
        ),
        AiUse::AiInput => (
            "used as input to AI systems,\nsuch as for retrieval, for embeddings and in the context of an assistant",
            "used as input to AI systems,\nsuch as for retrieval, for embeddings or in the context of an assistant",
        ),
        AiUse::UseRestrictions => (
            "run for any purpose, AI systems included",
            "run as a part of AI systems",
        ),
        AiUse::TrainOnOutput => (
            "used to produce output\nthat machine learning models are trained on",
            "used to produce output\nthat machine learning models are trained on",
        ),
    }
}

/// What a condition asks for.
fn asked(condition: Condition) -> &'static str {
    match condition {
        Condition::Credit => "credit: the authors of this software are named;",
        Condition::DirectContribution => "direct contribution: whoever does so pays or otherwise supports the authors;",
        Condition::EcosystemContribution => "contribution to the commons: whoever does so gives back to the ecosystem;",
        Condition::OpenResult => "open result: the resulting model is released under an open license;",
        Condition::NonCommercial => "non-commercial: it is done for non-commercial purposes only;",
        Condition::Consent => "consent: the authors have given their prior written permission;",
        Condition::Naming => "naming: the name of the result says that it was built with this software;",
        Condition::ScaleCap => "scale: the number of users or the revenue is below the limit the authors set;",
        Condition::FlowDown => "flow-down: the same terms are passed on to everyone who receives the result;",
        Condition::Other => "other: the terms that the authors state elsewhere are met;",
    }
}

/// The texts in `text[within]`, each with its list.
pub(crate) fn find(text: &str, within: Range<usize>) -> Vec<Found> {
    let part = text.get(within.clone()).unwrap_or("");
    let mut found = Vec::new();
    for (at, _) in part.match_indices(OPENING) {
        // What stands behind other words may be quoted, or denied by them.
        let line_start = part[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if !part[line_start..at].trim().is_empty() {
            continue;
        }
        if let Some(mut clause) = found_at(&part[at..]) {
            clause.bytes = within.start + at..within.start + at + clause.bytes.end;
            found.push(clause);
        }
    }
    found
}

/// The text at the very start of `rest`.
fn found_at(rest: &str) -> Option<Found> {
    let values = [UseValue::Conditional, UseValue::Allowed, UseValue::Disallowed];
    let all = AiUse::ALL
        .iter()
        .flat_map(|&ai_use| values.map(|value| (ai_use, value)));
    let (ai_use, value, mut end) = all.into_iter().find_map(|(ai_use, value)| {
        let end = after(rest, &sentence(ai_use, value)?)?;
        Some((ai_use, value, end))
    })?;
    let mut conditions = Vec::new();
    if value == UseValue::Conditional {
        while let Some((condition, length)) = condition_at(&rest[end..]) {
            conditions.push(condition);
            end += length;
        }
    }
    // A list that nobody can read may ask for anything.
    let is_readable = value != UseValue::Conditional || !conditions.is_empty();
    conditions.sort_unstable();
    conditions.dedup();
    is_readable.then_some(Found {
        ai_use,
        value,
        conditions,
        modality: Modality::in_words(value),
        bytes: 0..end,
    })
}

/// The item of a list at the very start of `rest`, and how far it reaches.
fn condition_at(rest: &str) -> Option<(Condition, usize)> {
    let mut all = Condition::ALL.iter();
    all.find_map(|&condition| Some((condition, after(rest, &format!("- {}", asked(condition)))?)))
}

/// How far `words` reach in `text`, whatever the white space between them; `None` where it does not begin with them.
fn after(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.split_whitespace() {
        rest = rest.trim_start().strip_prefix(word)?;
    }
    // "…conditions:" goes on in a list; every other text ends with its stop.
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_at_the_start_of_a_line_and_nowhere_else() {
        let permission = plain_terms(AiUse::AiInput, UseValue::Allowed, &[]);
        let found = |text: &str| find(text, 0..text.len()).len();
        assert_eq!(found(&permission), 1);
        assert_eq!(found(&format!("Terms\n\n  {permission}")), 1);
        assert_eq!(found(&format!("Nobody says that \"{permission}\"")), 0);
        assert_eq!(found(&format!("> {permission}")), 0);
        let unreadable = plain_terms(AiUse::AiInput, UseValue::Conditional, &[]) + "- a fee is paid;\n";
        assert_eq!(found(&unreadable), 0);
    }
}
