//! The labels of the machine-readable vocabularies: which uses each speaks of, and what a licence of RSL asks for.
//!
//! AIPREF changed its labels with nearly every draft, and others have their own. Whoever wrote a wide one did not have
//! each of today's uses in mind: it refuses all that it covers, and permits none of it.

use crate::vocabulary::{AiUse, Condition};

/// What a label speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The uses that a refusal under it covers.
    pub uses: &'static [AiUse],
    /// Whether it means no less than the use it speaks of, so that a permission counts as well.
    pub may_permit: bool,
}

/// What a label of AIPREF (any draft), RSL or Content Signals speaks of; `None` where it is none of our uses.
pub fn label(name: &str) -> Option<Label> {
    let (uses, may_permit): (&[AiUse], bool) = match name {
        "train-ai" | "train-genai" | "genai" | "ai-train" => (&[AiUse::TrainAi], true),
        "ai-input" => (&[AiUse::AiInput], true),
        "ai-use" | "ai-output" | "inference" => (&[AiUse::AiInput], false),
        "ai" | "all" | "bots" | "tdm" | "ai-all" => (&[AiUse::TrainAi, AiUse::AiInput], false),
        _ => return None,
    };
    Some(Label { uses, may_permit })
}

/// What an element of an RSL licence asks for, by its name, its `type` and the text in it; `None`: nothing.
///
/// What is not known, and whatever leaves out some of those who ask, is a condition that nobody meets.
pub fn rsl_condition(element: &str, kind: &str, text: &str) -> Option<Condition> {
    let names = |user: &str| rsl_words(text).any(|word| word == user);
    match (element, kind) {
        ("payment", "" | "free") | ("permits" | "prohibits", "" | "usage") => None,
        ("payment", "attribution") => Some(Condition::Credit),
        ("payment", "purchase" | "subscription" | "training" | "crawl" | "use" | "contribution") => {
            Some(Condition::DirectContribution)
        }
        ("permits", "user") if names("commercial") && names("non-commercial") => None,
        ("permits", "user") if names("non-commercial") => Some(Condition::NonCommercial),
        ("prohibits", "user") if rsl_words(text).eq(["commercial"]) => Some(Condition::NonCommercial),
        ("payment" | "permits" | "prohibits" | "reporting", _) => Some(Condition::Other),
        _ => None,
    }
}

/// The usages, users or countries in an element of RSL. They stand with spaces between them, and stood with commas before
/// version 1.0.
pub fn rsl_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter == ',' || letter.is_whitespace())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_label_refuses_and_does_not_permit() {
        let all = label("all").expect("it is known");
        assert_eq!(
            (all.uses, all.may_permit),
            (&[AiUse::TrainAi, AiUse::AiInput][..], false)
        );
        assert_eq!(label("search"), None);
    }

    #[test]
    fn licences_of_rsl_ask_for_what_they_ask_for() {
        let cases = [
            ("payment", "attribution", "", Some(Condition::Credit)),
            ("payment", "free", "", None),
            ("payment", "barter", "", Some(Condition::Other)),
            ("permits", "usage", "ai-train", None),
            (
                "permits",
                "user",
                "non-commercial education",
                Some(Condition::NonCommercial),
            ),
            ("permits", "user", "commercial, non-commercial", None),
            ("permits", "user", "education", Some(Condition::Other)),
            ("permits", "geo", "EU", Some(Condition::Other)),
            ("prohibits", "user", "commercial", Some(Condition::NonCommercial)),
            ("prohibits", "user", "government", Some(Condition::Other)),
            ("reporting", "audit", "", Some(Condition::Other)),
            ("legal", "warranty", "ownership", None),
        ];
        for (element, kind, text, expected) in cases {
            assert_eq!(rsl_condition(element, kind, text), expected, "{element} {kind} {text}");
        }
    }
}
