//! Lists and paths in words that fit a line.

use airights::Verdict;
use airights::facts::Force;
use airights::policy::PolicySource;
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
pub(super) fn path_in_words(path: &[String], whole: bool) -> String {
    if whole || path.len() <= LONGEST_PATH {
        return path.join(" → ");
    }
    let between = path.len() - 4;
    let (start, end) = (path[..2].join(" → "), path[path.len() - 2..].join(" → "));
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
    fn long_paths_keep_their_ends() {
        let path: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).into();
        assert_eq!(path_in_words(&path, false), "a → b → … 3 more … → f → g");
        assert_eq!(path_in_words(&path[..3], false), "a → b → c");
    }
}
