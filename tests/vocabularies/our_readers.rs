//! What is written into a package is read there by `check` as the same or as more restrictive.

use std::path::Path;

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, UseValue};
use airights_facts::read_by_name;
use airights_vocabularies::Vocabulary;
use proptest::prelude::*;

use crate::any_terms::{SUBJECT, is_no_wider, terms};

/// The vocabularies whose texts stand in files of a package, each with such a file.
const FILES: &[(Vocabulary, &str)] = &[
    (Vocabulary::Aipref, "robots.txt"),
    (Vocabulary::CcSignals, "robots.txt"),
    (Vocabulary::ContentSignals, "robots.txt"),
    (Vocabulary::Rsl, "rsl.xml"),
    (Vocabulary::Rsl, "llms.txt"),
    (Vocabulary::TdmRep, ".well-known/tdmrep.json"),
    (Vocabulary::AiTxt, "ai.txt"),
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
    fn the_reader_of_packages_finds_nothing_wider(terms in terms()) {
        for &(vocabulary, file) in FILES {
            let text = vocabulary.write(&terms, &SUBJECT).text;
            if text.is_empty() {
                continue;
            }
            let (_, reading) = read_by_name(Path::new(file), &text).map_err(TestCaseError::fail)?;
            let clauses = reading.clauses.into_iter();
            let found: Vec<_> = clauses
                .map(|clause| (clause.ai_use, Said::new(clause.value, &clause.conditions)))
                .collect();
            check_found(&terms, vocabulary, &text, &found)?;
        }
    }
}
