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
    /// What `text` is about; `may_speak` tells of a sentence whether it has any word on AI.
    pub(super) fn of(text: &str, sentences: &[Sentence], may_speak: impl Fn(&Sentence) -> bool) -> Self {
        let tagged = |sentence: &Sentence| {
            let words = if may_speak(sentence) {
                &text[sentence.bytes.clone()]
            } else {
                ""
            };
            Tagged::new(words)
        };
        let opening = sentences.iter().take(OPENING);
        let opening: Vec<(&Sentence, Tagged)> = opening.map(|sentence| (sentence, tagged(sentence))).collect();
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
