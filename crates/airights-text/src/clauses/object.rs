//! Of what a sentence speaks: this work, its outputs, contributions to it, somebody's data, anything else?

use super::Speaker;
use super::case::{Case, Words};
use super::force;
use super::lexicon::{Class, Tagged, touch};

impl Case<'_> {
    /// A licence speaks of its work unless it says otherwise; any other text must name it.
    pub(super) fn is_about_this_work(&self) -> bool {
        if self.has_with_stem(Class::People) {
            return false;
        }
        match self.speaker {
            Speaker::License => !self.is_about_contributions() && !self.is_about_training_done(),
            Speaker::Notice if self.has_with_stem(Class::Contribution) => false,
            Speaker::Notice if self.has(Class::Report) && self.demand().is_none() => false,
            Speaker::Notice => {
                self.has_with_stem(Class::Work)
                    || !self.subject.is_contribution_policy && self.above.names_the_work(self.words)
                    || self.is_bare_term()
                    || self.is_under_terms()
                    || self.has(Class::OwnReservation) && self.has(Class::Training)
            }
        }
    }

    /// In a document of terms, or in a list that permits or refuses outright, the work need not be named.
    pub(super) fn is_under_terms(&self) -> bool {
        let stem = self.above.stem.tagged();
        let is_list_of_terms = || {
            let speaks = |class| self.above.heading.has(class) || stem.has(class);
            force::rules(stem) && (speaks(Class::Ai) || speaks(Class::Rights) || speaks(Class::ForbiddenList))
        };
        let heading_forbids = self.above.heading.has(Class::ForbiddenList);
        let rules = || force::rules(self.sentence) || force::rules(stem) || heading_forbids;
        !self.is_caption
            && !self.above.heading.has(Class::Contribution)
            && !self.is_about_instrument()
            && (self.subject.is_terms_on_ai && rules() || !self.subject.is_contribution_policy && is_list_of_terms())
    }

    /// "Contributions made with AI must not be submitted", among the terms of a licence.
    pub(super) fn is_about_contributions(&self) -> bool {
        self.sentence
            .spans(Class::Contribution)
            .iter()
            .any(|span| span.start < 3)
    }

    /// "The models are trained on several datasets": nothing but a report.
    pub(super) fn is_about_training_done(&self) -> bool {
        let reports = self.sentence.spans(Class::Report);
        let deeds = self.sentence.spans(Class::Training);
        let is_reported = |deed: &Words| reports.iter().any(|report| touch(report, deed));
        !deeds.is_empty() && deeds.iter().all(is_reported) && self.demand().is_none()
    }

    /// "Training is prohibited", "No AI training", "Rights reserved for text and data mining": terms without an object.
    pub(super) fn is_bare_term(&self) -> bool {
        (self.is_short() || self.has(Class::Emphatic) && self.is_brief())
            && self.has(Class::Training)
            && (self.has(Class::Reserve) || self.has(Class::Plain) || !self.is_heading && force::refuses(self.sentence))
            && (self.above.stem.is_empty() || self.above.stem.has(Class::Rights) || self.above.stem.has(Class::Ai))
            && !self.has(Class::ToolOfSignals)
            && !self.is_about_instrument()
    }

    pub(super) fn is_about_outputs(&self) -> bool {
        let is_about = |words: &Tagged| words.spans(Class::Output).len() > words.spans(Class::Made).len();
        let stem = self.above.stem.tagged();
        is_about(self.sentence) || is_about(stem) && !stem.has(Class::Work) && !self.has(Class::Work)
    }

    /// The work is a tool that trains, and not what is trained on.
    pub(super) fn is_about_instrument(&self) -> bool {
        self.has(Class::Instrument) && !self.has(Class::Substance)
    }

    pub(super) fn is_definition(&self) -> bool {
        let defines = self
            .sentence
            .spans(Class::Definition)
            .iter()
            .any(|span| span.start < 14);
        defines && !self.has_with_stem(Class::ForbiddenList) && !self.above.heading.has(Class::ForbiddenList)
    }
}
