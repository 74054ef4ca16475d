//! Judges sentences: which deed do they name, of what, with which force, on which conditions?
//!
//! Each question is answered from its classes of phrases (`clauses/*.tsv`); what stands above a sentence answers for it
//! where it is silent itself.

use std::rc::Rc;

use super::Speaker;
use super::above::{Above, Phrases};
use super::case::{Case, Words};
use super::force::{self, Force};
use super::found::Found;
use super::lexicon::Class;
use super::quotation::is_quotation;
use super::ruling::Ruling;
use super::subject::Subject;
use crate::reading::Modality;
use crate::sentences::Sentence;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// Adds the clauses the sentences hold; `hints` are the places in the text where any may be.
pub(super) fn judge(text: &str, sentences: &[Sentence], hints: &[usize], speaker: Speaker, found: &mut Vec<Found>) {
    let mut above = Above::default();
    let may_speak = |sentence: &Sentence| {
        let next = hints.partition_point(|&at| at < sentence.bytes.start);
        hints.get(next).is_some_and(|&at| at < sentence.bytes.end)
    };
    let subject = match speaker {
        Speaker::License => Subject::default(),
        Speaker::Notice => Subject::of(text, sentences, may_speak),
    };
    for sentence in sentences {
        let words = &text[sentence.bytes.clone()];
        let phrases = Rc::new(Phrases::new(words, may_speak(sentence)));
        above.enter(sentence, words, &phrases);
        if is_quotation(words) || !above.lets_speak(sentence.quoting, speaker) {
            continue;
        }
        if phrases.may_speak || above.heading.may_speak || above.stem.may_speak {
            let case = Case {
                words,
                sentence: phrases.tagged(),
                above: &above,
                speaker,
                subject,
                is_item: sentence.item.is_some(),
                is_caption: sentence.is_heading,
                is_heading: sentence.is_heading && words.starts_with('#'),
            };
            for (ai_use, ruling) in case.rulings() {
                found.push(Found {
                    ai_use,
                    value: ruling.value,
                    conditions: ruling.conditions,
                    modality: ruling.modality,
                    bytes: sentence.bytes.clone(),
                });
            }
        }
        above.leave(sentence, words, phrases);
    }
}

