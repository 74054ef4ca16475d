//! Explanations: of a rule, of a package with all that is known of it, and of the words of policies.

mod facts;
mod meaning;
mod package;
mod rule;
mod words;

pub use package::{Known, write_package};
pub use rule::write_rule;
pub use words::{write_class, write_license, write_use};

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
        self.write_beside(&format!("  {:NAME_WIDTH$} ", visible(name)), value)
    }

    /// What belongs to the value above.
    fn detail(&mut self, detail: &str) -> io::Result<()> {
        self.write_beside(&format!("  {:NAME_WIDTH$}   ", ""), detail)
    }

    fn write_beside(&mut self, before: &str, text: &str) -> io::Result<()> {
        let columns = before.chars().count();
        let text = self.terminal.wrap(visible(text), columns);
        let text = text.replace('\n', &format!("\n{}", " ".repeat(columns)));
        writeln!(self.out, "{before}{text}")
    }

    fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}
