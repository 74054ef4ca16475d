//! Turns the bytes of a file into text.

use std::borrow::Cow;

use crate::rtf;

/// The text of a file: UTF-8, UTF-16 and UTF-32 with a byte order mark or without one, otherwise Windows-1252 (which
/// holds Latin-1). A few stray NULs do not hide a text: they are left out within words, and are blanks elsewhere. `None` if
/// the bytes are no text. Of Rich Text Format it is the words.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = letters(bytes)?;
    Some(rtf::words_of(&text).map_or(text, Cow::Owned))
}

fn letters(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return letters(rest);
    }
    if let Some((wide, mark)) = Wide::marked(bytes) {
        return Some(Cow::Owned(wide.decode(&bytes[mark..])));
    }
    if bytes.contains(&0) {
        return with_nuls(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) if looks_like_text(bytes) => Some(Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect())),
        Err(_) => None,
    }
}

/// An encoding of two or four bytes a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wide {
    Utf16Little,
    Utf16Big,
    Utf32Little,
    Utf32Big,
}

impl Wide {
    /// The encoding that a byte order mark names, and the length of the mark.
    fn marked(bytes: &[u8]) -> Option<(Self, usize)> {
        // The longer marks come first: one begins with a shorter one.
        let marks: [(&[u8], Self); 4] = [
            (b"\xff\xfe\0\0", Self::Utf32Little),
            (b"\0\0\xfe\xff", Self::Utf32Big),
            (b"\xff\xfe", Self::Utf16Little),
            (b"\xfe\xff", Self::Utf16Big),
        ];
        let found = marks.into_iter().find(|(mark, _)| bytes.starts_with(mark))?;
        Some((found.1, found.0.len()))
    }

    /// The encoding that the places of the NULs show: most letters of most texts have their zeros in the same bytes.
    fn guessed(bytes: &[u8]) -> Option<Self> {
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        let mut nuls = [0_usize; 4];
        for (at, _) in sample.iter().enumerate().filter(|(_, byte)| **byte == 0) {
            nuls[at % 4] += 1;
        }
        let quarter = sample.len().div_ceil(4);
        let [first, second, third, fourth] = nuls.map(|count| count * 10 >= quarter * 6);
        match (first, second, third, fourth) {
            (false, _, true, true) => Some(Self::Utf32Little),
            (true, true, _, false) => Some(Self::Utf32Big),
            (false, true, false, true) => Some(Self::Utf16Little),
            (true, false, true, false) => Some(Self::Utf16Big),
            _ => None,
        }
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf16Little => utf16(bytes, u16::from_le_bytes),
            Self::Utf16Big => utf16(bytes, u16::from_be_bytes),
            Self::Utf32Little => utf32(bytes, u32::from_le_bytes),
            Self::Utf32Big => utf32(bytes, u32::from_be_bytes),
        }
    }
}

