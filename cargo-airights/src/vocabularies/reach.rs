//! What each vocabulary has words for: the one table that the writers, the losses and the reference page rest on.

use airights::declaration::{AiTerms, CC_SIGNALS, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};

use super::{Vocabulary, rsl};

/// How far a vocabulary reaches.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Its words for each use, in the order of [`AiUse::ALL`].
    pub uses: [Words; 4],
    /// Its words for search.
    pub search: Words,
    /// Where it puts `terms`.
    pub terms: Place,
    /// Where it puts `contact`.
    pub contact: Place,
    /// Where its words mean something else than ours, though they are the nearest it has.
    pub meanings: &'static [(AiUse, &'static str)],
}

/// A vocabulary's words for one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// None: the use is left out.
    None,
    /// Yes and no. What is conditional becomes a refusal.
    YesOrNo,
    /// Yes, no, and these sets of conditions by their names, smaller ones first. What is conditional becomes the first of
    /// them that asks for no less, or a refusal.
    Conditions(&'static [(&'static str, &'static [Condition])]),
    /// Yes, no, and every condition.
    EveryCondition,
    /// One answer for training, input and search together: reserved, reserved with an address to ask at, or not.
    Mining,
    /// Whatever we say, word for word.
    Everything,
}

/// Where a vocabulary puts the address of the terms, or whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere.
    Nowhere,
    /// Where a reservation names the address to ask at.
    BesideReservation,
    /// Beside what it says of a use, if it is an address that stands there as it is.
    Address,
    /// In the words of a condition, where people find it; a reader does not.
    InWords,
    /// Wherever it is said.
    Everywhere,
}

impl Vocabulary {
    /// How far it reaches.
    pub const fn reach(self) -> Reach {
        use Words::{Conditions, EveryCondition, Everything, Mining, None, YesOrNo};
        match self {
            Self::Aipref => Reach {
                uses: [YesOrNo, None, None, None],
                search: YesOrNo,
                terms: Place::Nowhere,
                contact: Place::Nowhere,
                meanings: &[(AiUse::TrainAi, GENERATIVE_ONLY)],
            },
            Self::CcSignals => Reach {
                uses: [Conditions(CC_SIGNALS), None, None, None],
                search: YesOrNo,
                terms: Place::Nowhere,
                contact: Place::Nowhere,
                meanings: &[(AiUse::TrainAi, GENERATIVE_ONLY)],
            },
            Self::ContentSignals => Reach {
                uses: [YesOrNo, YesOrNo, None, None],
                search: YesOrNo,
                terms: Place::Nowhere,
                contact: Place::Nowhere,
                meanings: &[],
            },
            Self::TdmRep => Reach {
                uses: [Mining, Mining, None, None],
                search: Mining,
                terms: Place::BesideReservation,
                contact: Place::Nowhere,
                meanings: &[],
            },
            Self::Rsl => Reach {
                uses: [Conditions(rsl::CONDITIONS), Conditions(rsl::CONDITIONS), None, None],
                search: YesOrNo,
                terms: Place::Address,
                contact: Place::Address,
                meanings: &[],
            },
            Self::Cawg => Reach {
                uses: [EveryCondition, EveryCondition, None, None],
                search: None,
                terms: Place::InWords,
                contact: Place::InWords,
                meanings: &[],
            },
            Self::AiTxt => Reach {
                uses: [YesOrNo, None, None, None],
                search: None,
                terms: Place::Nowhere,
                contact: Place::Nowhere,
                meanings: &[(
                    AiUse::TrainAi,
                    "speaks of data sets to train on, and of no other training",
                )],
            },
            Self::Spdx3 | Self::CycloneDx => Reach {
                uses: [Everything; 4],
                search: Everything,
                terms: Place::Everywhere,
                contact: Place::Everywhere,
                meanings: &[],
            },
        }
    }

