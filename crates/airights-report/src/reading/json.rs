//! The reading as JSON, version 1. The names are relied on by scripts; they change only by addition.

use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::Excerpt;
use airights_text::{AiUse, Modification, Span};
use serde::Serialize;

use super::{ReadText, value_of};
use crate::json;

/// Writes all readings as one document.
///
/// # Errors
///
/// What the writer says.
pub fn write(texts: &[ReadText], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        files: texts.iter().map(File::of).collect(),
    };
    json::safe::write(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    expression: Option<&'a str>,
    modified: bool,
    matches: Vec<Match>,
    named: Vec<Named>,
    clauses: Vec<Clause>,
    ai: BTreeMap<&'static str, &'static str>,
    residue: Vec<Residue>,
}

#[derive(Serialize)]
struct Match {
    id: &'static str,
    exact: bool,
    modified: bool,
    lines: (u32, u32),
    changes: Vec<Change>,
}

/// A place where a license differs from its published text.
#[derive(Serialize)]
struct Change {
    lines: (u32, u32),
    operative: bool,
    excerpt: String,
    /// The published words that are not there; `null` where only their number is known.
    missing: Option<String>,
}

/// A license that the text names without holding its text.
#[derive(Serialize)]
struct Named {
    expression: String,
    part: &'static str,
    lines: (u32, u32),
    excerpt: String,
}

#[derive(Serialize)]
struct Clause {
    #[serde(rename = "use")]
    ai_use: &'static str,
    value: &'static str,
    conditions: Vec<&'static str>,
    lines: (u32, u32),
    excerpt: String,
}

#[derive(Serialize)]
struct Residue {
    lines: (u32, u32),
    operative: bool,
    excerpt: String,
}

impl<'a> File<'a> {
    fn of(read: &'a ReadText) -> Self {
        let reading = &read.reading;
        let excerpt = |span: &Span| Excerpt::of(&read.path, &read.text, span.bytes.clone()).one_line();
        let matches = reading.matches.iter().map(|found| Match {
            id: found.id,
            exact: found.exact,
            modified: found.modification != Modification::None,
            lines: extent(&found.spans),
            changes: found
                .changes
                .iter()
                .map(|change| Change {
                    lines: change.span.lines,
                    operative: change.operative,
                    excerpt: excerpt(&change.span),
                    missing: change.missing.clone(),
                })
                .collect(),
        });
        let named = reading.named.iter().map(|named| Named {
            expression: named.licenses.clone(),
            part: named.part.as_str(),
            lines: named.span.lines,
            excerpt: excerpt(&named.span),
        });
        let clauses = reading.clauses.iter().map(|clause| Clause {
            ai_use: clause.ai_use.as_str(),
            value: clause.value.as_str(),
            conditions: clause.conditions.iter().map(|condition| condition.as_str()).collect(),
            lines: clause.span.lines,
            excerpt: excerpt(&clause.span),
        });
        let residue = reading.residue.iter().map(|residue| Residue {
            lines: residue.span.lines,
            operative: residue.operative,
            excerpt: excerpt(&residue.span),
        });
        Self {
            path: &read.path,
            expression: reading.base_expression(),
            modified: reading.is_modified(),
            matches: matches.collect(),
            named: named.collect(),
            clauses: clauses.collect(),
            ai: AiUse::ALL
                .iter()
                .map(|&ai_use| (ai_use.as_str(), value_of(reading, ai_use).as_str()))
                .collect(),
            residue: residue.collect(),
        }
    }
}

/// The first and the last line of several spans.
fn extent(spans: &[Span]) -> (u32, u32) {
    let first = spans.iter().map(|span| span.lines.0).min().unwrap_or_default();
    let last = spans.iter().map(|span| span.lines.1).max().unwrap_or_default();
    (first, last)
}
