//! Each format tells the same, and what crates say gets out of none of them.

use super::{ends_with, plain};
use crate::support::{Crate, Registry, Workspace};

#[test]
fn markdown_shows_what_a_crate_says_and_does_nothing_of_it() {
    let text =
        "Free to use.\n```\n</details> @everyone <img src=x onerror=alert(1)> [a](https://x.example) | `b` \u{1b}[2J\n";
    let hostile = Crate::new("hostile", "1.1.0")
        .license("`@everyone` | <b>MIT</b>")
        .file("LICENSE", text);
    let story = Workspace::empty(Some(Registry::with([
        plain("hostile", "1.0.0").file("COPYING", "Free to use.\n"),
        hostile,
    ])));
    let outcome = story.run(&["diff", "hostile@1.0.0", "1.1.0", "--format", "markdown"]);
    ends_with(&outcome, 1);
    assert!(!outcome.out.contains('\u{1b}'), "{outcome:?}");
    let outside = without_code(&outcome.out);
    for words in ["@everyone", "<img", "<b>", "https://"] {
        assert!(
            outcome.out.contains(words),
            "`{words}` is not shown in: {}",
            outcome.out
        );
        assert!(
            !outside.contains(words),
            "`{words}` stands outside code in: {}",
            outcome.out
        );
    }
    assert_eq!(outside.matches("</details>").count(), 1);
    let rows = outcome.out.lines().filter(|line| line.starts_with("| moved"));
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
    }
}

/// A page without its code, as `CommonMark` finds code: fenced blocks, then spans between runs of the same length.
fn without_code(page: &str) -> String {
    let mut outside = String::new();
    let mut fence: Option<usize> = None;
    for line in page.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(length) if ticks >= length && line.trim_start_matches('`').is_empty() => fence = None,
            Some(_) => {}
            None if ticks >= 3 => fence = Some(ticks),
            None => outside.push_str(&without_spans(line)),
        }
        outside.push('\n');
    }
    outside
}

fn without_spans(line: &str) -> String {
    let mut outside = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let opened = &rest[start..];
        let run = opened.len() - opened.trim_start_matches('`').len();
        let inside = &opened[run..];
        rest = end_of_span(inside, run).map_or(inside, |end| &inside[end..]);
    }
    outside + rest
}

/// Where a run of exactly so many backticks ends.
fn end_of_span(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start + length);
        }
        at = start + length;
    }
    None
}
