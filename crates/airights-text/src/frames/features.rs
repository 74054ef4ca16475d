//! What a model sees of a sentence: concepts, their order, and the words themselves.

use std::ops::Range;

use super::hashed::hash;
use super::lexicon::{Concept, Language, Token, tokens};
use super::units::Unit;
use crate::clauses::Speaker;
use crate::clauses::cut::{cut, stands_alone};
use crate::clauses::found::Found;
use crate::clauses::lexicon::Tagged;

/// Words that govern others.
const GOVERNING: &[Concept] = &[
    Concept::Not,
    Concept::Refuse,
    Concept::Breach,
    Concept::Reserve,
    Concept::Grant,
    Concept::May,
    Concept::Must,
    Concept::If,
    Concept::Only,
    Concept::Except,
    Concept::But,
    Concept::Consent,
    Concept::Pay,
    Concept::Credit,
    Concept::Open,
    Concept::Anything,
];

/// What is governed.
const DEEDS: &[Concept] = &[
    Concept::Train,
    Concept::Dataset,
    Concept::Mine,
    Concept::Make,
    Concept::Feed,
    Concept::Output,
    Concept::Use,
    Concept::Field,
    Concept::Commercial,
    Concept::NonCommercial,
    Concept::Compete,
    Concept::Ai,
];

/// What a sentence must name that may matter, or the heading or stem above it.
const TOPICS: &[Concept] = &[
    Concept::Ai,
    Concept::Train,
    Concept::Dataset,
    Concept::Mine,
    Concept::Feed,
    Concept::Output,
    Concept::Agent,
    Concept::Field,
    Concept::Commercial,
    Concept::NonCommercial,
    Concept::Compete,
];

/// What says whose data, doing and rules a sentence is about.
const SCOPE: &[Concept] = &[
    Concept::Own,
    Concept::Work,
    Concept::Others,
    Concept::We,
    Concept::Doers,
    Concept::Ability,
    Concept::Report,
    Concept::Contribute,
    Concept::Course,
    Concept::Question,
    Concept::Plan,
];

/// What a sentence shows: the names of its features as hashes, each once, and the concepts in it.
///
/// A name is a few words: `near not train`, `governs denied use`, `word fine`.
#[derive(Debug, Default)]
pub(crate) struct Features {
    hashes: Vec<u64>,
    concepts: Vec<Concept>,
    /// Whether it is in another language than English, of which the model has seen most.
    pub(super) is_foreign: bool,
    /// The names themselves, for the trainer.
    #[cfg(feature = "train")]
    pub(crate) names: std::collections::BTreeSet<String>,
}

impl Features {
    /// What a sentence shows where this speaks; `ruled` is what the rules make of it. `None` where it names no topic.
    pub(crate) fn of(unit: &Unit, speaker: Speaker, ruled: &[Found]) -> Option<Self> {
        let (mut words, ..) = cut(&unit.words);
        let (mut language, mut found) = tokens(&words);
        let is_topic = |token: &Token| TOPICS.contains(&token.concept);
        // A sentence that names no topic is about that of its heading.
        if !found.iter().any(is_topic) && !unit.heading.is_empty() {
            let (mut heading, ..) = cut(&unit.heading);
            heading.append(&mut words);
            words = heading;
            (language, found) = tokens(&words);
        }
        if !found.iter().any(is_topic) && ruled.is_empty() {
            return None;
        }
        let place = match speaker {
            Speaker::License => "license",
            Speaker::Notice => "notice",
        };
        let mut features = Self {
            is_foreign: language != Language::ENGLISH,
            ..Self::default()
        };
        features.add(&["place", place]);
        if features.is_foreign {
            features.add(&["foreign", place]);
        }
        features.add_concepts(&found, place);
        features.add_order(&found);
        features.add_words(&words);
        if language == Language::ENGLISH {
            for class in Tagged::new(&unit.words).names() {
                features.add(&["class", class]);
            }
        }
        features.add_marks(&unit.words);
        for clause in ruled {
            features.add(&["rule", place, clause.ai_use.as_str(), clause.value.as_str()]);
        }
        features.hashes.sort_unstable();
        features.hashes.dedup();
        Some(features)
    }

    /// The hashes of its features, each once.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Whether any word is there that governs others.
    pub(super) fn is_governed(&self) -> bool {
        self.has_any(GOVERNING)
    }

