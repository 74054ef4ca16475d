//! The same AI terms in other vocabularies: written, and read back.
//!
//! One file a vocabulary, each with a `write` and a `read`. What a vocabulary has words for stands in one table,
//! [`Reach`]: terms are first cut down to it ([`Vocabulary::kept`]), the difference is what the translation loses
//! ([`Vocabulary::losses`]), and the writers put down exactly what is kept. A translation never widens: what cannot be
//! said exactly is said more restrictively or not at all.
//!
//! Where the terms come from, and where the text goes, is for others.

mod about;
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
mod rsl;
mod spdx3;
mod subject;
mod tdmrep;

use std::fmt;

use airights::declaration::AiTerms;
use airights_text::signals::Signal;

use self::gathered::Gathered;
pub use about::{Kind, UnknownVocabulary, Vocabulary};
pub use losses::{Item, Loss, Lost};
pub use reach::{Place, Reach, Words};
pub use subject::Subject;

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
        Ok(self.gather(text)?.terms)
    }

    /// The same signal by signal, each with the words that say so. In assertions and bills of material nothing has a place
    /// of its own.
    ///
    /// # Errors
    ///
    /// As for [`Self::read`].
    pub fn signals(self, text: &str) -> Result<Vec<Signal>, Unreadable> {
        Ok(self.gather(text)?.signals)
    }

    fn gather(self, text: &str) -> Result<Gathered, Unreadable> {
        match self {
            Self::Aipref | Self::CcSignals => aipref::read(text),
            Self::ContentSignals => Ok(content_signals::read(text)),
            Self::TdmRep => tdmrep::read(text),
            Self::Rsl => rsl::read(text),
            Self::AiTxt => ai_txt::read(text),
            Self::Cawg => cawg::read(text),
            Self::Spdx3 => spdx3::read(text),
            Self::CycloneDx => cyclonedx::read(text),
        }
    }
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
