//! The name of a rider: AI terms that stand beside a license, under a name that says what they are.
//!
//! `airights-train-ai-disallowed`, `airights-train-ai-conditional.credit.ai-input-allowed`: after `airights-` come uses
//! with their values, and after a conditional one what it asks for, with full stops between. As `LicenseRef-…` or
//! `AdditionRef-…` (SPDX 3.0.1, annex on license expressions) it can stand in any `license` key, where a tool that does not know it
//! fails closed and one that does needs no file to read it.

use std::collections::BTreeMap;

use airights_text::{AiUse, Condition, UseValue};

use super::Said;

const PREFIX: &str = "airights-";

/// The name of the rider that says this of these uses; `None` where nothing is said.
pub fn rider_name(uses: &BTreeMap<AiUse, Said>) -> Option<String> {
    let parts = uses.iter().map(|(ai_use, said)| {
        let conditions: String = said
            .conditions
            .iter()
            .map(|condition| format!(".{condition}"))
            .collect();
        format!("{ai_use}-{}{conditions}", said.value)
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| format!("{PREFIX}{}", parts.join(".")))
}

/// What a rider of this name says; empty where the name is none of ours.
///
/// A name that is not ours to the end is not understood at all.
pub fn said_by_rider_name(name: &str) -> BTreeMap<AiUse, Said> {
    let parse = || -> Option<BTreeMap<AiUse, Said>> {
        let mut uses = BTreeMap::new();
        let mut last: Option<AiUse> = None;
        let mut asked: BTreeMap<AiUse, (UseValue, Vec<Condition>)> = BTreeMap::new();
        for part in name.strip_prefix(PREFIX)?.split('.') {
            if let Ok(condition) = part.parse::<Condition>() {
                asked.get_mut(&last?)?.1.push(condition);
                continue;
            }
            let (ai_use, value) = part.rsplit_once('-')?;
            let (ai_use, value) = (ai_use.parse().ok()?, value.parse().ok()?);
            last = Some(ai_use);
            asked.insert(ai_use, (value, Vec::new()));
        }
        for (ai_use, (value, conditions)) in asked {
            let is_said = value != UseValue::Unknown && (value == UseValue::Conditional || conditions.is_empty());
            uses.insert(ai_use, is_said.then(|| Said::new(value, &conditions))?);
        }
        Some(uses)
    };
    parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_say_what_riders_say() {
        let said = said_by_rider_name("airights-train-ai-conditional.credit.open-result.ai-input-allowed");
        let train = Said::new(UseValue::Conditional, &[Condition::Credit, Condition::OpenResult]);
        let expected = [
            (AiUse::TrainAi, train),
            (AiUse::AiInput, Said::new(UseValue::Allowed, &[])),
        ];
        assert_eq!(said, BTreeMap::from(expected));
        for other in [
            "airights-unclassified",
            "airights-",
            "airights-train-ai-unknown",
            "airights-train-ai-disallowed.credit",
            "airights-credit",
            "train-ai-disallowed",
            "airights-train-ai-disallowed.and-more",
        ] {
            assert_eq!(said_by_rider_name(other), BTreeMap::new(), "{other}");
        }
    }

    fn any_uses() -> impl Strategy<Value = BTreeMap<AiUse, Said>> {
        let values = [UseValue::Allowed, UseValue::Conditional, UseValue::Disallowed];
        let said = (
            prop::sample::select(values.to_vec()),
            prop::collection::vec(prop::sample::select(Condition::ALL.to_vec()), 0..4),
        );
        let said = said.prop_map(|(value, conditions)| Said::new(value, &conditions));
        prop::collection::btree_map(prop::sample::select(AiUse::ALL.to_vec()), said, 0..5)
    }

    proptest! {
        #[test]
        fn what_is_said_comes_back_from_the_name(uses in any_uses()) {
            let name = rider_name(&uses);
            prop_assert_eq!(name.is_none(), uses.is_empty());
            prop_assert_eq!(said_by_rider_name(&name.unwrap_or_default()), uses);
        }
    }
}
