//! Explanations: of a rule, and of one package: what is known of it, how it was judged, and why.

mod facts;
mod package;
mod rule;

pub use package::write_package;
pub use rule::write_rule;

use std::io::{self, Write};

use anstyle::Style;

use super::Terminal;
use super::escape::visible;

/// A list of named values under a heading, as in
///
/// ```text
/// license
///   declared   MIT
/// ```
struct Sheet<'a> {
    terminal: Terminal,
    out: &'a mut dyn Write,
}

/// Columns for the names of values.
const NAME_WIDTH: usize = 16;

impl Sheet<'_> {
    fn heading(&mut self, heading: &str) -> io::Result<()> {
        let heading = self.terminal.paint(Style::new().bold(), &visible(heading));
        writeln!(self.out, "{heading}")
    }

    /// A value with its name; all of it may be untrusted.
    fn value(&mut self, name: &str, value: &str) -> io::Result<()> {
        writeln!(self.out, "  {:NAME_WIDTH$} {}", visible(name), visible(value))
    }

    /// What belongs to the value above.
    fn detail(&mut self, detail: &str) -> io::Result<()> {
        writeln!(self.out, "  {:NAME_WIDTH$}   {}", "", visible(detail))
    }

    fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}
