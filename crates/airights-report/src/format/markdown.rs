//! For a pull request.

use std::io::{self, Write};

use super::{Document, Format, Kind, unsupported};
use crate::{Terminal, diff};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "For a pull request",
    kinds: &[Kind::Comparison],
    write,
};

fn write(document: &Document<'_>, _: Terminal, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Comparison(comparison) => diff::write_markdown(comparison, out),
        _ => unsupported(),
    }
}
