//! Makes untrusted text safe to show: what a terminal would act on, or a reader could not see, is spelled out.

use std::borrow::Cow;

/// Whether a character does something else than stand for itself: control characters, the bidirectional controls
/// that reorder what is read (UTS #39), and those that take no room and so can hide words.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Text for one line: hidden characters as `\u{1b}`, line ends and tabs included.
pub fn visible(text: &str) -> Cow<'_, str> {
    spell_out(text, is_hidden)
}

/// Text of several lines: as [`visible`], but line ends stay and a tab becomes four spaces.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let text = spell_out(text, |c| is_hidden(c) && c != '\n' && c != '\t');
    if text.contains('\t') {
        Cow::Owned(text.replace('\t', "    "))
    } else {
        text
    }
}

/// A text with every address in it without the name and the password that may stand before its host. The name alone in an
/// address of SSH is part of it.
pub fn without_user(text: &str) -> Cow<'_, str> {
    if !text.contains("://") || !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_end = |letter: char| letter.is_whitespace() || "/?#\"'`<>)".contains(letter);
        let user = part[..part.find(is_end).unwrap_or(part.len())].rfind('@');
        let host = user.filter(|&end| !shown.ends_with("ssh") || part[..end].contains(':'));
        shown.push_str("://");
        shown.push_str(&part[host.map_or(0, |end| end + 1)..]);
    }
    Cow::Owned(shown)
}

/// So many characters of a foreign name or word are shown. A path of a crate fits, and an address.
const MOST_SHOWN: usize = 200;

/// The beginning of a text that somebody else wrote, for a message: who wrote it says how long it is, and who reads the
/// message has to find the end of it.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_SHOWN) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

fn spell_out(text: &str, is_odd: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_odd) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_odd(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_who_asks_for_it() {
        for (words, expected) in [
            (
                "Updating `https://me:s3cr3t@ours.example/a.git`\nerror: a@b://",
                "Updating `https://ours.example/a.git`\nerror: a@b://",
            ),
            ("(https://s3cr3t@ours.example)", "(https://ours.example)"),
            (
                "<https://ours.example> me@ours.example",
                "<https://ours.example> me@ours.example",
            ),
            ("git+ssh://git@ours.example/a", "git+ssh://git@ours.example/a"),
            ("ssh://git:s3cr3t@ours.example/a", "ssh://ours.example/a"),
        ] {
            assert_eq!(without_user(words), expected);
        }
    }

    #[test]
    fn what_a_terminal_would_act_on_is_spelled_out() {
        assert_eq!(visible("a\u{1b}[31mb"), r"a\u{1b}[31mb");
        assert_eq!(
            visible("\u{9b}2J\u{202e}x\u{200b}\n"),
            r"\u{9b}2J\u{202e}x\u{200b}\u{a}"
        );
        assert_eq!(visible_lines("a\n\tb\r\n"), "a\n    b\\u{d}\n");
    }

    #[test]
    fn a_long_text_is_shown_by_its_beginning() {
        assert!(matches!(shortened("short"), Cow::Borrowed("short")));
        let long = "ü".repeat(MOST_SHOWN);
        assert_eq!(shortened(&long), long);
        assert_eq!(shortened(&format!("{long}x")), format!("{long}…"));
    }

    #[test]
    fn plain_text_is_left_alone() {
        let text = "Größe — `MIT` “ok” 日本語";
        assert!(matches!(visible(text), Cow::Borrowed(shown) if shown == text));
    }
}
