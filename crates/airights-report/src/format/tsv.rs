//! For spreadsheets: values separated by tabs, below a heading.

use std::io::{self, Write};

use super::{Document, Format, Kind, unsupported};
use crate::{Terminal, list};

pub(super) const FORMAT: Format = Format {
    name: "tsv",
    about: "For spreadsheets: one line a crate, columns separated by tabs",
    kinds: &[Kind::Inventory],
    write,
};

fn write(document: &Document<'_>, _: Terminal, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Inventory(report, listing) => list::write_tsv(report, listing, out),
        _ => unsupported(),
    }
}
