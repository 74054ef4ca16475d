//! Documents of RSL, Really Simple Licensing, wherever they stand in a text: `<permits type="usage">ai-train</permits>`.

use std::ops::Range;

use super::{Found, Modality};
use crate::labels::{label, rsl_condition, rsl_words};
use crate::vocabulary::UseValue;

/// What the licences of RSL in a part of a text say. `start` is where the part begins.
///
/// What any of them asks for is asked for everywhere, since the licences are not told apart.
pub(super) fn signals(part: &str, start: usize) -> Vec<Found> {
    if !part.contains("rslstandard.org") && !part.contains("<rsl") {
        return Vec::new();
    }
    let elements = elements(part);
    let asks = elements.iter();
    let asks = asks.filter_map(|element| rsl_condition(&element.name, &element.kind, &part[element.text.clone()]));
    let mut asks: Vec<_> = asks.collect();
    asks.sort_unstable();
    asks.dedup();
    let mut found = Vec::new();
    for Element { name, kind, text } in elements {
        let value = match (name.as_str(), kind.as_str()) {
            ("prohibits", "" | "usage") => UseValue::Disallowed,
            ("permits", "" | "usage") if asks.is_empty() => UseValue::Allowed,
            ("permits", "" | "usage") => UseValue::Conditional,
            _ => continue,
        };
        let conditions = if value == UseValue::Conditional {
            asks.as_slice()
        } else {
            &[]
        };
        for word in rsl_words(&part[text.clone()].to_ascii_lowercase()) {
            let label = label(word).filter(|label| label.may_permit || value == UseValue::Disallowed);
            for &ai_use in label.into_iter().flat_map(|label| label.uses) {
                found.push(Found {
                    ai_use,
                    value,
                    conditions: conditions.to_vec(),
                    modality: Modality::Signal,
                    bytes: start + text.start..start + text.end,
                });
            }
        }
    }
    found
}

/// An element with the text up to the next tag.
struct Element {
    /// Its name without a namespace.
    name: String,
    /// Its `type`.
    kind: String,
    /// Where its text is.
    text: Range<usize>,
}

fn elements(text: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('<').map(|at| at + from) {
        let Some(close) = text[open..].find('>').map(|at| at + open) else {
            break;
        };
        from = close + 1;
        let tag = text[open + 1..close].to_ascii_lowercase();
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '/').next();
        let name = name.and_then(|name| name.rsplit(':').next()).unwrap_or_default();
        let end = text[from..].find('<').map_or(text.len(), |at| at + from);
        elements.push(Element {
            name: name.to_owned(),
            kind: kind_of(&tag).unwrap_or_default().to_owned(),
            text: from..end,
        });
    }
    elements
}

/// The value of the attribute `type`.
fn kind_of(tag: &str) -> Option<&str> {
    let (_, after) = tag.split_once("type")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    value[1..].split(quote).next()
}
