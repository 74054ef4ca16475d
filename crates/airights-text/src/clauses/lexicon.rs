//! The words clauses are made of (`clauses/*.tsv`), and where a sentence has them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::cut::{cut, fold};

/// Declares the classes of phrases, so that the table and the judge cannot drift apart.
macro_rules! classes {
    ($($(#[$meta:meta])* $variant:ident = $name:literal,)+) => {
        /// What a phrase of the table is; the table says of each what it is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($variant,)+ }

        impl Class {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $name),)+];
        }
    };
}

classes! {
    Ai = "ai",
    Learner = "learner",
    Model = "model",
    Models = "models",
    This = "this",
    Material = "material",
    Verb = "verb",
    Teach = "teach",
    Taught = "taught",
    Learn = "learn",
    Weights = "weights",
    Adjust = "adjust",
    Make = "make",
    Made = "made",
    Maker = "maker",
    Collection = "collection",
    TrainingSet = "training-set",
    Examples = "examples",
    Put = "put",
    OutOf = "out-of",
    Into = "into",
    Contain = "contain",
    Use = "use",
    Mining = "mining",
    Training = "training",
    Serving = "serving",
    Related = "related",
    Modelling = "modelling",
    Bare = "bare",
    FineTuning = "fine-tuning",
    SignalName = "signal-name",
    Resulting = "resulting",
    Give = "give",
    Reader = "reader",
    Reads = "reads",
    Feeding = "feeding",
    PerhapsFeeding = "perhaps-feeding",
    AiReader = "ai-reader",
    Anything = "anything",
    Not = "not",
    Modal = "modal",
    Permit = "permit",
    Entitlement = "entitlement",
    End = "end",
    Prohibition = "prohibition",
    Require = "require",
    Withhold = "withhold",
    Refuse = "refuse",
    Is = "is",
    Consequence = "consequence",
    Whole = "whole",
    But = "but",
    Except = "except",
    Unless = "unless",
    Order = "order",
    Addressee = "addressee",
    Plain = "plain",
    Emphatic = "emphatic",
    Nothing = "nothing",
    Negator = "negator",
    Relative = "relative",
    RelativeModal = "relative-modal",
    Disclaimed = "disclaimed",
    HeldBack = "held-back",
    ByLaw = "by-law",
    Reserve = "reserve",
    OwnReservation = "own-reservation",
    Grant = "grant",
    Mild = "mild",
    Strong = "strong",
    Condition = "condition",
    Limit = "limit",
    Obliged = "obliged",
    Whoever = "whoever",
    Ask = "ask",
    Scaled = "scaled",
    WorkName = "work-name",
    Credit = "credit",
    OpenResult = "open-result",
    Donate = "donate",
    Commons = "commons",
    EcosystemContribution = "ecosystem-contribution",
    NonCommercial = "non-commercial",
    Consent = "consent",
    DirectContribution = "direct-contribution",
    Naming = "naming",
    Other = "other",
    Commercially = "commercially",
    Both = "both",
    Uncredited = "uncredited",
    Competing = "competing",
    ToBeHad = "to-be-had",
    Work = "work",
    OwnWork = "own-work",
    Instrument = "instrument",
    Substance = "substance",
    People = "people",
    Contribution = "contribution",
    Party = "party",
    OthersNoun = "others-noun",
    OthersRule = "others-rule",
    Theirs = "theirs",
    TheirObject = "their-object",
    Citation = "citation",
    Description = "description",
    Report = "report",
    Produced = "produced",
    Produces = "produces",
    Output = "output",
    MadeOfCode = "made-of-code",
    WorkOrOutput = "work-or-output",
    Unable = "unable",
    Instead = "instead",
    Acts = "acts",
    Definition = "definition",
    NoDefinition = "no-definition",
    Continuation = "continuation",
    ForbiddenList = "forbidden-list",
    ToolOfSignals = "tool-of-signals",
    TitleOfTool = "title-of-tool",
    Example = "example",
    Rights = "rights",
    TitleOfTerms = "title-of-terms",
    RefusingLicense = "refusing-license",
    Field = "field",
    PutTo = "put-to",
    PutToField = "put-to-field",
    FieldUse = "field-use",
    Commerce = "commerce",
    Vow = "vow",
    Ordinary = "ordinary",
    Aside = "aside",
    Endorsement = "endorsement",
    EndOfUse = "end-of-use",
    LimitedUse = "limited-use",
    Behaviour = "behaviour",
    ScaleCap = "scale-cap",
}

/// A sentence cut into words, with the places of each class of phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagged {
    spans: Vec<Vec<Range<usize>>>,
    /// Number of the segment each word is in: a semicolon, a colon, a dash, "but" and their kind begin a new one.
    pub(super) segments: Vec<usize>,
    /// Whether each word stands after a colon.
    pub(super) after_colon: Vec<bool>,
}

