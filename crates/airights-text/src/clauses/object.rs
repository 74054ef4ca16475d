//! Of what a sentence speaks: this work, its outputs, contributions to it, somebody's data, anything else?

use super::Speaker;
use super::case::{Case, Words};
use super::force;
use super::lexicon::{Class, Tagged, touch};

impl Case<'_> {
    /// A licence speaks of its work unless it says otherwise; any other text must name it.
    pub(super) fn is_about_this_work(&self) -> bool {
        if self.is_about_data_of_people() {
            return false;
        }
        match self.speaker {
            Speaker::License => {
                !self.is_about_contributions() && !self.is_about_training_done() && !self.is_about_names()
            }
            Speaker::Notice if self.has_with_stem(Class::Contribution) => false,
            Speaker::Notice if self.has(Class::Report) && self.demand().is_none() => false,
            Speaker::Notice if self.is_about_others() || self.is_inability() => false,
            Speaker::Notice => {
                self.names_the_work()
                    || self.above.stem.has(Class::Work)
                    || !self.subject.is_contribution_policy && self.above.names_the_work(self.words)
                    || self.is_bare_term()
                    || self.is_under_terms()
                    || self.has(Class::OwnReservation) && self.has(Class::Training)
            }
        }
    }

    /// Somebody's data, unless they are what a trainer collects ("your training data").
    fn is_about_data_of_people(&self) -> bool {
        let collections = || {
            let of_trainers = [Class::Training, Class::TrainingSet, Class::Collection];
            of_trainers.into_iter().flat_map(|class| self.sentence.spans(class))
        };
        let is_of_people = |span: &Words| !collections().any(|collection| touch(span, collection));
        self.sentence.spans(Class::People).iter().any(is_of_people)
            || self.above.stem.has(Class::People)
            || self.above.heading.has(Class::People)
    }

    /// Whether the sentence names this work; what belongs to others is none.
    pub(super) fn names_the_work(&self) -> bool {
        let others = || {
            self.sentence
                .spans(Class::Party)
                .iter()
                .chain(self.sentence.spans(Class::Theirs))
        };
        let is_own = |work: &Words| !others().any(|other| touch(work, other));
        self.sentence.spans(Class::Work).iter().any(is_own)
    }

    /// What others do or allow, or what a tool finds: nothing is said of this work unless it is named.
    fn is_about_others(&self) -> bool {
        /// Words before the name of somebody who is the subject of a sentence.
        const REACH: usize = 4;
        let is_subject = |span: &Words| span.start < REACH;
        let speaks = self.sentence.spans(Class::Party).iter().any(is_subject);
        let is_named = self.names_the_work();
        let is_theirs = self.has(Class::TheirObject) || self.has(Class::OthersRule);
        is_theirs || !is_named && (speaks || self.has(Class::Theirs) || self.has(Class::Description))
    }

    /// "This crate cannot be used to train models; it only runs them": the tool is not able to.
    fn is_inability(&self) -> bool {
        let is_unable = self.has(Class::Unable) || self.has(Class::Acts);
        is_unable && self.is_about_instrument() && (!self.has(Class::Ai) || self.has(Class::Instead))
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

    /// "The name may not be used to endorse an AI".
    fn is_about_names(&self) -> bool {
        self.has(Class::Endorsement) && self.is_brief()
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
            && self.names_a_learner()
            && (self.has(Class::Reserve) || self.has(Class::Plain) || !self.is_heading && force::refuses(self.sentence))
            && (self.above.stem.is_empty() || self.above.stem.has(Class::Rights) || self.above.stem.has(Class::Ai))
            && !self.has(Class::ToolOfSignals)
            && !self.is_about_instrument()
    }

    /// A deed that can be nothing but the training of an AI: "the model is trained" says too little by itself.
    fn names_a_learner(&self) -> bool {
        let learners = [Class::Ai, Class::Mining, Class::Emphatic];
        self.has(Class::Training)
            && (learners.into_iter().any(|class| self.has(class)) || self.above.heading.has(Class::Rights))
    }

    pub(super) fn is_about_outputs(&self) -> bool {
        let is_about = |words: &Tagged| words.spans(Class::Output).len() > words.spans(Class::MadeOfCode).len();
        let stem = self.above.stem.tagged();
        is_about(self.sentence) || is_about(stem) && !stem.has(Class::Work) && !self.has(Class::Work)
    }

    /// The work is a tool that trains, and not what is trained on.
    pub(super) fn is_about_instrument(&self) -> bool {
        let deeds = self.sentence.spans(Class::Training);
        let trains = |instrument: &Words| !deeds.iter().any(|deed| touch(deed, instrument));
        self.sentence.spans(Class::Instrument).iter().any(trains) && !self.has(Class::Substance)
    }

    pub(super) fn is_definition(&self) -> bool {
        let defines = self.sentence.spans(Class::Definition).iter().any(|span| {
            span.start < 14
                && !self
                    .sentence
                    .spans(Class::NoDefinition)
                    .iter()
                    .any(|other| touch(span, other))
        });
        defines && !self.has_with_stem(Class::ForbiddenList) && !self.above.heading.has(Class::ForbiddenList)
    }
}
