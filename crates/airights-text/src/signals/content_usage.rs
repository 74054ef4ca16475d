//! The `Content-Usage` field of the IETF's AIPREF working group, as in `train-ai=n, search=y`.
//!
//! It is an RFC 9651 dictionary whose values are the tokens `y` and `n`; any other value means "unknown", labels and
//! parameters that are not known are passed over, and of a label given twice the last counts
//! (`draft-ietf-aipref-vocab-07`, section on the exchange format). CC signals add what has to be met:
//! `;exceptions=cc-cr`.

use std::collections::BTreeMap;
use std::fmt;

use sfv::{BareItem, Dictionary, FieldType, Item, KeyRef, ListEntry, Parser, Token, key_ref, token_ref};

use super::draft::Draft;
use super::{About, Signal, robots};
use crate::labels::label;
use crate::said::{Said, add_said};
use crate::vocabulary::{AiUse, Condition, UseValue};

/// The name of the field, and the label of the line in a group of `robots.txt` (`draft-ietf-aipref-attach-05`).
pub const LABEL: &str = "Content-Usage";

/// Each CC signal, and what it asks for (`creativecommons/cc-signals`, 0.1); smaller ones first.
pub const CC_SIGNALS: &[(&str, &[Condition])] = &[
    ("cc-cr", &[Condition::Credit]),
    ("cc-cr-dc", &[Condition::Credit, Condition::DirectContribution]),
    ("cc-cr-ec", &[Condition::Credit, Condition::EcosystemContribution]),
    ("cc-cr-op", &[Condition::Credit, Condition::OpenResult]),
];

/// A line of the field is no RFC 9651 dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Why not, in words.
    pub reason: String,
    /// What all the lines refuse, see [`ContentUsage::refusals`]. Whoever wrote a broken line permits nothing.
    pub refusals: Vec<Signal>,
}

/// What every line of the field in a text says. Rules for the same path apply each on its own, and so do all of them here.
///
/// # Errors
///
/// If a line is broken.
pub fn signals(text: &str) -> Result<Vec<Signal>, Broken> {
    let mut signals = Vec::new();
    let mut broken = None;
    for line in robots::lines(text).iter().filter(|line| line.is(LABEL)) {
        let (is_whole, field) = line.reach_and_rest();
        let usage = ContentUsage::parse(field).unwrap_or_else(|reason| {
            broken.get_or_insert(reason);
            ContentUsage::refusals(field)
        });
        let uses = usage.uses(None).into_iter();
        let uses = uses.map(|(ai_use, said)| (About::Use(ai_use), said));
        let search = (About::Search, Said::new(usage.search(), &[]));
        let said = uses.chain([search]);
        signals.extend(said.filter_map(|(about, said)| Signal::new(about, said, is_whole, line.bytes.clone())));
    }
    match broken {
        None => Ok(signals),
        Some(reason) => {
            signals.retain(|signal| signal.said.value != UseValue::Allowed);
            let refusals = signals;
            Err(Broken { reason, refusals })
        }
    }
}

/// A field that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentUsage {
    members: Dictionary,
}

// No member holds a number that is not equal to itself: RFC 9651 has no such numbers.
impl Eq for ContentUsage {}

impl ContentUsage {
    /// Reads a field, strictly.
    ///
    /// # Errors
    ///
    /// Why it is no RFC 9651 dictionary, in words. RFC 9651, section 4.2, has such a field ignored; see [`Self::refusals`]
    /// for what may be saved of it.
    pub fn parse(field: &str) -> Result<Self, String> {
        let members = Parser::new(field).parse::<Dictionary>();
        members
            .map(|members| Self { members })
            .map_err(|error| error.to_string())
    }

    /// What a broken field refuses: the members, or else the words, that can be read on their own and refuse something,
    /// in whatever case. Whoever wrote it meant those, and what it permits is not to be relied on.
    #[must_use]
    pub fn refusals(field: &str) -> Self {
        let field = field.to_ascii_lowercase();
        let readable = field.split(',').flat_map(|member| match Self::parse(member) {
            Ok(read) => vec![read],
            Err(_) => member
                .split_whitespace()
                .filter_map(|word| Self::parse(word).ok())
                .collect(),
        });
        let members = readable.flat_map(|read| read.members);
        let refusing =
            members.filter(|(_, member)| said_by(member).is_some_and(|said| said.value != UseValue::Allowed));
        Self {
            members: refusing.collect(),
        }
    }

