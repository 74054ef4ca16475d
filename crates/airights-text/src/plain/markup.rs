//! Takes off HTML: entities become characters, tags within words vanish, others end a line or a word.
//!
//! Comments and what is no known tag stay as they are: their words count. So do the words of an attribute that is a
//! sentence, since somebody reads it.

use std::ops::Range;

use super::entities::entity;
use super::{Edit, With, next_byte};

/// Tags that stand within a line and, for a reader, between no two letters.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// Tags that begin or end a block, and what stands in their place.
const BLOCKS: &[(&str, &str)] = &[
    ("blockquote", "\n\n"),
    ("body", "\n\n"),
    ("br", "\n"),
    ("center", "\n\n"),
    ("dd", "\n"),
    ("details", "\n\n"),
    ("div", "\n\n"),
    ("dl", "\n\n"),
    ("dt", "\n"),
    ("h1", "\n\n"),
    ("h2", "\n\n"),
    ("h3", "\n\n"),
    ("h4", "\n\n"),
    ("h5", "\n\n"),
    ("h6", "\n\n"),
    ("head", "\n\n"),
    ("hr", "\n\n"),
    ("html", "\n\n"),
    ("img", " "),
    ("li", "\n"),
    ("meta", "\n"),
    ("ol", "\n\n"),
    ("p", "\n\n"),
    ("picture", " "),
    ("pre", "\n\n"),
    ("section", "\n\n"),
    ("source", " "),
    ("summary", "\n\n"),
    ("table", "\n\n"),
    ("tbody", "\n"),
    ("td", " "),
    ("th", " "),
    ("thead", "\n"),
    ("title", "\n\n"),
    ("tr", "\n"),
    ("ul", "\n\n"),
];

/// Bytes a tag has at most.
const LONGEST: usize = 4096;

/// Attributes whose blanks do not divide words of a language.
const TECHNICAL: &[&str] = &[
    "class",
    "style",
    "rel",
    "d",
    "points",
    "srcset",
    "sizes",
    "transform",
    "viewbox",
    "href",
    "src",
    "id",
    "media",
];

pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = next_byte(bytes, at, |byte| byte == b'<' || byte == b'&') {
        at = found;
        at = if bytes[at] == b'&' {
            decode(text, at, &mut edits)
        } else {
            strip(text, at, &mut edits)
        };
    }
    edits
}

/// Decodes the entity at `at`, if one is there, and says where to go on.
fn decode(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let Some((with, length)) = entity(&text[at..]) else {
        return at + 1;
    };
    edits.push(Edit {
        range: at..at + length,
        with,
    });
    at + length
}

/// The length of a mark of SPDX's templates that begins or ends what may be left out (SPDX 3, annex "License matching").
fn template_mark(text: &str) -> Option<usize> {
    let rest = ["<<beginOptional", "<<endOptional"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))?;
    let inner = rest.bytes().take(64).take_while(|byte| *byte != b'>').count();
    // Where blanks are, words may be.
    let is_plain = !rest[..inner].contains(char::is_whitespace) && rest[inner..].starts_with(">>");
    is_plain.then(|| text.len() - rest.len() + inner + 2)
}

/// Takes out the tag at `at`, if one is there, and says where to go on.
fn strip(text: &str, at: usize, edits: &mut Vec<Edit>) -> usize {
    let bytes = text.as_bytes();
    if let Some(length) = template_mark(&text[at..]) {
        edits.push(Edit {
            range: at..at + length,
            with: With::Words("\n"),
        });
        return at + length;
    }
    let open = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
    let length = bytes[open..]
        .iter()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let name = &text[open..open + length];
    let Some(with) = in_place_of(name) else {
        return at + 1;
    };
    let Some((end, values)) = attributes(text, open + length) else {
        return at + 1;
    };
    if name.eq_ignore_ascii_case("meta") && is_signal(&text[at..end]) {
        return end;
    }
    if values.is_empty() {
        edits.push(Edit { range: at..end, with });
        return end;
    }
    let mut start = at;
    for value in values {
        edits.push(Edit {
            range: start..value.start,
            with: With::Words("\n\n"),
        });
        let mut from = value.start;
        while let Some(found) = text[from..value.end].find('&') {
            from = decode(&text[..value.end], from + found, edits);
        }
        start = value.end;
    }
    edits.push(Edit {
        range: start..end,
        with: With::Words("\n\n"),
    });
    end
}

