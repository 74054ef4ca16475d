//! Cuts running text into the tokens that statements about licenses are made of.
//!
//! Unlike the words of license texts (`words`), these keep what joins names: commas, slashes, plus signs, the ends of
//! sentences. Versions are brought to one form: "v2.0", "2.0", "gplv2" all give the number 2.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, known by the hash of its lower-case letters.
    Word,
    /// A version such as 2.1, known by the hash of its digits without the zeros at its end.
    Number,
    /// One of `, ; : / & + | ( )`.
    Sign(u8),
    /// An address of a page.
    Address,
    /// The end of a sentence.
    Stop,
    /// The start of an item of a list, or of a heading.
    Item,
    /// A blank line.
    Paragraph,
    /// The text of a license stands here: its number.
    Text(usize),
}

/// A token of a statement.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each says how a token stands among others")]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) hash: u64,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Begins with a capital letter.
    pub(super) is_capital: bool,
    /// Stands right behind the token before it.
    pub(super) is_tight: bool,
    /// Opens a line.
    pub(super) opens_line: bool,
    /// A hyphen, a stop or an underscore joins it with what follows: "LICENSE-MIT".
    pub(super) is_joined: bool,
}

impl Token {
    pub(super) fn is(&self, word: u64) -> bool {
        self.hash == word && matches!(self.kind, Kind::Word | Kind::Number)
    }

    pub(super) fn is_sign(&self, sign: u8) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn is_any(&self, words: &[u64]) -> bool {
        self.kind == Kind::Word && words.contains(&self.hash)
    }

    /// Whether a sentence cannot go on behind it.
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Paragraph | Kind::Text(_))
    }
}

