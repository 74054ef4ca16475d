//! What was read in a package: its manifest, its license texts, and what could not be read.

use std::io;

use airights::account::SourceFate;
use airights::facts::{Declared, LicenseText, Modification, TextKind, TextPlace};

use super::{Known, Sheet};
use crate::place::lines_in_words;

/// What the manifest declares.
pub(super) fn declared(known: Known<'_>) -> String {
    let facts = known.facts;
    let declared = match &facts.declared {
        Declared::Absent => match &facts.license_file {
            Some(file) => format!("no expression; `license-file` is {file}"),
            None => "nothing".to_owned(),
        },
        Declared::Unreadable { raw, reason, .. } => format!("{raw} (not a license expression: {reason})"),
        Declared::Expression(declared) => declared.raw.clone(),
    };
    match &known.account.declared {
        Some(SourceFate::Clarified) => format!("{declared} → your clarification counts instead"),
        _ => declared,
    }
}

/// The license texts, each with what was read in it.
pub(super) fn write_texts(sheet: &mut Sheet<'_>, known: Known<'_>) -> io::Result<()> {
    let facts = known.facts;
    if facts.texts.is_empty() {
        sheet.value("texts", "none")?;
    }
    for (index, text) in facts.texts.iter().enumerate() {
        let name = if index == 0 { "texts" } else { "" };
        let fate = known.account.texts.get(index).map_or_else(String::new, fate_in_words);
        sheet.value(name, &format!("{}: {}{fate}", text.path, in_words(text)))?;
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

/// What a text adds to the license that counts; where it only says the same again, nothing is worth a word.
fn fate_in_words(fate: &SourceFate) -> String {
    let words = match fate {
        SourceFate::AddsNothing | SourceFate::OfBundledCode => return String::new(),
        SourceFate::Counts => "counts, since no license is declared".to_owned(),
        SourceFate::Joins(beyond) => format!("stricter than what is declared: `{beyond}` is joined to it"),
        SourceFate::Modifies => "its changes to the license count".to_owned(),
        SourceFate::Clarified => "your clarification counts instead".to_owned(),
        SourceFate::OfOtherMatters => "not counted, since it is not about the code".to_owned(),
        SourceFate::Undecided => "not counted, since what is declared cannot be read".to_owned(),
    };
    format!(" → {words}")
}

fn in_words(text: &LicenseText) -> String {
    let expression = text.expression.as_deref().unwrap_or("no known license");
    match text.place {
        TextPlace::Own if text.kind == TextKind::Header => format!("{expression} (of source files)"),
        TextPlace::Own => expression.to_owned(),
        TextPlace::Bundled => format!("{expression} (of code vendored inside)"),
    }
}
