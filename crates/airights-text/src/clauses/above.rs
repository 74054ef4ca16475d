//! What stands above a sentence and gives it its sense: its heading, the stem of its list, the sentence before.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::Speaker;
use super::lexicon::{Class, Tagged};
use crate::sentences::{Marker, Quoting, Sentence};

/// The phrases of a sentence, looked for when somebody asks: most sentences have nothing to do with AI, and stand above
/// none that has.
#[derive(Default)]
pub(super) struct Phrases<'a> {
    words: Cow<'a, str>,
    pub(super) may_speak: bool,
    tagged: OnceCell<Tagged>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(words: impl Into<Cow<'a, str>>, may_speak: bool) -> Self {
        Self {
            words: words.into(),
            may_speak,
            tagged: OnceCell::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn tagged(&self) -> &Tagged {
        self.tagged.get_or_init(|| Tagged::new(&self.words))
    }

    /// Whether the sentence goes on with the one before it.
    fn goes_on(&self) -> bool {
        self.spans(Class::Continuation).iter().any(|span| span.start == 0)
    }

    pub(super) fn has(&self, class: Class) -> bool {
        self.tagged().has(class)
    }

    pub(super) fn spans(&self, class: Class) -> &[Range<usize>] {
        self.tagged().spans(class)
    }
}

/// What stands above a sentence and gives it its sense.
#[derive(Default)]
pub(super) struct Above<'a> {
    pub(super) heading: Rc<Phrases<'a>>,
    /// All stems of the list, the outer ones first; nothing where there is no list.
    pub(super) stem: Rc<Phrases<'a>>,
    /// Each stem with those around it, and the marker of the item it stands in.
    stems: Vec<(Option<Marker>, Rc<Phrases<'a>>)>,
    /// The sentences before, in the same paragraph.
    before: Vec<Rc<Phrases<'a>>>,
    /// The last sentence that was not quoted.
    intro: Rc<Phrases<'a>>,
}

impl<'a> Above<'a> {
    pub(super) fn enter(&mut self, sentence: &Sentence, words: &str, phrases: &Rc<Phrases<'a>>) {
        if sentence.opens_paragraph {
            self.before.clear();
        }
        if sentence.is_heading {
            self.heading = Rc::clone(phrases);
            self.drop_stems(0);
        } else if let Some(marker) = sentence.item {
            self.end_item(marker);
        } else if sentence.opens_paragraph && !words.trim_end().ends_with(':') {
            // A stem reaches over its list; texts without bullets put each point in a paragraph of its own.
            let is_point = words.len() < 240;
            if !is_point {
                self.drop_stems(0);
            }
        }
        // "This includes: …" goes on with the sentence before.
        let matters = phrases.may_speak || words.trim_end().ends_with(':');
        if matters
            && phrases.goes_on()
            && let Some(before) = self.before.last().cloned()
        {
            self.add_stem(sentence.item, &before);
        }
    }

    /// The stems within an item end with the next one of its list.
    fn end_item(&mut self, marker: Marker) {
        let is_of_list = |stem: &Option<Marker>| stem.is_some_and(|of| of.is_of_list(marker));
        if let Some(first) = self.stems.iter().position(|(stem, _)| is_of_list(stem)) {
            self.drop_stems(first);
        }
    }

    fn drop_stems(&mut self, from: usize) {
        self.stems.truncate(from);
        self.stem = self.stems.last().map(|(_, stem)| Rc::clone(stem)).unwrap_or_default();
    }

    fn add_stem(&mut self, item: Option<Marker>, phrases: &Rc<Phrases<'a>>) {
        let stem = if self.stem.is_empty() {
            Rc::clone(phrases)
        } else {
            let may_speak = self.stem.may_speak || phrases.may_speak;
            Rc::new(Phrases::new(
                format!("{}\n{}", self.stem.words, phrases.words),
                may_speak,
            ))
        };
        self.stems.push((item, Rc::clone(&stem)));
        self.stem = stem;
    }

    /// Whether the words before speak of this work: those of the last sentence, or, where "it" opens the words at hand, any
    /// of the paragraph.
    pub(super) fn names_the_work(&self, words: &str) -> bool {
        let pronoun = words.trim_start().split(' ').next().unwrap_or("");
        let refers_back = ["it", "they", "this", "these"]
            .iter()
            .any(|word| pronoun.eq_ignore_ascii_case(word));
        let reach = if refers_back { self.before.len() } else { 1 };
        self.before
            .iter()
            .rev()
            .take(reach)
            .any(|phrases| phrases.has(Class::Work))
    }

    /// Whether words quoted here are terms: a licence in a block of code below "Licence", a note behind quotation marks;
    /// not an example.
    pub(super) fn lets_speak(&self, quoting: Quoting, speaker: Speaker) -> bool {
        let is_example = || self.intro.has(Class::Example) || self.heading.has(Class::Example);
        match quoting {
            Quoting::None => true,
            Quoting::Block => !is_example(),
            Quoting::Code => (speaker == Speaker::License || self.heading.has(Class::Rights)) && !is_example(),
        }
    }

    pub(super) fn leave(&mut self, sentence: &Sentence, words: &str, phrases: Rc<Phrases<'a>>) {
        if words.trim_end().trim_end_matches(['*', '_']).ends_with([':', '：']) {
            if sentence.item.is_none() && !phrases.goes_on() {
                self.drop_stems(0);
            }
            self.add_stem(sentence.item, &phrases);
        }
        if sentence.quoting == Quoting::None {
            self.intro = Rc::clone(&phrases);
        }
        self.before.push(phrases);
    }
}
