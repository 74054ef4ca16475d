//! Reads a document of RSL.

use airights::declaration::{AiTerms, Said, TermsAt};
use airights::{Condition, UseValue};
use airights_text::labels::{label, rsl_condition, rsl_words};
use roxmltree::{Document, Node, ParsingOptions};

use super::{NAMESPACE, is_email};
use crate::gathered::Gathered;
use crate::{Unreadable, robots};

/// Documents with more nodes than this are not of licenses.
const MAX_NODES: u32 = 100_000;

/// Reads a document. Licenses are choices, but of those that speak of one use the most restrictive counts, since nobody
/// says which of them is taken.
///
/// # Errors
///
/// If it is not XML, or nothing in it is of RSL.
pub(crate) fn read(text: &str) -> Result<AiTerms, Unreadable> {
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
        let is_whole = names_the_work || robots::is_everything(url);
        for license in content.children().filter(|node| is(*node, "license")) {
            take_license(&mut gathered, *content, license, is_whole);
        }
        let terms = content.children().find(|node| is(*node, "terms")).map(text_of);
        let terms = terms.filter(|terms| !terms.is_empty());
        if gathered.terms.terms.is_none() {
            gathered.terms.terms = terms.map(|terms| TermsAt::new(&terms));
        }
    }
    Ok(gathered.terms)
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
        for word in rsl_words(&text_of(part)) {
            let label = label(word).filter(|label| label.may_permit || value == UseValue::Disallowed);
            for &ai_use in label.into_iter().flat_map(|label| label.uses) {
                gathered.says(ai_use, Said::new(value, &conditions), is_whole);
            }
            if word == "search" || (word == "all" && value == UseValue::Disallowed) {
                gathered.says_of_search(value, is_whole);
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
        rsl_condition(part.tag_name().name(), kind, &text_of(part))
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
