//! Makes an excerpt fit a terminal: escaped, its lines cut to the width around what is marked, and not too many.

use std::ops::Range;

use airights::Excerpt;

use super::escape::visible_lines;

/// An excerpt that is ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its lines.
    pub text: String,
    /// The bytes of `text` to mark.
    pub mark: Range<usize>,
    /// How many marked lines of the file are not in `text`.
    pub lines_left_out: usize,
}

/// The share of a line that may be given to what stands before the mark, when the line is cut.
const LEAD_SHARE: usize = 4;

/// Prepares an excerpt for lines of at most `width` characters, and at most `max_lines` of them.
pub fn fit(excerpt: &Excerpt, width: usize, max_lines: usize) -> Shown {
    let mark = marked_bytes(excerpt);
    let mut text = String::new();
    let mut shown_mark: Option<Range<usize>> = None;
    let mut line_start = 0;
    let mut lines_shown = 0;
    for line in excerpt.text.split('\n').take(max_lines.max(1)) {
        let line_mark = mark.start.clamp(line_start, line_start + line.len()) - line_start
            ..mark.end.clamp(line_start, line_start + line.len()) - line_start;
        if lines_shown > 0 {
            text.push('\n');
        }
        let (cut, cut_mark) = cut_line(line, line_mark, width.max(20));
        let offset = text.len();
        text.push_str(&cut);
        if !cut_mark.is_empty() || shown_mark.is_none() {
            let start = shown_mark.map_or(offset + cut_mark.start, |shown| shown.start);
            shown_mark = Some(start..offset + cut_mark.end);
        }
        line_start += line.len() + 1;
        lines_shown += 1;
    }
    let lines = (excerpt.lines.1.saturating_sub(excerpt.lines.0) + 1) as usize;
    Shown {
        mark: shown_mark.unwrap_or_default(),
        text,
        lines_left_out: lines.saturating_sub(lines_shown),
    }
}

/// What is marked; all of the text where nothing is, or where the bytes are no part of it.
fn marked_bytes(excerpt: &Excerpt) -> Range<usize> {
    let mark = excerpt.marked_start..excerpt.marked_end;
    match excerpt.text.get(mark.clone()) {
        Some(marked) if !marked.is_empty() => mark,
        _ => 0..excerpt.text.len(),
    }
}

/// Escapes a line and cuts it to `width` characters, keeping the start of the mark in sight.
fn cut_line(line: &str, mark: Range<usize>, width: usize) -> (String, Range<usize>) {
    let carriage_return = line.len() - usize::from(line.ends_with('\r'));
    let mark = mark.start.min(carriage_return)..mark.end.min(carriage_return);
    let before = visible_lines(&line[..mark.start]);
    let marked = visible_lines(&line[mark.clone()]);
    let after = visible_lines(&line[mark.end..carriage_return]);
    let is_long = before.chars().count() + marked.chars().count() + after.chars().count() > width;
    let lead = if is_long {
        keep_end(&before, width / LEAD_SHARE)
    } else {
        before.into_owned()
    };
    let mut room = if is_long {
        width - lead.chars().count()
    } else {
        usize::MAX
    };
    let mut cut = lead;
    let start = cut.len();
    push_within(&mut cut, &marked, &mut room);
    let end = cut.len();
    push_within(&mut cut, &after, &mut room);
    (cut, start..end)
}

fn keep_end(text: &str, characters: usize) -> String {
    let count = text.chars().count();
    if count <= characters {
        return text.to_owned();
    }
    let kept = text.chars().skip(count + 1 - characters.max(1));
    std::iter::once('…').chain(kept).collect()
}

/// Appends as much of `text` as there is room for, and a `…` where some is left out.
fn push_within(line: &mut String, text: &str, room: &mut usize) {
    if text.is_empty() || *room == 0 {
        return;
    }
    let count = text.chars().count();
    if count <= *room {
        line.push_str(text);
        *room -= count;
    } else {
        line.extend(text.chars().take(*room - 1));
        line.push('…');
        *room = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(source: &str, words: &str) -> Excerpt {
        let start = source.find(words).unwrap();
        Excerpt::of("LICENSE", source, start..start + words.len())
    }

    #[test]
    fn the_mark_stays_on_its_words() {
        let long = format!("{} forbidden {}", "x".repeat(300), "y".repeat(300));
        for (source, words) in [
            ("a\tb \u{1b}[1m forbidden \u{202e}\n", "forbidden"),
            (long.as_str(), "forbidden"),
            ("one\r\nforbidden\r\nthree\r\n", "forbidden"),
        ] {
            let shown = fit(&marked(source, words), 80, 4);
            assert_eq!(&shown.text[shown.mark.clone()], words, "{source:?}");
            assert!(shown.text.lines().all(|line| line.chars().count() <= 80));
            assert!(!shown.text.contains('\u{1b}'));
        }
    }

    #[test]
    fn many_lines_are_cut_and_counted() {
        let source = "1\n2\n3\n4\n5\n";
        let shown = fit(&Excerpt::of("LICENSE", source, 0..source.len()), 80, 2);
        assert_eq!((shown.text.as_str(), shown.lines_left_out), ("1\n2", 3));
        assert_eq!(shown.mark, 0..3);
    }
}
