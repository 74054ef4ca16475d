//! Rich Text Format, in which installers show licenses: the words without the commands for their looks.

use std::iter::Peekable;
use std::str::Chars;

use crate::decode::windows_1252;

/// The words of a text in Rich Text Format, on the lines they stand on; `None` where it is none.
pub(crate) fn words_of(text: &str) -> Option<String> {
    if !text.trim_start().starts_with("{\\rtf") {
        return None;
    }
    let mut rtf = Rtf {
        letters: text.chars().peekable(),
        groups: Vec::new(),
        is_hidden: false,
        words: String::with_capacity(text.len()),
    };
    while let Some(letter) = rtf.letters.next() {
        rtf.take(letter);
    }
    Some(rtf.words)
}

/// A group that opens with one of these, or with `\*`, is shown to nobody.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "listtable",
    "listoverridetable",
    "themedata",
    "datastore",
];

struct Rtf<'t> {
    letters: Peekable<Chars<'t>>,
    /// Whether each group around the present one is hidden.
    groups: Vec<bool>,
    is_hidden: bool,
    words: String,
}

impl Rtf<'_> {
    fn take(&mut self, letter: char) {
        match letter {
            '{' => self.groups.push(self.is_hidden),
            '}' => self.is_hidden = self.groups.pop().unwrap_or(false),
            '\\' => self.command(),
            // Lines are kept everywhere, so that places in the words are those of the text.
            '\n' => self.words.push('\n'),
            letter => self.show(letter),
        }
    }

    fn show(&mut self, letter: char) {
        if !self.is_hidden {
            self.words.push(letter);
        }
    }

    fn command(&mut self) {
        let Some(first) = self.letters.next() else { return };
        match first {
            '\\' | '{' | '}' => self.show(first),
            '*' => self.is_hidden = true,
            '~' => self.show(' '),
            '_' => self.show('-'),
            '\n' => self.words.push('\n'),
            '\'' => {
                if let Some(letter) = self.coded() {
                    self.show(letter);
                }
            }
            first if first.is_ascii_alphabetic() => self.word(first),
            _ => {}
        }
    }

    /// A letter as two hexadecimal digits.
    fn coded(&mut self) -> Option<char> {
        let digits: String = self.letters.by_ref().take(2).collect();
        u8::from_str_radix(&digits, 16).ok().map(windows_1252)
    }

    fn word(&mut self, first: char) {
        let mut word = String::from(first);
        while let Some(letter) = self.letters.next_if(char::is_ascii_alphabetic) {
            word.push(letter);
        }
        let mut number = String::new();
        while let Some(letter) = self.letters.next_if(|&letter| letter == '-' || letter.is_ascii_digit()) {
            number.push(letter);
        }
        self.letters.next_if_eq(&' ');
        match word.as_str() {
            "par" | "line" | "sect" | "page" | "row" => {
                let is_end = matches!(self.letters.peek(), Some('\r' | '\n'));
                self.show(if is_end { ' ' } else { '\n' });
            }
            "tab" | "cell" => self.show(' '),
            "ldblquote" | "rdblquote" => self.show('"'),
            "lquote" | "rquote" => self.show('\''),
            "emdash" | "endash" => self.show('-'),
            "bullet" => self.show('*'),
            "u" => self.unicode(&number),
            word if HIDDEN.contains(&word) => self.is_hidden = true,
            _ => {}
        }
    }

    /// A letter by its number, and after it one that stands for it where it is not known.
    fn unicode(&mut self, number: &str) {
        let unit = number.parse::<i32>().ok().map(|unit| unit.rem_euclid(1 << 16));
        let letter = unit.and_then(|unit| char::from_u32(unit.unsigned_abs()));
        self.show(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        if self.letters.next_if_eq(&'\\').is_some() {
            if self.letters.next_if_eq(&'\'').is_some() {
                self.coded();
            } else {
                self.command();
            }
        } else {
            self.letters.next_if(|letter| !matches!(letter, '{' | '}' | '\n'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_left_and_stand_on_their_lines() {
        let text = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\n\\pard\\b The \\ldblquote Software\\rdblquote\\b0\\par\n\
                    {\\*\\generator Nobody}it\\'92s \\u233?t\\{\\}\\par}";
        let words = words_of(text).unwrap();
        assert_eq!(words, "\nThe \"Software\" \nit\u{2019}s \u{e9}t{}\n");
        assert_eq!(words_of("The Software {\\rtf"), None);
        assert_eq!(words_of("{\\rtf1 open {\\u \\").as_deref(), Some("open \u{fffd}"));
    }

    #[test]
    fn a_license_is_read_in_it() {
        let mit = spdx::text::LICENSE_TEXTS.iter().find(|(id, _)| *id == "MIT").unwrap().1;
        let lines = mit.replace('\n', "\\par\n").replace('"', "\\'94");
        let text = format!("{{\\rtf1\\ansi\\deff0\n{lines}}}");
        let decoded = crate::decode(text.as_bytes()).unwrap();
        assert_eq!(crate::read(&decoded).expression(), Some("MIT"));
        let worse = text.replace("restriction", "restriction, never to train models,");
        assert!(crate::read(&crate::decode(worse.as_bytes()).unwrap()).is_modified());
    }
}
