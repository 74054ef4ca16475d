//! What a license that counts anyway leaves to be said: whether a text asks for more.

use std::collections::BTreeMap;

use spdx::LicenseReq;

use super::LicenseExpression;
use super::expression::{gnu_base, license_name};
use super::modified::{Changes, is_modified};
use super::own_text::{code_licenses, named_in, says};
use super::strictness::{Strictness, is_own_name};
use crate::facts::{LicenseText, PackageFacts, TextPlace};

/// What no text adds anything to: what counts for a package, and what its texts offer as one branch of a choice whose
/// other branch counts.
pub(crate) struct Covered<'a> {
    license: &'a LicenseExpression,
    terms: Terms,
    mildest: Strictness,
    /// Whether there is a license by a name of its author's own: terms of the author's own are then its text.
    has_own_name: bool,
}

impl<'a> Covered<'a> {
    /// What is covered by a license that counts for a package.
    pub(crate) fn by(license: &'a LicenseExpression, facts: &PackageFacts) -> Self {
        let mut covered = Self {
            license,
            terms: Terms::default(),
            mildest: Strictness::of_mildest(license),
            has_own_name: license.terms().any(is_own_name),
        };
        covered.also(&Changes::of(code_licenses(facts)).made_in(license));
        // A choice is often offered in `COPYRIGHT`, beside the texts of its branches.
        let own = facts.texts.iter().filter(|text| text.place == TextPlace::Own);
        let choices = own.filter_map(named_in).filter(LicenseExpression::has_choice);
        let open: Vec<LicenseExpression> = choices
            .filter(|choice| covered.rest_of_expression(choice).is_none())
            .collect();
        for choice in &open {
            covered.also(choice);
        }
        covered
    }

    /// What is covered when these terms count as well.
    #[must_use]
    pub(crate) fn and(mut self, expression: &LicenseExpression) -> Self {
        self.also(expression);
        self
    }

    /// Covers these terms as well.
    pub(super) fn also(&mut self, expression: &LicenseExpression) {
        expression.terms().for_each(|term| self.terms.insert(term));
    }

    /// What a text asks for beyond what is covered; `None`: nothing.
    pub(super) fn rest_of(&self, text: &LicenseText) -> Option<LicenseExpression> {
        self.rest_of_expression(&says(text, Some(self.license))?)
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
        is_explained || self.terms.name(term)
    }
}

/// Licenses that are named, without what only says how a GNU license was granted; and whether modified.
#[derive(Debug, Default)]
pub(super) struct Terms(BTreeMap<String, bool>);

impl Terms {
    /// Adds a term.
    pub(super) fn insert(&mut self, term: &LicenseReq) {
        let name = license_name(term);
        *self.0.entry(gnu_base(&name).to_owned()).or_default() |= is_modified(term);
    }

    /// Whether they say all that a term says.
    pub(super) fn name(&self, term: &LicenseReq) -> bool {
        let name = license_name(term);
        let named = self.0.get(gnu_base(&name));
        if is_modified(term) {
            return named == Some(&true);
        }
        // The LGPL is written on top of the GPL, so a package under it rightly holds both texts.
        named.is_some() || (name.starts_with("GPL-") && self.has_lesser())
    }

    fn has_lesser(&self) -> bool {
        let mut from_there = self.0.range("LGPL-".to_owned()..);
        from_there.next().is_some_and(|(name, _)| name.starts_with("LGPL-"))
    }
}
