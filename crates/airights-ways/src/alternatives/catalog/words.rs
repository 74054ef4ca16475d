//! The words a crate describes itself with.

use std::collections::BTreeMap;

use super::Described;

/// How much a word counts by where it stands.
const IN_NAME: u8 = 1;
const IN_KEYWORDS: u8 = 2;
const IN_DESCRIPTION: u8 = 1;
const IN_CATEGORIES: u8 = 1;

/// What is longer is no word, but a checksum or a key.
const LONGEST: usize = 40;
/// What is shorter may be anything.
const SHORTEST_STEM: usize = 4;

/// Words that every second crate uses.
const COMMON: [&str; 24] = [
    "a", "an", "and", "as", "by", "crate", "for", "from", "in", "is", "it", "its", "library", "of", "on", "or", "rs",
    "rust", "that", "the", "this", "to", "use", "with",
];

/// The words of a crate by their stems, each with how much it counts and the shortest form it has here.
pub(super) fn counted(krate: &Described) -> BTreeMap<String, (u8, String)> {
    let mut counted: BTreeMap<String, (u8, String)> = BTreeMap::new();
    let mut count = |text: &str, weight: u8| {
        for word in words(text) {
            match counted.get_mut(stem(&word)) {
                Some((known, form)) => {
                    *known = known.saturating_add(weight);
                    *form = shorter(std::mem::take(form), word);
                }
                None => drop(counted.insert(stem(&word).to_owned(), (weight, word))),
            }
        }
    };
    count(&krate.name, IN_NAME);
    count(&krate.description, IN_DESCRIPTION);
    krate.keywords.iter().for_each(|keyword| count(keyword, IN_KEYWORDS));
    krate
        .categories
        .iter()
        .for_each(|category| count(category, IN_CATEGORIES));
    counted
}

/// The shorter of two forms of a word, which is nearer to how people would name it.
pub(super) fn shorter(one: String, other: String) -> String {
    if (other.len(), &other) < (one.len(), &one) {
        other
    } else {
        one
    }
}

/// The words of a text in lower case, but for those that say nothing.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.map(str::to_lowercase).filter(|word| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        !is_number && word.len() <= LONGEST && !COMMON.contains(&word.as_str())
    })
}

/// Just enough of a stem that "parsers", "parser" and "parsing" are one word.
fn stem(word: &str) -> &str {
    let ends = ["ings", "ing", "ers", "er", "ies", "ed", "es", "s", "y", "e"];
    let stems = ends.iter().filter_map(|end| word.strip_suffix(end));
    stems
        .into_iter()
        .find(|stem| stem.len() >= SHORTEST_STEM)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_ends_and_common_ones_go() {
        let krate = Described {
            description: "The parsers for Rust: a parser, parsing UTF-8 of 2024".to_owned(),
            ..Described::default()
        };
        let counted: Vec<_> = counted(&krate).into_values().collect();
        assert_eq!(counted, [(3, "parser".to_owned()), (1, "utf".to_owned())]);
        assert_eq!(stem("nom"), "nom");
    }

    #[test]
    fn a_keyword_counts_more_than_a_word_in_passing() {
        let krate = Described {
            name: "jiff".to_owned(),
            description: "time and dates".to_owned(),
            keywords: vec!["time".to_owned()],
            ..Described::default()
        };
        let counted = counted(&krate);
        assert_eq!(counted["time"].0, IN_DESCRIPTION + IN_KEYWORDS);
        assert_eq!(counted["jiff"].0, IN_NAME);
    }
}