impl Case<'_> {
    fn rulings(&self) -> Vec<(AiUse, Ruling)> {
        let mut all = Vec::new();
        if !self.is_heading {
            all.extend(self.behaviour().map(|ruling| (AiUse::UseRestrictions, ruling)));
        }
        if self.is_definition() || !(self.is_about_this_work() || self.has(Class::RefusingLicense)) {
            return all;
        }
        if self.speaker == Speaker::Notice && self.has(Class::RefusingLicense) {
            all.push((AiUse::TrainAi, Ruling::plain(UseValue::Disallowed, Modality::Prohibit)));
        } else if let Some(deed) = self.training() {
            let ruling = self.ruling(&deed);
            if self.is_about_outputs() {
                all.extend(ruling.clone().map(|ruling| (AiUse::TrainOnOutput, ruling)));
                if !self.has(Class::WorkOrOutput) {
                    return all;
                }
            }
            all.extend(ruling.map(|ruling| (AiUse::TrainAi, ruling)));
        }
        for deed in self.feeding() {
            if self.is_caption && !self.has(Class::Plain) {
                break;
            }
            // Of a permission to feed nothing is made but its conditions.
            let is_told =
                |ruling: &Ruling| ruling.value >= UseValue::Conditional && ruling.conditions != [Condition::Other];
            let ruling = self.ruling(deed).filter(is_told);
            if let Some(ruling) = ruling {
                let is_training_too =
                    self.has(Class::Anything) && !all.iter().any(|(ai_use, _)| *ai_use == AiUse::TrainAi);
                if is_training_too {
                    all.push((AiUse::TrainAi, ruling.clone()));
                }
                all.push((AiUse::AiInput, ruling));
                break;
            }
        }
        all
    }

    /// A list of behaviours the work may not be put to, or a cap on who may use it.
    fn behaviour(&self) -> Option<Ruling> {
        if self.speaker == Speaker::Notice {
            return self.field_of_use();
        }
        if self.has(Class::Behaviour) || self.is_limited_use() {
            let condition = if self.has(Class::NonCommercial) {
                Condition::NonCommercial
            } else {
                Condition::FlowDown
            };
            return Some(Ruling::conditional(vec![condition]));
        }
        let scale = self.has(Class::ScaleCap);
        scale
            .then(|| Ruling::conditional(vec![Condition::ScaleCap]))
            .or_else(|| self.field_of_use())
    }

    /// Where the sentence speaks of training. Of several places the first that something is said of.
    fn training(&self) -> Option<Words> {
        let named = self.sentence.spans(Class::SignalName);
        let is_deed = |span: &&Words| !named.iter().any(|name| name.contains(&span.start));
        let deeds = self.sentence.spans(Class::Training);
        // Of "used for the training of an AI" the training is the deed.
        let holds_another = |span: &&Words| {
            deeds
                .iter()
                .any(|inner| span.start < inner.start && inner.end <= span.end)
        };
        let outright = deeds.iter().filter(is_deed).filter(move |span| !holds_another(span));
        // The heading of a text that is no licence may be about anything.
        let is_on_ai = self.above.stem.has(Class::Ai)
            || self.has(Class::Ai) && force::refuses(self.sentence)
            || self.above.heading.has(Class::Ai) && (self.speaker == Speaker::License || self.subject.is_terms_on_ai);
        let is_on_ai = is_on_ai || self.speaker == Speaker::License && self.is_brief() && self.is_about_outputs();
        let may_be_bare = |span: &&Words| is_on_ai || self.subject.is_terms_on_ai && span.start == 0;
        let bare = self.sentence.spans(Class::Bare).iter().filter(may_be_bare);
        let alone = if self.speaker == Speaker::License || self.subject.is_terms_on_ai {
            self.sentence.spans(Class::FineTuning)
        } else {
            &[]
        };
        // What a model is made of need not be named twice: outputs are.
        let of_outputs = if self.is_about_outputs() {
            self.sentence.spans(Class::Modelling)
        } else {
            &[]
        };
        let under_stem = self.above.stem.spans(Class::Training);
        let refuses = |span: &&Words| force::on(self.sentence, self.above.stem.tagged(), span) == Some(Force::Refuse);
        let serving = self.sentence.spans(Class::Serving).iter();
        let related = self.sentence.spans(Class::Related).iter();
        let has_own_name = self.has(Class::Feeding) || self.has(Class::FieldUse);
        let is_of_license = self.speaker == Speaker::License && !has_own_name;
        let serving = serving.chain(related.filter(|_| is_of_license));
        let says_little = !self.is_brief() || self.has(Class::Aside);
        let serving = serving.filter(|_| !says_little).filter(refuses);
        let mut all = outright.chain(bare).chain(alone).chain(of_outputs).chain(serving);
        let is_governed = |deed: &&Words| force::on(self.sentence, self.above.stem.tagged(), deed).is_some();
        let first = all.clone().find(is_governed).or_else(|| all.next());
        // "You may use it for training AI, provided that:" and a condition below.
        let is_of_stem = !under_stem.is_empty() && (self.is_item || self.has(Class::Condition));
        first.cloned().or_else(|| is_of_stem.then_some(0..0))
    }

    /// Where the sentence speaks of feeding the work to a finished model. "Fed into an AI for training" is training.
    fn feeding(&self) -> impl Iterator<Item = &Words> {
        let trains = |deed: &Words| {
            let is_after = |span: &Words| (deed.start..deed.end + 2).contains(&span.start) && span.end < deed.end + 4;
            let is_broader = self.sentence.spans(Class::Anything).contains(deed);
            !is_broader && self.sentence.spans(Class::Training).iter().any(is_after)
        };
        let is_of_ai = self.has_with_stem(Class::Ai) || self.above.heading.has(Class::Ai);
        // A long sentence that is no term may name anything by the way.
        let perhaps = if is_of_ai && (self.speaker == Speaker::License || self.is_brief()) {
            self.sentence.spans(Class::PerhapsFeeding)
        } else {
            &[]
        };
        let readers = if self.has(Class::Training) {
            &[]
        } else {
            self.sentence.spans(Class::AiReader)
        };
        let all = self.sentence.spans(Class::Feeding).iter().chain(perhaps).chain(readers);
        all.filter(move |deed| !trains(deed))
    }
}
