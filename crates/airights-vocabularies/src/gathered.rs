//! What a reader gathers while it goes through a text: the most restrictive of all that is said.

use airights::UseValue;
use airights::declaration::AiTerms;
use airights_text::add_said;
use airights_text::signals::{About, Signal};

/// Terms in the making.
#[derive(Default)]
pub(super) struct Gathered {
    /// What they come to so far.
    pub(super) terms: AiTerms,
    /// The signals they come from.
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
                About::Use(ai_use) => add_said(&mut self.terms.uses, ai_use, &signal.said),
                About::Search if self.terms.search == UseValue::Unknown => self.terms.search = signal.said.value,
                About::Search => self.terms.search = self.terms.search.max(signal.said.value),
            }
            self.signals.push(signal);
        }
    }
}
