//! Asks somebody at a terminal what to declare, one question after the other.

use airights::declaration::Said;
use airights::{AiUse, Condition, UseValue};
use dialoguer::{Confirm, Input, MultiSelect, Select};

use super::plan::Elsewhere;
use super::rider::RiderWish;
use super::signals::Signal;
use crate::commands::failure::Failure;
use crate::declaration::{PRESETS, RiderForm, Wish};

/// Somebody who answers.
pub(super) trait Answers {
    /// One of several things, by its place.
    fn one_of(&mut self, question: &str, choices: &[String]) -> Result<usize, Failure>;
    /// Any of several things, by their places.
    fn any_of(&mut self, question: &str, choices: &[String]) -> Result<Vec<usize>, Failure>;
    /// A line of words, which may be empty.
    fn line(&mut self, question: &str) -> Result<String, Failure>;
    /// Yes or no.
    fn agrees(&mut self, question: &str) -> Result<bool, Failure>;
}

/// Places that say it besides the declaration.
const PLACES: &[(&str, &str)] = &[
    (
        "the license",
        "a rider is binding, and the license is then no longer OSI-approved",
    ),
    ("the README", "a section that people read"),
    ("ai.txt", "a wish to crawlers that look for it"),
    (
        "tdmrep.json",
        "reserves text and data mining where EU law applies, all kinds of it",
    ),
    ("robots.txt", "a wish to crawlers, as AIPREF has it"),
];

/// Asks for the terms, and for the places that say them.
pub(super) fn interview(somebody: &mut dyn Answers) -> Result<(Wish, Elsewhere), Failure> {
    let mut choices: Vec<String> = PRESETS
        .iter()
        .map(|preset| described(preset.name, preset.summary))
        .collect();
    choices.push(described("otherwise", "use by use"));
    let chosen = somebody.one_of("What may be done with it", &choices)?;
    let mut wish = match PRESETS.get(chosen) {
        Some(preset) => Wish {
            preset: Some(*preset),
            ..Wish::default()
        },
        None => use_by_use(somebody)?,
    };
    let contact = somebody.line("Who should be asked (leave empty for no one)")?;
    wish.contact = Some(contact.trim().to_owned()).filter(|contact| !contact.is_empty());
    let places: Vec<String> = PLACES
        .iter()
        .map(|(place, meaning)| described(place, meaning))
        .collect();
    let places = somebody.any_of("Where else should it be said", &places)?;
    let elsewhere = Elsewhere {
        rider: if places.contains(&0) {
            RiderWish::Have(RiderForm::And)
        } else {
            RiderWish::Keep
        },
        readme: places.contains(&1),
        signals: Signal::ALL
            .into_iter()
            .zip(2..)
            .filter(|(_, place)| places.contains(place))
            .map(|(signal, _)| signal)
            .collect(),
    };
    Ok((wish, elsewhere))
}

fn use_by_use(somebody: &mut dyn Answers) -> Result<Wish, Failure> {
    const VALUES: [UseValue; 4] = [
        UseValue::Unknown,
        UseValue::Allowed,
        UseValue::Conditional,
        UseValue::Disallowed,
    ];
    let mut wish = Wish::default();
    for (ai_use, question) in [
        (AiUse::TrainAi, "May it train, fine-tune or evaluate models"),
        (
            AiUse::AiInput,
            "May it be fed to a model (retrieval, embeddings, an assistant's context)",
        ),
        (AiUse::TrainOnOutput, "May its output train models"),
    ] {
        let choices = VALUES.map(|value| match value {
            UseValue::Unknown => "say nothing".to_owned(),
            value => value.to_string(),
        });
        let value = VALUES[somebody.one_of(question, &choices)?.min(VALUES.len() - 1)];
        wish.uses.insert(ai_use, value);
    }
    if wish.uses.values().any(|value| *value == UseValue::Conditional) {
        let named: Vec<Condition> = Condition::ALL
            .iter()
            .copied()
            .filter(|condition| *condition != Condition::Other)
            .collect();
        let choices: Vec<String> = named.iter().map(ToString::to_string).collect();
        let chosen = somebody.any_of("On which conditions", &choices)?;
        wish.conditions = chosen
            .into_iter()
            .filter_map(|place| named.get(place).copied())
            .collect();
        wish.conditions = Said::new(UseValue::Conditional, &wish.conditions).conditions;
    }
    Ok(wish)
}

