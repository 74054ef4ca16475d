//! Reads a document of RSL.

use airights::declaration::{Said, TermsAt};
use airights::{Condition, UseValue};
use airights_text::labels::label;
use airights_text::signals::robots::is_everything;
use airights_text::signals::{About, Signal};
use roxmltree::{Document, Node, ParsingOptions};

use super::{NAMESPACE, is_email};
use crate::Unreadable;
use crate::gathered::Gathered;

/// Documents with more nodes than this are not of licenses.
const MAX_NODES: u32 = 100_000;

/// Reads a document. Licenses are choices, but of those that speak of one use the most restrictive counts, since nobody
/// says which of them is taken.
///
/// # Errors
///
/// If it is not XML, or nothing in it is of RSL.
pub(crate) fn read(text: &str) -> Result<Gathered, Unreadable> {
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Unreadable::because(format!("it is not XML: {error}")))?;
    let contents: Vec<Node<'_, '_>> = document.descendants().filter(|node| is(*node, "content")).collect();
    if contents.is_empty() {
        return Err(Unreadable::because(format!("it has no `content` of `{NAMESPACE}`")));
    }
    let mut gathered = Gathered::default();
    for content in &contents {
        let url = content.attribute("url").unwrap_or_default();
        let names_the_work = contents.len() == 1 && (url.is_empty() || url.contains("://"));
        let is_whole = names_the_work || is_everything(url);
        for license in content.children().filter(|node| is(*node, "license")) {
            take_license(&mut gathered, *content, license, is_whole);
        }
        let terms = content.children().find(|node| is(*node, "terms")).map(text_of);
        let terms = terms.filter(|terms| !terms.is_empty());
        if gathered.terms.terms.is_none() {
            gathered.terms.terms = terms.map(|terms| TermsAt::new(&terms));
        }
    }
    Ok(gathered)
}

fn take_license(gathered: &mut Gathered, content: Node<'_, '_>, license: Node<'_, '_>, is_whole: bool) {
    let conditions = conditions(content, license);
    let permitted = if conditions.is_empty() {
        UseValue::Allowed
    } else {
        UseValue::Conditional
    };
    for part in license.children() {
        let is_of_usage = part.attribute("type").is_none_or(|kind| kind == "usage");
        let value = match () {
            () if is_of_usage && is(part, "permits") => permitted,
            () if is_of_usage && is(part, "prohibits") => UseValue::Disallowed,
            () => continue,
        };
        for word in words(&text_of(part)) {
            let label = label(word).filter(|label| label.may_permit || value == UseValue::Disallowed);
            let uses = label.map_or(&[][..], |label| label.uses).iter();
            let speaks_of_search = word == "search" || (word == "all" && value == UseValue::Disallowed);
            let search = speaks_of_search.then_some(About::Search);
            for about in uses.map(|&ai_use| About::Use(ai_use)).chain(search) {
                gathered.extend(Signal::new(
                    about,
                    Said::new(value, &conditions),
                    is_whole,
                    part.range(),
                ));
            }
        }
    }
    let is_contact = |node: &Node<'_, '_>| is(*node, "legal") && node.attribute("type") == Some("contact");
    if let (None, Some(contact)) = (&gathered.terms.contact, license.children().find(is_contact)) {
        let contact = text_of(contact);
        let email = contact.strip_prefix("mailto:").filter(|address| is_email(address));
        gathered.terms.contact = Some(email.unwrap_or(&contact).to_owned());
    }
}

/// What a license asks for, with a server that has to be asked before anything else.
fn conditions(content: Node<'_, '_>, license: Node<'_, '_>) -> Vec<Condition> {
    let parts = license
        .children()
        .filter(|part| part.tag_name().namespace() == Some(NAMESPACE));
    let asks = parts.filter_map(|part| {
        let kind = part.attribute("type").unwrap_or_default();
        condition(part.tag_name().name(), kind, &text_of(part))
    });
    let server = content.has_attribute("server").then_some(Condition::Consent);
    server.into_iter().chain(asks).collect()
}

/// Whether a node is an element of RSL with this name.
fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((NAMESPACE, name))
}

fn text_of(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    let text: String = texts.filter_map(|node| node.text()).collect();
    text.trim().to_owned()
}

/// What an element of a license asks for, by its name, its `type` and the text in it; `None`: nothing.
///
/// What is not known, and whatever leaves out some of those who ask, is a condition that nobody meets.
fn condition(element: &str, kind: &str, text: &str) -> Option<Condition> {
    let names = |user: &str| words(text).any(|word| word == user);
    match (element, kind) {
        ("payment", "" | "free") | ("permits" | "prohibits", "" | "usage") => None,
        ("payment", "attribution") => Some(Condition::Credit),
        ("payment", "purchase" | "subscription" | "training" | "crawl" | "use" | "contribution") => {
            Some(Condition::DirectContribution)
        }
        ("permits", "user") if names("commercial") && names("non-commercial") => None,
        ("permits", "user") if names("non-commercial") => Some(Condition::NonCommercial),
        ("prohibits", "user") if words(text).eq(["commercial"]) => Some(Condition::NonCommercial),
        ("payment" | "permits" | "prohibits" | "reporting", _) => Some(Condition::Other),
        _ => None,
    }
}

/// The usages, users or countries in an element of RSL. They stand with spaces between them, and stood with commas before
/// version 1.0.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter == ',' || letter.is_whitespace())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licenses_ask_for_what_they_ask_for() {
        let cases = [
            ("payment", "attribution", "", Some(Condition::Credit)),
            ("payment", "free", "", None),
            ("payment", "barter", "", Some(Condition::Other)),
            ("permits", "usage", "ai-train", None),
            (
                "permits",
                "user",
                "non-commercial education",
                Some(Condition::NonCommercial),
            ),
            ("permits", "user", "commercial, non-commercial", None),
            ("permits", "user", "education", Some(Condition::Other)),
            ("permits", "geo", "EU", Some(Condition::Other)),
            ("prohibits", "user", "commercial", Some(Condition::NonCommercial)),
            ("prohibits", "user", "government", Some(Condition::Other)),
            ("reporting", "audit", "", Some(Condition::Other)),
            ("legal", "warranty", "ownership", None),
        ];
        for (element, kind, text, expected) in cases {
            assert_eq!(condition(element, kind, text), expected, "{element} {kind} {text}");
        }
    }
}
