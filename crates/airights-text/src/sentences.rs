//! Cuts a stretch of text into sentences, headings and list items.

use std::ops::Range;

/// One sentence, heading or list item, as a byte range of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Where it stands, without the blanks around it.
    pub(crate) bytes: Range<usize>,
    /// Whether a heading mark, an underline or a whole line to itself makes it a heading.
    pub(crate) is_heading: bool,
    /// The bullet or list number that opens it.
    pub(crate) item: Option<Marker>,
    /// Whether it stands in a block of code or a quotation.
    pub(crate) quoting: Quoting,
    /// Whether it opens a paragraph.
    pub(crate) opens_paragraph: bool,
}

/// What opens an item of a list. Items with one marker are of one list; a list within an item has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    kind: MarkerKind,
    /// Blanks before it.
    indent: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkerKind {
    Bullet(char),
    /// A number or letter, with what stands around it.
    Number {
        opens: bool,
        close: char,
        is_digits: bool,
    },
}

impl Marker {
    /// Whether items with these markers are of one list. Numbers of one list need not begin in one column.
    pub(crate) fn is_of_list(self, other: Self) -> bool {
        self.kind == other.kind && self.indent.abs_diff(other.indent) < 2
    }
}

/// Whose words they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// The text's own.
    #[default]
    None,
    /// Behind the mark of a quotation, which READMEs use for notes of their own as well.
    Block,
    /// In a block of code.
    Code,
}

/// The sentences of `text[within]`, in order.
pub(crate) fn sentences(text: &str, within: Range<usize>) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut block: Option<(Range<usize>, Option<Marker>, Quoting)> = None;
    let mut in_code = false;
    let mut in_comment = is_in_comment(text, within.start);
    let mut opens = true;
    let mut offset = within.start;
    let mut flush = |block: &mut Option<(Range<usize>, Option<Marker>, Quoting)>, opens: bool| {
        if let Some((bytes, item, quoting)) = block.take() {
            split_block(text, &bytes, item, quoting, opens, &mut all);
        }
    };
    for line in text.get(within.clone()).unwrap_or("").split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let plain = strip_leaders(line);
        // A row of tildes behind a comment leader is an ornament.
        let is_fence = plain.starts_with("```") || line.trim_start().starts_with("~~~");
        if is_fence {
            flush(&mut block, opens);
            opens = true;
            in_code = !in_code;
            continue;
        }
        if !plain.chars().any(char::is_alphanumeric) {
            in_comment = (in_comment || line.trim_start().starts_with("/*")) && !line.contains("*/");
            flush(&mut block, opens);
            opens = true;
            continue;
        }
        // In a comment like that of C, the star is no mark of an item.
        in_comment = in_comment || line.trim_start().starts_with("/*");
        let is_starred = in_comment && line.trim_start().starts_with('*');
        in_comment = in_comment && !line.contains("*/");
        let item = marker(line, plain).filter(|_| !is_starred);
        let is_heading =
            line.trim_start().starts_with('#') && !line.trim_start().starts_with("#!") && !is_comment_hash(text, start);
        if item.is_some() || is_heading {
            flush(&mut block, opens);
        }
        let quoting = if in_code {
            Quoting::Code
        } else if line.trim_start().starts_with("> ") && !plain.is_empty() {
            Quoting::Block
        } else {
            Quoting::None
        };
        if let Some((bytes, _, _)) = &mut block {
            bytes.end = offset;
        } else {
            opens = opens || item.is_some() || is_heading;
            block = Some((start..offset, item, quoting));
        }
        if is_heading {
            flush(&mut block, true);
            opens = true;
        }
    }
    flush(&mut block, opens);
    all
}

/// The same sentences as they are judged: a short question and its short answer say one thing, and what is longer than any
/// sentence is taken a piece at a time, so that judging it takes no time that grows with its square.
pub(crate) fn to_judge(text: &str, sentences: Vec<Sentence>) -> Vec<Sentence> {
    const SHORT: usize = 100;
    let is_question = |last: &Sentence| last.bytes.len() < SHORT && text[last.bytes.clone()].ends_with('?');
    let mut all: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let may_answer = !sentence.opens_paragraph && sentence.bytes.len() < SHORT / 2;
        match all.last_mut() {
            Some(last) if may_answer && last.quoting == sentence.quoting && is_question(last) => {
                last.bytes.end = sentence.bytes.end;
            }
            _ => push_pieces(text, sentence, &mut all),
        }
    }
    all
}