/// Bytes that are looked at to guess an encoding.
const SAMPLE: usize = 1 << 14;

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2);
    let is_cut = !units.remainder().is_empty();
    char::decode_utf16(units.map(|pair| unit([pair[0], pair[1]])))
        .map(|letter| letter.map_or(char::REPLACEMENT_CHARACTER, without_nul))
        .chain(is_cut.then_some(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> String {
    let units = bytes.chunks_exact(4);
    let is_cut = !units.remainder().is_empty();
    units
        .map(|four| char::from_u32(unit([four[0], four[1], four[2], four[3]])))
        .map(|letter| letter.map_or(char::REPLACEMENT_CHARACTER, without_nul))
        .chain(is_cut.then_some(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn without_nul(letter: char) -> char {
    if letter == '\0' { ' ' } else { letter }
}

/// A text of wide characters without a mark, or one with a few NULs in it.
fn with_nuls(bytes: &[u8]) -> Option<Cow<'static, str>> {
    if let Some(wide) = Wide::guessed(bytes) {
        let text = wide.decode(bytes);
        let strange = text.chars().filter(|letter| is_strange(*letter)).count();
        return (strange * 50 <= text.len()).then_some(Cow::Owned(text));
    }
    // A file that was made longer than its text ends in NULs.
    let end = bytes.iter().rposition(|&byte| byte != 0)? + 1;
    let bytes = &bytes[..end];
    let nuls = bytes.split(|byte| *byte == 0).count() - 1;
    if nuls > FEW_NULS + bytes.len() / 50 {
        return None;
    }
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let plain: Vec<u8> = bytes
        .iter()
        .enumerate()
        .filter(|&(at, byte)| *byte != 0 || !(is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))))
        .map(|(_, &byte)| if byte == 0 { b' ' } else { byte })
        .collect();
    looks_like_text_or_utf8(&plain).then(|| decode(&plain).map(|text| Cow::Owned(text.into_owned())))?
}

/// So many NULs a text of any length may have.
const FEW_NULS: usize = 2;

fn is_strange(letter: char) -> bool {
    letter == char::REPLACEMENT_CHARACTER || letter.is_control() && !letter.is_whitespace()
}

/// Whether bytes that had NULs among them are a text all the same: few control characters, and nearly all of it ASCII if it
/// is not UTF-8.
fn looks_like_text_or_utf8(bytes: &[u8]) -> bool {
    let high = || bytes.iter().filter(|byte| !byte.is_ascii()).count();
    std::str::from_utf8(bytes).map_or_else(
        |_| looks_like_text(bytes) && high() * 10 <= bytes.len(),
        |text| text.chars().filter(|letter| is_strange(*letter)).count() * 200 <= bytes.len(),
    )
}

/// Text in a one-byte encoding has hardly any control characters, and mostly ASCII.
fn looks_like_text(bytes: &[u8]) -> bool {
    let control = bytes
        .iter()
        .filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
        .count();
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    control * 200 <= bytes.len() && high * 3 <= bytes.len()
}

/// The characters of Windows-1252 from 0x80 to 0x9f, where it differs from Latin-1.
const WINDOWS: &[u8; 32] = &[
    0xac, 0x81, 0x1a, 0x92, 0x1e, 0x26, 0x20, 0x21, 0xc6, 0x30, 0x60, 0x39, 0x52, 0x8d, 0x7d, 0x8f, 0x90, 0x18, 0x19,
    0x1c, 0x1d, 0x22, 0x13, 0x14, 0xdc, 0x22, 0x61, 0x3a, 0x53, 0x9d, 0x7e, 0x78,
];
/// The upper bytes of those characters.
const WINDOWS_PAGE: &[u8; 32] = &[
    0x20, 0x00, 0x20, 0x01, 0x20, 0x20, 0x20, 0x20, 0x02, 0x20, 0x01, 0x20, 0x01, 0x00, 0x01, 0x00, 0x00, 0x20, 0x20,
    0x20, 0x20, 0x20, 0x20, 0x20, 0x02, 0x21, 0x01, 0x20, 0x01, 0x00, 0x01, 0x01,
];

pub(crate) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => {
            let at = usize::from(byte - 0x80);
            let code = u16::from_be_bytes([WINDOWS_PAGE[at], WINDOWS[at]]);
            char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_other_bytes() {
        for (bytes, expected) in [
            (&b"plain"[..], Some("plain")),
            (b"\xef\xbb\xbfmarked", Some("marked")),
            (b"\xff\xfea\0b\0", Some("ab")),
            (b"\xfe\xff\0a\0b", Some("ab")),
            (
                b"Copyright \xa9 Jos\xe9, \x93quoted\x94",
                Some("Copyright © José, “quoted”"),
            ),
            (b"\xff\xfe\0\0a\0\0\0b\0\0\0", Some("ab")),
            (b"\0\0\xfe\xff\0\0\0a\0\0\0b", Some("ab")),
            (b"a\0b\0c\0d\0 \0e\0", Some("abcd e")),
            (b"\0a\0b\0c\0d\0 \0e", Some("abcd e")),
            (b"a\0\0\0b\0\0\0c\0\0\0", Some("abc")),
            (b"\0\0\0a\0\0\0b\0\0\0c", Some("abc")),
            (b"\xff\xfea\0\0\xd8b\0c", Some("a\u{fffd}b\u{fffd}")),
            (b"do not tr\0ain on it\0\0\0", Some("do not train on it")),
            (b"do not\0 train \xa9 Jos\xe9", Some("do not  train © José")),
            (b"\0asm\x01\0\0\0\x01\x05", None),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", None),
            (b"\0", None),
            (b"a\0b\xff\0", None),
            (b"\x82\xb1\x82\xcc\x83\\\x83t\x83g", None),
            (b"\x89PNG\x01\x02\x03\x04", None),
            (b"", Some("")),
        ] {
            assert_eq!(decode(bytes).as_deref(), expected, "{bytes:?}");
        }
    }
}
