//! Which license counts for a package: the user's clarification, else what it declares together with what its own texts
//! ask for beyond that, else what its texts say; with each term whose text was modified written as what it is.

use std::collections::BTreeSet;

use spdx::LicenseReq;

use super::covered::{Covered, Terms};
use super::modified::{Changes, is_modified};
use super::own_text::{code_licenses, named_in, own_licenses, restricting_notices, says};
use super::{LicenseExpression, or_later};
use crate::facts::{Declared, FileProblem, LicenseText, PackageFacts};
use crate::policy::Clarification;

/// The license that counts, and where it was taken from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EffectiveLicense {
    /// The expression; `None` where nothing is known.
    pub(crate) expression: Option<LicenseExpression>,
    /// Where it was taken from.
    pub(crate) origin: Origin,
    /// The expression that is declared, as it was read.
    pub(crate) declared: Option<LicenseExpression>,
    /// What its own texts added to what it declares, by the path of the text.
    pub(crate) joined: Vec<(String, LicenseExpression)>,
    /// Whether the package has a license file of its own that nobody could read.
    pub(crate) is_partly_unread: bool,
}

/// Where the license that counts was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The user's clarification.
    Clarified,
    /// The manifest.
    Declared,
    /// The texts, since the manifest declares none.
    Found,
    /// Nowhere.
    Unknown,
}

impl EffectiveLicense {
    /// Finds the license of a package, under a clarification that still fits its texts if there is one.
    pub(crate) fn of(facts: &PackageFacts, clarification: Option<&Clarification>) -> Self {
        let is_partly_unread = facts.problems.iter().any(FileProblem::is_unread_license);
        let from = |expression: Option<LicenseExpression>, origin| Self {
            origin: if expression.is_some() { origin } else { Origin::Unknown },
            expression,
            declared: None,
            joined: Vec::new(),
            is_partly_unread,
        };
        if let Some(clarification) = clarification {
            let clarified = LicenseExpression::from(&clarification.license);
            let joined = beyond_clarified(&clarified, clarification, facts);
            let more = joined.iter().map(|(_, expression)| expression.clone());
            let all = LicenseExpression::all_of(std::iter::once(clarified).chain(more));
            return Self {
                is_partly_unread: false,
                joined,
                ..from(all, Origin::Clarified)
            };
        }
        match &facts.declared {
            Declared::Expression(declared) => {
                let declared = LicenseExpression::from(&declared.expression);
                let joined = beyond(&declared, facts, |_| true);
                let changes = Changes::of(code_licenses(facts));
                let more = joined.iter().map(|(_, expression)| expression.clone());
                let all = LicenseExpression::all_of(std::iter::once(declared.clone()).chain(more));
                Self {
                    joined,
                    declared: Some(declared),
                    ..from(all.map(|all| changes.made_in(&all)), Origin::Declared)
                }
            }
            // What cannot be read is not guessed at from the texts: they may say less than the words that were meant.
            Declared::Unreadable { .. } => from(None, Origin::Unknown),
            Declared::Absent => from(found(facts), Origin::Found),
        }
    }
}

impl EffectiveLicense {
    /// The grant that a term may be as well: the text of a GNU license does not say whether later ones may be taken, and
    /// here nothing else does.
    pub(crate) fn other_grant_of(&self, term: &LicenseReq) -> Option<LicenseReq> {
        (self.origin == Origin::Found).then(|| or_later(term)).flatten()
    }
}

/// What the package's own texts ask for beyond what it declares: each text that is stricter, by its path.
fn beyond(
    declared: &LicenseExpression,
    facts: &PackageFacts,
    counts: impl Fn(&LicenseText) -> bool,
) -> Vec<(String, LicenseExpression)> {
    let mut covered = Covered::by(declared, facts);
    let mut joined = Vec::new();
    let texts = code_licenses(facts).chain(restricting_notices(facts));
    for text in texts.filter(|text| counts(text)) {
        if let Some(beyond) = covered.rest_of(text) {
            covered.also(&beyond);
            joined.push((text.path.clone(), beyond));
        }
    }
    joined
}

/// What texts ask for that were there for nobody to read when a clarification was made from others. One that was made from no
/// text, or that cargo-deny would take for the whole package, speaks for all of them.
fn beyond_clarified(
    clarified: &LicenseExpression,
    clarification: &Clarification,
    facts: &PackageFacts,
) -> Vec<(String, LicenseExpression)> {
    if clarification.files.is_empty() {
        return Vec::new();
    }
    let was_read = |text: &LicenseText| clarification.files.iter().any(|file| file.path == text.path);
    beyond(clarified, facts, |text| !was_read(text))
}

/// All that the texts of a package say that declares nothing; `None` where no text names a license.
fn found(facts: &PackageFacts) -> Option<LicenseExpression> {
    let mut texts: Vec<&LicenseText> = code_licenses(facts).collect();
    if texts.is_empty() {
        texts = own_licenses(facts).collect();
    }
    if !texts.iter().any(|text| named_in(text).is_some()) {
        return None;
    }
    let mut said: Vec<LicenseExpression> = texts.iter().filter_map(|text| says(text, None)).collect();
    said.sort_by_cached_key(ToString::to_string);
    said.dedup();
    let grants = Grants::of(&said);
    let counts = said.into_iter().filter(|one| !grants.have_text(one));
    LicenseExpression::all_of(counts).map(|all| Changes::of(texts).made_in(&all))
}

/// What texts grant in words, and not by being the text of a license.
#[derive(Debug, Default)]
struct Grants {
    /// As one branch of a choice.
    as_choice: Terms,
    /// As a GNU license of this version or any later one.
    or_later: BTreeSet<String>,
}

impl Grants {
    fn of(said: &[LicenseExpression]) -> Self {
        let mut grants = Self::default();
        for expression in said {
            for term in expression.terms() {
                grants
                    .or_later
                    .extend(Some(term.to_string()).filter(|id| id.ends_with("-or-later")));
                if expression.has_choice() {
                    grants.as_choice.insert(term);
                }
            }
        }
        grants
    }

    /// Whether an expression is only the text of a license that is granted in words.
    fn have_text(&self, text: &LicenseExpression) -> bool {
        let is_granted = |term: &LicenseReq| {
            let id = term.to_string();
            let later = id.strip_suffix("-only").map(|base| format!("{base}-or-later"));
            later.is_some_and(|later| self.or_later.contains(&later)) || self.as_choice.name(term)
        };
        text.single_term()
            .is_some_and(|term| !is_modified(term) && is_granted(term))
    }
}