/// What stands in the place of a tag of this name; `None` where no tag is called so.
fn in_place_of(name: &str) -> Option<With> {
    if name.is_empty() {
        return None;
    }
    if INLINE.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        return Some(With::Nothing);
    }
    let block = BLOCKS.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name));
    block.map(|(_, with)| With::Words(with))
}

/// Whether a `<meta>` says something to machines: it is read as it is.
fn is_signal(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["robots", "tdm", "usage", "license"]
        .iter()
        .any(|name| tag.contains(name))
}

/// Where the tag ends whose attributes begin at `at`, and which of their values are sentences. `None` where it is no tag.
fn attributes(text: &str, at: usize) -> Option<(usize, Vec<Range<usize>>)> {
    let bytes = text.as_bytes();
    let limit = bytes.len().min(at + LONGEST);
    // `<Name of the holder>` is no tag, and neither is `<a@example.org>`.
    if !matches!(bytes.get(at)?, b'>' | b'/') && !bytes[at].is_ascii_whitespace() {
        return None;
    }
    let mut sentences = Vec::new();
    let mut place = at;
    let mut unquoted = String::new();
    while place < limit {
        match bytes[place] {
            b'>' => return is_of_attributes(&unquoted).then_some((place + 1, sentences)),
            b'<' => return None,
            quote @ (b'"' | b'\'') => {
                let length = bytes[place + 1..limit].iter().position(|&byte| byte == quote)?;
                let value = place + 1..place + 1 + length;
                if !is_technical(&text[at..place]) && is_sentence(&text[value.clone()]) {
                    sentences.push(value.clone());
                }
                place = value.end + 1;
            }
            byte => {
                unquoted.push(char::from(byte));
                place += 1;
            }
        }
    }
    None
}

/// Whether these may be the attributes of a tag, without the values between quotes. `<i do not agree>` is no tag: hardly
/// any attribute stands without a value.
fn is_of_attributes(words: &str) -> bool {
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic) && !word.contains('=');
    words.split_whitespace().filter(is_word).count() < 3
}

/// Whether the attribute whose value begins behind `before` is none that people read.
fn is_technical(before: &str) -> bool {
    let name = before.trim_end().trim_end_matches('=').trim_end();
    let start = name.rfind(|letter: char| letter.is_whitespace() || letter == '"' || letter == '\'');
    let name = &name[start.map_or(0, |start| start + 1)..];
    TECHNICAL.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// Whether a value is more than a name.
fn is_sentence(value: &str) -> bool {
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 || word.contains('&');
    let foreign = |letter: &char| letter.is_alphabetic() && *letter >= '\u{900}';
    value.split_whitespace().filter(is_word).count() > 3
        || value.chars().filter(foreign).count() > 5
        || value.matches("&#").count() > 5
}

#[cfg(test)]
mod tests {
    use super::super::applied;
    use super::*;

    #[test]
    fn markup_is_taken_off() {
        let long = format!("<a href=\"{}\">it</a>", "x".repeat(1000));
        for (text, expected) in [
            ("lic<b>en</b>se", "license"),
            ("one<br/>two<p class=\"x\">three", "one\ntwo\n\nthree"),
            ("caf&eacute; &copy; &quot;x&quot;", "café © \"x\""),
            (long.as_str(), "it"),
            ("<a title='a > b'>it</a>", "it"),
            (
                "<a title=\"You may not &#116;rain on it\">it</a>",
                "\n\nYou may not train on it\n\nit",
            ),
            ("<a class='one two three four five'>it</a>", "it"),
            ("<!-- you may not -->", "<!-- you may not -->"),
            (
                "<year> <owner> <b@example.org> 1 < 2 & 3",
                "<year> <owner> <b@example.org> 1 < 2 & 3",
            ),
            ("<i do not agree>", "<i do not agree>"),
            ("<i x=1 you may not sell>", "<i x=1 you may not sell>"),
            ("<meta name=robots content=noai>", "<meta name=robots content=noai>"),
            ("<a <b", "<a <b"),
            ("&lt;p may not sell&gt;", "‹p may not sell›"),
            ("<<beginOptional;name=intro>>as is<<endOptional>>", "\nas is\n"),
            ("<<endOptional;you may not>>", "<<endOptional;you may not>>"),
        ] {
            assert_eq!(applied(text, edits(text)).0, expected, "{text}");
        }
    }
}
