//! Whether a permission is plain: understood to its last word. A gate is opened by nothing less.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::case::{Case, Words};
use super::cut::{LIMITING_SPLITS, cut};
use super::lexicon::Class;

/// Classes whose words say what is permitted, to whom and of what.
const SAYING_WHAT: &[Class] = &[
    Class::Learner,
    Class::Model,
    Class::Teach,
    Class::Learn,
    Class::Make,
    Class::Made,
    Class::Collection,
    Class::TrainingSet,
    Class::Mining,
    Class::Material,
    Class::Work,
    Class::Grant,
    Class::Mild,
    Class::Strong,
    Class::Output,
    Class::Both,
];

impl Case<'_> {
    /// Whether the words around a deed that is permitted may tie the permission to something: those before it in the same
    /// segment, and all that the sentence goes on with.
    pub(super) fn is_tied(&self, deed: &Words) -> bool {
        let names: HashSet<String> = self.names().flat_map(|name| cut(name).0).collect();
        let (words, ..) = cut(self.words);
        let says_what = |at: usize| {
            let mut spans = SAYING_WHAT.iter().flat_map(|&class| self.sentence.spans(class));
            spans.any(|span| span.contains(&at))
        };
        let segments = &self.sentence.segments;
        let governs = |at: usize| segments.get(at) >= segments.get(deed.start);
        let opens_later = |at: usize| at > deed.end && segments.get(at - 1) != segments.get(at);
        let takes_back = |(at, word): (usize, &String)| {
            opens_later(at) && LIMITING_SPLITS.contains(&word.as_str())
                || at + 1 == words.len() && word == "not"
                || is_of_another_time(&words[..at], word)
        };
        let is_plain = |(at, word): (usize, &String)| {
            !governs(at) || PLAIN.contains(word.as_str()) || !word.is_ascii() || names.contains(word) || says_what(at)
        };
        !words.iter().enumerate().all(is_plain) || words.iter().enumerate().any(takes_back)
    }

    /// Words that are no plain words in lower case: names of people, of packages, of sections.
    fn names(&self) -> impl Iterator<Item = &str> {
        let is_dress = |letter: char| !letter.is_alphanumeric() && letter != '@';
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '\'';
        let words = self
            .words
            .split_whitespace()
            .map(move |word| word.trim_matches(is_dress));
        words.filter(move |word| !word.chars().all(is_plain))
    }
}

/// Whether a word says that something is permitted, and those before it that it was so once, or may be so one day.
fn is_of_another_time(before: &[String], word: &str) -> bool {
    if !matches!(
        word,
        "permitted" | "allowed" | "authorized" | "authorised" | "granted" | "welcome"
    ) {
        return false;
    }
    let mut before = before.iter().rev().map(String::as_str).peekable();
    let is_perfect = before.next_if_eq(&"been").is_some() && before.next_if_eq(&"have").is_some();
    match before.next() {
        Some("was" | "were" | "had") => true,
        Some("be") => matches!(before.next(), Some("may" | "might" | "could" | "would" | "to")),
        Some("may" | "might" | "could" | "would") => is_perfect,
        _ => false,
    }
}

static PLAIN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../clauses/permission.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});
