//! Cuts the lines around some words out of a file, at a cost that does not depend on the file's size.
//!
//! [`airights::Excerpt::of`] counts lines from the start of the file. A hostile text may hold a hundred thousand
//! clauses, so where the lines are known already, as they are for everything the reader finds, they are taken as given.

use std::ops::Range;

use airights::Excerpt;
use airights_text::Lines;

use super::stored::StoredExcerpt;

/// How much of a long line is shown before the marked words.
const LEAD: usize = 80;

/// The lines of `source` that hold `bytes`. `lines` are their numbers, 1-based and inclusive.
///
/// Where the words stand far inside of a very long line, the text starts shortly before them, with an ellipsis.
pub(super) fn cut(source: &str, bytes: &Range<usize>, lines: (u32, u32)) -> StoredExcerpt {
    let end = source.floor_char_boundary(bytes.end);
    let start = source.floor_char_boundary(bytes.start.min(end));
    let marked_end = if end > start && source.as_bytes()[end - 1] == b'\n' {
        end - 1
    } else {
        end
    };
    let near = source.floor_char_boundary(start.saturating_sub(Excerpt::MAX_BYTES / 2));
    let line_start = match source[near..start].rfind('\n') {
        Some(newline) => Some(near + newline + 1),
        None => (near == 0).then_some(0),
    };
    let (lead, text_start) = match line_start {
        Some(line_start) => ("", line_start),
        None => ("…", source.ceil_char_boundary(start.saturating_sub(LEAD))),
    };
    let limit = source.floor_char_boundary(text_start + Excerpt::MAX_BYTES - lead.len());
    let text_end = match source[marked_end.min(limit)..limit].find('\n') {
        Some(newline) => marked_end.min(limit) + newline,
        None if limit == source.len() => limit,
        // Whole lines, as far as there are any.
        None => source[text_start..limit]
            .rfind('\n')
            .map_or(limit, |newline| text_start + newline),
    };
    let shown = source[text_start..text_end].trim_end_matches(['\n', '\r']);
    let text = format!("{lead}{shown}");
    let place = |offset: usize| {
        let inside = (offset - text_start + lead.len()).min(text.len());
        u32::try_from(inside).unwrap_or(u32::MAX)
    };
    let marked = (place(start), place(marked_end));
    StoredExcerpt { lines, text, marked }
}

/// The same, where the line has to be counted.
pub(super) fn cut_counting(source: &str, bytes: &Range<usize>) -> StoredExcerpt {
    cut(source, bytes, Lines::new(source).span(bytes.clone()).lines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shows_whole_lines_and_marks_the_words() {
        let excerpt = cut_counting("one\ntwo three\nfour\n", &(8..13));
        assert_eq!(excerpt.lines, (2, 2));
        assert_eq!(excerpt.text, "two three");
        assert_eq!(excerpt.marked, (4, 9));
    }

    #[test]
    fn words_deep_in_a_long_line_are_shown() {
        let source = format!("{}no training{}", "x ".repeat(5000), " y".repeat(5000));
        let excerpt = cut_counting(&source, &(10_000..10_011));
        let marked = &excerpt.text[excerpt.marked.0 as usize..excerpt.marked.1 as usize];
        assert_eq!(marked, "no training");
        assert!(excerpt.text.starts_with('…') && excerpt.text.len() <= Excerpt::MAX_BYTES);
    }

    proptest! {
        #[test]
        fn agrees_with_the_engine_on_short_texts(source in "[a-zä\n]{0,80}", a in 0usize..90, b in 0usize..90) {
            let bytes = a.min(b)..a.max(b);
            let start = source.floor_char_boundary(bytes.start);
            let end = source.floor_char_boundary(bytes.end).max(start);
            // Theirs shows the line behind a line's end as well.
            prop_assume!(!source[..end].ends_with('\n'));
            let theirs = Excerpt::of("", &source, start..end);
            let ours = cut(&source, &(start..end), theirs.lines);
            prop_assert_eq!(&ours.text, &theirs.text);
            prop_assert_eq!((ours.marked.0 as usize, ours.marked.1 as usize), (theirs.marked_start, theirs.marked_end));
        }

        #[test]
        fn never_too_long(
            pieces in prop::collection::vec((prop::sample::select(vec!["a", "ä", "\n"]), 1usize..900), 0..12),
            a in 0usize..9000,
            b in 0usize..9000,
        ) {
            let source: String = pieces.iter().map(|(letter, times)| letter.repeat(*times)).collect();
            let excerpt = cut_counting(&source, &(a.min(b)..a.max(b)));
            prop_assert!(excerpt.text.len() <= Excerpt::MAX_BYTES);
            prop_assert!(excerpt.marked.0 <= excerpt.marked.1);
            prop_assert!(excerpt.text.get(excerpt.marked.0 as usize..excerpt.marked.1 as usize).is_some());
        }
    }
}
