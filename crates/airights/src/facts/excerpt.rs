//! The very words a fact rests on, and where they stand.

use std::ops::Range;

/// Some lines of a file, with a part of them marked. The text is untrusted: renderers escape it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The file: in the package for facts, as the user names it for policies; with `/`.
    pub path: String,
    /// First and last line of what is marked, 1-based and inclusive. `(0, 0)` where there is no text to point at.
    pub lines: (u32, u32),
    /// The lines from `lines.0` on, whole and as they are, without the last line's end. Long stretches are cut at the
    /// end of a line ([`Excerpt::MAX_BYTES`]), so there may be fewer lines here than `lines` says.
    pub text: String,
    /// The bytes of `text` that are marked; empty: all of it.
    pub marked_start: usize,
    /// End of the marked bytes.
    pub marked_end: usize,
}

impl Excerpt {
    /// More than this of a file is never carried along.
    pub const MAX_BYTES: usize = 1600;

    /// Cuts an excerpt out of a whole file. `bytes` are those to mark; they are widened to whole lines for the text.
    pub fn of(path: &str, source: &str, bytes: Range<usize>) -> Self {
        let end = floor_boundary(source, bytes.end.min(source.len()));
        let start = floor_boundary(source, bytes.start.min(end));
        let first_line_start = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let last_line_end = source[end..].find('\n').map_or(source.len(), |newline| end + newline);
        let number_of = |offset: usize| {
            let newlines = source[..offset].matches('\n').count();
            u32::try_from(newlines + 1).unwrap_or(u32::MAX)
        };
        // A range that ends just behind a line's end is meant to end on that line.
        let last_marked = if end > start && source.as_bytes()[end - 1] == b'\n' {
            end - 1
        } else {
            end
        };
        let whole = source[first_line_start..last_line_end.max(first_line_start)].trim_end_matches(['\n', '\r']);
        let text = cut_at_line(whole, Self::MAX_BYTES);
        let first = number_of(start);
        Self {
            path: path.to_owned(),
            lines: (first, number_of(last_marked).max(first)),
            marked_start: (start - first_line_start).min(text.len()),
            marked_end: (last_marked - first_line_start).min(text.len()),
            text: text.to_owned(),
        }
    }

    /// A file as a whole, with no lines to show.
    pub fn whole_file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// The same lines with only this word of what is marked marked; `None` where it does not stand there exactly once.
    #[must_use]
    pub fn narrowed_to(&self, word: &str) -> Option<Self> {
        let marked = self.text.get(self.marked_start..self.marked_end)?;
        let is_whole = |at: usize| {
            let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '+' | ':');
            !marked[..at].ends_with(is_of_word) && !marked[at + word.len()..].starts_with(is_of_word)
        };
        let mut places = marked.match_indices(word).map(|(at, _)| at).filter(|&at| is_whole(at));
        let (at, None) = (places.next()?, places.next()) else {
            return None;
        };
        Some(Self {
            marked_start: self.marked_start + at,
            marked_end: self.marked_start + at + word.len(),
            ..self.clone()
        })
    }

    /// The marked words on one line: white space folded, at most about 300 characters.
    pub fn one_line(&self) -> String {
        let marked = self
            .text
            .get(self.marked_start..self.marked_end)
            .filter(|text| !text.is_empty());
        let mut line = String::new();
        for word in marked.unwrap_or(&self.text).split_whitespace() {
            if line.len() + word.len() > 300 {
                line.push('…');
                break;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }
}

/// The largest character boundary that is not beyond `offset`.
fn floor_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The longest start of `text` that ends with a line and fits `limit`; where even one line does not fit, its start.
fn cut_at_line(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let cut = floor_boundary(text, limit);
    text[..cut].rfind('\n').map_or(&text[..cut], |newline| &text[..newline])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_marked_where_it_stands_once() {
        let line = "license = \"MIT AND NCSA AND MIT-0\"";
        let excerpt = Excerpt::of("Cargo.toml", line, 10..line.len());
        let marked = |word| excerpt.narrowed_to(word).map(|excerpt| excerpt.one_line());
        assert_eq!(marked("NCSA").as_deref(), Some("NCSA"));
        assert_eq!(marked("MIT").as_deref(), Some("MIT"));
        assert_eq!(marked("AND"), None);
        assert_eq!(marked("ISC"), None);
    }
}
