//! The reference page names every word there is, and tells of each vocabulary what the code does.

use airights::declaration::Draft;
use airights::{AiUse, Condition, UseValue};
use airights_facts::declaration::KEYS;
use airights_vocabularies::{Place, Vocabulary, Words};

const PAGE: &str = include_str!("../../docs/declaration.md");

#[track_caller]
fn assert_says(words: &str) {
    assert!(PAGE.contains(words), "docs/declaration.md lacks {words}");
}

#[test]
fn it_names_every_key_use_value_and_condition() {
    let uses = AiUse::ALL.iter().map(|ai_use| ai_use.as_str());
    let conditions = Condition::ALL.iter().map(|condition| condition.as_str());
    for word in KEYS.iter().copied().chain(uses).chain(conditions) {
        // Each has a row of its own.
        assert_says(&format!("\n| `{word}` |"));
    }
    let values = UseValue::ALL.iter().map(|value| value.as_str());
    for word in values.chain(["notAllowed", "constrained"]) {
        assert_says(&format!("`{word}`"));
    }
    assert_says(&format!("vocab = \"{}\"", Draft::LATEST));
}

#[test]
fn it_tells_of_each_vocabulary_what_the_code_does() {
    for &vocabulary in Vocabulary::ALL {
        assert_says(&row(vocabulary));
        let reach = vocabulary.reach();
        let nearest = reach.nearest.iter();
        for (ai_use, meaning) in nearest {
            assert_says(&format!("- **`{vocabulary}`**: `{ai_use}` {meaning}."));
        }
        if let Some(meaning) = reach.of_the_whole {
            assert_says(&format!("- **`{vocabulary}`**: {meaning}."));
        }
    }
}

fn row(vocabulary: Vocabulary) -> String {
    let reach = vocabulary.reach();
    let words = reach.uses.into_iter().chain([reach.search]).map(words);
    let places = [reach.terms, reach.contact].map(place);
    let cells: Vec<String> = words.chain(places).collect();
    let (kind, description, version) = (
        vocabulary.kind().as_str(),
        vocabulary.description(),
        vocabulary.version(),
    );
    format!(
        "| `{vocabulary}` | {kind}: {description} ({version}) | {} |",
        cells.join(" | ")
    )
}

fn words(words: Words) -> String {
    match words {
        Words::Unsaid => "–".to_owned(),
        Words::YesOrNo => "yes, no".to_owned(),
        Words::Conditions(sets) => {
            let names: Vec<_> = sets.iter().map(|(name, _)| format!("`{name}`")).collect();
            format!("yes, no, {}", names.join(", "))
        }
        Words::EveryCondition => "yes, no, every condition".to_owned(),
        Words::Mining => "reserved, not reserved".to_owned(),
        Words::Everything => "everything".to_owned(),
    }
}

fn place(place: Place) -> String {
    let words = match place {
        Place::Nowhere => "–",
        Place::BesideReservation => "an address, beside a reservation",
        Place::Address => "an address",
        Place::InWords => "in the words of a condition",
        Place::Everywhere => "everything",
    };
    words.to_owned()
}
