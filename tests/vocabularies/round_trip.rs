//! Export and back loses only what the translation says it loses, and never permits more.

use airights::AiUse;
use airights::UseValue;
use airights::declaration::AiTerms;
use airights_safe::text::is_hidden;
use airights_vocabularies::{Item, Loss, Lost, Subject, Vocabulary};
use proptest::prelude::*;

use crate::any_terms::{SUBJECT, is_no_wider, terms};

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
            // Any address of the package leaves the text readable.
            let subject = Subject { url: terms.contact.as_deref(), ..SUBJECT };
            let translation = vocabulary.write(&terms, &subject);
            let read = vocabulary.read(&translation.text);
            let is_safe = |letter: char| letter == '\n' || !is_hidden(letter);
            prop_assert!(translation.text.chars().all(is_safe), "{vocabulary}: {:?}", translation.text);
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
                    Lost::InWords => prop_assert!(false, "no use is said in words only"),
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
