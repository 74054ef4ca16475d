//! Cuts a text into the words that carry its meaning, each with its place.
//!
//! Two texts that a lawyer would call the same give the same words here: letter case, punctuation, Markdown, comment
//! leaders, quotes, bullets and list numbers are passed over. What more there is to take off, `plain` has taken off
//! before. `build.rs` compiles this very file, so that the texts of the index and the text at hand are always cut alike.

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawWord {
    /// Hash of the lower-case letters.
    pub(crate) hash: u64,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// Hash of a word as [`each_word`] gives it; `word` must be in lower case.
pub(crate) fn hash_word(word: &str) -> u64 {
    finish(word.chars().fold(SEED, step))
}

/// Hash of a whole text from the hashes of its words, one after the other, beginning with 0.
pub(crate) fn hash_text(before: u64, word: u64) -> u64 {
    (before.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Calls `found` with each word of `text`, in order.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(RawWord)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            if CLASS[byte as usize] == 0 {
                at = match byte {
                    b'&' => skip_entity(bytes, at),
                    _ => at + 1,
                };
                continue;
            }
        } else if !starts_word(text, at) {
            at += char_width(byte);
            continue;
        }
        let word = take_word(text, at);
        at = word.end;
        if !is_passed_over(bytes, &word) {
            found(word);
        }
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// For each ASCII byte its lower-case form if it may stand in a word, else 0.
const CLASS: [u8; 128] = {
    let mut table = [0_u8; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

fn step(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(u32::from(letter))).wrapping_mul(PRIME)
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

fn char_width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn starts_word(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(char::is_alphanumeric)
}

/// Characters that are invisible and do not end a word: soft hyphen, zero-width space and joiners, byte order mark.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn take_word(text: &str, start: usize) -> RawWord {
    let bytes = text.as_bytes();
    let mut hash = SEED;
    let mut at = start;
    let mut end = start;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 0x80 {
            let lower = CLASS[byte as usize];
            if lower != 0 {
                hash = (hash ^ u64::from(lower)).wrapping_mul(PRIME);
            } else if !(byte == b'-' && joins(&bytes[start..at], bytes.get(at + 1))) {
                break;
            }
            at += 1;
        } else {
            let Some(letter) = char_at(text, at) else { break };
            if letter.is_alphanumeric() {
                hash = letter.to_lowercase().fold(hash, step);
            } else if !is_invisible(letter) {
                break;
            }
            at += letter.len_utf8();
        }
        end = at;
    }
    RawWord {
        hash: finish(hash),
        start,
        end,
    }
}

/// "sub-license" and "non-commercial" are also written as one word.
fn joins(before: &[u8], after: Option<&u8>) -> bool {
    after.is_some_and(u8::is_ascii_alphabetic)
        && (before.eq_ignore_ascii_case(b"sub") || before.eq_ignore_ascii_case(b"non"))
}

/// List numbers, address prefixes and the like: words by their letters only.
fn is_passed_over(bytes: &[u8], word: &RawWord) -> bool {
    let letters = &bytes[word.start..word.end];
    if letters.len() > 5 {
        return false;
    }
    if letters.len() >= 3 && (letters == b"http" || letters == b"https" || letters == b"www") {
        return true;
    }
    if letters.len() > 4 || !(is_number(letters) || is_letter_or_roman(letters)) {
        return false;
    }
    let before = word.start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(word.end).copied();
    let next = bytes.get(word.end + 1).copied();
    if before == Some(b'(') && after == Some(b')') {
        return true;
    }
    let ends_blank = next.is_none_or(|byte| byte.is_ascii_whitespace());
    match after {
        Some(b')') => before.is_none_or(|byte| byte.is_ascii_whitespace()),
        Some(b'.') if is_number(letters) => {
            ends_blank && (before.is_none_or(|byte| byte.is_ascii_whitespace()) || is_section(bytes, word.start))
                || next.is_some_and(|byte| byte.is_ascii_digit()) && opens_section(bytes, word.start)
        }
        Some(b'.') => ends_blank && (starts_line(bytes, word.start) || follows_item(bytes, word.start)),
        _ => false,
    }
}

fn is_number(letters: &[u8]) -> bool {
    letters.len() <= 2 && letters.iter().all(u8::is_ascii_digit)
}

fn is_letter_or_roman(letters: &[u8]) -> bool {
    letters.len() == 1 && letters[0].is_ascii_alphabetic()
        || letters
            .iter()
            .all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'))
}

/// Whether only blanks and comment leaders stand before `at` on its line.
fn starts_line(bytes: &[u8], at: usize) -> bool {
    for &byte in bytes[at.saturating_sub(12)..at].iter().rev() {
        match byte {
            b'\n' => return true,
            b' ' | b'\t' | b'*' | b'/' | b'#' | b'>' | b'-' | b';' | b'_' | b'!' | b'%' | b'|' => {}
            _ => return false,
        }
    }
    at <= 12
}

/// Whether the letter at `at` numbers an item of a list that was wrapped into lines of another width: an item ends before
/// it, in "…; and ii. the other".
fn follows_item(bytes: &[u8], at: usize) -> bool {
    let before = bytes[at.saturating_sub(40)..at].trim_ascii_end();
    let joined = [&b"and"[..], b"or"]
        .into_iter()
        .find_map(|word| before.strip_suffix(word));
    let before = joined.map_or(before, <[u8]>::trim_ascii_end);
    let ends_item = match before.last() {
        Some(b';' | b':') => true,
        // "A." after a full stop may begin a name.
        Some(b'.') => bytes[at].is_ascii_lowercase() && before.iter().rev().skip(1).take(3).all(u8::is_ascii_lowercase),
        _ => false,
    };
    ends_item && at > 0 && bytes[at - 1].is_ascii_whitespace()
}

/// Whether the number at `at` ends a section number such as the `1` of "2.1. Grants" at the start of a line.
fn is_section(bytes: &[u8], at: usize) -> bool {
    let mut first = at;
    while first > 0 && at - first < 8 && (bytes[first - 1] == b'.' || bytes[first - 1].is_ascii_digit()) {
        first -= 1;
    }
    first < at && starts_line(bytes, first)
}

/// Whether the number at `at` opens a section number such as "2.1." at the start of a line.
fn opens_section(bytes: &[u8], at: usize) -> bool {
    if !starts_line(bytes, at) && !is_section(bytes, at) {
        return false;
    }
    let rest = &bytes[at..bytes.len().min(at + 10)];
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
        .count();
    length > 0 && rest[length - 1] == b'.' && rest.get(length).is_none_or(u8::is_ascii_whitespace)
}

fn skip_entity(bytes: &[u8], at: usize) -> usize {
    let window = &bytes[at + 1..bytes.len().min(at + 10)];
    match window.iter().position(|&byte| byte == b';') {
        Some(end)
            if end > 0
                && window[..end]
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') =>
        {
            at + end + 2
        }
        _ => at + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        each_word(text, |word| all.push(text[word.start..word.end].to_lowercase()));
        all
    }

    #[test]
    fn layout_and_dress_do_not_matter() {
        let plain = words("Permission is hereby granted to sell");
        for dressed in [
            "// PERMISSION is\n//   hereby granted,\n// to sell",
            " * (a) Permission is hereby \"granted\" to sell.",
            "1. **Permission** is hereby granted&unknown;to sell;",
            "2.1. Permission is hereby “granted” to s\u{ad}ell",
            "iv) Permission is hereby granted to sell",
        ] {
            let found: Vec<u64> = hashes(dressed);
            assert_eq!(found, hashes("permission is hereby granted to sell"), "{dressed}");
            assert_eq!(found.len(), plain.len());
        }
    }

    fn hashes(text: &str) -> Vec<u64> {
        let mut all = Vec::new();
        each_word(text, |word| all.push(word.hash));
        all
    }

    #[test]
    fn numbers_that_mean_something_stay() {
        assert_eq!(
            words("Version 2.0, January 2004"),
            ["version", "2", "0", "january", "2004"]
        );
        assert_eq!(words("<year> <owner>"), ["year", "owner"]);
        assert_eq!(hashes("sub-license non-commercial"), hashes("sublicense noncommercial"));
    }

    #[test]
    fn hashing_a_word_agrees_with_cutting_it() {
        assert_eq!(hashes("Straße"), [hash_word("straße")]);
    }
}
