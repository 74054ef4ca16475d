//! Writes JSON that is safe to show: indented, and with hidden characters as `\u` escapes, so that untrusted text in a
//! string neither reaches a terminal's controls nor reorders what is read, and no build service takes it for a command.
//! Parsers see the same values.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::log::next_mark;
use super::text::is_hidden;

/// Writes a value, and a line end behind it.
///
/// # Errors
///
/// What the writer says.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    // Our wire types hold nothing that JSON cannot, so what fails here is the writer.
    value
        .serialize(&mut Serializer::with_formatter(&mut *out, Safe(PrettyFormatter::new())))
        .map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// A value as [`write()`] writes it.
///
/// # Panics
///
/// If the value cannot be JSON, such as a map whose keys are no strings.
pub fn to_string(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    write(value, &mut out).expect("the value can be JSON, and a vector takes everything");
    String::from_utf8(out).expect("JSON is text")
}

/// Indents as `serde_json` does, and escapes more of a string.
struct Safe(PrettyFormatter<'static>);

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        // Every hidden character below U+0080 but DEL is escaped by `serde_json` itself before it gets here.
        while let Some(at) = rest.find(is_hidden).into_iter().chain(next_mark(rest)).min() {
            writer.write_all(&rest.as_bytes()[..at])?;
            let escaped = rest[at..].chars().next().unwrap_or_default();
            for unit in escaped.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + escaped.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hidden_characters_are_escaped_and_parse_back() {
        let value = "a\u{1b}[0m\u{9b}\u{7f}\u{202e}\u{e0041}é##[error]";
        let text = super::to_string(&value);
        assert_eq!(
            text,
            "\"a\\u001b[0m\\u009b\\u007f\\u202e\\udb40\\udc41é\\u0023#[error]\"\n"
        );
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), value);
    }
}
