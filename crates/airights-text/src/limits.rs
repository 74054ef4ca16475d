//! Limits in few words: to whom, where, or until when something is granted, without a word that would forbid anything by
//! itself. "Only for students", "Except in the EU", "Valid until 2030".

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::force::words_of;
use crate::words::{RawWord, each_word, hash_word};

/// Words of a fragment at most.
const LONGEST_FRAGMENT: usize = 8;
/// Words of a sentence that is looked at, at most: in a longer one the words of a limit belong to different things.
const LONGEST_SENTENCE: usize = 30;

/// Whether a sentence limits something in few words.
pub(crate) fn are_in(sentence: &str) -> bool {
    let mut words: Vec<RawWord> = Vec::new();
    each_word(sentence, |word| {
        if words.len() <= LONGEST_SENTENCE {
            words.push(word);
        }
    });
    if words.len() > LONGEST_SENTENCE {
        return false;
    }
    let has = |class: &HashSet<u64>| words.iter().any(|word| class.contains(&word.hash));
    let is_of_groups = has(&GROUPS);
    let is_narrowed = has(&RESTRICTING) || has_pair(&words, "free", "for");
    is_of_groups && (is_narrowed || has(&NEEDING))
        || has(&LASTING)
            && words
                .iter()
                .enumerate()
                .any(|(at, word)| is_time(sentence, word, words.get(at + 1)))
        || is_fragment(&words)
        || has_further_terms(&words)
        || words.len() <= LONGEST_FRAGMENT && ends_with_pair(&words, "source", "available")
}

/// Whether terms apply that stand elsewhere: "additional terms apply".
fn has_further_terms(words: &[RawWord]) -> bool {
    let is_further = |two: &[RawWord]| FURTHER.contains(&two[0].hash) && TERMS.contains(&two[1].hash);
    let apply = ["apply", "applies"].map(hash_word);
    words.windows(2).any(is_further) && words.iter().any(|word| apply.contains(&word.hash))
}

fn ends_with_pair(words: &[RawWord], first: &str, second: &str) -> bool {
    has_pair(&words[words.len().saturating_sub(2)..], first, second)
}

/// Whether a word is for those who belong together.
pub(crate) fn is_group(word: u64) -> bool {
    GROUPS.contains(&word)
}

/// Whether so few words are nothing but a limit: "Except in the EU", "Schools only". A name of a license is what such words
/// choose, not what they limit.
fn is_fragment(words: &[RawWord]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let is_license = |word: &RawWord| LICENSE.contains(&word.hash);
    let opens = RESTRICTING.contains(&first.hash) || first.hash == hash_word("not");
    (2..=LONGEST_FRAGMENT).contains(&words.len())
        && (opens || RESTRICTING.contains(&last.hash))
        && !words.iter().any(is_license)
}

/// Whether a word is a year, or a number of days and the like.
fn is_time(sentence: &str, word: &RawWord, next: Option<&RawWord>) -> bool {
    let letters = &sentence[word.start..word.end];
    let is_number = !letters.is_empty() && letters.bytes().all(|letter| letter.is_ascii_digit());
    let is_year = letters.len() == 4 && (letters.starts_with("19") || letters.starts_with("20"));
    is_number && (is_year || next.is_some_and(|next| UNITS_OF_TIME.contains(&next.hash)))
}

fn has_pair(words: &[RawWord], first: &str, second: &str) -> bool {
    let pair = (hash_word(first), hash_word(second));
    words.windows(2).any(|two| (two[0].hash, two[1].hash) == pair)
}

/// Words for those who belong together, whom terms are for or not.
static GROUPS: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("groups"));

/// Words that take from what is granted.
static RESTRICTING: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("restricting"));

/// Words for what somebody has to do.
static NEEDING: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("needing"));

/// Words for how long something lasts.
static LASTING: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("lasting"));

/// Words for what comes on top.
static FURTHER: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("further"));

static TERMS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    ["terms", "conditions", "restrictions", "limitations"]
        .map(hash_word)
        .into()
});

static UNITS_OF_TIME: LazyLock<HashSet<u64>> = LazyLock::new(|| words_of("units-of-time"));

static LICENSE: LazyLock<HashSet<u64>> =
    LazyLock::new(|| ["license", "licenses", "licence", "licences"].map(hash_word).into());

#[cfg(test)]
mod tests {
    use super::are_in;

    #[test]
    fn few_words_can_limit() {
        for sentence in [
            "Only for students.",
            "For teachers only",
            "Universities excluded.",
            "Except in the EU",
            "Not valid in Norway.",
            "Schools only!",
            "Valid until 2030.",
            "The offer ends in 2031",
            "Send us a mail after 30 days.",
            "Companies with more than 10 people need to write to sales@ours.example",
            "Free for hobbyists and students",
            "Additional terms apply, see our site",
            "Source-available",
        ] {
            assert!(are_in(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_description_limits_nothing() {
        for sentence in [
            "Only",
            "The Apache-2.0 license only:",
            "except where a file's own license says otherwise",
            "A tool for teachers and students",
            "Thanks to all members of the team",
            "Begun in 2019, and rewritten 2 years later",
            "A list that ends with 3 lines",
            "The companies behind this project",
            "Source available from the archive",
            "These terms apply to all files",
        ] {
            assert!(!are_in(sentence), "{sentence}");
        }
    }
}
