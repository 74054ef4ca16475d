//! What reading a text yields: the parts of it, and what the whole amounts to.
//!
//! The parts ([`Match`], [`Clause`], [`Harmless`], [`Residue`]) together cover every word of the input (invariant 8 of
//! ARCHITECTURE.md). This file only says what a reading *is*; how it comes about is the other modules' business.

use std::ops::Range;

pub use crate::plain::DisguiseKind;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// A stretch of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Byte range in the text that was read; both ends are on character boundaries.
    pub bytes: Range<usize>,
    /// First and last line, 1-based and inclusive.
    pub lines: (u32, u32),
}

/// What a text says, with nothing left out.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Reading {
    /// The licences and exceptions found, in the order of the text.
    pub matches: Vec<Match>,
    /// What the text says of AI uses.
    pub clauses: Vec<Clause>,
    /// Words that carry no terms: titles, descriptions, copyright lines, pointers, separators.
    pub harmless: Vec<Harmless>,
    /// Words nobody has classified.
    pub residue: Vec<Residue>,
    /// Words whose letters are not what they seem, which were read as what they look like: the first few, in order.
    pub disguises: Vec<Disguise>,
    /// The licenses that running words, tags and addresses name, in the order of the text.
    pub named: Vec<Named>,
    /// What the text amounts to, with modified licenses under the id of what was modified.
    pub(crate) base: Option<String>,
}

impl Reading {
    /// The SPDX expression that the text amounts to; `None` where it holds no license that is known, and where one of
    /// them was modified: then the terms are not those that its id stands for.
    pub fn expression(&self) -> Option<&str> {
        self.base_expression().filter(|_| !self.is_modified())
    }

    /// The SPDX expression that the text was made from: [`expression`](Self::expression) where nothing was modified;
    /// otherwise with each modified license under the id of the one that was changed, as [`Match::modification`] says.
    pub fn base_expression(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// Whether any licence in the text was changed in an operative way.
    pub fn is_modified(&self) -> bool {
        self.matches
            .iter()
            .any(|found| found.modification != Modification::None)
    }
}

/// A licence or exception found in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// SPDX id, or a `LicenseRef-…` of the catalogue.
    pub id: &'static str,
    /// Whether `id` names a licence or an exception to one.
    pub kind: MatchKind,
    /// Word for word the published text, apart from what may vary (copyright lines, spelling, layout).
    pub exact: bool,
    /// Whether the terms were changed.
    pub modification: Modification,
    /// Where its words are; several where other text stands between.
    pub spans: Vec<Span>,
    /// Where it differs from the published text, in the order of the words; not the names in the places that the text
    /// leaves open for them.
    pub changes: Vec<Change>,
}

/// A place where a text differs from the published one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words that stand there; no bytes at the place where words are missing.
    pub span: Span,
    /// The words of the published text that are not there, in lower case; `None` where they are not known.
    pub missing: Option<String>,
    /// Whether the terms are others by it.
    pub operative: bool,
}

/// A license that a text names without holding its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What is named, as an expression of present SPDX ids.
    pub licenses: String,
    /// What is put under it.
    pub part: Part,
    /// Where.
    pub span: Span,
}

/// The part of a work that a statement is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// All of it, or its code; also where nothing is said of a part.
    #[default]
    Whole,
    /// Its documentation.
    Documentation,
    /// Its tests, benchmarks and examples.
    Tests,
    /// What it takes to build it.
    BuildTools,
    /// Pictures, fonts and the like.
    Media,
}

impl Part {
    /// The name under which it appears in output for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Documentation => "documentation",
            Self::Tests => "tests",
            Self::BuildTools => "build-tools",
            Self::Media => "media",
        }
    }
}

/// What a [`Match`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// A licence.
    License,
    /// An exception or addition to a licence, as it follows `WITH`.
    Exception,
}

/// How the terms of a licence found in a text differ from its published ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modification {
    /// They do not.
    None,
    /// AI clauses were added, and every other word is accounted for.
    Clauses,
    /// Words of prohibition, duty or condition were added, removed or changed that nobody has classified.
    Unclassified,
}

/// What the text says of one AI use.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The use it speaks of.
    pub ai_use: AiUse,
    /// What it says.
    pub value: UseValue,
    /// What a conditional value asks for; sorted, empty otherwise.
    pub conditions: Vec<Condition>,
    /// How it says so.
    pub modality: Modality,
    /// Where it says so.
    pub span: Span,
    /// Words beside it that belong to it: "subject to the following condition:", "any violation of this condition …".
    pub context: Vec<Span>,
    /// Index into [`Reading::matches`] of the licence whose text it stands in; `None`: it speaks of the whole work.
    pub of_match: Option<usize>,
}

/// The force of a clause's own wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// "may not be used to train"
    Prohibit,
    /// "permission to train is granted"
    Permit,
    /// "if you train, you must"
    Condition,
    /// "text and data mining is reserved" (EU 2019/790 Art. 4(3))
    Reserve,
    /// A machine-readable signal: `Content-Usage: train-ai=n`, `noai`, …
    Signal,
}

impl Modality {
    /// How a value is said in so many words. Silence is not said, and counts with what permits nothing.
    pub const fn in_words(value: UseValue) -> Self {
        match value {
            UseValue::Allowed => Self::Permit,
            UseValue::Conditional => Self::Condition,
            UseValue::Disallowed | UseValue::Unknown => Self::Prohibit,
        }
    }
}

/// Words without terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Harmless {
    /// What they are.
    pub kind: HarmlessKind,
    /// Where they are.
    pub span: Span,
}

/// The kinds of words that carry no terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HarmlessKind {
    /// "The MIT License (MIT)", or words that only describe
    Title,
    /// "Copyright (c) 2020 Somebody. All rights reserved."
    Copyright,
    /// "See LICENSE-MIT", an address, an SPDX tag
    Pointer,
    /// A rule of dashes, comment leaders, white space
    Separator,
}

/// Words nobody has classified.
#[derive(Clone, Debug, PartialEq)]
pub struct Residue {
    /// Where they are.
    pub span: Span,
    /// Whether they hold words of prohibition, duty or condition ("shall not", "must", "provided that").
    pub operative: bool,
}

/// A word, or a character between words, that is shown as something else than it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disguise {
    /// How.
    pub kind: DisguiseKind,
    /// Where it is.
    pub span: Span,
}
