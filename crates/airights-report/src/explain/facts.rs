//! What was read in a package: its manifest, its license texts, and what could not be read.

use std::io;

use airights::PackageFacts;
use airights::facts::{Declared, LicenseText, Modification, TextKind, TextPlace};

use super::Sheet;
use crate::place::lines_in_words;

/// What the manifest declares.
pub(super) fn declared(facts: &PackageFacts) -> String {
    match &facts.declared {
        Declared::Absent => match &facts.license_file {
            Some(file) => format!("no expression; `license-file` is {file}"),
            None => "nothing".to_owned(),
        },
        Declared::Unreadable { raw, reason, .. } => format!("{raw} (not a license expression: {reason})"),
        Declared::Expression(declared) => declared.raw.clone(),
    }
}

/// The license texts, each with what was read in it.
pub(super) fn write_texts(sheet: &mut Sheet<'_>, facts: &PackageFacts) -> io::Result<()> {
    if facts.texts.is_empty() {
        sheet.value("texts", "none")?;
    }
    for (index, text) in facts.texts.iter().enumerate() {
        let name = if index == 0 { "texts" } else { "" };
        sheet.value(name, &format!("{}: {}", text.path, in_words(text)))?;
        sheet.detail(&format!("sha256 {}", text.sha256))?;
        for found in &text.licenses {
            let changed = match (found.exact, found.modification) {
                (_, Modification::Clauses) => "with AI clauses added",
                (_, Modification::Unclassified) => "with changed terms that we could not classify",
                (true, Modification::None) => "word for word",
                (false, Modification::None) => "its terms unchanged",
            };
            sheet.detail(&format!("{}: {}, {changed}", lines_in_words(found.lines), found.id))?;
        }
        for residue in &text.residue {
            let weight = if residue.operative {
                "prohibitions, duties or conditions that we could not classify"
            } else {
                "text that we could not classify"
            };
            let (lines, words) = (lines_in_words(residue.excerpt.lines), residue.excerpt.one_line());
            sheet.detail(&format!("{lines}: {weight}: “{words}”"))?;
        }
    }
    for problem in &facts.problems {
        sheet.value("not read", &format!("{} {}", problem.path, problem.kind))?;
    }
    for archive in &facts.archives {
        sheet.value("not opened", &format!("{archive}, an archive"))?;
    }
    Ok(())
}

fn in_words(text: &LicenseText) -> String {
    let expression = text.expression.as_deref().unwrap_or("no known license");
    match text.place {
        TextPlace::Own if text.kind == TextKind::Header => format!("{expression} (of source files)"),
        TextPlace::Own => expression.to_owned(),
        TextPlace::Bundled => format!("{expression} (of code vendored inside)"),
    }
}
