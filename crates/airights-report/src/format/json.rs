//! For programs.

use std::io::{self, Write};

use super::{Document, Format, Kind};
use crate::{Terminal, diff, json, list, publish, reading, suggest};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "For programs",
    kinds: Kind::ALL,
    write,
};

fn write(document: &Document<'_>, _: Terminal, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Report(report) => json::write(report, out),
        Document::Inventory(report, listing) => list::write_json(report, listing, out),
        Document::Comparison(comparison) => diff::write_json(comparison, out),
        Document::Suggestions(suggestions) => suggest::write_json(suggestions, out),
        Document::Publication { report, .. } => publish::write_json(report, out),
        Document::Texts(texts) => reading::write_json(texts, out),
        Document::Failure(failure) => json::write_failure(failure, out),
    }
}