/// The hash of a word in lower case, or of a number.
pub(super) const fn key(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = SEED;
    let mut at = 0;
    while at < bytes.len() {
        hash = step(hash, bytes[at]);
        at += 1;
    }
    hash
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

const fn step(hash: u64, byte: u8) -> u64 {
    let hash = (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
    hash ^ (hash >> 29)
}

/// The tokens of these stretches of a text, in order; with each stretch that a license text explains its number.
pub(super) fn tokens(text: &str, stretches: &[(Range<usize>, Option<usize>)]) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut last = 0;
    for (bytes, number) in stretches {
        if text[last..bytes.start].matches('\n').count() > 1 {
            push(&mut all, Kind::Paragraph, bytes.start);
        }
        last = bytes.end;
        match number {
            Some(number) => push(&mut all, Kind::Text(*number), bytes.start),
            None => cut(text, bytes.clone(), &mut all),
        }
    }
    all
}

/// The tokens of a name.
pub(super) fn tokens_of(name: &str) -> Vec<Token> {
    let mut all = Vec::new();
    cut(name, 0..name.len(), &mut all);
    all
}

fn push(all: &mut Vec<Token>, kind: Kind, at: usize) {
    all.push(Token {
        kind,
        hash: 0,
        start: at,
        end: at,
        is_capital: false,
        is_tight: false,
        opens_line: true,
        is_joined: false,
    });
}

fn cut(text: &str, within: Range<usize>, all: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = within.start;
    let mut opens_line = text[..at].trim_end_matches([' ', '\t']).ends_with('\n') || at == 0;
    let mut newlines = 0;
    while at < within.end {
        let byte = bytes[at];
        let letter = if byte < 0x80 {
            char::from(byte)
        } else {
            text[at..].chars().next().unwrap_or('\u{fffd}')
        };
        if letter.is_alphanumeric() {
            newlines = 0;
            let before = all.len();
            at = cut_word(text, at..within.end, all);
            for token in &mut all[before..] {
                token.opens_line = opens_line;
                opens_line = false;
            }
            continue;
        }
        let width = letter.len_utf8();
        match letter {
            '\n' => {
                newlines += 1;
                opens_line = true;
                if newlines == 2 {
                    push(all, Kind::Paragraph, at);
                }
                if is_item(&text[at + 1..within.end])
                    && !is_in_comment(&text[within.start..at], &text[at + 1..within.end])
                {
                    push(all, Kind::Item, at);
                }
            }
            ',' | ';' | ':' | '/' | '&' | '+' | '|' | '(' | ')' => {
                let ends_comment = letter == '/' && at > within.start && bytes[at - 1] == b'*';
                let is_leader = opens_line && letter != '(' || ends_comment;
                if !is_leader {
                    let is_tight = all.last().is_some_and(|token| token.end == at);
                    all.push(Token {
                        kind: Kind::Sign(byte),
                        hash: 0,
                        start: at,
                        end: at + 1,
                        is_capital: false,
                        is_tight,
                        opens_line: false,
                        is_joined: false,
                    });
                }
            }
            '.' | '!' | '?' if ends_sentence(&text[at + 1..within.end], all, text) => push(all, Kind::Stop, at),
            '。' | '！' | '？' => push(all, Kind::Stop, at),
            _ => {}
        }
        at += width;
    }
}

/// Whether a line opens with the mark of an item, or of a heading.
fn is_item(line: &str) -> bool {
    let plain = line.trim_start_matches([' ', '\t', '/', ';']);
    let rest = plain.trim_start_matches(['*', '-', '•', '#', '+', 'o']);
    let marks = plain.len() - rest.len();
    let is_marked = marks > 0 && rest.starts_with([' ', '\t']) && !rest.trim_start().is_empty();
    let numbered = plain
        .trim_start_matches('(')
        .trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = plain.len() - numbered.len();
    let is_numbered = (1..=3).contains(&digits) && (numbered.starts_with(") ") || numbered.starts_with(". "));
    is_marked || is_numbered
}

/// Whether a star that opens a line is that of a comment: the line before has one, too.
fn is_in_comment(before: &str, line: &str) -> bool {
    let last = before.rsplit('\n').next().unwrap_or(before).trim_start();
    line.trim_start().starts_with('*') && (last.starts_with('*') || last.starts_with("/*"))
}

/// Words with a full stop behind them that end no sentence.
const SHORT: &[u64] = &[
    key("v"),
    key("ver"),
    key("vers"),
    key("version"),
    key("inc"),
    key("no"),
    key("nr"),
    key("corp"),
    key("co"),
    key("ltd"),
    key("eg"),
    key("ie"),
    key("e"),
    key("g"),
    key("i"),
    key("vs"),
    key("cf"),
    key("st"),
    key("dr"),
    key("yahoo"),
];

fn ends_sentence(after: &str, before: &[Token], text: &str) -> bool {
    let rest = after.trim_start_matches(['"', '\'', ')', '”', '’', '*', '_', '`', ']']);
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let Some(last) = before.last() else { return false };
    // A list number, an initial, a shortened word.
    let is_short =
        last.is_any(SHORT) || last.end - last.start == 1 && text[last.start..].starts_with(char::is_alphabetic);
    let goes_on = rest
        .trim_start()
        .starts_with(|next: char| next.is_lowercase() || next == ',');
    let is_shortened = is_short && !rest.trim_start_matches(' ').starts_with('\n');
    let is_of_an_item = last.kind == Kind::Number && last.opens_line;
    !(is_shortened || goes_on || is_of_an_item)
}

/// Cuts the token that begins at the start of `within`; returns where it ends.
fn cut_word(text: &str, within: Range<usize>, all: &mut Vec<Token>) -> usize {
    let rest = &text[within.clone()];
    if let Some(length) = address_length(rest) {
        push_word(text, within.start..within.start + length, Kind::Address, all);
        return within.start + length;
    }
    let bytes = rest.as_bytes();
    if bytes[0].is_ascii_digit() {
        // A license text may begin within a number, behind "Version 1" of "Version 1.1".
        let bytes = &text.as_bytes()[within.start..];
        let mut length = 0;
        while let Some(&byte) = bytes.get(length)
            && (byte.is_ascii_digit() || byte == b'.' && bytes.get(length + 1).is_some_and(u8::is_ascii_digit))
        {
            length += 1;
        }
        push_word(text, within.start..within.start + length, Kind::Number, all);
        return within.start + length;
    }
    let mut length = 0;
    for letter in rest.chars() {
        // The apostrophe of "don't" is in the word.
        let is_in = letter.is_alphanumeric() && !letter.is_ascii_digit();
        if !is_in {
            break;
        }
        length += letter.len_utf8();
    }
    let mut end = within.start + length;
    // "gplv2": the letter only says that a version follows.
    if length > 1 && bytes[length - 1] | 0x20 == b'v' && bytes.get(length).is_some_and(u8::is_ascii_digit) {
        push_word(text, within.start..end - 1, Kind::Word, all);
        return end;
    }
    if length == 0 {
        end = within.start + rest.chars().next().map_or(1, char::len_utf8);
    }
    push_word(text, within.start..end, Kind::Word, all);
    end
}

/// How long the address is that stands here; `None` where none does.
fn address_length(rest: &str) -> Option<usize> {
    let starts = |start: &str| {
        let head = rest.as_bytes().get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    let length = || {
        rest.find(|letter: char| {
            letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | ')' | ']' | '}' | '`' | '\'' | '|')
        })
        .unwrap_or(rest.len())
    };
    let is_address = starts("http://") || starts("https://") || starts("www.") || {
        // "opensource.org/licenses/MIT": a host, and a path behind it.
        let host = rest
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')))
            .unwrap_or(rest.len());
        let domain = &rest[..host];
        rest[host..].starts_with('/')
            && [".org", ".com", ".net", ".io", ".eu", ".info"]
                .iter()
                .any(|ending| domain.ends_with(ending))
    };
    is_address.then(|| rest[..length()].trim_end_matches(['.', ',', ';', ':', '*', '_']).len())
}

fn push_word(text: &str, bytes: Range<usize>, kind: Kind, all: &mut Vec<Token>) {
    let word = &text[bytes.clone()];
    let mut hash = SEED;
    match kind {
        Kind::Number => {
            let mut digits = word;
            while let Some(shorter) = digits.strip_suffix(".0") {
                digits = shorter;
            }
            hash = digits.bytes().fold(hash, step);
        }
        _ if word.is_ascii() => {
            hash = word
                .bytes()
                .fold(hash, |hash, byte| step(hash, byte.to_ascii_lowercase()));
        }
        _ => {
            let mut buffer = [0; 4];
            for letter in word.chars().flat_map(char::to_lowercase) {
                hash = letter.encode_utf8(&mut buffer).bytes().fold(hash, step);
            }
        }
    }
    let is_tight = all.last().is_some_and(|token| token.end == bytes.start);
    all.push(Token {
        kind,
        hash: canonical(hash),
        start: bytes.start,
        end: bytes.end,
        is_capital: word.starts_with(char::is_uppercase),
        is_tight,
        opens_line: false,
        is_joined: text[bytes.end..].starts_with(['-', '_', '.']) && word.starts_with(char::is_uppercase),
    });
}

/// Words that are written in two ways.
fn canonical(hash: u64) -> u64 {
    const PAIRS: &[(u64, u64)] = &[
        (key("licence"), key("license")),
        (key("licences"), key("licenses")),
        (key("licensing"), key("license")),
        (key("licencing"), key("license")),
        (key("lisence"), key("license")),
        (key("liscense"), key("license")),
        (key("licenced"), key("licensed")),
        (key("publiclicense"), key("license")),
        (key("genral"), key("general")),
        (key("lesset"), key("lesser")),
        (key("publis"), key("public")),
        (key("versions"), key("version")),
        (key("attributions"), key("attribution")),
        (key("clauses"), key("clause")),
        (key("noderivatives"), key("noderivs")),
        (key("softwares"), key("software")),
    ];
    PAIRS
        .iter()
        .find(|(variant, _)| *variant == hash)
        .map_or(hash, |(_, usual)| *usual)
}
