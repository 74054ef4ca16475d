//! Tells words that may carry terms from words that cannot: in English by the words themselves, in any other language or
//! script by not being English.
//!
//! Nothing is harmless because it is not understood. What is here only ever takes a sentence *out* of the harmless ones.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::index;
use crate::limits;
use crate::shingle;
use crate::words::{RawWord, each_word, hash_word};

/// How far words may be terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Force {
    /// They name and describe.
    None,
    /// They speak of the work or of its use, and may say something of either.
    Speaks,
    /// They may grant, forbid, limit or end something, or nobody can tell.
    Operative,
}

/// What may be in these words, apart from the usual words of force (`spelling::OPERATIVE_WHEN_ADDED`).
pub(crate) fn hidden_force(sentence: &str) -> Force {
    if is_foreign(sentence) {
        return Force::Operative;
    }
    let (mut limits, mut narrows, mut of_the_grant, mut speaks) = (false, false, false, false);
    each_word(sentence, |word| {
        limits |= LIMITS.contains(&word.hash);
        narrows |= NARROWING.contains(&word.hash);
        of_the_grant |= GRANT.contains(&word.hash);
        speaks |= SPEAKING.contains(&word.hash);
    });
    if limits || narrows && of_the_grant || limits::are_in(sentence) {
        Force::Operative
    } else if narrows || of_the_grant || speaks {
        Force::Speaks
    } else {
        Force::None
    }
}

/// Whether words beside a license say what must be done, or must not: that is terms. One word of force alone, such as the
/// "exceptions" of a heading or the "training" of a menu, is not.
pub(crate) fn is_normative(sentence: &str) -> bool {
    let mut forceful: Vec<u64> = Vec::new();
    let (mut is_strong, mut modal, mut place) = (false, None, 0_usize);
    let (mut applies, mut of_people) = (false, false);
    let mut last = 0;
    each_word(sentence, |word| {
        place += 1;
        is_strong |= STRONG.contains(&word.hash) || last == hash_word("subject") && word.hash == hash_word("to");
        applies |= word.hash == hash_word("applies") || word.hash == hash_word("apply");
        of_people |= is_of_people(word.hash);
        if MODAL.contains(&word.hash) {
            modal = Some(place);
        }
        if word.hash == hash_word("not") || word.hash == hash_word("no") {
            is_strong |= modal.is_some_and(|at| place - at <= 2);
        }
        let is_forceful = index::is_operative_when_added(index::word_id(word.hash));
        if is_forceful && !forceful.contains(&word.hash) {
            forceful.push(word.hash);
        }
        last = word.hash;
    });
    // To whom a license applies, and to whom it does not, is a term.
    is_strong || forceful.len() > 1 || applies && of_people && !forceful.is_empty()
}

/// Words that oblige, forbid or condition by themselves.
static STRONG: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("strong"));

/// Words that a negation makes a prohibition.
static MODAL: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("modal"));

/// Whether a word limits what is granted wherever it stands.
pub(crate) fn is_limit(word: u64) -> bool {
    LIMITS.contains(&word)
}

/// Whether a sentence has such a word.
pub(crate) fn has_limits(sentence: &str) -> bool {
    let mut found = false;
    each_word(sentence, |word| found |= LIMITS.contains(&word.hash));
    found
}

/// Whether a word is for the reader or other people, whom terms are for.
pub(crate) fn is_of_people(word: u64) -> bool {
    PEOPLE.contains(&word) || limits::is_group(word)
}

/// So many words in a row that no English text has are no names and no slips.
const FOREIGN_RUN: usize = 5;

