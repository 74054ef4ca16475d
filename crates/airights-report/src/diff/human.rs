//! A comparison for people: what has changed terms one by one, the rest in lists, then the verdict.

use std::io::{self, Write};

use airights::diff::{Hunk, Kind, Known, PackageChange, Piece, Shift, Terms, TextChange, TextPair};
use airights::{AiUse, Level};
use anstyle::{AnsiColor, Style};

use super::{
    Comparison, license, not_compared, policy_in_words, said_in_words, sources, telling_uses, title, words_in_words,
};
use crate::Terminal;
use crate::escape::visible;
use crate::sentence::words;
use crate::wording::{counted, verdict_in_words, wrap_list};

/// Columns for the names of values.
const NAME_WIDTH: usize = 17;
/// So many places of one text are shown, each in so many lines at most, unless more is asked for.
const MOST_HUNKS: usize = 3;
const MOST_LINES: usize = 3;
/// So many lines a list of packages may take.
const LIST_LINES: usize = 4;

/// Writes the comparison.
///
/// # Errors
///
/// What the writer says.
pub fn write(comparison: &Comparison<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { comparison, terminal };
    for change in comparison.telling() {
        if !comparison.quiet || change.denied_anew().next().is_some() {
            page.write_change(change, out)?;
            writeln!(out)?;
        }
    }
    if !comparison.quiet {
        page.write_lists(out)?;
        for reason in not_compared(comparison.changes) {
            writeln!(out, "not compared: {reason}")?;
        }
    }
    if let Some(change) = comparison.policy_change {
        writeln!(out, "{}: {}", change.kind(), visible(&change.in_words()))?;
    }
    if !comparison.quiet {
        for note in comparison.notes {
            writeln!(out, "note: {}", visible(note))?;
        }
    }
    page.write_summary(out)
}

struct Page<'a> {
    comparison: &'a Comparison<'a>,
    terminal: Terminal,
}

