//! What a vocabulary keeps of AI terms: the terms cut down to what it has words for.

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, Condition, UseValue};

use super::subject::is_address;
use super::{Place, Vocabulary, Words, rsl};

impl Vocabulary {
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
        if reach.terms.keeps(&kept, is_at_address(terms)) {
            kept.terms.clone_from(&terms.terms);
        }
        let is_reachable = terms.contact.as_deref().is_some_and(is_contact_address);
        if reach.contact.keeps(&kept, is_reachable) {
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
            Self::Unsaid | Self::Mining => None,
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
    // Whoever may be asked for a license to mine may be asked for search as well.
    let can_be_asked = is_at_address(terms) && terms.search != UseValue::Disallowed;
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

/// Whether it is an address at which somebody is reached: e-mail or a web page.
fn is_contact_address(contact: &str) -> bool {
    // An e-mail address can stand where a page can, if only its letters can.
    is_address(contact) || (rsl::is_email(contact) && is_address(&format!("https://{contact}")))
}

/// Whether the words of the terms are at an address.
fn is_at_address(terms: &AiTerms) -> bool {
    terms.terms.as_ref().is_some_and(|terms| is_address(terms.as_str()))
}
