//! What is known of a package that is about to be published.

use std::collections::{BTreeMap, BTreeSet};

use spdx::{AdditionItem, LicenseItem, LicenseReq};

use crate::facts::{Declared, Evidence, LicenseText, PackageFacts};
use crate::fix::Fix;
use crate::terms::LicenseExpression;

/// A package as it would be published.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishFacts {
    /// What a consumer will read of it, from the files of the `.crate` alone. Places in `Cargo.toml` are those of the
    /// author's own manifest.
    pub facts: PackageFacts,
    /// The files of the `.crate`, with `/`.
    pub files: BTreeSet<String>,
    /// The files its manifest refers to.
    pub references: Vec<Reference>,
    /// License texts beside it that are not in the `.crate`, sorted by path.
    pub left_out: Vec<LeftOut>,
    /// Copyright lines of its own license texts in which nobody was named.
    pub blanks: Vec<Evidence>,
    /// The licenses whose texts stand in the README or at the head of a source file, by SPDX id.
    pub texts_elsewhere: BTreeSet<String>,
    /// The `LicenseRef-…` and `AdditionRef-…` that are named in its own texts, each with the file.
    pub refs_in_texts: BTreeMap<String, String>,
    /// The signal files that say what the declaration is written as in their vocabularies, which may have no words for all
    /// of it.
    pub translations: BTreeSet<String>,
    /// Where the manifest declares AI uses, if it does.
    pub declaration: Option<Evidence>,
    /// Where the manifest speaks of the package at all: the line of `license`, else that of `[package]`.
    pub manifest: Evidence,
}

/// A file that a manifest refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// By which key.
    pub key: ReferenceKey,
    /// The path as written.
    pub path: String,
    /// What became of it.
    pub state: FileState,
    /// Where the manifest says so.
    pub evidence: Evidence,
}

/// The keys of a manifest that refer to texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceKey {
    /// `license-file`
    LicenseFile,
    /// `readme`
    Readme,
    /// `terms` of `[package.metadata.airights]`
    Terms,
}

impl ReferenceKey {
    /// The key as a manifest writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LicenseFile => "license-file",
            Self::Readme => "readme",
            Self::Terms => "terms",
        }
    }
}

/// What becomes of a file when a package is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It is in the `.crate`, at this path.
    Packaged(String),
    /// It is there, within the package, and left out of the `.crate`.
    LeftOut,
    /// It is there, outside the package.
    Outside,
    /// It is not there at all.
    Missing,
}

/// A license text that is at hand and not in the `.crate`.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The text; its path is from the package, where it lies inside, else from the workspace's root.
    pub text: LicenseText,
    /// Whether it lies within the package, so that the manifest left it out.
    pub is_inside: bool,
    /// Whether the manifest lists what to publish (`include`), so that the text can be named there.
    pub can_be_included: bool,
}

impl LeftOut {
    /// What brings it along, where that takes no decision.
    pub(super) fn fix(&self) -> Option<Fix> {
        let path = &self.text.path;
        if self.is_inside {
            return self.can_be_included.then(|| Fix::Include { path: path.clone() });
        }
        let to = path.rsplit('/').next().unwrap_or(path);
        Some(Fix::Copy {
            from: path.clone(),
            to: if path.starts_with("LICENSES/") { path } else { to }.to_owned(),
        })
    }
}

impl PublishFacts {
    /// Whether a file that was left out can be named in `include`.
    pub(super) fn can_be_included(&self, path: &str) -> bool {
        let known = self
            .left_out
            .iter()
            .find(|left_out| left_out.is_inside && left_out.text.path == path);
        known.is_some_and(|left_out| left_out.can_be_included)
    }

    /// The declared expression, if it can be read.
    pub(super) fn expression(&self) -> Option<LicenseExpression> {
        match &self.facts.declared {
            Declared::Expression(declared) => Some(LicenseExpression::from(&declared.expression)),
            Declared::Absent | Declared::Unreadable { .. } => None,
        }
    }

    /// The terms of the declared expression.
    pub(super) fn terms(&self) -> Vec<LicenseReq> {
        let expression = self.expression();
        let terms = expression.iter().flat_map(LicenseExpression::terms);
        terms.cloned().collect()
    }

    /// The file a key refers to, where it is in the `.crate`.
    pub(super) fn packaged(&self, key: ReferenceKey) -> Option<&str> {
        let of_key = self.references.iter().filter(|reference| reference.key == key);
        let packaged = of_key.filter_map(|reference| match &reference.state {
            FileState::Packaged(path) => Some(path.as_str()),
            FileState::LeftOut | FileState::Outside | FileState::Missing => None,
        });
        packaged.into_iter().next()
    }
}

/// The names a term has of its author's own making: its `LicenseRef-…` and its `AdditionRef-…`.
pub(super) fn own_names(term: &LicenseReq) -> Vec<String> {
    let license = match &term.license {
        LicenseItem::Spdx { .. } => None,
        LicenseItem::Other(reference) => Some(reference.to_string()),
    };
    let addition = match &term.addition {
        Some(AdditionItem::Other(addition)) => Some(format!("AdditionRef-{}", addition.add_ref)),
        Some(AdditionItem::Spdx(_)) | None => None,
    };
    license.into_iter().chain(addition).collect()
}
