//! A comparison for a pull request: short, in a form that GitHub shows well, and safe with whatever crates say.
//!
//! Words of crates stand in code spans and fenced blocks alone, with fences they do not hold, so that they can neither
//! mention anybody, nor link, nor add markup.

use std::io::{self, Write};

use airights::diff::{Hunk, Kind, Known, PackageChange, Piece, Shift, TextChange, TextPair};
use airights::{Level, Verdict};

use super::{
    Comparison, license, not_compared, policy_in_words, said_in_words, sources, telling_uses, title, words_in_words,
};
use crate::escape::{visible, visible_lines};
use crate::sentence::words;

/// A comment on GitHub may have 65,536 characters. Each part of the page has so much room, in bytes; what does not fit is
/// counted.
const ROOM_FOR_ROWS: usize = 20_000;
const ROOM_FOR_LISTS: usize = 10_000;
const ROOM_FOR_REASONS: usize = 6_000;
const ROOM_FOR_TEXTS: usize = 20_000;
/// Longer words of crates are cut, in characters.
const LONGEST_CODE: usize = 160;
/// So many items of one list are shown.
const MOST_ITEMS: usize = 60;

/// Writes the comparison.
///
/// # Errors
///
/// What the writer says.
pub fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mark = match comparison.verdict {
        Verdict::Clean => "✅",
        Verdict::Violated if comparison.tally().denied_anew == 0 => "⚠️",
        Verdict::Violated => "❌",
        Verdict::Incomplete => "❔",
    };
    let mut page = format!(
        "### {mark} Licenses and AI terms: {}\n\nFrom {} to {}: {}.\n",
        prose(&comparison.outcome()),
        code(comparison.before),
        code(comparison.after),
        comparison.movements()
    );
    page += &table(comparison);
    page += &lists(comparison);
    let reasons = not_compared(comparison.changes).into_iter();
    let reasons = reasons.map(|reason| format!("\nNot compared: {}\n", prose(&reason)));
    page += &within(ROOM_FOR_REASONS, "packages that were not compared", reasons);
    let policy = comparison.policy_change.map(super::PolicyChange::in_words);
    let notes = policy.iter().chain(comparison.notes);
    let notes = notes.map(|note| format!("\nNote: {}\n", prose(note)));
    page += &within(ROOM_FOR_REASONS, "notes", notes);
    page += &details(comparison);
    page += &format!(
        "\n<sub>Judged by {} · not legal advice</sub>\n",
        prose(&policy_in_words(comparison.policy))
    );
    out.write_all(page.as_bytes())
}

fn table(comparison: &Comparison<'_>) -> String {
    let rows: Vec<String> = comparison.telling().into_iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let heading = "\n| crate | license | AI uses | findings |\n| --- | --- | --- | --- |\n";
    heading.to_owned() + &within(ROOM_FOR_ROWS, "crates", rows.into_iter())
}

/// As many pieces as there is room for, and how many there are more.
fn within(room: usize, what: &str, pieces: impl Iterator<Item = String>) -> String {
    let mut shown = String::new();
    let mut left_out = 0;
    for piece in pieces {
        if left_out > 0 || shown.len() + piece.len() > room {
            left_out += 1;
        } else {
            shown += &piece;
        }
    }
    if left_out > 0 {
        shown += &format!("\n… and {left_out} more {what}, which `cargo airights diff` shows\n");
    }
    shown
}

fn row(change: &PackageChange) -> String {
    let mut krate = format!("{} {}", change.kind().as_str(), cell(&title(change)));
    if let Some((before, after)) = sources(change) {
        krate += &format!("<br>from {} to {}", cell(&before), cell(&after));
    }
    let (license, uses) = match (&change.terms, change.after.as_ref().map(|side| &side.known)) {
        (Some(terms), _) => {
            let said = terms.ai.iter().map(|(ai_use, said)| {
                let (before, after) = (said_in_words(&said.before), said_in_words(&said.after));
                format!("{ai_use}: {before} → {after}")
            });
            let license = match (&terms.effective, &terms.declared) {
                (Some(effective), _) => shifted(effective),
                (None, Some(declared)) => format!("declared {}", shifted(declared)),
                (None, None) => cell(license(change.after.as_ref())),
            };
            (license, said.collect::<Vec<_>>())
        }
        (None, Some(Known::Terms(now))) => {
            let said = telling_uses(now).map(|(ai_use, said)| format!("{ai_use}: {}", said_in_words(&said)));
            (cell(license(change.after.as_ref())), said.collect())
        }
        (None, _) => ("not known".to_owned(), Vec::new()),
    };
    let findings = change.new_findings().filter(|finding| finding.level > Level::Allow);
    let findings: Vec<String> = findings
        .map(|finding| {
            let mark = if finding.level == Level::Deny { "❌" } else { "⚠️" };
            format!("{mark} {}", in_cell(&prose(&words(&finding.problem))))
        })
        .collect();
    format!(
        "| {krate} | {license} | {} | {} |\n",
        uses.join("<br>"),
        findings.join("<br>")
    )
}

fn shifted(shift: &Shift<Option<String>>) -> String {
    let shown = |license: &Option<String>| license.as_deref().map_or_else(|| "unknown".to_owned(), cell);
    format!("{} → {}", shown(&shift.before), shown(&shift.after))
}

