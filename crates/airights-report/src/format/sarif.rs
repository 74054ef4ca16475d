//! For code scanning: SARIF 2.1.0.

use std::io::{self, Write};

use super::{Document, Format, Kind, unsupported};
use crate::{Terminal, sarif};

pub(super) const FORMAT: Format = Format {
    name: "sarif",
    about: "For code scanning: SARIF 2.1.0",
    kinds: &[Kind::Report, Kind::Failure],
    write,
};

fn write(document: &Document<'_>, _: Terminal, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Report(report) => sarif::write(report, out),
        Document::Failure(failure) => sarif::write_failure(failure, out),
        _ => unsupported(),
    }
}
