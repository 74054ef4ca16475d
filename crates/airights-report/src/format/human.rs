//! For people.

use std::io::{self, Write};

use super::{Document, Format, Kind};
use crate::{Terminal, diff, failure, human, list, publish, reading, suggest};

pub(super) const FORMAT: Format = Format {
    name: "human",
    about: "For people",
    kinds: Kind::ALL,
    write,
};

fn write(document: &Document<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Report(report) => human::write(report, terminal, out),
        Document::Inventory(report, listing) => list::write_human(report, listing, terminal, out),
        Document::Comparison(comparison) => diff::write_human(comparison, terminal, out),
        Document::Suggestions(suggestions) => suggest::write_human(suggestions, terminal, out),
        Document::Publication { report, quiet } => publish::write_human(report, *quiet, terminal, out),
        Document::Texts(texts) => reading::write_human(texts, terminal, out),
        Document::Failure(failure) => failure::write_human(failure, terminal, out),
    }
}