fn described(name: &str, meaning: &str) -> String {
    format!("{name:<14}  {meaning}")
}

/// Whoever sits at the terminal.
pub(super) struct Person;

impl Answers for Person {
    fn one_of(&mut self, question: &str, choices: &[String]) -> Result<usize, Failure> {
        let select = Select::new().with_prompt(question).items(choices).default(0);
        select.interact().map_err(unanswered)
    }

    fn any_of(&mut self, question: &str, choices: &[String]) -> Result<Vec<usize>, Failure> {
        let question = format!("{question} (space to choose, enter to go on)");
        MultiSelect::new()
            .with_prompt(question)
            .items(choices)
            .interact()
            .map_err(unanswered)
    }

    fn line(&mut self, question: &str) -> Result<String, Failure> {
        let input = Input::new().with_prompt(question).allow_empty(true);
        input.interact_text().map_err(unanswered)
    }

    fn agrees(&mut self, question: &str) -> Result<bool, Failure> {
        Confirm::new()
            .with_prompt(question)
            .default(true)
            .interact()
            .map_err(unanswered)
    }
}

fn unanswered(error: dialoguer::Error) -> Failure {
    Failure::new("cannot read the answer", Some("nothing was changed".to_owned())).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers that were written down before.
    struct Script(Vec<Vec<usize>>);

    impl Script {
        fn next(&mut self) -> Vec<usize> {
            self.0.remove(0)
        }
    }

    impl Answers for Script {
        fn one_of(&mut self, _: &str, _: &[String]) -> Result<usize, Failure> {
            Ok(self.next()[0])
        }

        fn any_of(&mut self, _: &str, _: &[String]) -> Result<Vec<usize>, Failure> {
            Ok(self.next())
        }

        fn line(&mut self, _: &str) -> Result<String, Failure> {
            Ok(if self.next().is_empty() {
                String::new()
            } else {
                " me@example.org ".to_owned()
            })
        }

        fn agrees(&mut self, _: &str) -> Result<bool, Failure> {
            Ok(true)
        }
    }

    #[test]
    fn a_preset_and_the_places_to_say_it_are_chosen() {
        let mut script = Script(vec![vec![5], vec![1], vec![0, 1, 4]]);
        let (wish, elsewhere) = interview(&mut script).expect("answers");
        assert_eq!(wish.preset.map(|preset| preset.name), Some("no-training"));
        assert_eq!(wish.contact.as_deref(), Some("me@example.org"));
        assert_eq!(elsewhere.rider, RiderWish::Have(RiderForm::And));
        assert!(elsewhere.readme);
        assert_eq!(elsewhere.signals, [Signal::Robots]);
    }

    #[test]
    fn uses_are_asked_for_one_by_one_and_conditions_where_there_are_any() {
        let otherwise = PRESETS.len();
        let mut script = Script(vec![
            vec![otherwise],
            vec![2],
            vec![0],
            vec![3],
            vec![0, 4],
            vec![],
            vec![],
        ]);
        let (wish, elsewhere) = interview(&mut script).expect("answers");
        let said = [
            (AiUse::TrainAi, UseValue::Conditional),
            (AiUse::AiInput, UseValue::Unknown),
            (AiUse::TrainOnOutput, UseValue::Disallowed),
        ];
        assert_eq!(wish.uses.into_iter().collect::<Vec<_>>(), said);
        assert_eq!(wish.conditions, [Condition::Credit, Condition::NonCommercial]);
        assert_eq!((wish.contact, elsewhere.rider), (None, RiderWish::Keep));
    }
}