impl Page<'_> {
    fn write_change(&self, change: &PackageChange, out: &mut dyn Write) -> io::Result<()> {
        let heading = format!("{} {}", change.kind().as_str(), title(change));
        writeln!(out, "{}", self.terminal.paint(Style::new().bold(), &heading))?;
        if let Some((before, after)) = sources(change) {
            value("source", &format!("{before} → {after}"), out)?;
        }
        if change.kind() == Kind::Changed {
            write_checksums(change, out)?;
        }
        write_terms(change, out)?;
        for text in &change.texts {
            self.write_text(text, out)?;
        }
        self.write_verdict(change, out)
    }

    fn write_text(&self, text: &TextChange, out: &mut dyn Write) -> io::Result<()> {
        value("text", &text_in_words(text), out)?;
        let Some(words) = &text.words else { return Ok(()) };
        let is_verbose = self.comparison.verbose > 0;
        if words.is_another_text() && !is_verbose {
            return Ok(());
        }
        let shown = if is_verbose { words.hunks.len() } else { MOST_HUNKS };
        for hunk in words.hunks.iter().take(shown) {
            self.write_hunk(hunk, out)?;
        }
        if words.hunks.len() > shown {
            let more = counted(words.hunks.len() - shown, "more place");
            let more = format!("  … and {more} (`-v` shows them)");
            value("", &more, out)?;
        }
        Ok(())
    }

    /// One place, as `git diff --word-diff` writes it.
    fn write_hunk(&self, hunk: &Hunk, out: &mut dyn Write) -> io::Result<()> {
        let (line, _) = hunk.lines_after.or(hunk.lines_before).unwrap_or_default();
        let lead = if hunk.is_clause { "clause, line" } else { "line" };
        let mut words: Vec<(String, Option<AnsiColor>)> = vec![(format!("{lead} {line}:"), None)];
        for piece in &hunk.pieces {
            let (text, color) = match piece {
                Piece::Same(text) => (visible(text).into_owned(), None),
                Piece::Removed(text) => (format!("[-{}-]", visible(text)), Some(AnsiColor::Red)),
                Piece::Added(text) => (format!("{{+{}+}}", visible(text)), Some(AnsiColor::Green)),
            };
            words.extend(text.split(' ').map(|word| (word.to_owned(), color)));
        }
        let width = self.terminal.width.clamp(50, 120) - NAME_WIDTH - 6;
        let most = if self.comparison.verbose > 0 {
            usize::MAX
        } else {
            MOST_LINES
        };
        for line in self.wrapped(&words, width, most) {
            value("", &format!("  {line}"), out)?;
        }
        Ok(())
    }

    /// Words in lines of a width; what does not fit so many lines ends in `…`.
    fn wrapped(&self, words: &[(String, Option<AnsiColor>)], width: usize, most: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut taken = 0;
        for (word, color) in words {
            let length = word.chars().count();
            if taken > 0 && taken + 1 + length > width {
                if lines.len() == most {
                    lines.last_mut().into_iter().for_each(|line| line.push_str(" …"));
                    break;
                }
                lines.push(String::new());
                taken = 0;
            }
            let line = lines.last_mut().expect("there is always a line");
            if taken > 0 {
                line.push(' ');
                taken += 1;
            }
            taken += length;
            match color {
                Some(color) => line.push_str(&self.terminal.paint(Style::new().fg_color(Some((*color).into())), word)),
                None => line.push_str(word),
            }
        }
        lines
    }

    /// What is found anew; with `-v`, also what was found before.
    fn write_verdict(&self, change: &PackageChange, out: &mut dyn Write) -> io::Result<()> {
        let is_verbose = self.comparison.verbose > 0;
        let new: Vec<_> = change.new_findings().collect();
        for finding in change.findings() {
            let is_new = new.iter().any(|known| std::ptr::eq(*known, finding));
            let is_shown = finding.level > Level::Allow && (is_new || finding.level == Level::Deny);
            if !is_shown && !is_verbose {
                continue;
            }
            let (word, color) = match finding.level {
                Level::Deny => ("denied", AnsiColor::Red),
                Level::Warn => ("warning", AnsiColor::Yellow),
                Level::Allow => ("allowed", AnsiColor::Green),
            };
            let name = if is_new && change.before.is_some() {
                format!("newly {word}")
            } else if is_new {
                word.to_owned()
            } else {
                format!("still {word}")
            };
            let padded = format!("{name:NAME_WIDTH$}");
            let painted = self.terminal.paint(Style::new().fg_color(Some(color.into())), &padded);
            writeln!(out, "  {painted} {}", visible(&words(&finding.problem)))?;
        }
        let was = change.before.is_some().then(|| change.level(&change.before));
        if was.is_some_and(|was| was == Level::Deny && change.level(&change.after) < Level::Deny)
            && matches!(change.after.as_ref().map(|side| &side.known), Some(Known::Terms(_)))
        {
            value("verdict", "no longer denied", out)?;
        }
        Ok(())
    }

    fn write_lists(&self, out: &mut dyn Write) -> io::Result<()> {
        let lists = self.comparison.plainly_added().into_iter();
        for (license, changes) in lists {
            let lead = format!("added under `{}`: ", visible(license));
            self.write_list(&lead, changes.into_iter(), out)?;
        }
        self.write_list("removed: ", self.comparison.plain(Kind::Removed), out)?;
        self.write_list("moved, with the same terms: ", self.comparison.plain(Kind::Moved), out)
    }

    fn write_list<'c>(
        &self,
        lead: &str,
        changes: impl Iterator<Item = &'c PackageChange>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let items: Vec<String> = changes.map(title).collect();
        if items.is_empty() {
            return Ok(());
        }
        let most = if self.comparison.verbose > 0 {
            usize::MAX
        } else {
            LIST_LINES
        };
        writeln!(out, "{}", wrap_list(lead, &items, self.terminal.width, most))
    }

    fn write_summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.comparison;
        let word = verdict_in_words(comparison.verdict, self.terminal);
        writeln!(out, "{word}: {}; {}", comparison.outcome(), comparison.movements())?;
        if comparison.quiet {
            return Ok(());
        }
        writeln!(
            out,
            "from {} to {} · judged by {} · not legal advice",
            visible(comparison.before),
            visible(comparison.after),
            policy_in_words(comparison.policy)
        )
    }
}

