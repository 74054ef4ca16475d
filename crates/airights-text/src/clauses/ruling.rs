//! What a sentence rules of a deed it names: allowed, disallowed or on conditions.

use super::Speaker;
use super::case::{Case, Words};
use super::force::{self, Force};
use super::lexicon::{Class, touch};
use crate::reading::Modality;
use crate::vocabulary::{Condition, UseValue};

/// What a sentence says of one use.
#[derive(Clone)]
pub(super) struct Ruling {
    pub(super) value: UseValue,
    pub(super) conditions: Vec<Condition>,
    pub(super) modality: Modality,
}

impl Ruling {
    pub(super) fn plain(value: UseValue, modality: Modality) -> Self {
        Self {
            value,
            conditions: Vec::new(),
            modality,
        }
    }

    pub(super) fn conditional(mut conditions: Vec<Condition>) -> Self {
        if conditions.is_empty() {
            conditions.push(Condition::Other);
        }
        Self {
            value: UseValue::Conditional,
            conditions,
            modality: Modality::Condition,
        }
    }
}

impl Case<'_> {
    pub(super) fn ruling(&self, deed: &Words) -> Option<Ruling> {
        if self.is_heading && !self.is_bare_term() {
            return None;
        }
        let heading_forbids = self.above.heading.has(Class::ForbiddenList);
        let force = force::on(self.sentence, self.above.stem.tagged(), deed)
            .or_else(|| heading_forbids.then_some(Force::Refuse))
            .filter(|force| *force != Force::Mild || self.is_permission());
        match force {
            Some(Force::Refuse) => Some(self.refusal()),
            Some(Force::Reserve) if self.is_only_commercial() => {
                Some(Ruling::conditional(vec![Condition::NonCommercial]))
            }
            Some(Force::Reserve) => Some(Ruling::plain(UseValue::Disallowed, Modality::Reserve)),
            // What may be done with a model that was trained is no permission to train one.
            Some(Force::Grant | Force::Mild) if self.is_permission() && !self.is_of_result(deed) => {
                Some(self.permission(deed))
            }
            _ => self.demand(),
        }
    }

    pub(super) fn refusal(&self) -> Ruling {
        if self.is_only_commercial() {
            Ruling::conditional(vec![Condition::NonCommercial])
        } else if self.has(Class::Resulting) {
            Ruling::conditional(vec![Condition::Other])
        } else if self.has(Class::ToBeHad) {
            Ruling::conditional(self.conditions())
        } else if self.has(Class::Uncredited) {
            Ruling::conditional(vec![Condition::Credit])
        } else if self.has(Class::Scaled) {
            Ruling::conditional(self.conditions())
        } else if self.has(Class::Competing) && !self.is_about_outputs() {
            Ruling::conditional(vec![Condition::Other])
        } else {
            Ruling::plain(UseValue::Disallowed, Modality::Prohibit)
        }
    }

    fn is_of_result(&self, deed: &Words) -> bool {
        self.sentence
            .spans(Class::Resulting)
            .iter()
            .any(|span| touch(span, deed))
    }

    /// A text that is no licence may just as well say what its tool can do.
    pub(super) fn is_permission(&self) -> bool {
        self.speaker == Speaker::License
            || self.subject.is_terms_on_ai
            || self.has_with_stem(Class::Strong)
            || self.has(Class::Work) && !self.is_about_instrument()
    }

    pub(super) fn permission(&self, deed: &Words) -> Ruling {
        let is_conditional = self.has_with_stem(Class::Condition)
            || self.has(Class::Limit)
            || self.has(Class::Ask)
            || self.has_with_stem(Class::NonCommercial) && !self.has(Class::Both)
            || force::holds_back(self.sentence);
        if is_conditional || self.is_tied(deed) {
            Ruling::conditional(self.conditions())
        } else {
            Ruling::plain(UseValue::Allowed, Modality::Permit)
        }
    }

    /// "If you train on it, you must …": neither refused nor permitted in so many words.
    pub(super) fn demand(&self) -> Option<Ruling> {
        let is_obliged = [Class::Obliged, Class::Whoever, Class::Ask]
            .iter()
            .any(|&class| self.has(class));
        // Who writes of research asks to be cited, whatever the terms.
        let is_citation = self.speaker == Speaker::Notice && self.has(Class::Citation);
        let reports = self.speaker == Speaker::Notice && self.has(Class::Report);
        let obliges = is_obliged && !reports || self.has_with_stem(Class::Condition);
        let asks = obliges && !is_citation;
        let is_of_notice = || self.has_with_stem(Class::Training) && !self.is_about_instrument();
        let is_demand = asks && (self.speaker == Speaker::License || is_of_notice());
        let conditions = self.conditions();
        (is_demand && !conditions.is_empty()).then(|| Ruling::conditional(conditions))
    }

    /// Only training for money is refused.
    pub(super) fn is_only_commercial(&self) -> bool {
        !self.has(Class::Both)
            && (self.has(Class::Commercially)
                || self.above.stem.has(Class::Commercially)
                || self.above.heading.has(Class::Commercially))
    }

    pub(super) fn conditions(&self) -> Vec<Condition> {
        let classes = [
            (Class::Credit, Condition::Credit),
            (Class::DirectContribution, Condition::DirectContribution),
            (Class::EcosystemContribution, Condition::EcosystemContribution),
            (Class::OpenResult, Condition::OpenResult),
            (Class::NonCommercial, Condition::NonCommercial),
            (Class::Consent, Condition::Consent),
            (Class::Naming, Condition::Naming),
            (Class::Scaled, Condition::ScaleCap),
            (Class::Other, Condition::Other),
        ];
        let mut all: Vec<Condition> = classes
            .into_iter()
            .filter(|(class, _)| self.has(*class))
            .map(|(_, condition)| condition)
            .collect();
        all.sort_unstable();
        all
    }
}
