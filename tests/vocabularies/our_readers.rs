//! What is written into a package is read there by `check` as the same or as more restrictive.

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, UseValue};
use airights_facts::tdmrep;
use airights_vocabularies::Vocabulary;
use proptest::prelude::*;

use crate::any_terms::{SUBJECT, is_no_wider, terms};

/// The vocabularies whose texts the reader of notices knows; a `tdmrep.json` has a reader of its own.
const READ_AS_NOTICES: &[Vocabulary] = &[
    Vocabulary::Aipref,
    Vocabulary::CcSignals,
    Vocabulary::ContentSignals,
    Vocabulary::Rsl,
    Vocabulary::AiTxt,
];

/// Everything that a reader finds in a text must be no wider than the terms; and where the translation refuses a use, it
/// must be found to.
fn check_found(
    terms: &AiTerms,
    vocabulary: Vocabulary,
    text: &str,
    found: &[(AiUse, Said)],
) -> Result<(), TestCaseError> {
    let kept = vocabulary.kept(terms);
    for &ai_use in AiUse::ALL {
        let of_the_use = found
            .iter()
            .filter(|(of, _)| *of == ai_use)
            .map(|(_, said)| said.clone());
        let together = of_the_use.reduce(|before, said| before.and(&said));
        prop_assert!(
            is_no_wider(terms.uses.get(&ai_use), together.as_ref()),
            "{vocabulary}: {ai_use}: {together:?} in\n{text}"
        );
        let is_restricted = |said: Option<&Said>| said.is_some_and(|said| said.value > UseValue::Unknown);
        prop_assert!(
            is_restricted(together.as_ref()) || !is_restricted(kept.uses.get(&ai_use)),
            "{vocabulary}: {ai_use}: nothing is found in\n{text}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_reader_of_notices_finds_nothing_wider(terms in terms()) {
        for &vocabulary in READ_AS_NOTICES {
            let text = vocabulary.write(&terms, &SUBJECT).text;
            let clauses = airights_text::read_notice(&text).into_iter();
            let found: Vec<_> = clauses
                .map(|clause| (clause.ai_use, Said::new(clause.value, &clause.conditions)))
                .collect();
            check_found(&terms, vocabulary, &text, &found)?;
        }
    }

    #[test]
    fn the_reader_of_tdmrep_json_finds_nothing_wider(terms in terms()) {
        let text = Vocabulary::TdmRep.write(&terms, &SUBJECT).text;
        let statements = if text.is_empty() { Ok(Vec::new()) } else { tdmrep::statements(&text) };
        let statements = statements.map_err(|error| TestCaseError::fail(error.to_string()))?.into_iter();
        let found: Vec<_> = statements
            .map(|statement| {
                let conditions: Vec<_> = statement.conditions.iter().map(|condition| condition.0).collect();
                (statement.ai_use.0, Said::new(statement.value.0, &conditions))
            })
            .collect();
        check_found(&terms, Vocabulary::TdmRep, &text, &found)?;
    }
}
