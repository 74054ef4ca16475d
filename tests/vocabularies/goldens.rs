//! One sample in every vocabulary, to be read beside the specification of each.

use std::collections::BTreeMap;

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_vocabularies::{Translation, Vocabulary};

use crate::any_terms::SUBJECT;

/// The terms that every vocabulary is shown to write.
fn sample() -> AiTerms {
    AiTerms {
        uses: BTreeMap::from([
            (AiUse::TrainAi, Said::new(UseValue::Conditional, &[Condition::Credit])),
            (AiUse::AiInput, Said::new(UseValue::Allowed, &[])),
            (AiUse::TrainOnOutput, Said::new(UseValue::Disallowed, &[])),
        ]),
        search: UseValue::Allowed,
        terms: Some(TermsAt::new("https://example.org/little-parser/ai-terms")),
        contact: Some("rights@example.org".to_owned()),
    }
}

#[test]
fn the_sample_in_every_vocabulary() {
    for &vocabulary in Vocabulary::ALL {
        let Translation { text, losses } = vocabulary.write(&sample(), &SUBJECT);
        let losses: String = losses.iter().map(|loss| format!("{loss}\n")).collect();
        let golden = format!("goldens/{vocabulary}.txt");
        expect_test::expect_file![golden].assert_eq(&format!("{text}\nloses:\n{losses}"));
    }
}
