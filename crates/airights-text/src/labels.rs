//! The labels of the machine-readable vocabularies: which uses each speaks of.
//!
//! AIPREF changed its labels with nearly every draft, and others have their own. Whoever wrote a wide one did not have
//! each of today's uses in mind: it refuses all that it covers, and permits none of it.

use crate::vocabulary::AiUse;

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
}