    /// Says this of training, in the place of what it said of it before under today's label; `None`: nothing.
    pub fn set_train_ai(&mut self, said: Option<&Said>) {
        self.say(key_ref("train-ai"), said);
    }

    /// Says this of search: allowed, disallowed or nothing.
    pub fn set_search(&mut self, value: UseValue) {
        self.say(key_ref("search"), Some(&Said::new(value, &[])));
    }

    fn say(&mut self, label: &KeyRef, said: Option<&Said>) {
        let Some(said) = said.filter(|said| said.value != UseValue::Unknown) else {
            self.members.shift_remove(label);
            return;
        };
        let word = if said.value == UseValue::Allowed { "y" } else { "n" };
        let mut item = Item::new(token_ref(word).to_owned());
        if said.value == UseValue::Conditional {
            item.params
                .insert(key_ref("exceptions").to_owned(), exceptions(&said.conditions));
        }
        self.members.insert(label.to_owned(), item.into());
    }

    /// Whether it says nothing, under no label.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// What is said of search.
    pub fn search(&self) -> UseValue {
        let said = self.members.get("search").and_then(said_by);
        said.map_or(UseValue::Unknown, |said| said.value)
    }

    /// What it says of each use, by the labels of a draft; `None`: the latest.
    ///
    /// Labels of other drafts and vocabularies are read as well, with care: a wide one can refuse, but not permit.
    pub fn uses(&self, draft: Option<Draft>) -> BTreeMap<AiUse, Said> {
        let deeds = draft.unwrap_or(Draft::LATEST).deeds();
        let of = |label: &str| said_by(self.members.get(label)?);
        let by_the_draft = deeds
            .iter()
            .filter_map(|deed| Some((deed.ai_use, deed.labels.iter().find_map(|label| of(label))?)));
        let is_of_the_draft = |label: &str| deeds.iter().any(|deed| deed.labels.contains(&label));
        let others = self
            .members
            .iter()
            .filter(|(label, _)| !is_of_the_draft(label.as_str()));
        let by_others = others.filter_map(|(name, member)| {
            let label = label(name.as_str())?;
            let said = said_by(member).filter(|said| label.may_permit || said.value != UseValue::Allowed)?;
            Some(label.uses.iter().map(move |&ai_use| (ai_use, said.clone())))
        });
        let mut uses: BTreeMap<AiUse, Said> = BTreeMap::new();
        for (ai_use, said) in by_the_draft.chain(by_others.flatten()) {
            add_said(&mut uses, ai_use, &said);
        }
        uses
    }
}

impl fmt::Display for ContentUsage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.members.serialize().unwrap_or_default())
    }
}

fn said_by(member: &ListEntry) -> Option<Said> {
    let ListEntry::Item(item) = member else {
        return None;
    };
    let refuses = match item.bare_item.as_token()?.as_str() {
        "y" => false,
        // Another vocabulary's word for it is meant as much; its `yes` is none of this one, and permits nothing.
        "n" | "no" => true,
        _ => return None,
    };
    Some(match item.params.get("exceptions") {
        // `y` with exceptions says nothing that can be relied on but the exceptions.
        Some(exceptions) => Said::new(UseValue::Conditional, &conditions(exceptions)),
        None if refuses => Said::new(UseValue::Disallowed, &[]),
        None => Said::new(UseValue::Allowed, &[]),
    })
}

/// What CC signals ask for, or conditions by our own words. One that is not known is a condition that cannot be met.
fn conditions(exceptions: &BareItem) -> Vec<Condition> {
    let signals = match exceptions {
        BareItem::Token(token) => token.as_str(),
        BareItem::String(string) => string.as_str(),
        _ => "",
    };
    signals
        .split([',', ' '])
        .filter(|signal| !signal.is_empty())
        .flat_map(|signal| match CC_SIGNALS.iter().find(|(name, _)| *name == signal) {
            Some((_, conditions)) => conditions.to_vec(),
            None => vec![signal.parse().unwrap_or(Condition::Other)],
        })
        .collect()
}