    /// Whether any of these concepts is there.
    pub(super) fn has_any(&self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|concept| self.concepts.contains(concept))
    }

    fn add(&mut self, words: &[&str]) {
        self.hashes.push(hash(words));
        #[cfg(feature = "train")]
        self.names.insert(words.join(" "));
    }

    fn add_concepts(&mut self, tokens: &[Token], place: &str) {
        for token in tokens {
            let name = token.concept.name();
            if self.concepts.contains(&token.concept) {
                self.add(&["twice", name]);
            } else {
                self.concepts.push(token.concept);
                self.add(&["has", name]);
                self.add(&[place, name]);
            }
        }
        let concepts = std::mem::take(&mut self.concepts);
        let has = |concept: &&Concept| concepts.contains(concept);
        let scope: Vec<&Concept> = SCOPE.iter().filter(has).collect();
        for one in &scope {
            for other in GOVERNING.iter().chain(DEEDS).filter(has) {
                self.add(&["with", one.name(), other.name()]);
            }
            for other in scope.iter().filter(|other| other > &one) {
                self.add(&["with", one.name(), other.name()]);
            }
        }
        if !concepts.contains(&Concept::Work) {
            self.add(&[place, "no", "work"]);
            if !concepts.contains(&Concept::Own) {
                self.add(&[place, "no", "own", "work"]);
            }
        }
        if let Some(first) = tokens.first() {
            self.add(&["first", first.concept.name()]);
        }
        self.concepts = concepts;
    }

    /// The order of what governs and what is governed.
    fn add_order(&mut self, tokens: &[Token]) {
        for (number, one) in tokens.iter().enumerate() {
            for other in &tokens[number + 1..] {
                if other.words.start > one.words.end + 3 {
                    break;
                }
                if other.words.start >= one.words.end {
                    self.add(&["near", one.concept.name(), other.concept.name()]);
                }
            }
        }
        let steps = steps(tokens);
        for pair in steps.windows(2) {
            self.add(&["then", pair[0].name, pair[1].name]);
        }
        for three in steps.windows(3) {
            self.add(&["then", three[0].name, three[1].name, three[2].name]);
        }
        // Of each name the first place and the last one.
        let mut places: Vec<(&Step, usize, usize)> = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            match places.iter_mut().find(|(other, ..)| other.name == step.name) {
                Some((.., last)) => *last = number,
                None => places.push((step, number, number)),
            }
        }
        for (one, first, _) in &places {
            self.add(&["in", one.name]);
            for (other, _, last) in &places {
                if first < last && !(one.is_deed && other.is_deed) {
                    self.add(&["before", one.name, other.name]);
                }
            }
        }
        let mut after = vec![NOTHING; steps.len()];
        let mut next = NOTHING;
        for (number, step) in steps.iter().enumerate().rev() {
            after[number] = next;
            if !step.is_deed {
                next = step.name;
            }
        }
        let mut before = NOTHING;
        for (step, after) in steps.iter().zip(after) {
            if step.is_deed {
                self.add(&["governs", before, step.name]);
                self.add(&["follows", step.name, after]);
                self.add(&["around", before, step.name, after]);
            } else {
                before = step.name;
            }
        }
    }

    /// What its punctuation shows, and how long it is.
    fn add_marks(&mut self, words: &str) {
        let trimmed = words.trim();
        for (name, is_there) in [
            ("question", trimmed.ends_with(['?', '？'])),
            ("colon", trimmed.ends_with([':', '：'])),
            ("exclamation", trimmed.ends_with(['!', '！'])),
            ("heading", trimmed.starts_with('#')),
            ("item", trimmed.starts_with(['-', '*', '+', '•'])),
            ("link", trimmed.contains("](") || trimmed.contains("://")),
            ("quote", trimmed.contains(['"', '“', '「', '«', '„'])),
            ("code", trimmed.contains('`')),
            ("bold", trimmed.contains("**")),
            ("table", trimmed.contains('|')),
            ("60", trimmed.len() > 60),
            ("120", trimmed.len() > 120),
            ("250", trimmed.len() > 250),
            ("500", trimmed.len() > 500),
        ] {
            if is_there {
                self.add(&["mark", name]);
            }
        }
    }

    fn add_words(&mut self, words: &[String]) {
        let stems: Vec<&str> = words.iter().map(|word| stem(word)).collect();
        for (number, stem) in stems.iter().enumerate() {
            if !stem.chars().all(stands_alone) {
                self.add(&["word", stem]);
            }
            if let Some(next) = stems.get(number + 1) {
                self.add(&["words", stem, next]);
            }
        }
        if let Some(first) = stems.first() {
            self.add(&["opens", first]);
        }
    }
}

/// What stands for a governor that is not there.
const NOTHING: &str = "nothing";

/// A concept that governs or is governed, in its order.
struct Step {
    name: &'static str,
    is_deed: bool,
    words: Range<usize>,
}

/// The concepts that govern or are governed. A negation and what it negates are one: "may not" is `denied`, and what is "not
/// forbidden" is `free`.
fn steps(tokens: &[Token]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for token in tokens {
        let is_deed = DEEDS.contains(&token.concept);
        if !is_deed && !GOVERNING.contains(&token.concept) {
            continue;
        }
        let reaches = |last: &Step, words: usize| token.words.start <= last.words.end + words;
        let drawn = steps.last().and_then(|last| match (last.name, token.concept) {
            ("may" | "grant", Concept::Not) if reaches(last, 1) => Some("denied"),
            ("not", Concept::May | Concept::Grant) if reaches(last, 2) => Some("denied"),
            ("not", Concept::Refuse | Concept::Reserve) if reaches(last, 3) => Some("free"),
            _ => None,
        });
        if drawn.is_some() {
            steps.pop();
        }
        steps.push(Step {
            name: drawn.unwrap_or(token.concept.name()),
            is_deed,
            words: token.words.clone(),
        });
    }
    steps.dedup_by(|next, last| next.name == last.name);
    steps
}

/// The first letters of a word, which its forms have in common.
fn stem(word: &str) -> &str {
    const LETTERS: usize = 6;
    word.char_indices().nth(LETTERS).map_or(word, |(end, _)| &word[..end])
}
