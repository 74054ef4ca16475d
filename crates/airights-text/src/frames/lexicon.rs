//! Words of many languages and the concepts they stand for (`frames/lexicon/*.tsv`).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::hashed::{ByHash, SEED, hash, step};
use crate::clauses::cut::{cut, stands_alone};
use crate::words::hash_word;
use crate::{index, shingle};

/// Declares the concepts with their names in the tables.
macro_rules! concepts {
    ($($(#[$meta:meta])* $variant:ident = $name:literal,)+) => {
        /// What a word may stand for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Concept { $($(#[$meta])* $variant,)+ }

        impl Concept {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in the tables.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

concepts! {
    /// What learns, by any of its names.
    Ai = "ai",
    /// A model or a part of one, which need not be one that learns.
    Model = "model",
    /// A program that acts for somebody.
    Agent = "agent",
    Train = "train",
    Dataset = "dataset",
    Mine = "mine",
    Make = "make",
    Feed = "feed",
    Output = "output",
    Work = "work",
    /// What makes it this work: "this", "our", "herein".
    Own = "self",
    Use = "use",
    Not = "not",
    Refuse = "refuse",
    Breach = "breach",
    Reserve = "reserve",
    Grant = "grant",
    May = "may",
    Must = "must",
    If = "if",
    Only = "only",
    Except = "except",
    But = "but",
    Consent = "consent",
    Pay = "pay",
    Credit = "credit",
    Open = "open",
    NonCommercial = "noncommercial",
    Commercial = "commercial",
    Field = "field",
    Compete = "compete",
    Anything = "anything",
    Others = "others",
    We = "we",
    Doers = "doers",
    Ability = "ability",
    Report = "report",
    Contribute = "contribute",
    Course = "course",
    Question = "question",
    Plan = "plan",
}

/// The tables, by language.
const TABLES: &[(&str, &str)] = &[
    ("en", include_str!("../../frames/lexicon/en.tsv")),
    ("de", include_str!("../../frames/lexicon/de.tsv")),
    ("fr", include_str!("../../frames/lexicon/fr.tsv")),
    ("es", include_str!("../../frames/lexicon/es.tsv")),
    ("it", include_str!("../../frames/lexicon/it.tsv")),
    ("pt", include_str!("../../frames/lexicon/pt.tsv")),
    ("nl", include_str!("../../frames/lexicon/nl.tsv")),
    ("sv", include_str!("../../frames/lexicon/sv.tsv")),
    ("da", include_str!("../../frames/lexicon/da.tsv")),
    ("nb", include_str!("../../frames/lexicon/nb.tsv")),
    ("fi", include_str!("../../frames/lexicon/fi.tsv")),
    ("ru", include_str!("../../frames/lexicon/ru.tsv")),
    ("uk", include_str!("../../frames/lexicon/uk.tsv")),
    ("pl", include_str!("../../frames/lexicon/pl.tsv")),
    ("cs", include_str!("../../frames/lexicon/cs.tsv")),
    ("ro", include_str!("../../frames/lexicon/ro.tsv")),
    ("hu", include_str!("../../frames/lexicon/hu.tsv")),
    ("el", include_str!("../../frames/lexicon/el.tsv")),
    ("tr", include_str!("../../frames/lexicon/tr.tsv")),
    ("vi", include_str!("../../frames/lexicon/vi.tsv")),
    ("id", include_str!("../../frames/lexicon/id.tsv")),
    ("zh", include_str!("../../frames/lexicon/zh.tsv")),
    ("ja", include_str!("../../frames/lexicon/ja.tsv")),
    ("ko", include_str!("../../frames/lexicon/ko.tsv")),
];

/// A language, by its place among the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Language(usize);

impl Language {
    pub(super) const ENGLISH: Self = Self(0);

    fn named(name: &str) -> Self {
        let place = TABLES.iter().position(|(of, _)| *of == name);
        place.map_or(Self::ENGLISH, Self)
    }
}

struct Entry {
    language: Language,
    concept: Concept,
    /// The words, and whether each is only the beginning of one.
    words: Vec<(Box<str>, bool)>,
}

struct Lexicon {
    entries: Vec<Entry>,
    /// Entries by the hash of their first word, where it is a whole one.
    by_word: ByHash<Vec<u32>>,
    /// Entries by the hash of their first word, where it is the beginning of one.
    by_beginning: ByHash<Vec<u32>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        entries: Vec::new(),
        by_word: ByHash::default(),
        by_beginning: ByHash::default(),
    };
    for (language, (_, table)) in TABLES.iter().enumerate() {
        for (name, entries) in table.lines().filter_map(|line| line.split_once('\t')) {
            let Some(&concept) = Concept::ALL.iter().find(|concept| concept.name() == name) else {
                continue;
            };
            for words in entries.split(" | ").filter_map(words_of) {
                let number = u32::try_from(lexicon.entries.len()).unwrap_or(u32::MAX);
                let (first, is_beginning) = words[0].clone();
                let index = if is_beginning {
                    &mut lexicon.by_beginning
                } else {
                    &mut lexicon.by_word
                };
                index.entry(hash(&[&first])).or_default().push(number);
                lexicon.entries.push(Entry {
                    language: Language(language),
                    concept,
                    words,
                });
            }
        }
    }
    lexicon
});

/// The words of an entry as they are cut in a sentence; `None` where there are none.
fn words_of(entry: &str) -> Option<Vec<(Box<str>, bool)>> {
    let mut all = Vec::new();
    for piece in entry.split_whitespace() {
        let (piece, is_beginning) = piece.strip_suffix('~').map_or((piece, false), |piece| (piece, true));
        let (words, ..) = cut(piece);
        let last = words.len();
        let words = words.into_iter().enumerate();
        all.extend(words.map(|(number, word)| (word.into_boxed_str(), is_beginning && number + 1 == last)));
    }
    (!all.is_empty()).then_some(all)
}

/// The first two words of each entry for these concepts, each with whether it is only the beginning of one. Single words of
/// other languages that English has, too, in another sense are left out.
pub(super) fn beginnings(concepts: &[Concept]) -> impl Iterator<Item = (Word<'static>, Option<Word<'static>>)> {
    let entries = LEXICON
        .entries
        .iter()
        .filter(move |entry| concepts.contains(&entry.concept));
    let is_clear = |entry: &&Entry| {
        let word = &*entry.words[0].0;
        entry.language == Language::ENGLISH
            || entry.words.len() > 1
            || !word.is_ascii()
            || (word.len() > 3 && !is_english(word))
    };
    let word = |(word, is_beginning): &'static (Box<str>, bool)| (&**word, *is_beginning);
    entries
        .filter(is_clear)
        .map(move |entry| (word(&entry.words[0]), entry.words.get(1).map(word)))
}

/// A word, and whether it is only the beginning of one.
pub(super) type Word<'a> = (&'a str, bool);

/// Whether licenses in English have this word.
fn is_english(word: &str) -> bool {
    index::word_id(hash_word(word)) != shingle::UNKNOWN
}

/// A concept, and the words that stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) concept: Concept,
    pub(super) words: Range<usize>,
}

/// The concepts in these words, in order of their start; those of the language that knows most of the words, and the names of AI
/// of any.
pub(super) fn tokens(words: &[String]) -> (Language, Vec<Token>) {
    let mut found: Vec<(Language, Token)> = Vec::new();
    for at in 0..words.len() {
        each_candidate(&words[at], |number| {
            let entry = &LEXICON.entries[number as usize];
            let is_here = entry.words.iter().enumerate().all(|(offset, (wanted, is_beginning))| {
                words.get(at + offset).is_some_and(|word| {
                    if *is_beginning {
                        word.starts_with(&**wanted)
                    } else {
                        **word == **wanted
                    }
                })
            });
            if is_here {
                let token = Token {
                    concept: entry.concept,
                    words: at..at + entry.words.len(),
                };
                found.push((entry.language, token));
            }
        });
    }
    let language = language_of(words, &found);
    let is_of_it =
        |(of, token): &(Language, Token)| *of == language || (*of == Language::ENGLISH && token.concept == Concept::Ai);
    let mut tokens: Vec<Token> = found.into_iter().filter(is_of_it).map(|(_, token)| token).collect();
    // The longest counts: "does not permit" holds no permission.
    tokens.sort_by_key(|token| (token.words.start, std::cmp::Reverse(token.words.end)));
    let mut longest: Option<Range<usize>> = None;
    tokens.retain(|token| {
        let words = &token.words;
        if longest
            .as_ref()
            .is_some_and(|longest| words.end <= longest.end && words.len() < longest.len())
        {
            return false;
        }
        longest = Some(words.clone());
        true
    });
    tokens.sort_by_key(|token| (token.words.start, token.concept, std::cmp::Reverse(token.words.end)));
    // Of several entries for one concept that overlap, the first and longest counts.
    let mut last: HashMap<Concept, usize> = HashMap::new();
    tokens.retain(|token| {
        let end = last.entry(token.concept).or_default();
        let is_new = token.words.start >= *end;
        if is_new {
            *end = token.words.end;
        }
        is_new
    });
    (language, tokens)
}

/// Calls for each entry whose first word this may be.
fn each_candidate(word: &str, mut found: impl FnMut(u32)) {
    let mut hash = SEED;
    for (at, byte) in word.bytes().enumerate() {
        hash = step(hash, byte);
        if word.is_char_boundary(at + 1)
            && let Some(numbers) = LEXICON.by_beginning.get(&hash)
        {
            numbers.iter().copied().for_each(&mut found);
        }
    }
    if let Some(numbers) = LEXICON.by_word.get(&hash) {
        numbers.iter().copied().for_each(found);
    }
}

/// Short sentences in English have words that others know, too: so many more make it another.
const CLEARLY: usize = 2;

/// The language whose lexicon knows most of the words.
fn language_of(words: &[String], found: &[(Language, Token)]) -> Language {
    let begins_in = |range: std::ops::RangeInclusive<char>| {
        let first = |word: &String| word.chars().next();
        words.iter().filter_map(first).any(|letter| range.contains(&letter))
    };
    if begins_in('\u{3040}'..='\u{30ff}') {
        return Language::named("ja");
    }
    if begins_in('\u{ac00}'..='\u{d7af}') {
        return Language::named("ko");
    }
    if words.iter().any(|word| word.chars().all(stands_alone)) {
        return Language::named("zh");
    }
    // Words that a language knows, each once: its tokens come in the order of their start.
    let mut known = [(0, 0); TABLES.len()];
    for (language, token) in found {
        let (count, end) = &mut known[language.0];
        let start = token.words.start.max(*end);
        *count += token.words.end.saturating_sub(start);
        *end = token.words.end.max(*end);
    }
    let of = |language: usize| known[language].0 + if language == 0 { CLEARLY } else { 0 };
    let most = (0..TABLES.len()).rev().max_by_key(|&language| of(language));
    most.map_or(Language::ENGLISH, Language)
}
