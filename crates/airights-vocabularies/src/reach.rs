//! What each vocabulary has words for: the one table that the writers, the losses and the reference page rest on.

use airights::declaration::CC_SIGNALS;
use airights::{AiUse, Condition};

use super::{Vocabulary, rsl};

/// How far a vocabulary reaches.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Its words for each use, in the order of [`AiUse::ALL`].
    pub uses: [Words; 4],
    /// Its words for search.
    pub search: Words,
    /// Where it puts `terms`.
    pub terms: Place,
    /// Where it puts `contact`.
    pub contact: Place,
    /// Where its words mean something else than ours, though they are the nearest it has.
    pub nearest: &'static [(AiUse, &'static str)],
    /// What is to be known of whatever is written in it.
    pub of_the_whole: Option<&'static str>,
}

/// A vocabulary's words for one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// None: the use is left out.
    Unsaid,
    /// Yes and no. What is conditional becomes a refusal.
    YesOrNo,
    /// Yes, no, and these sets of conditions by their names, smaller ones first. What is conditional becomes the first of
    /// them that asks for no less, or a refusal.
    Conditions(&'static [(&'static str, &'static [Condition])]),
    /// Yes, no, and every condition.
    EveryCondition,
    /// One answer for training, input and search together: reserved, reserved with an address to ask at, or not.
    Mining,
    /// Whatever we say, word for word.
    Everything,
}

/// Where a vocabulary puts the address of the terms, or whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere.
    Nowhere,
    /// Where a reservation names the address to ask at.
    BesideReservation,
    /// Beside what it says of a use, if it is an address that stands there as it is.
    Address,
    /// In the words of a condition, where people find it; a reader does not.
    InWords,
    /// Wherever it is said.
    Everywhere,
}

impl Vocabulary {
    /// How far it reaches.
    pub const fn reach(self) -> Reach {
        use Words::{Conditions, EveryCondition, Everything, Mining, Unsaid, YesOrNo};
        match self {
            Self::Aipref => Reach {
                uses: [YesOrNo, Unsaid, Unsaid, Unsaid],
                search: YesOrNo,
                nearest: &[(AiUse::TrainAi, GENERATIVE_ONLY)],
                ..NOTHING
            },
            Self::CcSignals => Reach {
                uses: [Conditions(CC_SIGNALS), Unsaid, Unsaid, Unsaid],
                search: YesOrNo,
                nearest: &[(AiUse::TrainAi, GENERATIVE_ONLY)],
                ..NOTHING
            },
            Self::ContentSignals => Reach {
                uses: [YesOrNo, YesOrNo, Unsaid, Unsaid],
                search: YesOrNo,
                of_the_whole: Some(WITH_THE_TEXT),
                ..NOTHING
            },
            Self::TdmRep => Reach {
                uses: [Mining, Mining, Unsaid, Unsaid],
                search: Mining,
                terms: Place::BesideReservation,
                of_the_whole: Some(MORE_THAN_A_PREFERENCE),
                ..NOTHING
            },
            Self::Rsl => Reach {
                uses: [Conditions(rsl::CONDITIONS), Conditions(rsl::CONDITIONS), Unsaid, Unsaid],
                search: YesOrNo,
                terms: Place::Address,
                contact: Place::Address,
                of_the_whole: Some(CLOSED),
                ..NOTHING
            },
            Self::Cawg => Reach {
                uses: [EveryCondition, EveryCondition, Unsaid, Unsaid],
                terms: Place::InWords,
                contact: Place::InWords,
                of_the_whole: Some(SIGNED),
                ..NOTHING
            },
            Self::AiTxt => Reach {
                uses: [YesOrNo, Unsaid, Unsaid, Unsaid],
                nearest: &[(AiUse::TrainAi, DATA_SETS_ONLY)],
                ..NOTHING
            },
            Self::Spdx3 | Self::CycloneDx => Reach {
                uses: [Everything; 4],
                search: Everything,
                terms: Place::Everywhere,
                contact: Place::Everywhere,
                of_the_whole: Some(NO_FIELD),
                ..NOTHING
            },
        }
    }
}

/// What each of them is more than.
const NOTHING: Reach = Reach {
    uses: [Words::Unsaid; 4],
    search: Words::Unsaid,
    terms: Place::Nowhere,
    contact: Place::Nowhere,
    nearest: &[],
    of_the_whole: None,
};

/// AIPREF since its draft -04 (`draft-ietf-aipref-vocab-07`, "AI Model Training").
const GENERATIVE_ONLY: &str = "speaks of models that generate content, and of no others";

const DATA_SETS_ONLY: &str = "speaks of data sets to train on, and of no other training";

/// The policy of contentsignals.org, which sites put above the line.
const WITH_THE_TEXT: &str =
    "it reserves text and data mining only where the text of contentsignals.org stands above it";

/// Directive (EU) 2019/790, Article 4(3).
const MORE_THAN_A_PREFERENCE: &str = "where it reserves, it does so by law of the EU, and is more than a preference";

/// RSL 1.0, section on `permits`.
const CLOSED: &str = "what an RSL license does not permit is not licensed by it, even where the terms leave it open";

const SIGNED: &str = "it counts where it stands in a C2PA manifest that somebody signed";

/// SPDX 3.0.1 and `CycloneDX` 1.7.
const NO_FIELD: &str = "no field of it is for AI terms: only who knows the names `cargo-airights:ai:…` sees them all";