/// The exceptions that ask for these conditions: a CC signal where one says just that, else our own words. A reader that
/// knows neither sees a refusal.
fn exceptions(conditions: &[Condition]) -> BareItem {
    let exactly = |(_, asked): &&(&str, &[Condition])| *asked == conditions;
    let words = match CC_SIGNALS.iter().find(exactly) {
        Some((signal, _)) => (*signal).to_owned(),
        None => conditions
            .iter()
            .map(|condition| condition.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    };
    let token = Token::from_string(words.clone()).map(BareItem::Token);
    let string = || sfv::String::from_string(words).map(BareItem::String);
    token.or_else(|_| string()).unwrap_or(BareItem::Boolean(true))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a field says, as `use=value(conditions)`.
    fn told(usage: &ContentUsage, draft: Option<Draft>) -> String {
        let uses = usage.uses(draft).into_iter().map(|(ai_use, said)| {
            let conditions: Vec<_> = said.conditions.iter().map(|condition| condition.as_str()).collect();
            match conditions.join(",") {
                conditions if conditions.is_empty() => format!("{ai_use}={}", said.value),
                conditions => format!("{ai_use}={}({conditions})", said.value),
            }
        });
        uses.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn fields_mean_what_the_latest_draft_says() {
        let cases = [
            // The examples of the draft and of CC signals.
            ("train-ai=n, search=y", "train-ai=disallowed"),
            ("train-ai=y", "train-ai=allowed"),
            ("train-ai=n;exceptions=cc-cr", "train-ai=conditional(credit)"),
            (
                "train-ai=n;exceptions=cc-cr-op;x=1",
                "train-ai=conditional(credit,open-result)",
            ),
            (
                "train-ai=n;exceptions=\"cc-cr-dc, cc-cr-ec\"",
                "train-ai=conditional(credit,direct-contribution,ecosystem-contribution)",
            ),
            ("train-ai=n;exceptions=other", "train-ai=conditional(other)"),
            ("train-ai=n;exceptions", "train-ai=conditional(other)"),
            ("train-ai=y;exceptions=cc-cr", "train-ai=conditional(credit)"),
            // The last of a label given twice counts; what is neither `y` nor `n` says nothing, and is no error.
            ("train-ai=y, train-ai=n", "train-ai=disallowed"),
            ("train-ai=n, train-ai=y", "train-ai=allowed"),
            ("train-ai=n, train-ai=maybe", ""),
            ("train-ai=maybe", ""),
            ("train-ai=no", "train-ai=disallowed"),
            ("train-ai=yes", ""),
            ("train-ai", ""),
            ("train-ai=?1", ""),
            ("train-ai=\"n\"", ""),
            ("train-ai=(n)", ""),
            ("unknown=y;parameter=1, train-ai=y;parameter=2", "train-ai=allowed"),
            ("", ""),
            // Labels of other vocabularies and of drafts before.
            ("train-ai=y,ai-input=n", "train-ai=allowed ai-input=disallowed"),
            ("all=n", "train-ai=disallowed ai-input=disallowed"),
            ("all=y", ""),
            ("bots=n, train-ai=y", "train-ai=disallowed ai-input=disallowed"),
            ("ai-output=y", ""),
        ];
        for (field, expected) in cases {
            let usage = ContentUsage::parse(field).unwrap_or_else(|error| panic!("{field}: {error}"));
            assert_eq!(told(&usage, None), expected, "{field}");
        }
    }

    #[test]
    fn lines_are_read_by_whom_and_what_they_are_for() {
        let told = |signals: &[Signal]| -> Vec<String> {
            let told = signals
                .iter()
                .map(|signal| format!("{:?}={}", signal.about, signal.said.value));
            told.collect()
        };
        let text = "User-agent: x\nContent-Usage: train-ai=y, search=n\nUser-agent: *\nContent-Usage: /docs/ train-ai=y\n\
                    content-usage : ai-input=y # all\nContent-Usage: /a train-ai=n;exceptions=cc-cr\n";
        let found = signals(text).expect("fields");
        let expected = ["Search=disallowed", "Use(AiInput)=allowed", "Use(TrainAi)=conditional"];
        assert_eq!(told(&found), expected);
        assert_eq!(found[2].said.conditions, [Condition::Credit]);
        assert_eq!(&text[found[1].bytes.clone()], "content-usage : ai-input=y # all");
        let broken = signals("Content-Usage: train-ai=n, =\nContent-Usage: ai-input=y\n").expect_err("no field");
        assert_eq!(told(&broken.refusals), ["Use(TrainAi)=disallowed"]);
    }

    #[test]
    fn each_draft_is_read_by_its_own_labels() {
        let cases = [
            (1, "tdm=y, genai=n", "train-ai=disallowed"),
            (1, "tdm=y", "train-ai=allowed"),
            (2, "all=n, train-ai=y", "train-ai=allowed ai-input=disallowed"),
            (2, "all=y, train-genai=n", "train-ai=disallowed ai-input=allowed"),
            (3, "bots=n, train-ai=y", "train-ai=allowed ai-input=disallowed"),
            (4, "ai-output=y, bots=n", "train-ai=disallowed ai-input=allowed"),
            (5, "bots=y, train-ai=y", "train-ai=allowed"),
        ];
        for (draft, field, expected) in cases {
            let draft = format!("draft-ietf-aipref-vocab-{draft:02}").parse().expect("a draft");
            let usage = ContentUsage::parse(field).expect("a field");
            assert_eq!(told(&usage, Some(draft)), expected, "{draft}: {field}");
        }
    }

    #[test]
    fn of_a_broken_field_the_refusals_are_kept() {
        let cases = [
            ("Train-AI=y", ""),
            ("Train-AI=N", "train-ai=disallowed"),
            ("train-ai=n (see below)", "train-ai=disallowed"),
            ("train-ai=y, (((", ""),
            ("train-ai=n, =", "train-ai=disallowed"),
            ("train-ai=n, ai-input=y, search==", "train-ai=disallowed"),
            ("train-ai=n,", "train-ai=disallowed"),
            ("train-ai=n;exceptions=(cc-cr)", ""),
        ];
        for (field, expected) in cases {
            assert!(ContentUsage::parse(field).is_err(), "{field}");
            assert_eq!(told(&ContentUsage::refusals(field), None), expected, "{field}");
        }
    }

    #[test]
    fn it_is_written_as_rfc_9651_writes_it() {
        let usage = ContentUsage::parse("train-ai=n;exceptions=cc-cr  ,\tsearch=y").expect("a field");
        assert_eq!(usage.to_string(), "train-ai=n;exceptions=cc-cr, search=y");
        assert_eq!(ContentUsage::default().to_string(), "");
    }

    #[test]
    fn what_is_said_is_what_is_read_whatever_the_conditions() {
        let condition_sets = Condition::ALL
            .iter()
            .flat_map(|&one| Condition::ALL.iter().map(move |&other| vec![one, other]));
        for conditions in condition_sets.chain([vec![]]) {
            let said = Said::new(UseValue::Conditional, &conditions);
            let mut usage = ContentUsage::parse("search=y, train-ai=y").expect("a field");
            usage.set_train_ai(Some(&said));
            let read = ContentUsage::parse(&usage.to_string()).expect("what was written");
            assert_eq!(read.uses(None), BTreeMap::from([(AiUse::TrainAi, said)]), "{usage}");
        }
        let mut usage = ContentUsage::default();
        usage.say(
            key_ref("train-ai"),
            Some(&Said::new(UseValue::Conditional, &[Condition::Credit])),
        );
        assert_eq!(usage.to_string(), "train-ai=n;exceptions=cc-cr");
        usage.set_train_ai(None);
        assert!(usage.is_empty());
    }

    proptest! {
        #[test]
        fn a_field_never_says_unknown_and_never_panics(field in "(\\PC|train-ai|=y|=n|;exceptions=|,|\"|\\(){0,20}") {
            let usage = ContentUsage::parse(&field).unwrap_or_else(|_| ContentUsage::refusals(&field));
            for said in usage.uses(None).values() {
                prop_assert_ne!(said.value, UseValue::Unknown);
                prop_assert_eq!(said.value == UseValue::Conditional, !said.conditions.is_empty());
            }
            prop_assert_eq!(ContentUsage::parse(&usage.to_string()), Ok(usage));
        }

        #[test]
        fn a_broken_field_permits_nothing(labels in prop::collection::vec("(train-ai|ai-input)=(y|n)", 0..4)) {
            let field = labels.join(", ") + ", =broken";
            let uses = ContentUsage::refusals(&field).uses(None);
            prop_assert!(uses.values().all(|said| said.value != UseValue::Allowed));
        }
    }
}
