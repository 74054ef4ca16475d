//! Any terms at all, for the properties.

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_vocabularies::Subject;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The package whose terms they are.
pub(crate) const SUBJECT: Subject<'_> = Subject {
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

/// Terms with addresses and contacts of whatever letters.
pub(crate) fn terms() -> impl Strategy<Value = AiTerms> {
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
pub(crate) fn is_no_wider(meant: Option<&Said>, written: Option<&Said>) -> bool {
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
