//! Documents of RSL, as files and within other texts.

use airights_text::signals::Signal;
use airights_vocabularies::{Unreadable, Vocabulary};

use super::{EVERY_USE, Place, SignalFile, refusals};

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[
        (Place::Root, &["LICENSE.XML", "RSL.XML"]),
        (Place::In(".well-known"), &["LICENSE.XML", "RSL.XML"]),
    ],
    vocabularies: &[Vocabulary::Rsl],
    has_words: true,
    read,
};

/// What every document of RSL has in it.
const NAMESPACE: &str = "rslstandard.org/rsl";

fn read(text: &str) -> Result<Vec<Signal>, Unreadable> {
    // A `license.xml` may be of anybody else.
    if !text.contains(NAMESPACE) {
        return Ok(Vec::new());
    }
    Vocabulary::Rsl.signals(text)
}

/// What documents say that stand in a text of another kind. One that cannot be read refuses what it may speak of.
pub(super) fn embedded(text: &str) -> Vec<Signal> {
    if !text.contains(NAMESPACE) {
        return Vec::new();
    }
    let starts = text.match_indices("<rsl").map(|(start, _)| start);
    let documents = starts.filter_map(|start| {
        const END: &str = "</rsl>";
        Some(start..start + text[start..].find(END)? + END.len())
    });
    let documents = documents.filter(|document| text[document.clone()].contains(NAMESPACE));
    let signals = documents.flat_map(|document| {
        let read = Vocabulary::Rsl.signals(&text[document.clone()]);
        let mut signals = read.unwrap_or_else(|_| refusals(EVERY_USE, &(0..document.len())));
        for signal in &mut signals {
            signal.bytes = document.start + signal.bytes.start..document.start + signal.bytes.end;
        }
        signals
    });
    signals.collect()
}

#[cfg(test)]
mod tests {
    use airights_text::UseValue;

    use super::*;

    /// A document that says this of training.
    fn document(says: &str) -> String {
        format!(
            "<rsl xmlns=\"https://rslstandard.org/rsl\">\n<content url=\"/\">\n<license>\n\
             <{says} type=\"usage\">ai-train</{says}>\n</license>\n</content>\n</rsl>"
        )
    }

    #[test]
    fn a_file_is_read_where_it_is_of_rsl() {
        let told = |text: &str| read(text).map(|signals| signals.iter().map(|signal| signal.said.value).collect());
        assert_eq!(told(&document("prohibits")), Ok(vec![UseValue::Disallowed]));
        assert_eq!(told(&document("permits")), Ok(vec![UseValue::Allowed]));
        assert_eq!(told("<licenses><license>MIT</license></licenses>"), Ok(vec![]));
        assert!(told(&document("permits").replace("</license>", "")).is_err());
    }

    #[test]
    fn a_document_within_a_text_is_read_with_its_place() {
        let text = format!("# Terms\n{}\nSee `<rsl>`.\n", document("permits"));
        let found = embedded(&text);
        let marked = "<permits type=\"usage\">ai-train</permits>";
        assert_eq!((found.len(), &text[found[0].bytes.clone()]), (1, marked));
        let broken = embedded(&text.replace("</license>", ""));
        assert_eq!(broken.len(), EVERY_USE.len());
        assert!(broken.iter().all(|signal| signal.said.value == UseValue::Disallowed));
    }
}
