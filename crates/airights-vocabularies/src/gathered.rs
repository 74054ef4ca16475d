//! What a reader gathers while it goes through a text: the most restrictive of all that is said.

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, UseValue};
use airights_text::signals::{About, Signal};

/// Terms in the making.
#[derive(Default)]
pub(super) struct Gathered {
    /// What they come to so far.
    pub(super) terms: AiTerms,
    /// The signals they come from, where these have places.
    pub(super) signals: Vec<Signal>,
}

impl FromIterator<Signal> for Gathered {
    fn from_iter<I: IntoIterator<Item = Signal>>(signals: I) -> Self {
        let mut gathered = Self::default();
        gathered.extend(signals);
        gathered
    }
}

impl Extend<Signal> for Gathered {
    fn extend<I: IntoIterator<Item = Signal>>(&mut self, signals: I) {
        for signal in signals {
            match signal.about {
                About::Use(ai_use) => self.says(ai_use, signal.said.clone(), true),
                About::Search => self.says_of_search(signal.said.value),
            }
            self.signals.push(signal);
        }
    }
}

impl Gathered {
    /// Something is said of a use. A permission for a part (`is_whole` is false) is none for the whole.
    pub(super) fn says(&mut self, ai_use: AiUse, said: Said, is_whole: bool) {
        let is_silent = said.value == UseValue::Unknown || (said.value == UseValue::Allowed && !is_whole);
        if is_silent {
            return;
        }
        let said = match self.terms.uses.remove(&ai_use) {
            Some(before) => before.and(&said),
            None => said,
        };
        self.terms.uses.insert(ai_use, said);
    }

    /// Something is said of search.
    pub(super) fn says_of_search(&mut self, value: UseValue) {
        let before = self.terms.search;
        self.terms.search = match (before, value) {
            (before, UseValue::Unknown) => before,
            (UseValue::Unknown, value) => value,
            (before, value) => before.max(value),
        };
    }
}
