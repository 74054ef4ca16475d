//! RSL 1.0, Really Simple Licensing: an XML document of licenses, each of which permits and prohibits usages
//! (`https://rslstandard.org/rsl`).
//!
//! A condition is the payment that a license asks for, or the users it is for, so that uses on different conditions stand
//! in licenses of their own. What is prohibited is prohibited in each of them.

mod read;

use std::collections::BTreeMap;

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, Condition, UseValue};

use super::Subject;

pub(super) use read::read;

const NAMESPACE: &str = "https://rslstandard.org/rsl";

/// The conditions that a license of it can ask for, by the types of payment and user that say so.
pub(super) const CONDITIONS: &[(&str, &[Condition])] = &[
    ("attribution", &[Condition::Credit]),
    ("contribution", &[Condition::DirectContribution]),
    ("non-commercial", &[Condition::NonCommercial]),
    (
        "attribution non-commercial",
        &[Condition::Credit, Condition::NonCommercial],
    ),
    (
        "contribution non-commercial",
        &[Condition::DirectContribution, Condition::NonCommercial],
    ),
];

/// The document, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms, subject: &Subject<'_>) -> String {
    let of = |ai_use| kept.uses.get(&ai_use).cloned();
    let usages = [
        ("search", Some(Said::new(kept.search, &[]))),
        ("ai-input", of(AiUse::AiInput)),
        ("ai-train", of(AiUse::TrainAi)),
    ];
    let mut permitted: BTreeMap<Vec<Condition>, Vec<&str>> = BTreeMap::new();
    let mut prohibited = Vec::new();
    for (usage, said) in usages {
        match said {
            Some(said) if said.value == UseValue::Disallowed => prohibited.push(usage),
            Some(said) if said.value != UseValue::Unknown => permitted.entry(said.conditions).or_default().push(usage),
            _ => {}
        }
    }
    let prohibits = element("prohibits", "usage", &prohibited.join(" "));
    let contact = kept.contact.as_ref().map(|contact| {
        if is_email(contact) {
            format!("mailto:{contact}")
        } else {
            contact.clone()
        }
    });
    let contact = element("legal", "contact", &contact.unwrap_or_default());
    let mut licenses: Vec<String> = permitted
        .into_iter()
        .map(|(conditions, usages)| {
            let permits = element("permits", "usage", &usages.join(" "));
            format!(
                "{permits}{}{prohibits}{}{contact}",
                users(&conditions),
                payment(&conditions)
            )
        })
        .collect();
    if licenses.is_empty() {
        licenses.push(format!("{prohibits}{contact}"));
    }
    let licenses: String = licenses
        .iter()
        .map(|license| format!("    <license>\n{license}    </license>\n"))
        .collect();
    let terms = kept.terms.as_ref().map_or_else(String::new, |terms| {
        format!("    <terms>{}</terms>\n", escaped(terms.as_str()))
    });
    let url = escaped(subject.address().unwrap_or("/"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsl xmlns=\"{NAMESPACE}\">\n  <content url=\"{url}\">\n\
         {licenses}{terms}  </content>\n</rsl>\n"
    )
}

fn element(name: &str, kind: &str, text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("      <{name} type=\"{kind}\">{}</{name}>\n", escaped(text)),
    }
}

fn users(conditions: &[Condition]) -> String {
    let users = if conditions.contains(&Condition::NonCommercial) {
        "non-commercial"
    } else {
        ""
    };
    element("permits", "user", users)
}

fn payment(conditions: &[Condition]) -> String {
    let kind = match conditions {
        [Condition::Credit, ..] => "attribution",
        [Condition::DirectContribution, ..] => "contribution",
        _ => "free",
    };
    format!("      <payment type=\"{kind}\"/>\n")
}

/// Text as it stands between tags or in an attribute (XML 1.0, section 2.4).
fn escaped(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            letter => letter.to_string(),
        })
        .collect()
}

/// Whether it is an e-mail address that stands in a `mailto:` as it is (RFC 6068).
pub(super) fn is_email(text: &str) -> bool {
    text.contains('@') && !text.contains([':', '/', '%', '?', '&', '#'])
}
