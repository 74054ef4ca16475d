//! What is said of one AI use, and what two statements come to together.

use std::collections::BTreeMap;

use crate::vocabulary::{AiUse, Condition, UseValue};

/// What is said of one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The value; never [`UseValue::Unknown`], since silence is not said.
    pub value: UseValue,
    /// What a conditional value asks for, sorted and each once; of any other it is empty.
    pub conditions: Vec<Condition>,
}

impl Said {
    /// A value with the conditions that hold if it is a conditional one. A condition nobody names cannot be met.
    pub fn new(value: UseValue, conditions: &[Condition]) -> Self {
        let mut conditions = match value {
            UseValue::Conditional if conditions.is_empty() => vec![Condition::Other],
            UseValue::Conditional => conditions.to_vec(),
            UseValue::Allowed | UseValue::Unknown | UseValue::Disallowed => Vec::new(),
        };
        conditions.sort_unstable();
        conditions.dedup();
        Self { value, conditions }
    }

    /// Both at once: the more restrictive value wins, and of two conditional ones all conditions hold (AIPREF, section
    /// on combining preferences).
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        let conditions = [&self, other]
            .into_iter()
            .flat_map(|said| said.conditions.iter().copied())
            .collect::<Vec<_>>();
        Self::new(self.value.max(other.value), &conditions)
    }
}

/// Adds what is said of a use to what was said of each before: both hold.
pub fn add_said(uses: &mut BTreeMap<AiUse, Said>, ai_use: AiUse, said: &Said) {
    let before = uses.remove(&ai_use);
    uses.insert(ai_use, before.map_or_else(|| said.clone(), |before| before.and(said)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_that_nobody_names_cannot_be_met() {
        assert_eq!(Said::new(UseValue::Conditional, &[]).conditions, [Condition::Other]);
        assert_eq!(Said::new(UseValue::Disallowed, &[Condition::Credit]).conditions, []);
    }
}
