//! Lists and paths in words that fit a line.

use airights::facts::Force;
use airights::policy::PolicySource;
use airights::{PackageIx, Verdict};
use anstyle::{AnsiColor, Style};

use super::Terminal;
use super::escape::visible;

/// "1 package", "40 packages".
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// Which policy judged.
pub(super) fn policy_in_words(policy: &PolicySource) -> String {
    match policy {
        PolicySource::BuiltIn => "the built-in default policy".to_owned(),
        PolicySource::File { path, .. } => format!("`{}`", visible(path)),
    }
}

/// The verdict as the first word of a summary.
pub(super) fn verdict_in_words(verdict: Verdict, terminal: Terminal) -> String {
    let (word, color) = match verdict {
        Verdict::Clean => ("passed", AnsiColor::Green),
        Verdict::Violated => ("failed", AnsiColor::Red),
        Verdict::Incomplete => ("incomplete", AnsiColor::Red),
    };
    terminal.paint(Style::new().bold().fg_color(Some(color.into())), word)
}

/// Whether a statement binds, and by what.
pub(super) const fn in_force(force: Force) -> &'static str {
    match force {
        Force::License => "binding (license)",
        Force::Override => "binding (your policy)",
        Force::Reservation => "binding (reservation)",
        Force::Preference => "not binding (preference)",
    }
}

/// Of a longer path only the ends are told.
const LONGEST_PATH: usize = 5;

/// "`app 1.0.0` → `middle 2.0.0`": who depends on whom. A long way loses its middle unless `whole`.
pub(super) fn path_in_words(
    path: &[PackageIx],
    left_out: usize,
    whole: bool,
    name: impl Fn(PackageIx) -> String,
) -> String {
    let names = |places: &[PackageIx]| places.iter().map(|&place| name(place)).collect::<Vec<_>>().join(" → ");
    let (start, end, between) = match (whole, left_out) {
        (_, 0) if whole || path.len() <= LONGEST_PATH => return names(path),
        (true, left_out) => (path.len().div_ceil(2), path.len() / 2, left_out),
        (false, left_out) => (2, 2, path.len() - 4 + left_out),
    };
    let (start, end) = (names(&path[..start]), names(&path[path.len() - end..]));
    format!("{start} → … {between} more … → {end}")
}

/// Wraps "in a, b, c" at `width` characters. What does not fit `max_lines` is counted: "… and 37 more (-v lists them)".
pub(super) fn wrap_list(lead: &str, items: &[String], width: usize, max_lines: usize) -> String {
    let mut lines = vec![lead.to_owned()];
    for (index, item) in items.iter().enumerate() {
        let left = items.len() - index;
        let more = format!("… and {left} more (`-v` lists them)");
        let is_last_line = lines.len() >= max_lines;
        let line = lines
            .last_mut()
            .expect("the list starts with the line of its lead, and lines are only added");
        let separator = if left > 1 { ", " } else { "" };
        let piece = format!("{item}{separator}");
        let reserve = if is_last_line && left > 1 {
            more.chars().count()
        } else {
            0
        };
        if line.chars().count() + piece.chars().count() + reserve <= width || line == lead {
            line.push_str(&piece);
        } else if is_last_line {
            line.push_str(&more);
            break;
        } else {
            line.truncate(line.trim_end().len());
            lines.push(piece);
        }
    }
    lines.join("\n")
}

/// Breaks long lines at spaces, so that none is longer than `width` unless a word is. What goes on stands as deep as its
/// line begins. What stands in backticks is to be copied and stays together where it fits, and so do the lines of an entry
/// of a policy.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut is_entry = false;
    let mut wrapped = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split('\n') {
        is_entry |= line.starts_with("[[")
            || ["allow = [", "allow-bundled = ["]
                .iter()
                .any(|list| line.starts_with(list));
        if !wrapped.is_empty() {
            wrapped.push('\n');
        }
        if is_entry {
            wrapped.push_str(line);
        } else {
            wrap_line(line, width, &mut wrapped);
        }
    }
    wrapped
}

