//! The same AI terms in other vocabularies: written, and read back.
//!
//! One file a vocabulary, each with a `write` and a `read`. What a vocabulary has words for stands in one table,
//! [`reach`]: terms are first cut down to it ([`Vocabulary::kept`]), the difference is what the translation loses
//! ([`Vocabulary::losses`]), and the writers put down exactly what is kept. A translation never widens: what cannot be
//! said exactly is said more restrictively or not at all.
//!
//! Where the terms come from, and where the text goes, is for others.

mod ai_txt;
mod aipref;
mod cawg;
mod content_signals;
mod cyclonedx;
mod gathered;
mod kept;
mod losses;
mod properties;
mod reach;
mod robots;
mod rsl;
mod spdx3;
mod subject;
mod tdmrep;

use std::fmt;
use std::str::FromStr;

use airights::declaration::AiTerms;

pub use losses::{Item, Loss, Lost};
pub use reach::{Place, Reach, Words};
pub use subject::Subject;

/// A vocabulary that AI terms can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocabulary {
    /// The `Content-Usage` field of the IETF's AIPREF working group.
    Aipref,
    /// The same field with what Creative Commons adds to it.
    CcSignals,
    /// Cloudflare's line in `robots.txt`.
    ContentSignals,
    /// The W3C community group's `tdmrep.json`.
    TdmRep,
    /// Really Simple Licensing.
    Rsl,
    /// The assertion of the Creator Assertions Working Group.
    Cawg,
    /// Spawning's `ai.txt`.
    AiTxt,
    /// SPDX 3.
    Spdx3,
    /// `CycloneDX`.
    CycloneDx,
}

/// The text names no vocabulary that is known here; [`Vocabulary::ALL`] has those that are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownVocabulary;

impl fmt::Display for UnknownVocabulary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unknown vocabulary")
    }
}

impl std::error::Error for UnknownVocabulary {}

/// What kind of thing a text in a vocabulary is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A wish: who follows it, and when, it leaves open.
    Preference,
    /// An express reservation of text and data mining (EU 2019/790 Art. 4(3)).
    Reservation,
    /// Terms of a licence that is offered.
    LicenceTerms,
    /// What somebody asserts of a work, in a manifest that they sign.
    Assertion,
    /// A field of a bill of materials, which tells what holds and makes nothing hold.
    SbomField,
}

impl Kind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preference => "preference",
            Self::Reservation => "reservation",
            Self::LicenceTerms => "licence terms",
            Self::Assertion => "assertion",
            Self::SbomField => "SBOM field",
        }
    }
}

/// Terms written in another vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The text, with a line end at its end; empty where the vocabulary has words for none of it.
    pub text: String,
    /// What the text does not say as the terms do, in the order of the terms.
    pub losses: Vec<Loss>,
}

/// Why a text cannot be read, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl Unreadable {
    fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl Vocabulary {
    /// Every vocabulary, in the order in which they are told.
    pub const ALL: &'static [Self] = &[
        Self::Aipref,
        Self::CcSignals,
        Self::ContentSignals,
        Self::TdmRep,
        Self::Rsl,
        Self::Cawg,
        Self::AiTxt,
        Self::Spdx3,
        Self::CycloneDx,
    ];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aipref => "aipref",
            Self::CcSignals => "cc-signals",
            Self::ContentSignals => "content-signals",
            Self::TdmRep => "tdmrep",
            Self::Rsl => "rsl",
            Self::Cawg => "cawg",
            Self::AiTxt => "ai-txt",
            Self::Spdx3 => "spdx3",
            Self::CycloneDx => "cyclonedx",
        }
    }

    /// What it is, and where it is put, in one line.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Aipref => "the `Content-Usage` field, as an HTTP header or in a group of `robots.txt`",
            Self::CcSignals => "the `Content-Usage` field with the conditions of Creative Commons",
            Self::ContentSignals => "the `Content-Signal` line in a group of `robots.txt`",
            Self::TdmRep => "the file `.well-known/tdmrep.json` of a site",
            Self::Rsl => "an XML document of Really Simple Licensing, to which a `License` line of `robots.txt` points",
            Self::Cawg => "`cawg.training-mining` in a C2PA manifest",
            Self::AiTxt => "Spawning's file `ai.txt` at the root of a site",
            Self::Spdx3 => "elements for the `@graph` of an SPDX document",
            Self::CycloneDx => "a CycloneDX bill of materials with properties",
        }
    }

    /// The version that is written.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Aipref => "draft-ietf-aipref-vocab-07, draft-ietf-aipref-attach-05",
            Self::CcSignals => "0.1, on draft-ietf-aipref-vocab-07",
            Self::ContentSignals => "of September 2025",
            Self::TdmRep => "TDM Reservation Protocol, final report",
            Self::Rsl => "1.0",
            Self::Cawg => "1.1",
            Self::AiTxt => "of 2023",
            Self::Spdx3 => "3.0.1",
            Self::CycloneDx => "1.7",
        }
    }

    /// What kind of thing a text in it is.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Aipref | Self::CcSignals | Self::ContentSignals | Self::AiTxt => Kind::Preference,
            Self::TdmRep => Kind::Reservation,
            Self::Rsl => Kind::LicenceTerms,
            Self::Cawg => Kind::Assertion,
            Self::Spdx3 | Self::CycloneDx => Kind::SbomField,
        }
    }

    /// Writes terms in it.
    pub fn write(self, terms: &AiTerms, subject: &Subject<'_>) -> Translation {
        let kept = self.kept(terms);
        let text = if kept == AiTerms::default() {
            String::new()
        } else {
            self.write_kept(&kept, terms, subject)
        };
        Translation {
            text,
            losses: self.losses(terms),
        }
    }

    fn write_kept(self, kept: &AiTerms, all: &AiTerms, subject: &Subject<'_>) -> String {
        match self {
            Self::Aipref | Self::CcSignals => aipref::write(kept),
            Self::ContentSignals => content_signals::write(kept),
            Self::TdmRep => tdmrep::write(kept),
            Self::Rsl => rsl::write(kept, subject),
            Self::Cawg => cawg::write(kept, all),
            Self::AiTxt => ai_txt::write(kept),
            Self::Spdx3 => spdx3::write(kept, subject),
            Self::CycloneDx => cyclonedx::write(kept, subject),
        }
    }

    /// Reads what a text in it says of the whole. A blank text says nothing.
    ///
    /// A refusal for a part counts for the whole, a permission for a part does not; of several statements the most
    /// restrictive wins.
    ///
    /// # Errors
    ///
    /// Why it is not a text in this vocabulary. What cannot be read permits nothing.
    pub fn read(self, text: &str) -> Result<AiTerms, Unreadable> {
        if text.trim().is_empty() {
            return Ok(AiTerms::default());
        }
        match self {
            Self::Aipref | Self::CcSignals => aipref::read(text),
            Self::ContentSignals => Ok(content_signals::read(text)),
            Self::TdmRep => tdmrep::read(text),
            Self::Rsl => rsl::read(text),
            Self::Cawg => cawg::read(text),
            Self::AiTxt => ai_txt::read(text),
            Self::Spdx3 => spdx3::read(text),
            Self::CycloneDx => cyclonedx::read(text),
        }
    }
}

impl fmt::Display for Vocabulary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for Vocabulary {
    type Err = UnknownVocabulary;

    fn from_str(text: &str) -> Result<Self, UnknownVocabulary> {
        let named = Self::ALL.iter().copied().find(|vocabulary| vocabulary.as_str() == text);
        named.ok_or(UnknownVocabulary)
    }
}
