//! What differs between two judgements of one crate.

use airights_text::{AiUse, Condition, LicenseClass, UseValue};

use crate::facts::Force;
use crate::judge::{AiJudgement, Judgement};

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift<T> {
    /// As it was.
    pub before: T,
    /// As it is.
    pub after: T,
}

/// What differs. `None`: nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsChange {
    /// The `license` key of the manifest.
    pub declared: Option<Shift<Option<String>>>,
    /// The expression that counts.
    pub effective: Option<Shift<Option<String>>>,
    /// Which branches of it are elected.
    pub elected: Option<Shift<Option<String>>>,
    /// The class of what is elected.
    pub class: Option<Shift<LicenseClass>>,
    /// What is said of AI uses; only those of which something else is said.
    pub ai: Vec<(AiUse, Shift<Said>)>,
}

/// What is said of one AI use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The most restrictive thing said.
    pub value: UseValue,
    /// How strongly it binds; `None` where nothing was said.
    pub force: Option<Force>,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
}

impl Said {
    /// What a judgement holds of it.
    pub fn of(judgement: &AiJudgement) -> Self {
        Self {
            value: judgement.value,
            force: judgement.force,
            conditions: judgement.conditions.clone(),
        }
    }
}

impl TermsChange {
    /// What differs between two judgements.
    pub fn between(before: &Judgement, after: &Judgement) -> Self {
        let said = |ai_use| shift(Said::of(&before.ai[ai_use]), Said::of(&after.ai[ai_use]));
        let (was, is) = (&before.license, &after.license);
        Self {
            declared: shift(was.declared.clone(), is.declared.clone()),
            effective: shift(was.effective.clone(), is.effective.clone()),
            elected: shift(was.elected.clone(), is.elected.clone()),
            class: shift(was.class, is.class),
            ai: AiUse::ALL
                .iter()
                .filter_map(|&ai_use| Some((ai_use, said(ai_use)?)))
                .collect(),
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn shift<T: PartialEq>(before: T, after: T) -> Option<Shift<T>> {
    (before != after).then_some(Shift { before, after })
}
