//! Files for machines that say the terms in vocabularies of their own, next to the code.

use std::path::PathBuf;

use airights::UseValue;
use airights::declaration::AiTerms;
use airights_cargo::workspace::Member;
use airights_report::declare::CarrierKind;
use airights_vocabularies::{Kind, Loss, Subject, Vocabulary};

use super::files::Files;
use super::marked::Marks;
use crate::commands::failure::Failure;

/// A file for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// `ai.txt`
    AiTxt,
    /// `tdmrep.json`
    TdmRep,
    /// A group of `robots.txt`
    Robots,
}

/// A file that was written, and what the translation into it loses.
pub(super) struct Written {
    pub(super) path: PathBuf,
    pub(super) losses: Vec<Loss>,
}

const ROBOTS: Marks = Marks {
    begin: "# cargo-airights: what Cargo.toml declares; `cargo airights declare` keeps it in step\n",
    end: "# cargo-airights: end\n",
};

impl Signal {
    pub(super) const ALL: [Self; 3] = [Self::AiTxt, Self::TdmRep, Self::Robots];

    /// The vocabulary it is written in.
    fn vocabulary(self) -> Vocabulary {
        match self {
            Self::AiTxt => Vocabulary::AiTxt,
            Self::TdmRep => Vocabulary::TdmRep,
            // As AIPREF has it, with the conditions that Creative Commons adds.
            Self::Robots => Vocabulary::CcSignals,
        }
    }

    /// What it is to whoever reads it: a reservation is one only where something is reserved.
    pub(super) fn carrier(self, terms: &AiTerms) -> CarrierKind {
        let kept = self.vocabulary().kept(terms);
        let restricts = kept.uses.values().any(|said| said.value > UseValue::Unknown);
        match self.vocabulary().kind() {
            Kind::Reservation if restricts => CarrierKind::Reservation,
            _ => CarrierKind::Signal,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::AiTxt => "ai.txt",
            Self::TdmRep => "tdmrep.json",
            Self::Robots => "robots.txt",
        }
    }

    /// Writes it, where it is asked for or there already as we write it.
    pub(super) fn write(
        self,
        files: &mut Files,
        member: &Member,
        terms: &AiTerms,
        is_asked_for: bool,
    ) -> Result<Option<Written>, Failure> {
        let path = member.directory().join(self.path());
        let there = files.text(&path)?;
        let is_ours = there.as_deref().is_some_and(|text| self.is_ours(text, member));
        if !is_ours && !is_asked_for {
            return Ok(None);
        }
        let translation = self.vocabulary().write(terms, &subject(member));
        if translation.text.is_empty() && !is_ours {
            return Err(Failure::new(
                format!("`{}` has no words for what is declared", self.path()),
                Some("say something of training or of input, or leave it out".to_owned()),
            ));
        }
        let text = match (self, there) {
            (Self::Robots, there) => {
                let group = format!("User-Agent: *\n{}", translation.text);
                ROBOTS.put(there.as_deref().unwrap_or_default(), &group)
            }
            (_, Some(_)) if !is_ours => {
                return Err(Failure::new(
                    format!("`{}` is there already, and not as it would be written", path.display()),
                    Some("move it away, or leave it as it is".to_owned()),
                ));
            }
            _ => translation.text,
        };
        files.put(&path, Some(text).filter(|text| !text.is_empty()))?;
        Ok(Some(Written {
            path,
            losses: translation.losses,
        }))
    }

    /// Whether a file is one that we have written: with our marks, or just what its own terms are written as.
    fn is_ours(self, text: &str, member: &Member) -> bool {
        if self == Self::Robots {
            return ROBOTS.are_in(text);
        }
        let terms = self.vocabulary().read(text);
        terms.is_ok_and(|terms| self.vocabulary().write(&terms, &subject(member)).text == text)
    }
}

/// The package whose terms they are.
pub(super) fn subject(member: &Member) -> Subject<'_> {
    Subject {
        name: &member.name,
        version: &member.version,
        url: member.repository.as_deref(),
        license: member.license.as_deref(),
        license_texts: &[],
    }
}
