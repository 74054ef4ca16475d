//! Fields of use that are taken out: weapons, surveillance, commerce. Nothing need be said of AI.

use super::Speaker;
use super::case::{Case, Words};
use super::force::{self, Force};
use super::lexicon::{Class, touch};
use super::ruling::Ruling;
use crate::vocabulary::Condition;

impl Case<'_> {
    /// What a sentence rules of what the work may be put to.
    pub(super) fn field_of_use(&self) -> Option<Ruling> {
        if self.has(Class::Aside) || self.is_definition() || self.is_caption && !force::refuses(self.sentence) {
            return None;
        }
        if self.speaker == Speaker::Notice && !(self.names_the_work() && self.has(Class::OwnWork)) {
            return None;
        }
        let is_refused =
            |span: &Words| force::close_to(self.sentence, self.above.stem.tagged(), span) == Some(Force::Refuse);
        if self.fields().any(is_refused) || self.is_vowed() {
            Some(Ruling::conditional(vec![Condition::FlowDown]))
        } else if !self.has(Class::Both)
            && !self.has(Class::Training)
            && self.sentence.spans(Class::Commerce).iter().any(is_refused)
        {
            Some(Ruling::conditional(vec![Condition::NonCommercial]))
        } else {
            None
        }
    }

    /// "For personal use only": what all else is kept out by. Where it limits a deed, it is a condition of that.
    pub(super) fn is_limited_use(&self) -> bool {
        let is_aside = [Class::Training, Class::Aside, Class::Both]
            .iter()
            .any(|&class| self.has(class));
        self.has(Class::LimitedUse) && !is_aside
    }

    /// An item of a list of what nobody may do with the work, beyond what licenses forbid anyway.
    fn is_vowed(&self) -> bool {
        self.speaker == Speaker::License
            && self.is_item
            && self.above.stem.has(Class::Vow)
            && !self.has(Class::Ordinary)
    }

    /// The fields that the sentence, or the stem of its list, speaks of putting the work to.
    fn fields(&self) -> impl Iterator<Item = &Words> {
        // A notice says what its work is put to, and not what else may be in use where.
        let uses: Vec<&Words> = match self.speaker {
            Speaker::License => self.sentence.spans(Class::FieldUse).iter().collect(),
            Speaker::Notice => self.sentence.spans(Class::PutToField).iter().collect(),
        };
        let is_under_stem = self.is_item && self.above.stem.has(Class::PutTo);
        let all = self.sentence.spans(Class::Field).iter();
        all.filter(move |field| is_under_stem || uses.iter().any(|of| touch(of, field)))
    }
}
