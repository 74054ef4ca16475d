//! Judges sentences: do they speak of AI, of this work, and do they refuse, permit or ask for something?

use super::lexicon::{find, flatten, has_any};
use super::phrases::{
    AI, AI_PROPER, ANY_AI_USE, BEHAVIOUR, BUILD, COLLECTION, CONDITION, CONDITIONS, GRANT, INPUT, ORDER, OTHER_OBJECT,
    PEOPLES_DATA, REFUSAL, RESERVE, SCALE_CAP, THIS_WORK, TRAIN, TRAIN_OUTRIGHT, WEAK_GRANT,
};
use super::{Found, Speaker};
use crate::reading::Modality;
use crate::sentences::Sentence;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// Adds the clauses the sentences hold.
pub(super) fn judge(text: &str, sentences: &[Sentence], speaker: Speaker, found: &mut Vec<Found>) {
    let mut context = Context::default();
    for sentence in sentences {
        let flat = flatten(&text[sentence.bytes.clone()]);
        context.enter(sentence, &flat);
        if sentence.is_quoted || is_quotation(&flat) {
            continue;
        }
        let case = Case {
            flat: &flat,
            context: &context,
            speaker,
            is_heading: sentence.is_heading,
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
        context.leave(sentence, flat);
    }
}

/// What stands above a sentence and gives it its sense.
#[derive(Default)]
struct Context {
    heading: String,
    stem: String,
    /// The sentence before, in the same paragraph.
    before: String,
}

impl Context {
    fn enter(&mut self, sentence: &Sentence, flat: &str) {
        if sentence.opens_paragraph {
            self.before.clear();
        }
        if sentence.is_heading {
            flat.clone_into(&mut self.heading);
            self.stem.clear();
        } else if !sentence.is_item && sentence.opens_paragraph && !self.stem.is_empty() && !flat.trim().ends_with(':')
        {
            // A stem reaches over its list; texts without bullets put each point in a paragraph of its own.
            let is_point = flat.len() < 240;
            if !is_point {
                self.stem.clear();
            }
        }
    }

    fn leave(&mut self, sentence: &Sentence, flat: String) {
        if flat.trim_end().ends_with([':', '：']) && !sentence.is_item {
            self.stem.clone_from(&flat);
        }
        self.before = flat;
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

    fn conditional(conditions: Vec<Condition>) -> Self {
        Self {
            value: UseValue::Conditional,
            conditions,
            modality: Modality::Condition,
        }
    }
}

struct Case<'a> {
    flat: &'a str,
    context: &'a Context,
    speaker: Speaker,
    is_heading: bool,
}

impl Case<'_> {
    fn rulings(&self) -> Vec<(AiUse, Ruling)> {
        let mut all = Vec::new();
        if self.speaker == Speaker::License && has_any(self.flat, BEHAVIOUR) && !self.is_heading {
            let mut conditions = vec![Condition::FlowDown];
            if self.has(&["non-commercial~", "noncommercial"]) {
                conditions = vec![Condition::NonCommercial];
            }
            all.push((AiUse::UseRestrictions, Ruling::conditional(conditions)));
        }
        if self.speaker == Speaker::License && self.has(SCALE_CAP) {
            all.push((AiUse::UseRestrictions, Ruling::conditional(vec![Condition::ScaleCap])));
        }
        let trains = self.speaks_of_training();
        let inputs = self.speaks_of_input();
        if !trains && !inputs || self.is_definition() || !self.is_about_this_work() {
            return all;
        }
        let Some(ruling) = self.ruling() else {
            return all;
        };
        if trains && self.is_about_outputs() {
            all.push((AiUse::TrainOnOutput, ruling));
            return all;
        }
        if inputs && ruling.value == UseValue::Disallowed {
            all.push((AiUse::AiInput, Ruling::plain(ruling.value, ruling.modality)));
        }
        if trains || self.has(ANY_AI_USE) {
            all.push((AiUse::TrainAi, ruling));
        }
        all
    }

    fn has(&self, phrases: &[&str]) -> bool {
        has_any(self.flat, phrases)
    }

    /// The sentence with the stem of its list.
    fn has_with_stem(&self, phrases: &[&str]) -> bool {
        self.has(phrases) || has_any(&self.context.stem, phrases)
    }

    /// The sentence with all that stands above it.
    fn has_with_context(&self, phrases: &[&str]) -> bool {
        self.has_with_stem(phrases) || has_any(&self.context.heading, phrases)
    }

    fn speaks_of_training(&self) -> bool {
        self.has(TRAIN_OUTRIGHT)
            || self.has(TRAIN) && self.has_with_context(AI)
            || self.has(COLLECTION) && self.has_with_stem(AI_PROPER)
            || self.has(BUILD) && self.has(AI_PROPER)
            || ["训练", "訓練", "学習"].iter().any(|word| self.flat.contains(word))
                && ["模型", "人工智能", "ai", "llm", "人工知能", "機械"]
                    .iter()
                    .any(|word| self.flat.contains(word))
    }

    fn speaks_of_input(&self) -> bool {
        self.has(AI_PROPER) && self.has(INPUT) || self.has(&["knowledge source to answer"])
    }

    fn is_definition(&self) -> bool {
        // Licences put the words they define in quotes, and `flatten` has taken curly ones away.
        let start: String = self.flat.chars().take(90).collect();
        has_any(
            &start,
            &[
                "means",
                "shall mean",
                "refers to",
                "is defined as",
                "includes accessing",
            ],
        ) && !self.has_with_context(&["prohibited purpose", "prohibit~", "forbid~"])
    }

    fn is_about_outputs(&self) -> bool {
        self.has(&[
            "output",
            "outputs",
            "output(s)",
            "results of operating",
            "outputs or results",
            "output or results",
        ])
    }

    /// A licence speaks of its work unless it says otherwise; any other text must name it.
    fn is_about_this_work(&self) -> bool {
        if self.has(PEOPLES_DATA) {
            return false;
        }
        match self.speaker {
            Speaker::License => true,
            Speaker::Notice if self.has(OTHER_OBJECT) => false,
            Speaker::Notice => {
                self.has_with_stem(THIS_WORK)
                    || has_any(&self.context.before, THIS_WORK) && self.has(&["it", "its", "they", "them"])
                    || self.is_bare_term()
            }
        }
    }

    /// "Training is prohibited", "No AI training", "Rights reserved for text and data mining": terms without an object.
    fn is_bare_term(&self) -> bool {
        let is_short = self.flat.len() < 110;
        is_short
            && (self.has(RESERVE) && self.has(TRAIN_OUTRIGHT)
                || self.has(TRAIN_OUTRIGHT)
                    && has_any(
                        self.flat,
                        &["prohibit~", "forbidden", "not permitted", "not allowed", "disallowed"],
                    )
                    && !self.has(&["tool", "tools", "file", "files", "crawlers"]))
    }

    fn ruling(&self) -> Option<Ruling> {
        if self.is_heading && !self.is_bare_term() {
            return None;
        }
        let refuses = self.refuses();
        let reserves = self.has_with_stem(RESERVE) && self.has(TRAIN_OUTRIGHT);
        let conditions = self.conditions();
        if refuses {
            return Some(if self.is_only_commercial() {
                Ruling::conditional(vec![Condition::NonCommercial])
            } else if self.has(&[
                "without attribut~",
                "without credit~",
                "without giving credit",
                "unless you credit",
                "unless attribution",
            ]) {
                Ruling::conditional(vec![Condition::Credit])
            } else if self.has(&["models that compete", "model that competes"]) && !self.is_about_outputs() {
                Ruling::conditional(vec![Condition::Other])
            } else {
                Ruling::plain(UseValue::Disallowed, Modality::Prohibit)
            });
        }
        if reserves {
            return Some(Ruling::plain(UseValue::Disallowed, Modality::Reserve));
        }
        let asks = self.has_with_stem(CONDITION);
        let grants = self.grants();
        if asks && (grants || !conditions.is_empty()) && self.has_with_stem(AI) {
            let conditions = if conditions.is_empty() {
                vec![Condition::Other]
            } else {
                conditions
            };
            return Some(Ruling::conditional(conditions));
        }
        if grants {
            return Some(
                if self.has_with_stem(&["non-commercial", "noncommercial"]) && !self.names_both_kinds() {
                    Ruling::conditional(vec![Condition::NonCommercial])
                } else {
                    Ruling::plain(UseValue::Allowed, Modality::Permit)
                },
            );
        }
        None
    }

    fn refuses(&self) -> bool {
        let is_order = self.speaker == Speaker::License && self.has(&["do not use", "do not train", "don't train"])
            || self.has(ORDER) && self.has(TRAIN_OUTRIGHT)
            || self.starts_with_order();
        if self.has(REFUSAL) || is_order || has_any(&self.context.stem, REFUSAL) && !self.has(GRANT) {
            return !self.is_disclaimed_refusal();
        }
        has_any(
            &self.context.heading,
            &["prohibited purpose", "prohibited use", "prohibited ai"],
        ) && !self.has(GRANT)
            || ["禁止", "不得", "不可", "ありません", "금지"]
                .iter()
                .any(|word| self.flat.contains(word))
    }

    /// "Nothing here restricts …", "without requiring additional permission" refuse nothing.
    fn is_disclaimed_refusal(&self) -> bool {
        self.has(&[
            "not required",
            "without requiring",
            "does not prohibit",
            "not restrict",
            "no restriction",
            "nothing in this",
        ])
    }

    fn starts_with_order(&self) -> bool {
        let start = self.flat.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = start.split_once(':').map_or(
            start,
            |(label, rest)| if label.len() < 30 { rest.trim_start() } else { start },
        );
        start.starts_with("do not ") || start.starts_with("don't ") || start.starts_with("please do not ")
    }

    fn grants(&self) -> bool {
        if self.has_with_stem(GRANT) {
            return true;
        }
        self.has_with_stem(WEAK_GRANT) && (self.speaker == Speaker::License || self.has(TRAIN_OUTRIGHT))
    }

    /// Only training for money is refused.
    fn is_only_commercial(&self) -> bool {
        !self.names_both_kinds()
            && (has_any(
                self.flat,
                &[
                    "commercial ai training is",
                    "commercial training is",
                    "for commercial ai",
                    "commercial ai development",
                ],
            ) || self.has(&["sold", "monetized", "monetised", "monetize~"]) && self.has(&["products", "services"])
                || has_any(&self.context.stem, &["commercial ai training"])
                || has_any(&self.context.heading, &["commercial ai training"]))
    }

    fn names_both_kinds(&self) -> bool {
        self.has(&[
            "commercial or non-commercial",
            "commercial and non-commercial",
            "non-commercial or commercial",
            "commercial or noncommercial",
            "whether commercial",
            "commercial or otherwise",
        ])
    }

    fn conditions(&self) -> Vec<Condition> {
        let mut all = Vec::new();
        for (condition, phrases) in CONDITIONS {
            if self.has(phrases) {
                all.push(*condition);
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A sentence that is itself a quotation says what others say.
fn is_quotation(flat: &str) -> bool {
    let trimmed = flat.trim();
    trimmed.starts_with('"') && trimmed.ends_with('"') || find(trimmed, "for example:").is_some()
}
