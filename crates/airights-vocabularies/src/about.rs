//! The vocabularies there are: what each is called, what kind of thing it is, and which version is written.

use std::fmt;
use std::str::FromStr;

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
    /// Terms of a license that is offered.
    LicenseTerms,
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
            Self::LicenseTerms => "license terms",
            Self::Assertion => "assertion",
            Self::SbomField => "SBOM field",
        }
    }
}

/// What is to be told of a vocabulary.
struct About {
    name: &'static str,
    kind: Kind,
    description: &'static str,
    version: &'static str,
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

    const fn about(self) -> About {
        match self {
            Self::Aipref => About {
                name: "aipref",
                kind: Kind::Preference,
                description: "the `Content-Usage` field, as an HTTP header or in a group of `robots.txt`",
                version: "draft-ietf-aipref-vocab-07, draft-ietf-aipref-attach-05",
            },
            Self::CcSignals => About {
                name: "cc-signals",
                kind: Kind::Preference,
                description: "the `Content-Usage` field with the conditions of Creative Commons",
                version: "0.1, on draft-ietf-aipref-vocab-07",
            },
            Self::ContentSignals => About {
                name: "content-signals",
                kind: Kind::Preference,
                description: "the `Content-Signal` line in a group of `robots.txt`",
                version: "of September 2025",
            },
            Self::TdmRep => About {
                name: "tdmrep",
                kind: Kind::Reservation,
                description: "the file `.well-known/tdmrep.json` of a site",
                version: "TDM Reservation Protocol, final report",
            },
            Self::Rsl => About {
                name: "rsl",
                kind: Kind::LicenseTerms,
                description: "an XML document of Really Simple Licensing, to which a `License` line of `robots.txt` points",
                version: "1.0",
            },
            Self::Cawg => About {
                name: "cawg",
                kind: Kind::Assertion,
                description: "`cawg.training-mining` in a C2PA manifest",
                version: "1.1",
            },
            Self::AiTxt => About {
                name: "ai-txt",
                kind: Kind::Preference,
                description: "Spawning's file `ai.txt` at the root of a site",
                version: "of 2023",
            },
            Self::Spdx3 => About {
                name: "spdx3",
                kind: Kind::SbomField,
                description: "elements for the `@graph` of an SPDX document",
                version: "3.0.1",
            },
            Self::CycloneDx => About {
                name: "cyclonedx",
                kind: Kind::SbomField,
                description: "a CycloneDX bill of materials with properties",
                version: "1.7",
            },
        }
    }

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        self.about().name
    }

    /// What kind of thing a text in it is.
    pub const fn kind(self) -> Kind {
        self.about().kind
    }

    /// What it is, and where it is put, in one line.
    pub const fn description(self) -> &'static str {
        self.about().description
    }

    /// The version that is written.
    pub const fn version(self) -> &'static str {
        self.about().version
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
