//! Judges sentences: which deed do they name, of what, with which force, on which conditions?
//!
//! Each question is answered from its classes of phrases (`clauses.tsv`); what stands above a sentence answers for it
//! where it is silent itself.

use std::rc::Rc;

use super::above::{Above, Phrases};
use super::force::{self, Force};
use super::lexicon::{Class, Tagged};
use super::{Found, Speaker};
use crate::reading::Modality;
use crate::sentences::Sentence;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// Adds the clauses the sentences hold.
pub(super) fn judge(text: &str, sentences: &[Sentence], speaker: Speaker, found: &mut Vec<Found>) {
    let mut above = Above::default();
    for sentence in sentences {
        let words = &text[sentence.bytes.clone()];
        let phrases = Rc::new(Phrases::new(words));
        above.enter(sentence, words, &phrases);
        if is_quotation(words) || !above.lets_speak(sentence.quoting) {
            continue;
        }
        if phrases.may_speak || above.heading.may_speak || above.stem.may_speak {
            let case = Case {
                words,
                sentence: phrases.tagged(),
                above: &above,
                speaker,
                is_heading: sentence.is_heading && words.starts_with('#'),
                is_short: words.len() < 110,
                is_brief: words.len() < 300,
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

/// What a sentence says of one use.
struct Ruling {
    value: UseValue,
    conditions: Vec<Condition>,
    modality: Modality,
}

impl Ruling {
    fn plain(value: UseValue, modality: Modality) -> Self {
        Self {
            value,
            conditions: Vec::new(),
            modality,
        }
    }

    fn conditional(mut conditions: Vec<Condition>) -> Self {
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

struct Case<'a> {
    words: &'a str,
    sentence: &'a Tagged,
    above: &'a Above<'a>,
    speaker: Speaker,
    is_heading: bool,
    is_short: bool,
    is_brief: bool,
}

type Words = std::ops::Range<usize>;

impl Case<'_> {
    fn rulings(&self) -> Vec<(AiUse, Ruling)> {
        let mut all = Vec::new();
        if self.speaker == Speaker::License && !self.is_heading {
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
                all.extend(ruling.map(|ruling| (AiUse::TrainOnOutput, ruling)));
                if !self.has(Class::WorkOrOutput) {
                    return all;
                }
            }
            all.extend(self.ruling(&deed).map(|ruling| (AiUse::TrainAi, ruling)));
        }
        for deed in self.feeding() {
            let ruling = self.ruling(deed).filter(|ruling| ruling.value >= UseValue::Conditional);
            if let Some(ruling) = ruling {
                let is_training_too =
                    self.has(Class::Anything) && !all.iter().any(|(ai_use, _)| *ai_use == AiUse::TrainAi);
                if is_training_too {
                    all.push((AiUse::TrainAi, Ruling::plain(ruling.value, ruling.modality)));
                }
                all.push((AiUse::AiInput, ruling));
                break;
            }
        }
        all
    }

    fn has(&self, class: Class) -> bool {
        self.sentence.has(class)
    }

    /// The sentence, or the stem of its list.
    fn has_with_stem(&self, class: Class) -> bool {
        self.has(class) || self.above.stem.has(class)
    }

    /// A list of behaviours the work may not be put to, or a cap on who may use it.
    fn behaviour(&self) -> Option<Ruling> {
        if self.has(Class::Behaviour) {
            let condition = if self.has(Class::NonCommercial) {
                Condition::NonCommercial
            } else {
                Condition::FlowDown
            };
            return Some(Ruling::conditional(vec![condition]));
        }
        self.has(Class::ScaleCap)
            .then(|| Ruling::conditional(vec![Condition::ScaleCap]))
    }

    /// Where the sentence speaks of training. Of several places the first that something is said of.
    fn training(&self) -> Option<Words> {
        let outright = self.sentence.spans(Class::Training);
        let bare = if self.above.stem.has(Class::Ai) || self.above.heading.has(Class::Ai) {
            self.sentence.spans(Class::Bare)
        } else {
            &[]
        };
        let under_stem = self.above.stem.spans(Class::Training);
        let mut all = outright.iter().chain(bare);
        let is_governed = |deed: &&Words| force::on(self.sentence, self.above.stem.tagged(), deed).is_some();
        let first = all.clone().find(is_governed).or_else(|| all.next());
        // "You may use it for training AI, provided that:" and a condition below.
        first.cloned().or_else(|| (!under_stem.is_empty()).then_some(0..0))
    }

    /// Where the sentence speaks of feeding the work to a finished model. "Fed into an AI for training" is training.
    fn feeding(&self) -> impl Iterator<Item = &Words> {
        let trains = |deed: &Words| {
            let is_after = |span: &Words| deed.start <= span.start && span.start < deed.end + 2;
            let is_broader = self.sentence.spans(Class::Anything).contains(deed);
            !is_broader && self.sentence.spans(Class::Training).iter().any(is_after)
        };
        let is_of_ai = self.has_with_stem(Class::Ai) || self.above.heading.has(Class::Ai);
        // A long sentence that is no term may name anything by the way.
        let perhaps = if is_of_ai && (self.speaker == Speaker::License || self.is_brief) {
            self.sentence.spans(Class::PerhapsFeeding)
        } else {
            &[]
        };
        let all = self.sentence.spans(Class::Feeding).iter().chain(perhaps);
        all.filter(move |deed| !trains(deed))
    }

    fn is_definition(&self) -> bool {
        let defines = self
            .sentence
            .spans(Class::Definition)
            .iter()
            .any(|span| span.start < 14);
        defines && !self.has_with_stem(Class::ForbiddenList) && !self.above.heading.has(Class::ForbiddenList)
    }

    fn is_about_outputs(&self) -> bool {
        self.sentence.spans(Class::Output).len() > self.sentence.spans(Class::Made).len()
    }

    /// The work is a tool that trains, and not what is trained on.
    fn is_about_instrument(&self) -> bool {
        self.has(Class::Instrument) && !self.has(Class::Substance)
    }

    /// A licence speaks of its work unless it says otherwise; any other text must name it.
    fn is_about_this_work(&self) -> bool {
        if self.has(Class::People) {
            return false;
        }
        match self.speaker {
            Speaker::License => !self.is_about_contributions(),
            Speaker::Notice if self.has(Class::Contribution) || self.has(Class::Report) => false,
            Speaker::Notice => {
                self.has_with_stem(Class::Work) || self.above.names_the_work(self.words) || self.is_bare_term()
            }
        }
    }

    /// "Contributions made with AI must not be submitted", among the terms of a licence.
    fn is_about_contributions(&self) -> bool {
        self.sentence
            .spans(Class::Contribution)
            .iter()
            .any(|span| span.start < 3)
    }

    /// "Training is prohibited", "No AI training", "Rights reserved for text and data mining": terms without an object.
    fn is_bare_term(&self) -> bool {
        self.is_short
            && self.has(Class::Training)
            && (self.has(Class::Reserve) || self.has(Class::Plain) || !self.is_heading && force::refuses(self.sentence))
            && (self.above.stem.is_empty() || self.above.stem.has(Class::Rights) || self.above.stem.has(Class::Ai))
            && !self.has(Class::ToolOfSignals)
            && !self.is_about_instrument()
    }

    fn ruling(&self, deed: &Words) -> Option<Ruling> {
        if self.is_heading && !self.is_bare_term() {
            return None;
        }
        let heading_forbids = self.above.heading.has(Class::ForbiddenList);
        let force = force::on(self.sentence, self.above.stem.tagged(), deed)
            .or_else(|| heading_forbids.then_some(Force::Refuse))
            .filter(|force| *force != Force::Mild || self.is_permission());
        match force {
            Some(Force::Refuse) => Some(self.refusal()),
            Some(Force::Reserve) => Some(Ruling::plain(UseValue::Disallowed, Modality::Reserve)),
            Some(Force::Grant | Force::Mild) if self.is_permission() => Some(self.permission()),
            _ => self.demand(),
        }
    }

    fn refusal(&self) -> Ruling {
        if self.is_only_commercial() {
            Ruling::conditional(vec![Condition::NonCommercial])
        } else if self.has(Class::ToBeHad) {
            Ruling::conditional(self.conditions())
        } else if self.has(Class::Uncredited) {
            Ruling::conditional(vec![Condition::Credit])
        } else if self.has(Class::Competing) && !self.is_about_outputs() {
            Ruling::conditional(vec![Condition::Other])
        } else {
            Ruling::plain(UseValue::Disallowed, Modality::Prohibit)
        }
    }

    /// A text that is no licence may just as well say what its tool can do.
    fn is_permission(&self) -> bool {
        self.speaker == Speaker::License
            || self.has_with_stem(Class::Strong)
            || self.has(Class::Work) && !self.is_about_instrument()
    }

    fn permission(&self) -> Ruling {
        let is_conditional =
            self.has_with_stem(Class::Condition) || self.has_with_stem(Class::NonCommercial) && !self.has(Class::Both);
        if is_conditional {
            Ruling::conditional(self.conditions())
        } else {
            Ruling::plain(UseValue::Allowed, Modality::Permit)
        }
    }

    /// "If you train on it, you must …": neither refused nor permitted in so many words.
    fn demand(&self) -> Option<Ruling> {
        let conditions = self.conditions();
        let asks = self.has_with_stem(Class::Condition) && !conditions.is_empty();
        (asks && (self.speaker == Speaker::License || self.has(Class::Training)))
            .then(|| Ruling::conditional(conditions))
    }

    /// Only training for money is refused.
    fn is_only_commercial(&self) -> bool {
        !self.has(Class::Both)
            && (self.has(Class::Commercially)
                || self.above.stem.has(Class::Commercially)
                || self.above.heading.has(Class::Commercially))
    }

    fn conditions(&self) -> Vec<Condition> {
        let classes = [
            (Class::Credit, Condition::Credit),
            (Class::DirectContribution, Condition::DirectContribution),
            (Class::OpenResult, Condition::OpenResult),
            (Class::NonCommercial, Condition::NonCommercial),
            (Class::Consent, Condition::Consent),
            (Class::Naming, Condition::Naming),
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

/// A sentence that is itself a quotation says what others say.
fn is_quotation(words: &str) -> bool {
    let trimmed = words.trim();
    let is_in_quotes = |open: char, close: char| trimmed.starts_with(open) && trimmed.ends_with(close);
    is_in_quotes('"', '"') || is_in_quotes('“', '”') || trimmed.contains("or example:") || has_quoted_clause(trimmed)
}

/// "A licence could say: 'You may not …'".
fn has_quoted_clause(words: &str) -> bool {
    [(": '", "'"), (": \"", "\""), (": “", "”"), (": `", "`")]
        .iter()
        .any(|(open, close)| words.contains(open) && words.trim_end_matches(['.', ')']).ends_with(close))
}
