//! What somebody wants to declare, put on top of what is declared already.

use std::collections::BTreeMap;

use airights::declaration::{Declaration, Draft, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};

use super::Preset;

/// What is to be declared; what is not spoken of stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Terms to start from, in the place of all that is said of uses.
    pub preset: Option<Preset>,
    /// What to say of each use; [`UseValue::Unknown`] takes back what was said.
    pub uses: BTreeMap<AiUse, UseValue>,
    /// What each conditional value asks for.
    pub conditions: Vec<Condition>,
    /// What to say of search.
    pub search: Option<UseValue>,
    /// Where the words are.
    pub terms: Option<TermsAt>,
    /// Whom to ask.
    pub contact: Option<String>,
}

/// Wishes that cannot all be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What contradicts what.
    pub message: String,
    /// A way forward.
    pub help: String,
}

impl Wish {
    /// The declaration with this wish granted.
    ///
    /// # Errors
    ///
    /// Where a wish contradicts another, or asks for less than it needs.
    pub fn granted(&self, current: &Declaration) -> Result<Declaration, Contradiction> {
        self.refuse_preset_and_use_at_odds()?;
        let mut granted = current.clone();
        if let Some(preset) = self.preset {
            for &ai_use in AiUse::ALL {
                say(&mut granted, ai_use, preset.uses().get(&ai_use));
            }
        }
        let mut asks_somewhere = false;
        for (&ai_use, &value) in &self.uses {
            let conditions = match value {
                UseValue::Conditional => self.conditions_of(ai_use, current)?,
                UseValue::Allowed | UseValue::Unknown | UseValue::Disallowed => Vec::new(),
            };
            asks_somewhere |= value == UseValue::Conditional;
            say(&mut granted, ai_use, Some(&Said::new(value, &conditions)));
        }
        if !self.conditions.is_empty() && !asks_somewhere {
            return Err(self.conditions_of_nothing());
        }
        if let Some(search) = self.search {
            granted.content_usage.get_or_insert_default().set_search(search);
        }
        granted.terms = self.terms.clone().or(granted.terms);
        granted.contact = self.contact.clone().or(granted.contact);
        granted.content_usage = granted.content_usage.filter(|usage| !usage.is_empty());
        let draft = granted.vocab.unwrap_or(Draft::LATEST);
        granted.vocab = granted.content_usage.as_ref().map(|_| draft);
        Ok(granted)
    }

    fn refuse_preset_and_use_at_odds(&self) -> Result<(), Contradiction> {
        let Some(preset) = self.preset else {
            return Ok(());
        };
        let uses = preset.uses();
        let at_odds = self.uses.iter().find_map(|(ai_use, value)| {
            let preset_value = uses.get(ai_use)?.value;
            (preset_value != *value).then_some((*ai_use, *value, preset_value))
        });
        match at_odds {
            None => Ok(()),
            Some((ai_use, value, preset_value)) => Err(Contradiction {
                message: format!(
                    "`--{ai_use} {value}` contradicts `--preset {}`, in which `{ai_use}` is {preset_value}",
                    preset.name
                ),
                help: "leave one of the two out".to_owned(),
            }),
        }
    }

    /// What a conditional use asks for: what is wished, else what it asks for today.
    fn conditions_of(&self, ai_use: AiUse, current: &Declaration) -> Result<Vec<Condition>, Contradiction> {
        if !self.conditions.is_empty() {
            return Ok(self.conditions.clone());
        }
        let today = current.ai_terms().uses.remove(&ai_use);
        match today.filter(|said| said.value == UseValue::Conditional) {
            Some(said) => Ok(said.conditions),
            None => Err(Contradiction {
                message: format!("`--{ai_use} conditional` does not say on which condition"),
                help: "name it with `--condition`, such as `--condition credit`".to_owned(),
            }),
        }
    }

    fn conditions_of_nothing(&self) -> Contradiction {
        let named: Vec<String> = self
            .conditions
            .iter()
            .map(|condition| format!("`--condition {condition}`"))
            .collect();
        Contradiction {
            message: format!("{} belongs to no use", named.join(" with ")),
            help: "say which use is conditional, such as `--train-ai conditional`".to_owned(),
        }
    }
}

/// Says this of a use, in the key it belongs into: AIPREF has a label for training, and for none of the others.
fn say(declaration: &mut Declaration, ai_use: AiUse, said: Option<&Said>) {
    let said = said.filter(|said| said.value != UseValue::Unknown);
    declaration.uses.remove(&ai_use);
    if ai_use == AiUse::TrainAi {
        declaration.content_usage.get_or_insert_default().set_train_ai(said);
    } else if let Some(said) = said {
        declaration.uses.insert(ai_use, said.value);
    }
    let asks = |value: &UseValue| *value == UseValue::Conditional;
    let is_asking =
        declaration.uses.values().any(asks) || declaration.scopes.iter().any(|scope| scope.uses.values().any(asks));
    match said {
        Some(said) if ai_use != AiUse::TrainAi && said.value == UseValue::Conditional => {
            declaration.conditions.clone_from(&said.conditions);
        }
        _ if !is_asking => declaration.conditions.clear(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::PRESETS;

    fn wish(preset: Option<&str>, uses: &[(AiUse, UseValue)], conditions: &[Condition]) -> Wish {
        Wish {
            preset: preset.map(|name| Preset::named(name).expect("a preset")),
            uses: uses.iter().copied().collect(),
            conditions: conditions.to_vec(),
            ..Wish::default()
        }
    }

    #[test]
    fn every_preset_is_declared_as_it_says() {
        for preset in PRESETS {
            let declaration = wish(Some(preset.name), &[], &[]).granted(&Declaration::default());
            assert_eq!(
                declaration.expect(preset.name).ai_terms().uses,
                preset.uses(),
                "{}",
                preset.name
            );
        }
    }

    #[test]
    fn what_is_not_wished_stays() {
        let first = wish(Some("open-models"), &[], &[])
            .granted(&Declaration::default())
            .expect("a declaration");
        let wishes = wish(None, &[(AiUse::AiInput, UseValue::Disallowed)], &[]);
        let second = wishes.granted(&first).expect("a declaration");
        assert_eq!(second.content_usage, first.content_usage);
        assert_eq!(second.uses, BTreeMap::from([(AiUse::AiInput, UseValue::Disallowed)]));
        let again = wish(None, &[(AiUse::TrainAi, UseValue::Conditional)], &[])
            .granted(&second)
            .expect("a declaration");
        assert_eq!(again, second);
        let back = wish(None, &[(AiUse::TrainAi, UseValue::Unknown)], &[])
            .granted(&second)
            .expect("a declaration");
        assert_eq!((back.content_usage, back.vocab), (None, None));
    }

    #[test]
    fn contradictions_are_named() {
        let train = AiUse::TrainAi;
        let cases = [
            (
                wish(Some("no-training"), &[(train, UseValue::Allowed)], &[]),
                "`--train-ai allowed` contradicts `--preset no-training`, in which `train-ai` is disallowed",
            ),
            (
                wish(None, &[(train, UseValue::Conditional)], &[]),
                "`--train-ai conditional` does not say on which condition",
            ),
            (
                wish(None, &[(train, UseValue::Allowed)], &[Condition::Credit]),
                "`--condition credit` belongs to no use",
            ),
        ];
        for (wish, message) in cases {
            let refused = wish.granted(&Declaration::default()).expect_err(message);
            assert_eq!(refused.message, message);
        }
    }
}
