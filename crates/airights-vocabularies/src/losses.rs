//! What a translation loses: the difference between the terms and what the vocabulary keeps of them.

use std::fmt;

use airights::declaration::AiTerms;
use airights::{AiUse, Condition, UseValue};

use super::{Place, Reach, Vocabulary};

/// What a translation does not say as the terms do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Of what.
    pub item: Item,
    /// What becomes of it.
    pub lost: Lost,
}

/// One of the things that terms speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A use.
    Use(AiUse),
    /// Search.
    Search,
    /// Where the words are.
    Terms,
    /// Whom to ask.
    Contact,
    /// All of it.
    Whole,
}

/// What becomes of something that a vocabulary cannot say as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It is left out.
    LeftOut,
    /// It is said more restrictively, since the words are wider than what is meant or know no such condition.
    Stricter {
        /// What the terms say.
        meant: UseValue,
        /// What the translation says.
        written: UseValue,
    },
    /// It stays conditional, with other conditions that are no easier to meet.
    OtherConditions {
        /// What the terms ask for.
        meant: Vec<Condition>,
        /// What the translation asks for.
        written: Vec<Condition>,
    },
    /// It is said in words that people read, and no reader.
    InWords,
    /// The nearest word means something else, or the whole is not taken as the terms are.
    Meaning(&'static str),
}

impl Vocabulary {
    /// What a translation into it loses, in the order of the terms.
    pub fn losses(self, terms: &AiTerms) -> Vec<Loss> {
        let kept = self.kept(terms);
        let mut losses = Vec::new();
        let mut push = |item, lost: Option<Lost>| losses.extend(lost.map(|lost| Loss { item, lost }));
        for &ai_use in AiUse::ALL {
            push(Item::Use(ai_use), use_lost(terms, &kept, ai_use));
            let nearest = self.reach().nearest.iter();
            for (_, meaning) in nearest.filter(|(of, _)| *of == ai_use && kept.uses.contains_key(of)) {
                push(Item::Use(ai_use), Some(Lost::Meaning(meaning)));
            }
        }
        push(Item::Search, value_lost(terms.search, kept.search));
        let Reach {
            terms: for_terms,
            contact: for_contact,
            of_the_whole,
            ..
        } = self.reach();
        push(Item::Terms, place_lost(&terms.terms, &kept.terms, for_terms, &kept));
        push(
            Item::Contact,
            place_lost(&terms.contact, &kept.contact, for_contact, &kept),
        );
        let is_written = kept != AiTerms::default();
        push(Item::Whole, of_the_whole.filter(|_| is_written).map(Lost::Meaning));
        losses
    }
}

fn use_lost(terms: &AiTerms, kept: &AiTerms, ai_use: AiUse) -> Option<Lost> {
    let [meant, written] = [terms, kept].map(|terms| terms.uses.get(&ai_use));
    let conditions = match (meant, written) {
        (Some(meant), Some(written)) if meant.value == written.value => {
            (meant.conditions != written.conditions).then(|| Lost::OtherConditions {
                meant: meant.conditions.clone(),
                written: written.conditions.clone(),
            })
        }
        _ => None,
    };
    let [meant, written] = [meant, written].map(|said| said.map_or(UseValue::Unknown, |said| said.value));
    conditions.or_else(|| value_lost(meant, written))
}

fn value_lost(meant: UseValue, written: UseValue) -> Option<Lost> {
    match written {
        written if written == meant => None,
        UseValue::Unknown => Some(Lost::LeftOut),
        written => Some(Lost::Stricter { meant, written }),
    }
}

fn place_lost<T: PartialEq>(meant: &T, written: &T, place: Place, kept: &AiTerms) -> Option<Lost> {
    let has_words = kept.uses.values().any(|said| said.value == UseValue::Conditional);
    match place {
        _ if meant == written => None,
        Place::InWords if has_words => Some(Lost::InWords),
        _ => Some(Lost::LeftOut),
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Use(ai_use) => ai_use.as_str(),
            Self::Search => "search",
            Self::Terms => "terms",
            Self::Contact => "contact",
            Self::Whole => "all",
        })
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { item, lost } = self;
        match lost {
            Lost::LeftOut => write!(formatter, "`{item}` is left out"),
            Lost::Stricter { meant, written } if *meant == UseValue::Unknown => {
                write!(
                    formatter,
                    "`{item}` is written as `{written}`, though nothing is said of it"
                )
            }
            Lost::Stricter { meant, written } => {
                write!(formatter, "`{item}` is written as `{written}`, though it is `{meant}`")
            }
            Lost::OtherConditions { meant, written } => {
                let [meant, written] = [meant, written].map(|conditions| listed(conditions));
                write!(formatter, "`{item}` asks for {written} instead of {meant}")
            }
            Lost::InWords => write!(formatter, "`{item}` stands in words for people to read"),
            Lost::Meaning(meaning) if *item == Item::Whole => formatter.write_str(meaning),
            Lost::Meaning(meaning) => write!(formatter, "`{item}` {meaning}"),
        }
    }
}

fn listed(conditions: &[Condition]) -> String {
    let words: Vec<_> = conditions.iter().map(|condition| format!("`{condition}`")).collect();
    words.join(", ")
}