/// Adds a sentence, or the pieces of it where it is too long for one.
fn push_pieces(text: &str, mut sentence: Sentence, all: &mut Vec<Sentence>) {
    const LONGEST: usize = 4_096;
    while sentence.bytes.len() > LONGEST {
        let most = text.floor_char_boundary(sentence.bytes.start + LONGEST);
        let piece = &text[sentence.bytes.start..most];
        let length = piece
            .rfind(char::is_whitespace)
            .filter(|&at| at > 0)
            .unwrap_or(piece.len());
        let end = sentence.bytes.start + length;
        all.push(Sentence {
            bytes: sentence.bytes.start..end,
            ..sentence.clone()
        });
        sentence.bytes.start = end;
        sentence.opens_paragraph = false;
    }
    all.push(sentence);
}

/// Whether a comment like that of C was opened before this byte, and not closed.
fn is_in_comment(text: &str, at: usize) -> bool {
    /// Bytes before it that are looked at.
    const REACH: usize = 4_096;
    let before = &text[text.floor_char_boundary(at.saturating_sub(REACH))..at];
    before
        .rfind("/*")
        .is_some_and(|opened| !before[opened..].contains("*/"))
}

/// A line without comment leaders, quote marks and blanks.
fn strip_leaders(line: &str) -> &str {
    line.trim()
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '#' | '>' | ';' | '!' | '|'))
}

/// In a source file or `robots.txt` every line may start with `#`; then it is no heading.
fn is_comment_hash(text: &str, start: usize) -> bool {
    let next = text[start..].find('\n').map(|at| &text[start + at + 1..]);
    let before = text[..start]
        .strip_suffix('\n')
        .map(|before| &before[before.rfind('\n').map_or(0, |at| at + 1)..]);
    let hash = |line: Option<&str>| line.is_some_and(|line| line.trim_start().starts_with('#'));
    hash(next.and_then(|next| next.lines().next())) || hash(before)
}

/// The marker that opens an item, where the line does.
fn marker(line: &str, plain: &str) -> Option<Marker> {
    let indent = line.len() - line.trim_start().len() + (line.trim().len() - plain.len());
    let is_blank_next = |rest: &str| rest.starts_with(char::is_whitespace);
    let first = plain.chars().next()?;
    let kind = match first {
        '*' | '-' | '+' | '•' | '–' | '·' | '◦' | '▪' => {
            let rest = &plain[first.len_utf8()..];
            let is_item = is_blank_next(rest) && rest.chars().any(char::is_alphanumeric);
            is_item.then_some(MarkerKind::Bullet(first))
        }
        '(' => {
            let end = plain.find(')').filter(|end| (2..=5).contains(end))?;
            Some(MarkerKind::Number {
                opens: true,
                close: ')',
                is_digits: plain[1..end].bytes().all(|byte| byte.is_ascii_digit()),
            })
        }
        _ => {
            let length = plain.find(|letter: char| !letter.is_alphanumeric())?;
            let (number, rest) = plain.split_at(length);
            let is_digits = number.bytes().all(|byte| byte.is_ascii_digit());
            let is_roman = number.chars().all(|letter| "ivx".contains(letter));
            let is_number = (1..=3).contains(&length) && (is_digits || length == 1 || is_roman);
            let close = rest.chars().next().filter(|close| matches!(close, ')' | '.'))?;
            (is_number && is_blank_next(&rest[1..])).then_some(MarkerKind::Number {
                opens: false,
                close,
                is_digits,
            })
        }
    }?;
    Some(Marker { kind, indent })
}

fn split_block(
    text: &str,
    bytes: &Range<usize>,
    item: Option<Marker>,
    quoting: Quoting,
    opens: bool,
    all: &mut Vec<Sentence>,
) {
    let block = &text[bytes.clone()];
    let trimmed = block.trim();
    let is_marked = trimmed.starts_with('#') && !trimmed.contains('\n') && !is_comment_hash(text, bytes.start);
    let is_heading = (is_marked || is_caption(trimmed)) && item.is_none();
    let first = all.len();
    let mut start = 0;
    for end in ends(block) {
        push(block, bytes.start, start..end, all);
        start = end;
    }
    push(block, bytes.start, start..block.len(), all);
    for (number, sentence) in all[first..].iter_mut().enumerate() {
        sentence.is_heading = is_heading;
        sentence.item = item;
        sentence.quoting = quoting;
        sentence.opens_paragraph = opens && number == 0;
    }
}

