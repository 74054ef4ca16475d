//! Whether a change of a known text is a slip of the pen: it changes letters, and no words.
//!
//! Everything that is not shown to be one counts as a change, whether or not its words look forceful.

use crate::index;

/// Words that come and go without changing what is said, and the beginnings of addresses.
const FILLERS: &[&str] = &["a", "an", "the", "this", "these", "hereby", "http", "https", "www"];

/// Most words a slip is looked for in.
const FEW: usize = 12;

/// Shorter words differ by a letter too easily: "not" and "now".
const LONG_ENOUGH: usize = 5;

/// Whether these words at hand say the same as the words of the text that are missing in their place; `at_hand` are in
/// lower case, without punctuation, each with its id.
pub(crate) fn is_trivial(at_hand: &[(String, u16)], missing: &[u16]) -> bool {
    if at_hand.len() > FEW || missing.len() > FEW {
        return false;
    }
    let mut added: Vec<(&str, u16)> = at_hand.iter().map(|(letters, id)| (letters.as_str(), *id)).collect();
    let mut missing: Vec<(&str, u16)> = missing.iter().map(|&id| (index::letters(id), id)).collect();
    // "sub license", and words that are hyphenated at the end of a line.
    if joined(&added) == joined(&missing) {
        return true;
    }
    added.retain(|(letters, _)| !FILLERS.contains(letters));
    missing.retain(|(letters, _)| !FILLERS.contains(letters) && !is_letter(letters));
    added.len() == missing.len()
        && added
            .iter()
            .zip(&missing)
            .all(|(&(here, here_id), &(there, there_id))| {
                here_id != 0 && here_id == there_id || is_number_of(here, there) || here_id == 0 && is_slip(here, there)
            })
}

/// The number of an item of a list.
fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && word != "i"
}

fn joined(words: &[(&str, u16)]) -> String {
    words.iter().map(|(letters, _)| *letters).collect()
}

/// Singular and plural of one word.
fn is_number_of(one: &str, other: &str) -> bool {
    let is_plural = |plural: &str, singular: &str| {
        singular.len() > 2
            && (plural.strip_suffix('s') == Some(singular)
                || plural.strip_suffix("es") == Some(singular)
                || matches!((plural.strip_suffix("ies"), singular.strip_suffix('y')), (Some(a), Some(b)) if a == b))
    };
    is_plural(one, other) || is_plural(other, one)
}

/// One letter too many, too few, wrong, or two in the wrong order; `here` is a word that no licence has. Digits are
/// never a slip, nor are letters of another alphabet.
fn is_slip(here: &str, there: &str) -> bool {
    let (here, there) = (here.as_bytes(), there.as_bytes());
    if here.len().min(there.len()) < LONG_ENOUGH || !here.iter().chain(there).all(u8::is_ascii_alphabetic) {
        return false;
    }
    let same = here.iter().zip(there).take_while(|(a, b)| a == b).count();
    let (here, there) = (&here[same..], &there[same..]);
    match (here, there) {
        ([a, b, here @ ..], [c, d, there @ ..]) if a == d && b == c && here == there => true,
        ([_, here @ ..], [_, there @ ..]) if here == there => true,
        ([_, rest @ ..], there) if rest == there => true,
        (here, [_, rest @ ..]) => here == rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash_word;

    fn check(at_hand: &str, missing: &str) -> bool {
        let added: Vec<(String, u16)> = at_hand
            .split_whitespace()
            .map(|word| (word.to_owned(), index::word_id(hash_word(word))))
            .collect();
        let missing: Vec<u16> = missing
            .split_whitespace()
            .map(|word| index::word_id(hash_word(word)))
            .collect();
        is_trivial(&added, &missing)
    }

    #[test]
    fn slips_change_letters_and_no_words() {
        for (at_hand, missing) in [
            ("dis tribute", "distribute"),
            ("fora", "for a"),
            ("conditon", "condition"),
            ("recieve", "receive"),
            ("licenses", "license"),
            ("copies", "copy"),
            ("the", ""),
            ("", "hereby"),
            ("this software", "the software"),
        ] {
            assert!(check(at_hand, missing), "{at_hand} / {missing}");
        }
    }

    #[test]
    fn other_words_are_no_slips() {
        for (at_hand, missing) in [
            ("registered subscriber", "person"),
            ("for a monthly charge", "free of charge"),
            ("or", "and"),
            ("", "not"),
            ("not", ""),
            ("from", "form"),
            ("2013", "2014"),
            ("withоut", "without"),
            ("monthly", ""),
        ] {
            assert!(!check(at_hand, missing), "{at_hand} / {missing}");
        }
    }
}