fn write_terms(change: &PackageChange, out: &mut dyn Write) -> io::Result<()> {
    let Some(terms) = &change.terms else {
        let Some(Known::Terms(only)) = change.after.as_ref().map(|side| &side.known) else {
            return Ok(());
        };
        value(
            "license",
            &format!("`{}`", visible(license(change.after.as_ref()))),
            out,
        )?;
        return telling_uses(only).try_for_each(|(ai_use, said)| {
            value(ai_use.as_str(), &said_in_words(&said), out)?;
            write_evidence(only, ai_use, out)
        });
    };
    if let Some(license) = &terms.effective {
        value("license", &licenses(license, "unknown"), out)?;
    }
    if let Some(declared) = terms
        .declared
        .as_ref()
        .filter(|declared| terms.effective.as_ref() != Some(*declared))
    {
        value("declared", &licenses(declared, "nothing"), out)?;
    }
    if let Some(elected) = &terms.elected {
        value("chosen", &licenses(elected, "no choice"), out)?;
    }
    if let Some(class) = &terms.class {
        value("class", &format!("{} → {}", class.before, class.after), out)?;
    }
    for (ai_use, said) in &terms.ai {
        let (before, after) = (said_in_words(&said.before), said_in_words(&said.after));
        value(ai_use.as_str(), &format!("{before} → {after}"), out)?;
        if let Some(Known::Terms(now)) = change.after.as_ref().map(|side| &side.known) {
            write_evidence(now, *ai_use, out)?;
        }
    }
    Ok(())
}

/// The words that say so, where there are any.
fn write_evidence(terms: &Terms, ai_use: AiUse, out: &mut dyn Write) -> io::Result<()> {
    let Some(evidence) = terms.judgement.ai[ai_use].evidence.first() else {
        return Ok(());
    };
    let excerpt = &evidence.excerpt;
    let place = format!("{}:{}", visible(&excerpt.path), excerpt.lines.0);
    value("", &format!("  {place}: {}", visible(&excerpt.one_line())), out)
}

fn write_checksums(change: &PackageChange, out: &mut dyn Write) -> io::Result<()> {
    let sides = change.before.as_ref().zip(change.after.as_ref());
    let checksums = sides.and_then(|(was, is)| Some((was.checksum.as_deref()?, is.checksum.as_deref()?)));
    match checksums {
        Some((was, is)) if was != is => value("checksum", &format!("{} → {}", visible(was), visible(is)), out),
        _ => Ok(()),
    }
}

fn licenses(shift: &Shift<Option<String>>, absent: &str) -> String {
    let shown = |license: &Option<String>| match license {
        Some(license) => format!("`{}`", visible(license)),
        None => absent.to_owned(),
    };
    format!("{} → {}", shown(&shift.before), shown(&shift.after))
}

/// "`LICENSE` (`MIT`) added".
fn text_in_words(text: &TextChange) -> String {
    let TextPair { before, after } = &text.pair;
    let named = |text: &airights::diff::Text| {
        let path = visible(&text.path);
        match &text.expression {
            Some(expression) => format!("`{path}` (`{}`)", visible(expression)),
            None => format!("`{path}`"),
        }
    };
    match (before, after) {
        (Some(before), None) => format!("{} removed", named(before)),
        (None, Some(after)) => format!("{} added", named(after)),
        (Some(before), Some(after)) => {
            let name = if before.path == after.path && before.expression == after.expression {
                named(after)
            } else {
                format!("{} → {}", named(before), named(after))
            };
            match (&text.words, &text.unread) {
                (Some(words), _) => format!("{name}: {}", words_in_words(words)),
                (None, Some(reason)) => format!("{name}: its words were not compared: {}", visible(reason)),
                (None, None) => format!("{name}: its bytes differ"),
            }
        }
        (None, None) => String::new(),
    }
}

fn value(name: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", format!("  {name:NAME_WIDTH$} {value}").trim_end())
}