fn push(block: &str, offset: usize, range: Range<usize>, all: &mut Vec<Sentence>) {
    let part = &block[range.clone()];
    let trimmed = part.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = offset + range.start + (part.len() - part.trim_start().len());
    if !trimmed.chars().any(char::is_alphanumeric)
        && let Some(last) = all.last_mut()
        && last.bytes.end <= start
        && last.bytes.end >= offset
    {
        last.bytes.end = start + trimmed.len();
        return;
    }
    all.push(Sentence {
        bytes: start..start + trimmed.len(),
        is_heading: false,
        item: None,
        quoting: Quoting::None,
        opens_paragraph: false,
    });
}

/// A single short line without a full stop.
fn is_caption(block: &str) -> bool {
    !block.contains('\n')
        && block.len() < 90
        && !block.ends_with(['.', ',', ';', '!', '?', '。', '！', '？'])
        && !block.contains(". ")
}

/// Shortenings whose full stop ends no sentence.
const SHORTENINGS: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "etc", "inc", "corp", "ltd", "co", "no", "v", "vs", "st", "dr", "mr", "ms", "art", "sec",
    "u.s", "a.i", "cf", "al", "jr", "approx", "incl", "resp", "ver",
];

fn ends(block: &str) -> Vec<usize> {
    let bytes = block.as_bytes();
    let mut all = Vec::new();
    for (at, letter) in block.char_indices() {
        let after = at + letter.len_utf8();
        match letter {
            '。' | '！' | '？' => all.push(after),
            '.' | '!' | '?' => {
                let mut end = after;
                while bytes
                    .get(end)
                    .is_some_and(|byte| matches!(byte, b'"' | b'\'' | b')' | b'*' | b'_'))
                {
                    end += 1;
                }
                if !bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
                    continue;
                }
                let next = block[end..].trim_start_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '/' | '#' | '*' | '"' | '\'' | '(' | '“' | '_' | '`' | '[')
                });
                let word = block[..at]
                    .rsplit(|c: char| c.is_whitespace() || c == '(')
                    .next()
                    .unwrap_or("");
                let is_shortening = letter == '.'
                    && (SHORTENINGS.contains(&word.to_ascii_lowercase().as_str())
                        || word.len() == 1 && word.chars().all(char::is_alphanumeric)
                        || word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit()));
                if !is_shortening && !next.chars().next().is_some_and(char::is_lowercase) {
                    all.push(end);
                }
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len())
            .into_iter()
            .map(|sentence| &text[sentence.bytes])
            .collect()
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_shortenings() {
        assert_eq!(
            cut("You may use it, e.g. at home. Acme Inc. owns it.\nSee \"here.\" Done"),
            [
                "You may use it, e.g. at home.",
                "Acme Inc. owns it.",
                "See \"here.\"",
                "Done"
            ]
        );
    }

    #[test]
    fn list_items_headings_and_paragraphs_stand_alone() {
        assert_eq!(
            cut("# Terms\nYou may not:\n- train\n  models\n- sell it\n\nDone\n"),
            ["# Terms", "You may not:", "- train\n  models", "- sell it", "Done"]
        );
    }

    #[test]
    fn a_star_in_a_comment_is_no_bullet_wherever_the_reading_begins() {
        let text = "/*\n * Copyright 2020\n *   Ex Works, Inc.\n */";
        let from = text.find(" * C").expect("the second line");
        assert_eq!(sentences(text, from..text.len()).len(), 1);
    }

    #[test]
    fn a_question_and_its_answer_are_one() {
        let text = "May I? Never. It is mine.\n\nMay you?\n\nYes.";
        let all = to_judge(text, sentences(text, 0..text.len()));
        let all: Vec<&str> = all.into_iter().map(|sentence| &text[sentence.bytes]).collect();
        assert_eq!(all, ["May I? Never.", "It is mine.", "May you?", "Yes."]);
    }

    #[test]
    fn what_is_longer_than_any_sentence_is_cut() {
        let text = "word ".repeat(2_000);
        let all = to_judge(&text, sentences(&text, 0..text.len()));
        assert_eq!(all.len(), 3);
        assert!(all.windows(2).all(|pair| pair[0].bytes.end == pair[1].bytes.start));
    }

    #[test]
    fn code_is_marked() {
        let text = "Say:\n```\ndo not train\n```\nafter";
        let all = sentences(text, 0..text.len());
        assert_eq!(
            all.iter().map(|sentence| sentence.quoting).collect::<Vec<_>>(),
            [Quoting::None, Quoting::Code, Quoting::None]
        );
    }
}
