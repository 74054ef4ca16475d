//! What holds of every vocabulary, whatever the terms.

use std::collections::BTreeMap;

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Item, Loss, Lost, Subject, Vocabulary};

const SUBJECT: Subject<'_> = Subject {
    name: "little-parser",
    version: "1.2.0",
    url: Some("https://example.org/little-parser"),
    license: Some("MIT WITH AdditionRef-airights-train-ai-conditional"),
    license_texts: &[(
        "AdditionRef-airights-train-ai-conditional",
        "Models may be trained on this work if they credit it.",
    )],
};

fn said() -> impl Strategy<Value = Said> {
    let value = select(&[UseValue::Allowed, UseValue::Conditional, UseValue::Disallowed][..]);
    let conditions = subsequence(Condition::ALL, 0..=3);
    (value, conditions).prop_map(|(value, conditions)| Said::new(value, &conditions))
}

/// Any terms at all; addresses and contacts with whatever letters.
fn terms() -> impl Strategy<Value = AiTerms> {
    let uses = prop::collection::btree_map(select(AiUse::ALL), said(), 0..=4);
    let search = select(UseValue::ALL);
    let terms = prop::option::of("(https://[a-z]{1,9}/\\PC{0,4}|https://.{0,4}|[a-zA-Z./-]{1,12}|.{1,6})");
    let contact = prop::option::of("([a-z]{1,6}@[a-z]{1,6}|https://[a-z.]{1,9}|mailto:a@b|.{0,9})");
    (uses, search, terms, contact).prop_map(|(uses, search, terms, contact)| AiTerms {
        uses,
        search,
        terms: terms.map(|terms| TermsAt::new(&terms)),
        contact,
    })
}

/// Whether somebody who goes by `written` does nothing that `meant` does not let them do.
fn is_no_wider(meant: Option<&Said>, written: Option<&Said>) -> bool {
    match (meant, written) {
        (_, None) => true,
        (Some(meant), Some(written)) if written.value == UseValue::Conditional => {
            let asks_for = |condition| written.conditions.contains(condition);
            // Nobody meets a condition that is not known, and who has to ask is told what is wanted.
            let stands_for_all = asks_for(&Condition::Other) || asks_for(&Condition::Consent);
            match meant.value {
                UseValue::Allowed | UseValue::Unknown => true,
                UseValue::Conditional => stands_for_all || meant.conditions.iter().all(asks_for),
                UseValue::Disallowed => false,
            }
        }
        (None, Some(written)) => written.value != UseValue::Allowed,
        (Some(meant), Some(written)) => written.value >= meant.value,
    }
}

/// Everything that differs, told without a look at the table of what a vocabulary reaches.
fn differing(meant: &AiTerms, read: &AiTerms) -> Vec<Item> {
    let uses = AiUse::ALL.iter().copied();
    let uses = uses.filter(|ai_use| meant.uses.get(ai_use) != read.uses.get(ai_use));
    let others = [
        (Item::Search, meant.search == read.search),
        (Item::Terms, meant.terms == read.terms),
        (Item::Contact, meant.contact == read.contact),
    ];
    let others = others.into_iter().filter(|(_, is_same)| !is_same);
    uses.map(Item::Use).chain(others.map(|(item, _)| item)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn to_a_vocabulary_and_back_only_that_is_lost_which_is_told(terms in terms()) {
        for &vocabulary in Vocabulary::ALL {
            let translation = vocabulary.write(&terms, &SUBJECT);
            let read = vocabulary.read(&translation.text);
            prop_assert!(read.is_ok(), "{vocabulary}: {:?}\n{}", read, translation.text);
            let read = read.unwrap_or_default();
            let told: Vec<Item> = translation
                .losses
                .iter()
                .filter(|loss| !matches!(loss.lost, Lost::Meaning(_)))
                .map(|loss| loss.item)
                .collect();
            prop_assert_eq!(differing(&terms, &read), told, "{}:\n{}", vocabulary, translation.text);
            for Loss { item, lost } in &translation.losses {
                let Item::Use(ai_use) = item else { continue };
                let value = read.uses.get(ai_use).map_or(UseValue::Unknown, |said| said.value);
                match lost {
                    Lost::LeftOut => prop_assert_eq!(value, UseValue::Unknown),
                    Lost::Stricter { written, .. } => prop_assert_eq!(value, *written),
                    Lost::OtherConditions { written, .. } => prop_assert_eq!(&read.uses[ai_use].conditions, written),
                    Lost::Meaning(_) => prop_assert_ne!(value, UseValue::Unknown),
                }
            }
        }
    }

    #[test]
    fn no_translation_permits_what_the_terms_do_not(terms in terms()) {
        for &vocabulary in Vocabulary::ALL {
            let translation = vocabulary.write(&terms, &SUBJECT);
            let read = vocabulary.read(&translation.text).unwrap_or_default();
            for ai_use in AiUse::ALL {
                let (meant, written) = (terms.uses.get(ai_use), read.uses.get(ai_use));
                prop_assert!(
                    is_no_wider(meant, written),
                    "{vocabulary}: {ai_use}: {meant:?} as {written:?}\n{}",
                    translation.text
                );
            }
            prop_assert!(read.search == UseValue::Unknown || read.search >= terms.search, "{vocabulary}");
        }
    }

    #[test]
    fn what_is_read_is_written_and_read_the_same(terms in terms()) {
        for &vocabulary in Vocabulary::ALL {
            let kept = vocabulary.kept(&terms);
            prop_assert_eq!(vocabulary.kept(&kept), kept.clone(), "{}", vocabulary);
            let meanings = vocabulary.losses(&kept);
            prop_assert!(meanings.iter().all(|loss| matches!(loss.lost, Lost::Meaning(_))), "{vocabulary}: {meanings:?}");
        }
    }
}

#[test]
fn each_is_known_by_its_name() {
    for &vocabulary in Vocabulary::ALL {
        assert_eq!(vocabulary.as_str().parse(), Ok(vocabulary));
    }
    assert!("json".parse::<Vocabulary>().is_err());
}

#[test]
fn terms_that_say_nothing_make_no_text_and_lose_nothing() {
    for &vocabulary in Vocabulary::ALL {
        let translation = vocabulary.write(&AiTerms::default(), &SUBJECT);
        assert_eq!(translation.text, "", "{vocabulary}");
        assert_eq!(translation.losses, [], "{vocabulary}");
        assert_eq!(vocabulary.read(" \n"), Ok(AiTerms::default()), "{vocabulary}");
    }
}

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
    let told: String = Vocabulary::ALL
        .iter()
        .map(|vocabulary| {
            let translation = vocabulary.write(&sample(), &SUBJECT);
            let losses: String = translation.losses.iter().map(|loss| format!("! {loss}\n")).collect();
            format!("== {vocabulary}\n{}{losses}", translation.text)
        })
        .collect();
    expect_test::expect_file!["goldens/sample.txt"].assert_eq(&told);
}
