//! Folds letters to the plain ones they look like, and takes out of words what shows nothing.
//!
//! A program compares bytes where a person sees shapes. Full-width and mathematical letters are Latin letters (NFKC), a
//! Cyrillic letter among Latin ones is meant to look like one of them, and characters that steer the layout are no part of
//! a word. Words of other scripts are left as they are. Accents that stand apart are joined with their letter (NFC).

use std::ops::Range;

use super::tables::{ACCENTED, RUNS, SEVERAL};
use super::{Edit, With, next_byte};

/// How letters hide what they spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisguiseKind {
    /// A character that shows nothing stands within a word: a zero-width space, a soft hyphen, a tag character.
    FormatCharacter,
    /// Characters that change the direction of the text, so that it is shown in another order than it is read.
    BidiControl,
    /// Letters of another script stand for Latin ones they look like.
    ConfusableLetters,
    /// Letters in another dress: full-width, mathematical, enclosed, small capitals, struck through.
    CompatibilityLetters,
}

/// Disguises that are listed at most: a person needs no more to see what is going on.
const MOST: usize = 32;

/// The edits that make a text plain, and the words that were disguised.
pub(super) fn edits(text: &str) -> (Vec<Edit>, Vec<(DisguiseKind, Range<usize>)>) {
    let mut found = Found {
        text,
        edits: Vec::new(),
        disguises: Vec::new(),
        foreign: None,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(special) = next_byte(bytes, at, |byte| !byte.is_ascii()) {
        let before = bytes[at..special].iter().rev();
        let start = special - before.take_while(|byte| byte.is_ascii_alphanumeric()).count();
        at = found.word(start);
        if at <= special {
            let letter = text[special..].chars().next();
            at = special + letter.map_or(1, char::len_utf8);
            if letter.is_some_and(is_bidi) {
                found.take_out_bidi(special..at);
            }
        }
    }
    (found.edits, found.disguises)
}

struct Found<'a> {
    text: &'a str,
    edits: Vec<Edit>,
    disguises: Vec<(DisguiseKind, Range<usize>)>,
    /// Whether the text has words that only the other scripts can spell; looked up when somebody asks.
    foreign: Option<bool>,
}

/// What a character of a word is.
#[derive(Clone, Copy)]
enum Piece {
    /// A Latin letter or a digit.
    Latin,
    /// A letter of Greek or Cyrillic.
    Near,
    /// A letter of a script that looks like none of these.
    Far,
    /// A letter that looks like this one.
    Alike(char),
    /// The plain letter, whether somebody should hear of it.
    Dressed(char, bool),
    Several(&'static str),
    /// Shows nothing.
    Format,
    Bidi,
    /// An accent.
    Mark,
}

impl Found<'_> {
    /// Makes the word at `start` plain, and says where it ends.
    fn word(&mut self, start: usize) -> usize {
        let text = self.text;
        let mut pieces: Vec<(usize, char, Piece)> = Vec::new();
        let mut end = text.len();
        let mut is_plain = true;
        for (offset, letter) in text[start..].char_indices() {
            let Some(piece) = piece(letter) else {
                end = start + offset;
                break;
            };
            is_plain &= matches!(piece, Piece::Latin | Piece::Near | Piece::Far);
            pieces.push((start + offset, letter, piece));
        }
        if is_plain {
            return end;
        }
        let is_latin =
            |piece: &(usize, char, Piece)| matches!(piece.2, Piece::Dressed(..)) || piece.1.is_ascii_alphabetic();
        let has_latin = pieces.iter().any(is_latin);
        let is_letter = |piece: &(usize, char, Piece)| !matches!(piece.2, Piece::Format | Piece::Bidi | Piece::Mark);
        let letters = pieces.iter().filter(|piece| is_letter(piece)).count();
        let is_all_alike = letters > 1
            && pieces
                .iter()
                .all(|piece| !is_letter(piece) || matches!(piece.2, Piece::Alike(_)))
            && !self.speaks_other_scripts();
        let word = start..end;
        // The last letter, and whether characters that show nothing may be left out behind it.
        let mut last: Option<(usize, char)> = None;
        let mut joins = false;
        for number in 0..pieces.len() {
            let (at, letter, piece) = pieces[number];
            let range = at..at + letter.len_utf8();
            let mut plain = letter;
            match piece {
                Piece::Latin | Piece::Near => joins = true,
                Piece::Far => joins = false,
                Piece::Alike(other) => {
                    joins = true;
                    if has_latin || is_all_alike {
                        self.put(range, With::Letter(other), Some(DisguiseKind::ConfusableLetters), &word);
                        plain = other;
                    }
                }
                Piece::Dressed(other, is_told) => {
                    joins = true;
                    let kind = is_told.then_some(DisguiseKind::CompatibilityLetters);
                    self.put(range, With::Letter(other), kind, &word);
                    plain = other;
                }
                Piece::Several(words) => {
                    joins = true;
                    self.put(range, With::Words(words), None, &word);
                }
                Piece::Bidi => {
                    self.put(range, With::Nothing, Some(DisguiseKind::BidiControl), &word);
                    continue;
                }
                Piece::Format => {
                    let next = pieces[number + 1..].iter().find(|piece| is_letter(piece));
                    let is_near = |piece: &(usize, char, Piece)| !matches!(piece.2, Piece::Far);
                    if last.is_some() && next.is_some_and(|next| joins || is_near(next)) {
                        self.put(range, With::Nothing, Some(DisguiseKind::FormatCharacter), &word);
                    }
                    continue;
                }
                Piece::Mark => {
                    last = self.accent(last, range, letter, &word);
                    continue;
                }
            }
            last = Some((at, plain));
        }
        end
    }

