//! AI terms in plain words, for people: the text of a rider, and a section of a README.

use std::collections::BTreeMap;

use airights::AiUse;
use airights::declaration::Said;
use airights_text::plain_terms;

/// The text of a rider: terms that stand beside the license of the work.
pub fn rider_text(uses: &BTreeMap<AiUse, Said>) -> String {
    let heading =
        "Artificial intelligence\n\nThese terms stand beside the license of this software; both have to be met.\n";
    heading.to_owned() + &paragraphs(uses)
}

/// The same as a section of a README.
pub fn readme_section(uses: &BTreeMap<AiUse, Said>) -> String {
    "## Artificial intelligence\n".to_owned() + &paragraphs(uses)
}

fn paragraphs(uses: &BTreeMap<AiUse, Said>) -> String {
    uses.iter()
        .map(|(&ai_use, said)| format!("\n{}", plain_terms(ai_use, said.value, &said.conditions)))
        .collect()
}

#[cfg(test)]
mod tests {
    use airights::{Condition, UseValue};
    use proptest::prelude::*;

    use super::*;

    fn any_uses() -> impl Strategy<Value = BTreeMap<AiUse, Said>> {
        let values = [UseValue::Allowed, UseValue::Conditional, UseValue::Disallowed];
        let said = (
            prop::sample::select(values.to_vec()),
            prop::collection::vec(prop::sample::select(Condition::ALL.to_vec()), 0..4),
        );
        let said = said.prop_map(|(value, conditions)| Said::new(value, &conditions));
        prop::collection::btree_map(prop::sample::select(AiUse::ALL.to_vec()), said, 1..5)
    }

    fn told(clauses: &[airights_text::Clause]) -> BTreeMap<AiUse, Said> {
        clauses
            .iter()
            .map(|clause| (clause.ai_use, Said::new(clause.value, &clause.conditions)))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_reader_finds_in_a_rider_just_what_was_put_into_it(uses in any_uses()) {
            let text = rider_text(&uses);
            let reading = airights_text::read(&text);
            prop_assert_eq!(reading.clauses.len(), uses.len(), "{}", text);
            prop_assert_eq!(told(&reading.clauses), uses);
            prop_assert_eq!(reading.residue, vec![], "{}", text);
        }

        #[test]
        fn the_reader_finds_it_in_a_readme_as_well(uses in any_uses()) {
            let readme = format!("# A crate\n\nIt parses.\n\n{}\n## License\n\nMIT\n", readme_section(&uses));
            prop_assert_eq!(told(&airights_text::read_notice(&readme)), uses);
        }
    }
}
