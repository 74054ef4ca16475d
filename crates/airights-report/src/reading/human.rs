//! The reading for people: every line of the text beside what it is.

use std::io::{self, Write};

use airights_text::{AiUse, HarmlessKind, Modification, Reading, Span, UseValue};
use anstyle::{AnsiColor, Style};

use super::{ReadText, value_of};
use crate::Terminal;
use crate::escape::visible;

/// Writes each reading: what the text amounts to, what it says of AI uses, then its lines.
///
/// # Errors
///
/// What the writer says.
pub fn write(texts: &[ReadText], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for (number, read) in texts.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_one(read, terminal, out)?;
    }
    Ok(())
}

fn write_one(read: &ReadText, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{}: {}", visible(&read.path), summary(read));
    writeln!(out, "{}", terminal.paint(Style::new().bold(), &title))?;
    for &ai_use in AiUse::ALL {
        let value = value_of(&read.reading, ai_use);
        if value != UseValue::Unknown {
            writeln!(out, "  {ai_use}: {value}")?;
        }
    }
    let marks = marks(&read.reading);
    let width = marks.iter().map(|mark| mark.label.len()).max().unwrap_or_default();
    let digits = read.text.lines().count().to_string().len();
    for (number, line) in (1..).zip(read.text.lines()) {
        let mark = marks.iter().find(|mark| mark.covers(number));
        let (label, style) = mark.map_or(("", Style::new()), |mark| (mark.label.as_str(), mark.style));
        let label = terminal.paint(style, &format!("{label:width$}"));
        writeln!(
            out,
            "{}",
            format!("{number:digits$} {label} | {}", visible(line)).trim_end()
        )?;
    }
    Ok(())
}

fn summary(read: &ReadText) -> String {
    let reading = &read.reading;
    if !read.is_license {
        return match reading.clauses.len() {
            0 => "no license file, and says nothing of AI".to_owned(),
            _ => "no license file; what it says of AI".to_owned(),
        };
    }
    let expression = reading
        .base_expression()
        .map_or("no known license".to_owned(), |text| format!("`{text}`"));
    let modified = if reading.is_modified() { ", modified" } else { "" };
    let residue = match reading.residue.len() {
        0 => String::new(),
        1 => ", 1 passage that we could not classify".to_owned(),
        count => format!(", {count} passages that we could not classify"),
    };
    format!("{expression}{modified}{residue}")
}

/// What some lines are.
struct Mark {
    label: String,
    style: Style,
    lines: (u32, u32),
}

impl Mark {
    fn new(label: impl Into<String>, color: AnsiColor, span: &Span) -> Self {
        Self {
            label: label.into(),
            style: color.on_default(),
            lines: span.lines,
        }
    }

    fn covers(&self, line: u32) -> bool {
        (self.lines.0..=self.lines.1).contains(&line)
    }
}

/// Every part with its lines, most telling first: a line that is several things is shown as the first of them.
fn marks(reading: &Reading) -> Vec<Mark> {
    let clauses = reading.clauses.iter().map(|clause| {
        let color = if clause.value == UseValue::Allowed {
            AnsiColor::Green
        } else {
            AnsiColor::Red
        };
        Mark::new(format!("{} {}", clause.ai_use, clause.value), color, &clause.span)
    });
    let residue = reading.residue.iter().map(|residue| {
        let label = if residue.operative {
            "unclassified terms"
        } else {
            "unclassified"
        };
        Mark::new(label, AnsiColor::Yellow, &residue.span)
    });
    let matches = reading.matches.iter().flat_map(|found| {
        let modified = if found.modification == Modification::None {
            ""
        } else {
            ", modified"
        };
        found
            .spans
            .iter()
            .map(move |span| Mark::new(format!("{}{modified}", found.id), AnsiColor::Cyan, span))
    });
    let changes = reading.matches.iter().flat_map(|found| &found.changes);
    let changes = changes.filter(|change| change.operative).map(|change| {
        let label = match change.missing.as_deref() {
            None | Some("") => "changed".to_owned(),
            Some(missing) => format!("changed; published: {missing}"),
        };
        Mark::new(label, AnsiColor::Red, &change.span)
    });
    let harmless = reading.harmless.iter().map(|harmless| {
        let label = match harmless.kind {
            HarmlessKind::Title => "title",
            HarmlessKind::Copyright => "copyright",
            HarmlessKind::Pointer => "pointer",
            HarmlessKind::Separator => "",
        };
        Mark::new(label, AnsiColor::BrightBlack, &harmless.span)
    });
    clauses
        .chain(changes)
        .chain(residue)
        .chain(matches)
        .chain(harmless)
        .collect()
}