/// Whether the words are of another language, or of none that is known.
pub(crate) fn is_foreign(sentence: &str) -> bool {
    if foreign_letters(sentence) > 1 {
        return true;
    }
    let (mut words, mut unknown, mut foreign, mut english) = (0, 0, 0, 0);
    let (mut run, mut longest_run) = (0, 0);
    each_word(sentence, |word: RawWord| {
        let letters = &sentence[word.start..word.end];
        if letters.chars().any(|letter| letter.is_ascii_digit()) {
            return;
        }
        words += 1;
        let is_lower = letters.chars().all(char::is_lowercase);
        foreign += usize::from(is_lower && FOREIGN.contains(&word.hash));
        english += usize::from(ENGLISH.contains(&word.hash));
        let is_plain = is_lower && letters.len() > 3 && !is_part_of_a_name(sentence, &word);
        let id = index::word_id(word.hash);
        unknown += usize::from(is_plain && id == shingle::UNKNOWN);
        run = if index::is_foreign(id) {
            run + usize::from(is_plain)
        } else {
            0
        };
        longest_run = longest_run.max(run);
    });
    words > 2 && (foreign > english || unknown > 2 && unknown * 2 > words || longest_run >= FOREIGN_RUN)
}

/// Whether a word is joined with others to a name, a path or an address: "serde-json", "src/lib.rs", "me@example.org".
fn is_part_of_a_name(sentence: &str, word: &RawWord) -> bool {
    let joins =
        |letter: Option<char>| letter.is_some_and(|letter| matches!(letter, '/' | '_' | '@' | '\\' | '`' | '~'));
    let before = sentence[..word.start].chars().next_back();
    let mut after = sentence[word.end..].chars();
    let next = after.next();
    let is_dotted = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    let is_inner = before == Some('.') || before == Some('-') || next == Some('-');
    joins(before) || joins(next) || is_dotted || is_inner
}

/// Letters of scripts that English is not written in.
pub(crate) fn foreign_letters(sentence: &str) -> usize {
    if sentence.is_ascii() {
        return 0;
    }
    sentence
        .chars()
        .filter(|letter| letter.is_alphabetic() && !is_latin(*letter))
        .count()
}

/// Latin letters with their marks, and the Greek ones that are signs of units and numbers.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{2ff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | 'μ' | 'π' | 'Ω' | '℠' | '™')
}

/// The words of a class of the table.
pub(crate) fn words_of(class: &str) -> HashSet<u64> {
    let rows = include_str!("../force.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'));
    let words = rows
        .filter(|(name, _)| *name == class)
        .flat_map(|(_, words)| words.split(' '));
    words.map(hash_word).collect()
}

/// Words that limit, end or price what is granted, wherever they stand.
static LIMITS: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("limits"));

/// Words that narrow a grant where they stand beside words for it: "hospitals are outside the scope of this grant".
static NARROWING: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("narrowing"));

/// Words for what is granted, and for what it is granted in.
static GRANT: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("grant"));

/// Words for people and what they form.
static PEOPLE: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("people"));

/// Words that speak of the work and its use.
static SPEAKING: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("speaking"));

/// Words that stand in most English sentences.
static ENGLISH: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("english"));

/// Words of other languages that stand in most of their sentences, and in no English one.
static FOREIGN: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("foreign"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_english_is_never_harmless() {
        for sentence in [
            "Nur für private Zwecke",
            "Kommerzielle Nutzung ist untersagt",
            "仅供学习",
            "Только для учёбы",
            "Ohjelmiston käyttö kielimallien kouluttamiseen on kielletty",
            "Cet ouvrage est réservé aux écoles",
            "이 소프트웨어",
        ] {
            assert_eq!(hidden_force(sentence), Force::Operative, "{sentence}");
        }
    }

    #[test]
    fn names_and_descriptions_have_no_force() {
        for sentence in [
            "The Example Project",
            "This crate is a port of example-sys",
            "José Núñez wrote most of it",
            "# serde-json, tokio and friends",
            "See src/parser/lexer.rs in the example directory",
        ] {
            assert_ne!(hidden_force(sentence), Force::Operative, "{sentence}");
        }
    }

    #[test]
    fn to_whom_a_license_applies_is_a_term() {
        for (sentence, expected) in [
            ("The license applies only to members of the club", true),
            ("This license does not apply to you", true),
            ("The license applies only to the fonts", false),
            ("The terms of this license apply to you", false),
        ] {
            assert_eq!(is_normative(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn limits_are_told_without_words_of_force() {
        for sentence in [
            "Revocable at will",
            "Hospitals are outside of this grant",
            "These rights lapse in 2030",
        ] {
            assert_eq!(hidden_force(sentence), Force::Operative, "{sentence}");
        }
    }
}