fn lists(comparison: &Comparison<'_>) -> String {
    let list = |lead: String, changes: &mut dyn Iterator<Item = &PackageChange>| {
        let items = cut_short(changes.map(|change| code(&title(change))).collect());
        (!items.is_empty()).then(|| format!("\n{lead}: {}\n", items.join(", ")))
    };
    let added = comparison.plainly_added().into_iter().filter_map(|(license, changes)| {
        let lead = format!("Added under {}", code(license));
        list(lead, &mut changes.into_iter())
    });
    let removed = list("Removed".to_owned(), &mut comparison.plain(Kind::Removed));
    let same_terms = "Moved, with the same terms".to_owned();
    let moved = list(same_terms, &mut comparison.plain(Kind::Moved));
    within(ROOM_FOR_LISTS, "lists", moved.into_iter().chain(removed).chain(added))
}

fn cut_short(mut items: Vec<String>) -> Vec<String> {
    if items.len() > MOST_ITEMS {
        let left_out = items.len() - MOST_ITEMS;
        items.truncate(MOST_ITEMS);
        items.push(format!("… and {left_out} more"));
    }
    items
}

/// What changed in the texts, folded up.
fn details(comparison: &Comparison<'_>) -> String {
    let telling = comparison.telling().into_iter();
    let pieces = telling.flat_map(|change| change.texts.iter().map(move |text| text_in_words(change, text)));
    let shown = within(ROOM_FOR_TEXTS, "texts", pieces);
    if shown.is_empty() {
        return shown;
    }
    format!("\n<details><summary>License texts that differ</summary>\n{shown}\n</details>\n")
}

fn text_in_words(change: &PackageChange, text: &TextChange) -> String {
    let TextPair { before, after } = &text.pair;
    let path = |text: &Option<airights::diff::Text>| text.as_ref().map(|text| code(&text.path));
    let (name, fate) = match (path(before), path(after)) {
        (Some(before), Some(after)) if before == after => (after, None),
        (Some(before), Some(after)) => (format!("{before} → {after}"), None),
        (Some(before), None) => (before, Some("goes")),
        (None, after) => (after.unwrap_or_default(), Some("comes")),
    };
    let fate = match (fate, &text.words) {
        (Some(fate), _) => fate.to_owned(),
        (None, Some(words)) => words_in_words(words),
        (None, None) => "its words were not compared".to_owned(),
    };
    let heading = format!("\n{} {name}: {fate}\n", code(&title(change)));
    match text.words.as_ref().filter(|words| !words.hunks.is_empty()) {
        Some(words) => heading + &fenced(&words.hunks.iter().map(hunk).collect::<String>()),
        None => heading,
    }
}

fn hunk(hunk: &Hunk) -> String {
    let (line, _) = hunk.lines_after.or(hunk.lines_before).unwrap_or_default();
    let clause = if hunk.is_clause { ", a clause on AI uses" } else { "" };
    let lines = hunk.pieces.iter().map(|piece| match piece {
        Piece::Same(words) => format!(" {}\n", visible(words)),
        Piece::Removed(words) => format!("-{}\n", visible(words)),
        Piece::Added(words) => format!("+{}\n", visible(words)),
    });
    format!("@@ line {line}{clause} @@\n{}", lines.collect::<String>())
}

/// A block that ends where we say, whatever is in it.
fn fenced(text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("\n{fence}diff\n{}{fence}\n", visible_lines(text))
}

/// Words of others, as code.
fn code(text: &str) -> String {
    let text = visible(text);
    let mut shown: String = text.chars().take(LONGEST_CODE).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    if shown.trim().is_empty() {
        return "(nothing)".to_owned();
    }
    match longest_run(&shown) {
        0 => format!("`{shown}`"),
        run => {
            let fence = "`".repeat(run + 1);
            format!("{fence} {shown} {fence}")
        }
    }
}

/// The same in a table, where a bar would end the cell even within code.
fn cell(text: &str) -> String {
    in_cell(&code(text))
}

fn in_cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

/// Our own words with those of others in backticks. Where a stranger has closed a backtick early, all of it is code.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_ours = |part: &&str| {
        let is_plain = |c: char| c.is_alphanumeric() || " ,.;:'()-→…·".contains(c);
        part.chars().all(is_plain) && !part.contains("www.")
    };
    if parts.len().is_multiple_of(2) || !parts.iter().step_by(2).all(is_ours) {
        return code(text);
    }
    let parts = parts.iter().enumerate().map(|(index, part)| match index % 2 {
        0 => (*part).to_owned(),
        _ => code(part),
    });
    parts.collect()
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_cannot_leave_their_code() {
        assert_eq!(code("MIT"), "`MIT`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(cell("a|b"), "`a\\|b`");
        assert_eq!(code("x\ny\u{202e}"), "`x\\u{a}y\\u{202e}`");
        assert_eq!(code(""), "(nothing)");
        assert!(code(&"x".repeat(1000)).len() < 200);
        assert!(fenced("-````\n").starts_with("\n`````diff\n"));
    }

    #[test]
    fn problems_are_prose_as_far_as_they_are_ours() {
        assert_eq!(
            prose("is licensed `MIT`, which is fine"),
            "is licensed `MIT`, which is fine"
        );
        // A license key that closes the backticks early.
        assert_eq!(
            prose("declares `x` @all <img src=x> `y`, which is none"),
            "`` declares `x` @all <img src=x> `y`, which is none ``"
        );
    }
}
