//! The table of formats, and what can be written in them.
//!
//! A format is a file of `format/`: it takes a [`Document`], whatever kind it is of, and writes those kinds that it has
//! a form for. One row of [`FORMATS`] makes it known to every command.

mod human;
mod json;
mod markdown;
mod sarif;
mod tsv;

use std::io::{self, Write};

use crate::diff::Comparison;
use crate::failure::Failure;
use crate::list::Listing;
use crate::publish::PublishReport;
use crate::reading::ReadText;
use crate::suggest::Suggestions;
use crate::{Report, Terminal};

/// What can be written, with everything that a format may want of it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Document<'a> {
    /// What was judged.
    Report(&'a Report<'a>),
    /// What is in the graph.
    Inventory(&'a Report<'a>, &'a Listing),
    /// What differs between two states.
    Comparison(&'a Comparison<'a>),
    /// Ways out of what is denied.
    Suggestions(&'a Suggestions<'a>),
    /// What would be published.
    Publication {
        /// What was found.
        report: &'a PublishReport,
        /// Whether only what is denied is shown.
        quiet: bool,
    },
    /// What texts say.
    Texts(&'a [ReadText]),
    /// Why there is nothing else to write.
    Failure(&'a Failure<'a>),
}

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "they are those of `Document`")]
pub enum Kind {
    Report,
    Inventory,
    Comparison,
    Suggestions,
    Publication,
    Texts,
    Failure,
}

impl Kind {
    /// Every kind: what a format lists that has a form for all of them.
    const ALL: &'static [Self] = &[
        Self::Report,
        Self::Inventory,
        Self::Comparison,
        Self::Suggestions,
        Self::Publication,
        Self::Texts,
        Self::Failure,
    ];
}

impl Document<'_> {
    /// Of which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Report(_) => Kind::Report,
            Self::Inventory(..) => Kind::Inventory,
            Self::Comparison(_) => Kind::Comparison,
            Self::Suggestions(_) => Kind::Suggestions,
            Self::Publication { .. } => Kind::Publication,
            Self::Texts(_) => Kind::Texts,
            Self::Failure(_) => Kind::Failure,
        }
    }
}

/// A format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, as help shows it.
    pub about: &'static str,
    /// What it has a form for.
    pub kinds: &'static [Kind],
    write: fn(&Document<'_>, Terminal, &mut dyn Write) -> io::Result<()>,
}

/// Every format. The first is what is written where none is asked for.
pub static FORMATS: &[Format] = &[
    human::FORMAT,
    json::FORMAT,
    sarif::FORMAT,
    markdown::FORMAT,
    tsv::FORMAT,
];

impl Format {
    /// The formats that have a form for documents of this kind, in the order of the table.
    pub fn of(kind: Kind) -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().filter(move |format| format.kinds.contains(&kind))
    }

    /// The format of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes a document. Only what is for people cares what a terminal can show.
    ///
    /// # Errors
    ///
    /// What the writer says; [`io::ErrorKind::Unsupported`] where the format has no form for such a document.
    pub fn write(&self, document: &Document<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
        if !self.kinds.contains(&document.kind()) {
            return unsupported();
        }
        (self.write)(document, terminal, out)
    }
}

fn unsupported() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample_evaluation;

    #[test]
    fn every_name_is_its_own_and_every_kind_has_a_form_for_people_and_one_for_programs() {
        let kinds = [
            Kind::Report,
            Kind::Inventory,
            Kind::Comparison,
            Kind::Suggestions,
            Kind::Publication,
            Kind::Texts,
            Kind::Failure,
        ];
        for kind in kinds {
            let names: Vec<&str> = Format::of(kind).map(|format| format.name).collect();
            assert!(names.starts_with(&["human", "json"]), "{kind:?}: {names:?}");
        }
        for format in FORMATS {
            assert!(
                std::ptr::eq(Format::named(format.name).unwrap(), format),
                "{}",
                format.name
            );
        }
    }

    #[test]
    fn what_has_no_form_is_refused_and_what_has_one_is_written() {
        let sample = sample_evaluation();
        let report = sample.report();
        for format in FORMATS {
            let mut out = Vec::new();
            let written = format.write(&Document::Report(&report), Terminal::PLAIN, &mut out);
            assert_eq!(written.is_ok(), format.kinds.contains(&Kind::Report), "{}", format.name);
            assert_eq!(out.is_empty(), written.is_err(), "{}", format.name);
        }
    }
}