    /// Joins an accent with the letter before it, or takes it out where no language has such a letter.
    fn accent(
        &mut self,
        last: Option<(usize, char)>,
        range: Range<usize>,
        mark: char,
        word: &Range<usize>,
    ) -> Option<(usize, char)> {
        let (at, letter) = last?;
        if let Some(both) = composed(letter, mark) {
            // The letter itself may have been changed already, or have an accent.
            while self.edits.last().is_some_and(|edit| edit.range.start >= at) {
                self.edits.pop();
            }
            self.edits.push(Edit {
                range: at..range.end,
                with: With::Letter(both),
            });
            return Some((at, both));
        }
        if letter.is_ascii_alphabetic() {
            self.put(range, With::Nothing, Some(DisguiseKind::CompatibilityLetters), word);
        }
        last
    }

    fn put(&mut self, range: Range<usize>, with: With, kind: Option<DisguiseKind>, word: &Range<usize>) {
        self.edits.push(Edit { range, with });
        if let Some(kind) = kind {
            self.tell(kind, word.clone());
        }
    }

    fn tell(&mut self, kind: DisguiseKind, word: Range<usize>) {
        let disguise = (kind, word);
        let is_new = !self.disguises.iter().rev().take(4).any(|other| *other == disguise);
        if is_new && self.disguises.len() < MOST {
            self.disguises.push(disguise);
        }
    }

    fn take_out_bidi(&mut self, range: Range<usize>) {
        self.put(range.clone(), With::Nothing, Some(DisguiseKind::BidiControl), &range);
    }

    /// Whether the text has Greek or Cyrillic letters that look like no Latin ones: then words of those that do are words
    /// of these scripts.
    fn speaks_other_scripts(&mut self) -> bool {
        let text = self.text;
        *self
            .foreign
            .get_or_insert_with(|| text.chars().any(|letter| matches!(piece(letter), Some(Piece::Near))))
    }
}

/// What a character is in a word; `None` where it is in none.
fn piece(letter: char) -> Option<Piece> {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric().then_some(Piece::Latin);
    }
    let is_far = matches!(letter, '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    if is_far {
        return letter.is_alphanumeric().then_some(Piece::Far);
    }
    if is_bidi(letter) {
        return Some(Piece::Bidi);
    }
    if is_format(letter) {
        return Some(Piece::Format);
    }
    if is_mark(letter) {
        return Some(Piece::Mark);
    }
    if let Some(dressed) = dressed(letter) {
        return Some(dressed);
    }
    if !letter.is_alphanumeric() {
        return None;
    }
    if let Ok(number) = ALIKE.binary_search_by_key(&letter, |(other, _)| *other) {
        return Some(Piece::Alike(ALIKE[number].1));
    }
    Some(match letter {
        '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Piece::Latin,
        '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}' => Piece::Near,
        _ => Piece::Far,
    })
}

fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing, so that a word with one looks like the word without.
fn is_format(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// The plain letter of one in another dress.
fn dressed(letter: char) -> Option<Piece> {
    let code = u32::from(letter);
    let run = RUNS.partition_point(|(start, _, _)| *start <= code);
    if let Some((start, length, plain)) = run.checked_sub(1).map(|run| RUNS[run])
        && code - start < u32::from(length)
    {
        let plain = u32::from(plain) + (code - start);
        // Roman numbers and letters in brackets are numbers of items, and the long s is an s.
        let is_told = !matches!(code, ..0x2100 | 0x2160..=0x217f | 0x249c..=0x24b5);
        return char::from_u32(plain).map(|plain| Piece::Dressed(plain, is_told));
    }
    let number = SEVERAL.binary_search_by_key(&code, |(other, _)| *other);
    if let Ok(number) = number {
        return Some(Piece::Several(SEVERAL[number].1));
    }
    let number = SMALL_CAPITALS.binary_search_by_key(&letter, |(other, _)| *other);
    number.ok().map(|number| Piece::Dressed(SMALL_CAPITALS[number].1, true))
}

/// The one letter that a letter and an accent make.
pub(super) fn composed(letter: char, mark: char) -> Option<char> {
    let pair = (u32::from(letter), u32::from(mark));
    let number = ACCENTED.binary_search_by_key(&pair, |(base, mark, _)| (*base, *mark));
    char::from_u32(ACCENTED[number.ok()?].2)
}

/// Small capitals and other letters of phonetic script, which writers use as a typeface.
const SMALL_CAPITALS: &[(char, char)] = &[
    ('\u{251}', 'a'),
    ('\u{261}', 'g'),
    ('\u{262}', 'g'),
    ('\u{26a}', 'i'),
    ('\u{274}', 'n'),
    ('\u{280}', 'r'),
    ('\u{28f}', 'y'),
    ('\u{299}', 'b'),
    ('\u{29c}', 'h'),
    ('\u{29f}', 'l'),
    ('\u{1d00}', 'a'),
    ('\u{1d04}', 'c'),
    ('\u{1d05}', 'd'),
    ('\u{1d07}', 'e'),
    ('\u{1d0a}', 'j'),
    ('\u{1d0b}', 'k'),
    ('\u{1d0d}', 'm'),
    ('\u{1d0f}', 'o'),
    ('\u{1d18}', 'p'),
    ('\u{1d1b}', 't'),
    ('\u{1d1c}', 'u'),
    ('\u{1d20}', 'v'),
    ('\u{1d21}', 'w'),
    ('\u{1d22}', 'z'),
    ('\u{a730}', 'f'),
    ('\u{a731}', 's'),
];

/// Letters of other scripts and the Latin ones they look like, in the order of the former.
const ALIKE: &[(char, char)] = &[
    // Greek
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('α', 'a'),
    ('γ', 'y'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
    ('Ϲ', 'C'),
    // Cyrillic
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('а', 'a'),
    ('в', 'b'),
    ('г', 'r'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('п', 'n'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѡ', 'w'),
    ('ѵ', 'v'),
    ('һ', 'h'),
    ('ӏ', 'l'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    // Armenian
    ('հ', 'h'),
    ('ո', 'n'),
    ('ս', 'u'),
    ('ց', 'g'),
    ('օ', 'o'),
    // Cherokee
    ('Ꭰ', 'D'),
    ('Ꭱ', 'R'),
    ('Ꭲ', 'T'),
    ('Ꭺ', 'A'),
    ('Ꭻ', 'J'),
    ('Ꭼ', 'E'),
    ('Ꮃ', 'W'),
    ('Ꮇ', 'M'),
    ('Ꮋ', 'H'),
    ('Ꮐ', 'G'),
    ('Ꮓ', 'Z'),
    ('Ꮤ', 'W'),
    ('Ꮪ', 'S'),
    ('Ꮮ', 'L'),
    ('Ꮯ', 'C'),
    ('Ꮲ', 'P'),
    ('Ꮶ', 'K'),
];

#[cfg(test)]
mod tests {
    use super::super::applied;
    use super::*;

    #[test]
    fn letters_become_the_ones_they_look_like() {
        use DisguiseKind::{BidiControl, CompatibilityLetters, ConfusableLetters, FormatCharacter};
        for (text, expected, kinds) in [
            ("ｔｒａｉｎ", "train", vec![CompatibilityLetters]),
            (
                "𝐭𝐫𝐚𝐢𝐧 𝓶𝔬𝕕𝖾𝘭",
                "train model",
                vec![CompatibilityLetters, CompatibilityLetters],
            ),
            ("Ⓣⓡⓐⓘⓝ 🅣🆁", "Train TR", vec![CompatibilityLetters, CompatibilityLetters]),
            ("ᴛʀᴀɪɴ", "train", vec![CompatibilityLetters]),
            ("t\u{336}rain", "train", vec![CompatibilityLetters]),
            ("ofﬁce aﬀect", "office affect", vec![]),
            ("tr\u{200b}a\u{2060}in", "train", vec![FormatCharacter]),
            (
                "tra\u{ad}in t\u{e0072}rain",
                "train train",
                vec![FormatCharacter, FormatCharacter],
            ),
            ("\u{202e}train\u{202c}", "train", vec![BidiControl]),
            ("a \u{2066} b", "a  b", vec![BidiControl]),
            (
                "l\u{456}cense ѕoftwаre",
                "license software",
                vec![ConfusableLetters, ConfusableLetters],
            ),
            ("can сору it", "can copy it", vec![ConfusableLetters]),
            ("Jose\u{301} Mu\u{308}ller", "José Müller", vec![]),
            // What people write in good faith.
            (
                "\u{feff}Müller © 2020, №5 Foo™ x² ½ 5µm",
                "\u{feff}Müller © 2020, №5 Foo™ x² ½ 5µm",
                vec![],
            ),
            ("Он сору не видел", "Он сору не видел", vec![]),
            (
                "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}",
                "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}",
                vec![],
            ),
            ("① ② 許可 データ", "① ② 許可 データ", vec![]),
            ("Ω α ν", "Ω α ν", vec![]),
        ] {
            let (edits, disguises) = edits(text);
            assert_eq!(applied(text, edits).0, expected, "{text}");
            assert_eq!(
                disguises.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>(),
                kinds,
                "{text}"
            );
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert!(ALIKE.is_sorted() && SMALL_CAPITALS.is_sorted() && RUNS.is_sorted());
        assert!(SEVERAL.is_sorted() && ACCENTED.is_sorted());
    }
}
