//! Keeps a log from being taken for commands: services that build read a job's output, and obey what looks like theirs.
//!
//! GitHub's runner takes a line that begins with `::` after blanks for a command, and `##[` anywhere in it; Azure Pipelines
//! `##vso[`, and others `##teamcity[`. Untrusted text that is quoted may have either, so one letter of it is spelled out.

use std::borrow::Cow;
use std::io::{self, Write};

/// Passes lines on as they are, but for what would be taken for a command.
#[derive(Debug)]
pub struct Lines<W> {
    inner: W,
    line: Vec<u8>,
}

impl<W: Write> Lines<W> {
    /// Lines for this writer.
    pub const fn new(inner: W) -> Self {
        Self {
            inner,
            line: Vec::new(),
        }
    }

    /// The writer. What it has not got yet is lost.
    pub fn into_inner(self) -> W {
        self.inner
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        match std::str::from_utf8(&line) {
            Ok(line) => self.inner.write_all(neutral(line).as_bytes()),
            Err(_) => self
                .inner
                .write_all(neutral(&String::from_utf8_lossy(&line)).as_bytes()),
        }
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.inner.flush()
    }
}

/// A line in which nothing is a command.
pub fn neutral(line: &str) -> Cow<'_, str> {
    let begins = line.len() - line.trim_start().len();
    // What follows the colons names the command; a third colon names none, and marks a place in our messages.
    let is_command = line[begins..].starts_with("::") && !line[begins..].starts_with("::: ");
    if !is_command && next_mark(line).is_none() {
        return Cow::Borrowed(line);
    }
    let (mut shown, mut rest) = (String::new(), line);
    if is_command {
        shown = format!("{}\\u{{3a}}", &line[..begins]);
        rest = &line[begins + 1..];
    }
    while let Some(at) = next_mark(rest) {
        shown += &rest[..=at];
        shown += "\\u{23}";
        rest = &rest[at + 2..];
    }
    shown += rest;
    Cow::Owned(shown)
}

/// Where the next `##NAME[` begins.
pub(crate) fn next_mark(text: &str) -> Option<usize> {
    text.match_indices("##").map(|(at, _)| at).find(|at| {
        let behind = text[at + 2..].trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
        behind.starts_with('[')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_service_would_obey_is_spelled_out() {
        for (line, shown) in [
            ("  ::: LICENSE:5:11\n", "  ::: LICENSE:5:11\n"),
            ("::error::x\n", "\\u{3a}:error::x\n"),
            ("\u{a0}  ::set-output name=a::b", "\u{a0}  \\u{3a}:set-output name=a::b"),
            (
                "a ##[error]b ##vso[task.x]c ##teamcity[d]",
                "a #\\u{23}[error]b #\\u{23}vso[task.x]c #\\u{23}teamcity[d]",
            ),
            ("::##[a]", "\\u{3a}:#\\u{23}[a]"),
        ] {
            assert_eq!(neutral(line), shown);
        }
    }

    #[test]
    fn everything_else_stays() {
        for line in [
            "",
            "std::fmt\n",
            "## A heading [1]\n",
            "# a [b]",
            "### c",
            "##",
            "a: ::b",
        ] {
            assert_eq!(neutral(line), line);
        }
    }

    #[test]
    fn lines_are_found_however_they_are_written() {
        let mut lines = Lines::new(Vec::new());
        for part in [":", ":a\n ", " ::b\n#", "#[c]", "\nd", "::e"] {
            lines.write_all(part.as_bytes()).unwrap();
        }
        lines.flush().unwrap();
        let shown = String::from_utf8(lines.into_inner()).unwrap();
        assert_eq!(shown, "\\u{3a}:a\n  \\u{3a}:b\n#\\u{23}[c]\nd::e");
    }
}