impl Tagged {
    /// Tags a sentence.
    pub(crate) fn new(sentence: &str) -> Self {
        let (words, segments, after_colon) = cut(sentence);
        Self {
            spans: TABLE.spans(&words),
            segments,
            after_colon,
        }
    }

    /// Where phrases of a class stand, as ranges of words, in order of their start.
    pub(super) fn spans(&self, class: Class) -> &[Range<usize>] {
        self.spans.get(class as usize).map_or(&[], Vec::as_slice)
    }

    /// The names of all classes that are there.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let is_there = |(class, _): &&(Class, &'static str)| self.has(*class);
        Class::ALL.iter().filter(is_there).map(|(_, name)| *name)
    }

    /// Whether a phrase of the class is there.
    pub(super) fn has(&self, class: Class) -> bool {
        !self.spans(class).is_empty()
    }
}

/// Whether two ranges of words have a word in common.
pub(super) fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// One part of a pattern.
enum Part {
    Word(Cow<'static, str>),
    Prefix(Cow<'static, str>),
    Class(usize),
    /// At most so many words.
    Gap(usize),
}

struct Pattern {
    class: usize,
    parts: Vec<Part>,
}

struct Table {
    patterns: Vec<Pattern>,
    /// Patterns by their first word.
    by_word: HashMap<Cow<'static, str>, Vec<usize>>,
    /// Patterns that begin with the beginning of a word, by its first two letters.
    by_prefix: HashMap<[Option<char>; 2], Vec<usize>>,
    /// Patterns that begin with a class, by the class they belong to and the one they begin with.
    by_class: Vec<Vec<(usize, Vec<usize>)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        patterns: Vec::new(),
        by_word: HashMap::new(),
        by_prefix: HashMap::new(),
        by_class: Class::ALL.iter().map(|_| Vec::new()).collect(),
    };
    for (class, phrase) in rows() {
        let Some(pattern) = pattern(class, phrase) else {
            continue;
        };
        let number = table.patterns.len();
        match &pattern.parts[0] {
            Part::Word(word) => table.by_word.entry(word.clone()).or_default().push(number),
            Part::Prefix(start) => {
                table.by_prefix.entry(opening(start)).or_default().push(number);
            }
            // No phrase begins with a gap; a test holds that.
            Part::Gap(_) => {}
            Part::Class(first) => {
                let groups = &mut table.by_class[pattern.class];
                match groups.iter_mut().find(|(of, _)| of == first) {
                    Some((_, numbers)) => numbers.push(number),
                    None => groups.push((*first, vec![number])),
                }
            }
        }
        table.patterns.push(pattern);
    }
    table
});

/// The tables, each after those whose classes it uses.
const TABLES: [&str; 6] = [
    include_str!("../../clauses/training.tsv"),
    include_str!("../../clauses/feeding.tsv"),
    include_str!("../../clauses/force.tsv"),
    include_str!("../../clauses/conditions.tsv"),
    include_str!("../../clauses/object.tsv"),
    include_str!("../../clauses/fields.tsv"),
];

/// All phrases, with the names of their classes.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLES.iter().flat_map(|table| table.lines());
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(class, phrases)| phrases.split(" | ").map(move |phrase| (class, phrase)))
}

/// The phrases of a class that are made of nothing but words.
pub(super) fn phrases(class: Class) -> impl Iterator<Item = &'static str> {
    let name = Class::ALL[class as usize].1;
    rows()
        .filter(move |(of, phrase)| *of == name && !phrase.contains(['{', '.']))
        .map(|(_, phrase)| phrase)
}

/// A row that names a class nobody knows is left out; a test holds that there is none.
fn pattern(class: &str, phrase: &'static str) -> Option<Pattern> {
    let number = |wanted: &str| Some(Class::ALL.iter().find(|(_, name)| *name == wanted)?.0 as usize);
    let part = |word: &'static str| {
        Some(match word {
            "." => Part::Gap(1),
            ".." => Part::Gap(6),
            "..." => Part::Gap(14),
            "...." => Part::Gap(60),
            _ => match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
                Some(name) => Part::Class(number(name)?),
                None => match word.strip_suffix('~') {
                    Some(start) => Part::Prefix(folded(start)),
                    None => Part::Word(folded(word)),
                },
            },
        })
    };
    let parts = phrase.split(' ').map(part).collect::<Option<Vec<Part>>>()?;
    (!parts.is_empty()).then_some(Pattern {
        class: number(class)?,
        parts,
    })
}

/// A word of the table as [`cut`] gives the words of a sentence.
fn folded(word: &'static str) -> Cow<'static, str> {
    if word.is_ascii() {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.chars().flat_map(fold).collect())
    }
}

/// The first two letters of a word.
fn opening(word: &str) -> [Option<char>; 2] {
    let mut letters = word.chars();
    [letters.next(), letters.next()]
}