    /// What of the terms it can say: what a translation into it says, and what is read back from it.
    pub fn kept(self, terms: &AiTerms) -> AiTerms {
        let reach = self.reach();
        let mining = &mining(terms);
        let uses = AiUse::ALL.iter().zip(reach.uses);
        let uses = uses.filter_map(|(&ai_use, words)| {
            let said = terms.uses.get(&ai_use).filter(|said| said.value != UseValue::Unknown);
            let kept = match words {
                Words::Mining => mining.clone(),
                _ => said.and_then(|said| words.kept(said)),
            };
            Some((ai_use, kept?))
        });
        let search = match reach.search {
            Words::Mining => mining.as_ref().map_or(UseValue::Unknown, |said| match said.value {
                UseValue::Allowed => UseValue::Unknown,
                value => value,
            }),
            words => {
                let said = Said::new(terms.search, &[]);
                words.kept(&said).map_or(UseValue::Unknown, |said| said.value)
            }
        };
        let mut kept = AiTerms {
            uses: uses.collect(),
            search,
            ..AiTerms::default()
        };
        let address = terms.terms.as_ref().filter(|terms| matches!(terms, TermsAt::Url(_)));
        let is_address = address.is_some_and(|address| is_address(address.as_str()));
        if reach.terms.keeps(&kept, is_address) {
            kept.terms.clone_from(&terms.terms);
        }
        let is_address = terms.contact.as_deref().is_some_and(is_contact_address);
        if reach.contact.keeps(&kept, is_address) {
            kept.contact.clone_from(&terms.contact);
        }
        kept
    }
}

impl Words {
    /// What is left of what is said; `None` where there is no word for it.
    fn kept(self, said: &Said) -> Option<Said> {
        let is_condition = said.value == UseValue::Conditional;
        match self {
            _ if said.value == UseValue::Unknown => None,
            Self::None | Self::Mining => None,
            Self::YesOrNo if is_condition => Some(Said::new(UseValue::Disallowed, &[])),
            Self::Conditions(sets) if is_condition => {
                let asks_no_less = |set: &[Condition]| said.conditions.iter().all(|asked| set.contains(asked));
                Some(match sets.iter().find(|(_, set)| asks_no_less(set)) {
                    Some((_, set)) => Said::new(UseValue::Conditional, set),
                    None => Said::new(UseValue::Disallowed, &[]),
                })
            }
            Self::YesOrNo | Self::Conditions(_) | Self::EveryCondition | Self::Everything => Some(said.clone()),
        }
    }
}

impl Place {
    /// Whether what is put there comes back when it is read.
    fn keeps(self, kept: &AiTerms, is_address: bool) -> bool {
        match self {
            Self::Nowhere | Self::InWords => false,
            Self::BesideReservation => kept.uses.values().any(|said| said.value == UseValue::Conditional),
            Self::Address => is_address && (!kept.uses.is_empty() || kept.search != UseValue::Unknown),
            Self::Everywhere => true,
        }
    }
}

/// Whether mining is reserved. Whoever refuses training or input reserves the other as well; whoever refuses search alone
/// would reserve too much, and is not put among those who reserve nothing.
fn mining(terms: &AiTerms) -> Option<Said> {
    let of = |ai_use| terms.uses.get(&ai_use).map_or(UseValue::Unknown, |said| said.value);
    let values = [of(AiUse::TrainAi), of(AiUse::AiInput)];
    let names_address = matches!(&terms.terms, Some(TermsAt::Url(url)) if is_address(url));
    // Whoever may be asked for a licence to mine may be asked for search as well.
    let can_be_asked = names_address && terms.search != UseValue::Disallowed;
    let (is_refused, is_conditional) = (
        values.contains(&UseValue::Disallowed),
        values.contains(&UseValue::Conditional),
    );
    if is_conditional && !is_refused && can_be_asked {
        // Who asks is told what is wanted, so the consent stands for every condition.
        Some(Said::new(UseValue::Conditional, &[Condition::Consent]))
    } else if is_refused || is_conditional {
        Some(Said::new(UseValue::Disallowed, &[]))
    } else if values == [UseValue::Allowed; 2] && terms.search <= UseValue::Unknown {
        Some(Said::new(UseValue::Allowed, &[]))
    } else {
        None
    }
}

/// Whether a text can stand where a format wants an address: nothing in it would be changed or cut off.
fn is_address(text: &str) -> bool {
    !text.contains(|letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
    })
}

/// Whether it is an address at which somebody is reached: e-mail or a web page.
fn is_contact_address(contact: &str) -> bool {
    is_address(contact) && (rsl::is_email(contact) || matches!(TermsAt::new(contact), TermsAt::Url(_)))
}

/// AIPREF since its draft -04 (`draft-ietf-aipref-vocab-07`, "AI Model Training").
const GENERATIVE_ONLY: &str = "speaks of models that generate content, and of no others";
