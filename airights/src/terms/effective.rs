//! Which license counts for a package: the user's clarification, else what it declares together with what its own texts
//! ask for beyond that, else what its texts say; with each term whose text was modified written as what it is.

use spdx::LicenseReq;

use super::modified::{is_modified, with_modifications};
use super::own_text::{is_about_code, named_in, own_licenses, says};
use super::strictness::{Strictness, is_own_name};
use super::{LicenseExpression, same_license_terms};
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
            return Self {
                is_partly_unread: false,
                ..from(Some(LicenseExpression::from(&clarification.license)), Origin::Clarified)
            };
        }
        match &facts.declared {
            Declared::Expression(declared) => {
                let declared = LicenseExpression::from(&declared.expression);
                let joined = beyond(&declared, facts);
                let more = joined.iter().map(|(_, expression)| expression.clone());
                let all = LicenseExpression::all_of(std::iter::once(declared.clone()).chain(more));
                Self {
                    joined,
                    declared: Some(declared),
                    ..from(
                        all.map(|all| with_modifications(&all, own_licenses(facts))),
                        Origin::Declared,
                    )
                }
            }
            // What cannot be read is not guessed at from the texts: they may say less than the words that were meant.
            Declared::Unreadable { .. } => from(None, Origin::Unknown),
            Declared::Absent => from(found(facts), Origin::Found),
        }
    }
}

/// What the package's own texts ask for beyond what it declares: each text that is stricter, by its path.
fn beyond(declared: &LicenseExpression, facts: &PackageFacts) -> Vec<(String, LicenseExpression)> {
    let mut covered = Covered::by(declared, facts);
    let mut joined = Vec::new();
    for text in own_licenses(facts).filter(|text| is_about_code(text)) {
        if let Some(beyond) = covered.rest_of(text) {
            covered.terms.extend(beyond.terms().cloned());
            joined.push((text.path.clone(), beyond));
        }
    }
    joined
}

/// What no text adds anything to: what a package declares, and what its texts offer as one branch of a choice whose other
/// branch is declared.
pub(crate) struct Covered<'a> {
    declared: &'a LicenseExpression,
    terms: Vec<LicenseReq>,
    mildest: Strictness,
    /// Whether a license is declared by a name of its author's own: terms of the author's own are then its text.
    has_own_name: bool,
}

impl<'a> Covered<'a> {
    /// What is covered by what a package declares.
    pub(crate) fn by(declared: &'a LicenseExpression, facts: &PackageFacts) -> Self {
        let modified = with_modifications(declared, own_licenses(facts));
        let mut covered = Self {
            declared,
            terms: modified.terms().cloned().collect(),
            mildest: Strictness::of_mildest(declared),
            has_own_name: declared.terms().any(is_own_name),
        };
        let choices: Vec<LicenseExpression> = own_licenses(facts)
            .filter_map(named_in)
            .filter(|named| named.has_choice() && covered.rest_of_expression(named).is_none())
            .collect();
        covered
            .terms
            .extend(choices.iter().flat_map(LicenseExpression::terms).cloned());
        covered
    }

    /// What a text asks for beyond what is covered; `None`: nothing.
    pub(crate) fn rest_of(&self, text: &LicenseText) -> Option<LicenseExpression> {
        self.rest_of_expression(&says(text, Some(self.declared))?)
    }

    /// The same of an expression.
    pub(crate) fn rest_of_expression(&self, expression: &LicenseExpression) -> Option<LicenseExpression> {
        expression.without(|term| self.holds(term))
    }

    fn holds(&self, term: &LicenseReq) -> bool {
        let strictness = Strictness::of(term);
        let is_explained = if strictness == Strictness::Own {
            self.has_own_name
        } else {
            !strictness.exceeds(self.mildest)
        };
        is_explained || self.terms.iter().any(|covered| names(covered, term))
    }
}

/// Whether a term that counts anyway says all that another one says.
fn names(covered: &LicenseReq, term: &LicenseReq) -> bool {
    if is_modified(term) {
        return is_modified(covered) && same_license_terms(covered, term);
    }
    // The LGPL is written on top of the GPL, so a package under it rightly holds both texts.
    let carries = |covered: &LicenseReq| {
        term.license.to_string().starts_with("GPL-") && covered.license.to_string().starts_with("LGPL-")
    };
    same_license_terms(covered, term) || carries(covered)
}

/// All that the texts of a package say that declares nothing; `None` where no text names a license.
fn found(facts: &PackageFacts) -> Option<LicenseExpression> {
    let mut texts: Vec<&LicenseText> = own_licenses(facts).filter(|text| is_about_code(text)).collect();
    if texts.is_empty() {
        texts = own_licenses(facts).collect();
    }
    if !texts.iter().any(|text| named_in(text).is_some()) {
        return None;
    }
    let mut said: Vec<LicenseExpression> = texts.iter().filter_map(|text| says(text, None)).collect();
    said.sort_by_cached_key(ToString::to_string);
    said.dedup();
    let is_carried = |one: &LicenseExpression| said.iter().any(|other| is_text_of(one, other));
    let counts: Vec<LicenseExpression> = said.iter().filter(|one| !is_carried(one)).cloned().collect();
    LicenseExpression::all_of(counts).map(|all| with_modifications(&all, own_licenses(facts)))
}

/// Whether an expression is only the text of a license that another one grants: as one branch of a choice, or as the GNU
/// license that the other grants `-or-later`.
fn is_text_of(text: &LicenseExpression, grant: &LicenseExpression) -> bool {
    let Some(term) = text.single_term().filter(|term| !is_modified(term)) else {
        return false;
    };
    let or_later = term.to_string().replace("-only", "-or-later");
    let grants_later = or_later != term.to_string() && grant.terms().any(|granted| granted.to_string() == or_later);
    grants_later || (grant.has_choice() && grant.terms().any(|granted| names(granted, term)))
}