impl Table {
    fn spans(&self, words: &[String]) -> Vec<Vec<Range<usize>>> {
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Vec<Range<usize>>> = vec![Vec::new(); Class::ALL.len()];
        let mut begun: Vec<(usize, usize, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let by_word = self.by_word.get(word.as_str()).into_iter().flatten();
            let by_prefix = self.by_prefix.get(&opening(word)).into_iter().flatten();
            for &number in by_word.chain(by_prefix) {
                let pattern = &self.patterns[number];
                if matches!(&pattern.parts[0], Part::Prefix(start) if !word.starts_with(&**start)) {
                    continue;
                }
                begun.push((pattern.class, at, number));
            }
        }
        begun.sort_unstable();
        let mut begun = begun.into_iter().peekable();
        // A class uses only those before it, and itself never.
        for class in 0..Class::ALL.len() {
            let mut spans: Vec<Range<usize>> = Vec::new();
            while let Some((_, at, number)) = begun.next_if(|(of, ..)| *of == class) {
                let end = end_of(&self.patterns[number].parts, words, at, &found);
                spans.extend(end.map(|end| at..end));
            }
            for (first, numbers) in &self.by_class[class] {
                for span in &found[*first] {
                    let ends = numbers
                        .iter()
                        .filter_map(|&number| end_of(&self.patterns[number].parts[1..], words, span.end, &found));
                    spans.extend(ends.map(|end| span.start..end));
                }
            }
            spans.sort_by_key(|span| (span.start, span.end));
            spans.dedup();
            found[class] = spans;
        }
        found
    }
}

/// Where the parts end, if they stand in the words from `at` on.
fn end_of(parts: &[Part], words: &[String], at: usize, found: &[Vec<Range<usize>>]) -> Option<usize> {
    let Some(part) = parts.first() else { return Some(at) };
    match part {
        Part::Word(word) => (words.get(at)? == word).then_some(())?,
        Part::Prefix(start) => words.get(at)?.starts_with(&**start).then_some(())?,
        Part::Class(class) => {
            let first = found[*class].partition_point(|span| span.start < at);
            return found[*class][first..]
                .iter()
                .take_while(|span| span.start == at)
                .find_map(|span| end_of(&parts[1..], words, span.end, found));
        }
        Part::Gap(most) => {
            return (at..=(at + most).min(words.len())).find_map(|next| end_of(&parts[1..], words, next, found));
        }
    }
    end_of(&parts[1..], words, at + 1, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for (class, phrase) in rows() {
            let pattern = pattern(class, phrase).unwrap_or_else(|| panic!("{class}: {phrase}"));
            assert!(
                !matches!(pattern.parts[0], Part::Gap(_)),
                "{class}: {phrase} begins with a gap"
            );
            for part in &pattern.parts {
                if let Part::Class(used) = part {
                    assert!(*used < pattern.class, "{class}: {phrase} uses a class further down");
                }
            }
        }
        assert!(
            Class::ALL
                .iter()
                .enumerate()
                .all(|(number, (class, _))| *class as usize == number)
        );
    }

    /// What phrases of a class look like, their own classes replaced by one phrase each in turn.
    fn samples(class: &str, depth: usize) -> Vec<String> {
        let mut all = Vec::new();
        for (_, phrase) in rows().filter(|(name, _)| *name == class) {
            let mut forms = vec![String::new()];
            for part in phrase.split(' ') {
                let choices = match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                    _ if part.starts_with('.') => continue,
                    Some(used) if depth > 0 => samples(used, depth - 1),
                    Some(_) => continue,
                    None => vec![part.trim_end_matches('~').to_owned()],
                };
                let longest = forms.len().max(choices.len());
                let at = |all: &[String], number: usize| all[number % all.len()].clone();
                forms = (0..longest)
                    .map(|number| format!("{} {}", at(&forms, number), at(&choices, number)))
                    .collect();
            }
            all.extend(forms);
        }
        all
    }

    #[test]
    fn the_quick_look_misses_no_deed() {
        use crate::clauses::cut::stands_alone;
        use crate::clauses::hints::hints;
        let mut missed = Vec::new();
        for class in ["training", "feeding", "behaviour", "scale-cap", "refusing-license"] {
            for sample in samples(class, 3) {
                // Letters of Chinese, Japanese and Korean stand together where they are written.
                let mut sample = format!("{} ", sample.split_whitespace().collect::<Vec<_>>().join(" "));
                for letter in sample.clone().chars().filter(|letter| stands_alone(*letter)) {
                    sample = sample.replace(&format!("{letter} "), &letter.to_string());
                }
                if hints(&sample).is_empty() {
                    missed.push(sample);
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn phrases_are_found_across_dress() {
        let tagged = Tagged::new("You **may\nnot** use it for A.I.-training; don’t.");
        assert_eq!(tagged.spans(Class::Refuse).first(), Some(&(1..3)));
        assert!(tagged.has(Class::Training));
        assert_eq!(tagged.segments.last(), Some(&1));
        assert!(Tagged::new("禁止将本项目用于训练人工智能").has(Class::Training));
    }
}
