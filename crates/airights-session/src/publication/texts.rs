//! A closer look at the texts that are published: what their author left blank, which terms they name, and whether the
//! README or a source file holds a license.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use airights::declaration::AiTerms;
use airights::facts::{Evidence, EvidenceKind, LicenseText, TextKind, TextPlace};
use airights::publish::{FileState, Reference, ReferenceKey};
use airights::{Excerpt, PackageFacts};
use airights_facts::{ListedFile, is_translation};
use airights_text::{blanks, decode};

use super::headers::{self, licenses_in};

/// What a closer look finds.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Copyright lines in which nobody is named.
    pub(super) blanks: Vec<Evidence>,
    /// The licenses that stand whole in the README or at the head of a source file.
    pub(super) elsewhere: BTreeSet<String>,
    /// The `LicenseRef-…` and `AdditionRef-…` that texts name, each with its file.
    pub(super) refs: BTreeMap<String, String>,
}

/// Larger files are not looked at. The longest license texts known are a tenth of this.
const MAX_BYTES: u64 = 4 << 20;

/// Looks at the package's own texts, its README, and the file of its `terms`.
pub(super) fn look_closer(files: &[ListedFile], facts: &PackageFacts, references: &[Reference]) -> Texts {
    let mut found = Texts::default();
    let is_a_text = |text: &&LicenseText| text.place == TextPlace::Own && text.kind != TextKind::Header;
    let own = facts.texts.iter().filter(is_a_text);
    for path in own.map(|text| text.path.as_str()) {
        let Some(text) = text_of(path, files) else { continue };
        let spans = blanks(&text, &airights_text::read(&text));
        found.blanks.extend(spans.into_iter().map(|span| Evidence {
            kind: EvidenceKind::LicenseText,
            excerpt: Excerpt::of(path, &text, span.bytes),
        }));
        found.note_refs(path, &text);
    }
    for reference in references {
        let FileState::Packaged(path) = &reference.state else {
            continue;
        };
        let Some(text) = text_of(path, files) else { continue };
        match reference.key {
            ReferenceKey::Readme => found.elsewhere.extend(licenses_in(&text)),
            ReferenceKey::Terms => found.note_refs(path, &text),
            ReferenceKey::LicenseFile => {}
        }
    }
    if headers::may_matter(facts) {
        found.elsewhere.extend(headers::licenses(files));
    }
    found
}

/// The signal files that say what the declaration is written as in their vocabularies.
pub(super) fn translations(files: &[ListedFile], facts: &PackageFacts, declared: &AiTerms) -> BTreeSet<String> {
    let signals = facts.statements.iter().map(|statement| &statement.evidence);
    let signals = signals.filter(|evidence| evidence.kind == EvidenceKind::SignalFile);
    let paths: BTreeSet<&str> = signals.map(|evidence| evidence.excerpt.path.as_str()).collect();
    let translates =
        |path: &&str| text_of(path, files).is_some_and(|text| is_translation(Path::new(path), &text, declared));
    paths.into_iter().filter(translates).map(str::to_owned).collect()
}

impl Texts {
    fn note_refs(&mut self, path: &str, text: &str) {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
        for word in text.split(|letter: char| !is_part(letter)) {
            let name = word.trim_end_matches(['.', '-']);
            let is_ref = ["LicenseRef-", "AdditionRef-"]
                .iter()
                .any(|start| name.starts_with(start));
            if is_ref && !self.refs.contains_key(name) {
                self.refs.insert(name.to_owned(), path.to_owned());
            }
        }
    }
}

fn text_of(path: &str, files: &[ListedFile]) -> Option<String> {
    let file = files.iter().find(|file| file.path == path)?;
    read(file.on_disk.as_deref()?)
}

fn read(path: &Path) -> Option<String> {
    let bytes = airights_store::read(path, MAX_BYTES).ok()?;
    decode(&bytes).map(std::borrow::Cow::into_owned)
}
