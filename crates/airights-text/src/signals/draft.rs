//! The drafts of the AIPREF vocabulary, and what their labels cover.
//!
//! `draft-ietf-aipref-vocab` changed its labels with nearly every version; only `train-ai` has stayed since the second.
//! A declaration pins the draft it was written against, and is read by that draft's own labels and their hierarchy.

use std::fmt;
use std::str::FromStr;

use crate::vocabulary::AiUse;

/// A version of `draft-ietf-aipref-vocab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draft(u8);

/// The text names no draft that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDraft;

impl fmt::Display for UnknownDraft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "not a vocabulary that is known here, the latest of which is `{}`",
            Draft::LATEST
        )
    }
}

impl std::error::Error for UnknownDraft {}

const NAME: &str = "draft-ietf-aipref-vocab-";

impl Draft {
    /// The latest that is known, of August 2026.
    pub const LATEST: Self = Self(7);
}

impl fmt::Display for Draft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{NAME}{:02}", self.0)
    }
}

impl FromStr for Draft {
    type Err = UnknownDraft;

    fn from_str(text: &str) -> Result<Self, UnknownDraft> {
        let number = text.strip_prefix(NAME).filter(|number| number.len() == 2);
        let number = number.and_then(|number| number.parse().ok()).map(Self);
        number.filter(|draft| *draft <= Self::LATEST).ok_or(UnknownDraft)
    }
}

/// One thing that is done with a work, and the labels that speak of it: the first one present decides.
pub(super) struct Deed {
    /// The use it is part of.
    pub(super) ai_use: AiUse,
    /// From the most specific label to the widest.
    pub(super) labels: &'static [&'static str],
}

const fn deed(ai_use: AiUse, labels: &'static [&'static str]) -> Deed {
    Deed { ai_use, labels }
}

/// Where training of generative models has a label of its own, it is a deed of its own.
const DEEDS_OF_01: &[Deed] = &[
    deed(AiUse::TrainAi, &["genai", "ai", "tdm"]),
    deed(AiUse::TrainAi, &["ai", "tdm"]),
    deed(AiUse::AiInput, &["inference"]),
];
const DEEDS_OF_02: &[Deed] = &[
    deed(AiUse::TrainAi, &["train-genai", "train-ai", "all"]),
    deed(AiUse::TrainAi, &["train-ai", "all"]),
    deed(AiUse::AiInput, &["ai-use", "all"]),
];
const DEEDS_OF_03: &[Deed] = &[
    deed(AiUse::TrainAi, &["train-genai", "train-ai", "bots"]),
    deed(AiUse::TrainAi, &["train-ai", "bots"]),
    deed(AiUse::AiInput, &["bots"]),
];
const DEEDS_OF_04: &[Deed] = &[
    deed(AiUse::TrainAi, &["train-ai", "bots"]),
    deed(AiUse::AiInput, &["ai-output", "bots"]),
];
const DEEDS_OF_07: &[Deed] = &[deed(AiUse::TrainAi, &["train-ai"])];

impl Draft {
    /// What its labels speak of.
    pub(super) const fn deeds(self) -> &'static [Deed] {
        match self.0 {
            0 | 1 => DEEDS_OF_01,
            2 => DEEDS_OF_02,
            3 => DEEDS_OF_03,
            4 => DEEDS_OF_04,
            _ => DEEDS_OF_07,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_known_by_name() {
        assert_eq!("draft-ietf-aipref-vocab-07".parse(), Ok(Draft::LATEST));
        assert_eq!(Draft::LATEST.to_string().parse(), Ok(Draft::LATEST));
        for unknown in ["draft-ietf-aipref-vocab-08", "draft-ietf-aipref-vocab-7", "aipref", ""] {
            assert_eq!(unknown.parse::<Draft>(), Err(UnknownDraft), "{unknown}");
        }
    }
}
