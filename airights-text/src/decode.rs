//! Turns the bytes of a file into text.

use std::borrow::Cow;

/// The text of a file: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, otherwise Windows-1252 (which holds
/// Latin-1). `None` if the bytes are no text.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(Cow::Owned(utf16(rest, u16::from_le_bytes)));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(Cow::Owned(utf16(rest, u16::from_be_bytes)));
    }
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) if looks_like_text(bytes) => Some(Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect())),
        Err(_) => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
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

fn windows_1252(byte: u8) -> char {
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
            (b"a\0b", None),
            (b"\x89PNG\x01\x02\x03\x04", None),
            (b"", Some("")),
        ] {
            assert_eq!(decode(bytes).as_deref(), expected, "{bytes:?}");
        }
    }
}
