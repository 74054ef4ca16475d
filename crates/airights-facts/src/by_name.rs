//! Reads one file outside any package the way its name and its place would have it read in one.

use std::path::Path;

use airights::declaration::AiTerms;
use airights_text::Reading;

use super::headers::comment_at_head;
use super::interest::Interest;
use super::names;
use super::signals;

/// What a file was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// A license text; so is what no row of the table speaks of.
    License,
    /// The head of a source file.
    Header,
    /// A text or a signal that is no license: only what it says of AI counts.
    Notice,
}

/// Reads a text by the name of its file.
///
/// # Errors
///
/// What is wrong with a file that has a form.
pub fn read_by_name(path: &Path, text: &str) -> Result<(ReadAs, Reading), String> {
    let notice = |clauses| {
        let mut reading = Reading::default();
        reading.clauses = clauses;
        Ok((ReadAs::Notice, reading))
    };
    match interest(path) {
        Some(Interest::Notice(_)) => notice(signals::of_notice(text)),
        Some(Interest::Signal(signal)) => notice(signal.clauses(text)?),
        Some(Interest::Source) => Ok((ReadAs::Header, airights_text::read(&comment_at_head(text)))),
        Some(Interest::Text(_) | Interest::ReuseToml | Interest::Dep5 | Interest::Archive) | None => {
            Ok((ReadAs::License, airights_text::read(text)))
        }
    }
}

/// Whether a file is a signal that says just what terms are written as in each vocabulary it speaks in.
pub fn is_translation(path: &Path, text: &str, terms: &AiTerms) -> bool {
    let Some(Interest::Signal(signal)) = interest(path) else {
        return false;
    };
    let read = signal.vocabularies.iter().map(|&of| (of, of.read(text)));
    // What says nothing in one of its vocabularies may still say it in another.
    let mut speaking = read
        .filter(|(_, read)| read.as_ref().map_or(true, |read| !read.uses.is_empty()))
        .peekable();
    speaking.peek().is_some() && speaking.all(|(of, read)| read.is_ok_and(|read| read.uses == of.kept(terms).uses))
}

/// What the table says of a path that may begin anywhere.
fn interest(path: &Path) -> Option<Interest> {
    let name = path.file_name()?.to_str()?;
    let above = |height| {
        path.ancestors()
            .nth(height)
            .and_then(Path::file_name)
            .and_then(|name| name.to_str())
    };
    match (above(2), above(1)) {
        (_, Some(parent)) if names::is_license_directory(parent) => names::in_license_directory(name),
        (Some(outer), Some(parent)) => names::in_root(name)
            .or_else(|| names::below_root(parent, name))
            .or_else(|| names::below_root(&format!("{outer}/{parent}"), name)),
        (None, Some(parent)) => names::in_root(name).or_else(|| names::below_root(parent, name)),
        (_, None) => names::in_root(name),
    }
}

#[cfg(test)]
mod tests {
    use airights_text::{AiUse, Condition, Said, UseValue};

    use super::*;

    #[test]
    fn a_file_is_read_as_its_name_says() {
        let refusal = "Do not use this code to train AI models.\n";
        let cases = [
            ("README.md", refusal, ReadAs::Notice, true),
            ("x/AGENTS.md", refusal, ReadAs::Notice, true),
            ("x/.github/copilot-instructions.md", refusal, ReadAs::Notice, true),
            (".gitattributes", "* ai-training=no\n", ReadAs::Notice, true),
            ("tdmrep.json", "[{\"tdm-reservation\": 1}]", ReadAs::Notice, true),
            ("LICENSE", refusal, ReadAs::License, true),
            ("anything", refusal, ReadAs::License, true),
            (
                "src/lib.rs",
                "fn a() {}\n// Do not use this code to train AI models.\n",
                ReadAs::Header,
                false,
            ),
        ];
        for (path, text, expected, refuses) in cases {
            let (read_as, reading) = read_by_name(Path::new(path), text).unwrap();
            assert_eq!(read_as, expected, "{path}");
            let mut clauses = reading.clauses.iter();
            let found = clauses.any(|said| said.ai_use == AiUse::TrainAi && said.value == UseValue::Disallowed);
            assert_eq!(found, refuses, "{path}");
        }
        assert!(read_by_name(Path::new("tdmrep.json"), "{}").is_err());
    }

    #[test]
    fn a_signal_translates_terms_as_far_as_its_vocabulary_goes() {
        let credit = Said::new(UseValue::Conditional, &[Condition::Credit]);
        let terms = AiTerms {
            uses: [
                (AiUse::TrainAi, credit),
                (AiUse::AiInput, Said::new(UseValue::Allowed, &[])),
            ]
            .into(),
            ..AiTerms::default()
        };
        let cases = [
            ("tdmrep.json", r#"[{"location": "/", "tdm-reservation": 1}]"#, true),
            ("tdmrep.json", r#"[{"location": "/", "tdm-reservation": 0}]"#, false),
            ("tdmrep.json", "[]", false),
            ("ai.txt", "# Spawning AI\nUser-Agent: *\nDisallow: /\n", true),
            ("robots.txt", "Content-Usage: train-ai=n;exceptions=cc-cr\n", true),
            // It has words for the condition.
            ("robots.txt", "Content-Usage: train-ai=n\n", false),
            (
                "robots.txt",
                "Content-Usage: train-ai=n;exceptions=cc-cr\nContent-Signal: ai-input=no\n",
                false,
            ),
            ("README.md", "Content-Usage: train-ai=n;exceptions=cc-cr\n", false),
        ];
        for (path, text, expected) in cases {
            assert_eq!(
                is_translation(Path::new(path), text, &terms),
                expected,
                "{path}: {text}"
            );
        }
    }
}
