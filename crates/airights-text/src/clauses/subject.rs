//! What a text that is no licence is about as a whole: terms on AI, rules for contributors, or anything else.
//!
//! Its title tells. Under a title such as "AI training policy" a sentence need not name the work to speak of it; in rules
//! for contributors it has to.

use super::lexicon::{Class, Tagged};
use crate::sentences::Sentence;

/// Sentences that may tell what a text is about.
const OPENING: usize = 6;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Terms on AI of this work, by the title.
    pub(super) is_terms_on_ai: bool,
    /// Rules for contributors who use AI.
    pub(super) is_contribution_policy: bool,
}

impl Subject {
    pub(super) fn of(text: &str, sentences: &[Sentence]) -> Self {
        let opening: Vec<(&Sentence, Tagged)> = sentences
            .iter()
            .take(OPENING)
            .map(|sentence| (sentence, Tagged::new(&text[sentence.bytes.clone()])))
            .collect();
        let is_contribution_policy = opening
            .iter()
            .any(|(_, words)| words.has(Class::Contribution) && words.has(Class::Ai));
        let heading = opening.iter().find(|(sentence, _)| sentence.is_heading);
        let is_title = |title: &Tagged| {
            let is_of_terms = title.has(Class::TitleOfTerms) || title.has(Class::Plain) || title.has(Class::Refuse);
            (title.has(Class::Ai) || title.has(Class::Training))
                && is_of_terms
                && !title.has(Class::TitleOfTool)
                && !title.has(Class::Example)
        };
        Self {
            is_terms_on_ai: !is_contribution_policy && heading.is_some_and(|(_, title)| is_title(title)),
            is_contribution_policy,
        }
    }
}