fn wrap_line(line: &str, width: usize, wrapped: &mut String) {
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut columns = indent.chars().count();
    wrapped.push_str(indent);
    for (index, word) in words_of(line.trim_start(), width).enumerate() {
        let length = word.chars().count();
        if index > 0 && columns + 1 + length > width {
            wrapped.push('\n');
            wrapped.push_str(indent);
            columns = indent.chars().count();
        } else if index > 0 {
            wrapped.push(' ');
            columns += 1;
        }
        wrapped.push_str(word);
        columns += length;
    }
}

/// The words of a line; of what stands in backticks all together, where that fits.
fn words_of(line: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = end_of_word(line, width)
            .or_else(|| line.find(' '))
            .unwrap_or(line.len());
        rest = line.get(end + 1..);
        Some(&line[..end])
    })
}

/// Where the first word ends, if what stands in backticks is one; `None` where that does not fit, or has no end.
fn end_of_word(line: &str, width: usize) -> Option<usize> {
    let mut is_in_code = false;
    for (at, letter) in line.char_indices().take(width + 1) {
        match letter {
            '`' => is_in_code = !is_in_code,
            ' ' if !is_in_code => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("crate-{number} 1.0.0")).collect()
    }

    #[test]
    fn lists_are_wrapped_and_what_is_left_out_is_counted() {
        assert_eq!(wrap_list("in ", &items(2), 80, 1), "in crate-0 1.0.0, crate-1 1.0.0");
        assert_eq!(
            wrap_list("in ", &items(9), 60, 2),
            "in crate-0 1.0.0, crate-1 1.0.0, crate-2 1.0.0,\ncrate-3 1.0.0, crate-4 1.0.0, … and 4 more (`-v` lists them)"
        );
        let whole = wrap_list("in ", &items(9), 60, usize::MAX);
        assert_eq!(whole.matches("crate-").count(), 9);
        assert!(whole.lines().all(|line| line.chars().count() <= 60));
    }

    #[test]
    fn sentences_are_broken_at_spaces() {
        for (text, expected) in [
            ("as short as it is", "as short as it is"),
            ("a sentence that is too long", "a sentence that is\ntoo long"),
            ("  deep words stand deep", "  deep words stand\n  deep"),
            ("run `cargo update ab` it", "run\n`cargo update ab` it"),
            (
                "of-a-word-that-is-far-too-long none is lost",
                "of-a-word-that-is-far-too-long\nnone is lost",
            ),
            (
                "a `command that is too long` is broken",
                "a `command that is\ntoo long` is broken",
            ),
            ("one ` alone is no code", "one ` alone is no\ncode"),
            (
                "in one line:\n[[exceptions]]\nlicenses = [\"MIT WITH AdditionRef-x\"]",
                "in one line:\n[[exceptions]]\nlicenses = [\"MIT WITH AdditionRef-x\"]",
            ),
            ("", ""),
            ("two  spaces stay as they are", "two  spaces stay as\nthey are"),
        ] {
            assert_eq!(wrap(text, 20), expected);
        }
    }

    #[test]
    fn long_paths_keep_their_ends() {
        let path: Vec<PackageIx> = (0..7).map(PackageIx).collect();
        let name = |place: PackageIx| ["a", "b", "c", "d", "e", "f", "g"][place.index()].to_owned();
        assert_eq!(path_in_words(&path, 0, false, name), "a → b → … 3 more … → f → g");
        assert_eq!(path_in_words(&path[..3], 0, false, name), "a → b → c");
        assert_eq!(path_in_words(&path, 9, false, name), "a → b → … 12 more … → f → g");
        let whole = path_in_words(&path, 9, true, name);
        assert_eq!(whole, "a → b → c → d → … 9 more … → e → f → g");
    }
}
