//! The same AI terms in other vocabularies: written, and read back.
//!
//! One file a vocabulary, each with a `write` and a `read`. What a vocabulary has words for stands in one table,
//! [`reach`]: terms are first cut down to it ([`Vocabulary::kept`]), the difference is what the translation loses
//! ([`Vocabulary::losses`]), and the writers put down exactly what is kept. A translation never widens: what cannot be
//! said exactly is said more restrictively or not at all.
//!
//! Where the terms come from, and where the text goes, is for others.

mod aipref;
mod content_signals;
mod gathered;
mod losses;
mod reach;
mod robots;
mod tdmrep;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use airights::declaration::AiTerms;

pub use losses::{Item, Loss, Lost};
pub use reach::{Place, Reach, Words};

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
}

impl Kind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preference => "preference",
            Self::Reservation => "reservation",
        }
    }
}

/// The package whose terms they are, as far as a vocabulary names it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Where it is published, such as its repository.
    pub url: Option<&'a str>,
    /// Its `license` expression.
    pub license: Option<&'a str>,
    /// The texts behind the `LicenseRef-…` and `AdditionRef-…` of that expression, by their ids.
    pub license_texts: &'a [(&'a str, &'a str)],
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
    pub const ALL: &'static [Self] = &[Self::Aipref, Self::CcSignals, Self::ContentSignals, Self::TdmRep];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aipref => "aipref",
            Self::CcSignals => "cc-signals",
            Self::ContentSignals => "content-signals",
            Self::TdmRep => "tdmrep",
        }
    }

    /// What it is, and where it is put, in one line.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Aipref => "the `Content-Usage` field, as an HTTP header or in a group of robots.txt",
            Self::CcSignals => "the `Content-Usage` field with the conditions of Creative Commons",
            Self::ContentSignals => "the `Content-Signal` line in a group of robots.txt",
            Self::TdmRep => "the file `.well-known/tdmrep.json` of a site",
        }
    }

    /// The version that is written.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Aipref => "draft-ietf-aipref-vocab-07, draft-ietf-aipref-attach-05",
            Self::CcSignals => "0.1, on draft-ietf-aipref-vocab-07",
            Self::ContentSignals => "of September 2025",
            Self::TdmRep => "TDM Reservation Protocol, final report of the W3C community group",
        }
    }

    /// What kind of thing a text in it is.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Aipref | Self::CcSignals => Kind::Preference,
            Self::ContentSignals | Self::TdmRep => Kind::Reservation,
        }
    }

    /// Writes terms in it.
    pub fn write(self, terms: &AiTerms, subject: &Subject<'_>) -> Translation {
        let kept = self.kept(terms);
        let text = if kept == AiTerms::default() {
            String::new()
        } else {
            self.write_kept(&kept, subject)
        };
        Translation {
            text,
            losses: self.losses(terms),
        }
    }

    fn write_kept(self, kept: &AiTerms, _subject: &Subject<'_>) -> String {
        match self {
            Self::Aipref | Self::CcSignals => aipref::write(kept),
            Self::ContentSignals => content_signals::write(kept),
            Self::TdmRep => tdmrep::write(kept),
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
