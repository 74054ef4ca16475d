//! What is said of the AI uses of a package, sorted by whom it is said of: the whole package, or one license of it.
//!
//! The standards' rule combines: the most restrictive statement wins and keeps its own force; silence is no statement.

use airights_text::{AiUse, Modality, UseValue, catalogue};
use spdx::{AdditionItem, LicenseItem, LicenseReq};

use super::{LicenseExpression, own_licenses, same_license};
use crate::declaration::said_by_rider_name;
use crate::facts::{
    Declared, Evidence, EvidenceKind, Excerpt, FileProblem, Force, LicenseText, PackageFacts, Statement, TextKind,
    TextPlace,
};
use crate::policy::Clarification;

/// Everything that is said of a package's AI uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct PackageStatements {
    /// Said of the whole package.
    pub(crate) whole: Vec<Statement>,
    /// Said in the text, or by the id, of one term of the expression; one list per term, in its order.
    pub(crate) of_terms: Vec<Vec<Statement>>,
}

impl PackageStatements {
    /// Sorts what the facts say, and adds what is known of each license by its id.
    pub(crate) fn of(
        facts: &PackageFacts,
        expression: Option<&LicenseExpression>,
        clarification: Option<&Clarification>,
    ) -> Self {
        let terms: Vec<&LicenseReq> = expression.into_iter().flat_map(LicenseExpression::terms).collect();
        let mut sorted = Self {
            whole: Vec::new(),
            of_terms: vec![Vec::new(); terms.len()],
        };
        let own_texts = facts.texts.iter().filter(|text| text.place == TextPlace::Own);
        let in_texts = own_texts.flat_map(|text| {
            let branch = branch_of(text, &terms, facts);
            let said = text.statements.iter();
            said.map(move |statement| (statement, statement.of_license.as_deref().or(branch)))
        });
        let elsewhere = facts.statements.iter().map(|said| (said, said.of_license.as_deref()));
        let overruled = |ai_use: AiUse| clarification.is_some_and(|known| known.ai.contains_key(&ai_use));
        for (statement, of_license) in in_texts.chain(elsewhere) {
            if !overruled(statement.ai_use) {
                sorted.add(statement, of_license, &terms);
            }
        }
        // A license file that nobody could read may take away whatever the declared license permits.
        let is_partly_unread = clarification.is_none() && facts.problems.iter().any(FileProblem::is_unread_license);
        for (list, term) in sorted.of_terms.iter_mut().zip(&terms) {
            let by_name = known_of(term, facts).into_iter().chain(named_by(term, facts));
            let stands = |statement: &Statement| !(is_partly_unread && statement.value == UseValue::Allowed);
            list.extend(by_name.filter(|statement| stands(statement) && !overruled(statement.ai_use)));
        }
        sorted.whole.extend(clarification.into_iter().flat_map(overrides));
        sorted
    }

    /// Puts a statement where it belongs. One that stands in a license the expression does not name speaks of the whole
    /// package: a declaration never hides a text.
    fn add(&mut self, statement: &Statement, of_license: Option<&str>, terms: &[&LicenseReq]) {
        let mut belongs_to_a_term = false;
        if let Some(id) = of_license {
            for (list, term) in self.of_terms.iter_mut().zip(terms) {
                if same_license(term, id) {
                    list.push(statement.clone());
                    belongs_to_a_term = true;
                }
            }
        }
        if !belongs_to_a_term {
            self.whole.push(statement.clone());
        }
    }
}

/// The license whose own file a text is, where the other licenses of the package have files of their own: what is added at
/// the end of `LICENSE-MIT` is said to those who take it under `MIT`.
fn branch_of<'t>(text: &'t LicenseText, terms: &[&LicenseReq], facts: &PackageFacts) -> Option<&'t str> {
    let id = only_license(text)?;
    let is_another = |other: &str| {
        let mut terms = terms.iter();
        terms.any(|term| same_license(term, other) && !same_license(term, id))
    };
    let has_another = own_licenses(facts).filter_map(only_license).any(is_another);
    has_another.then_some(id)
}

/// The license that a text is, where it is just one.
fn only_license(text: &LicenseText) -> Option<&str> {
    let mut licenses = text.licenses.iter().filter(|license| !license.is_exception);
    let id = licenses.next()?.id.as_str();
    let is_all = text.kind == TextKind::License && licenses.all(|license| license.id == id);
    is_all.then_some(id)
}

/// What the catalogue knows of a license, as statements. A change that nobody can tell the meaning of may have taken away
/// whatever the base license permits.
fn known_of(term: &LicenseReq, facts: &PackageFacts) -> Vec<Statement> {
    let Some(license) = catalogue::license(&term.license.to_string()) else {
        return Vec::new();
    };
    let is_narrowed = matches!(
        &term.addition,
        Some(AdditionItem::Other(addition)) if said_by_rider_name(&addition.add_ref).is_empty()
    );
    let stands = |terms: &&catalogue::Terms| !(is_narrowed && terms.value == UseValue::Allowed);
    let said = license.terms.iter().filter(stands).map(|terms| Statement {
        ai_use: terms.ai_use,
        value: terms.value,
        conditions: terms.conditions.clone(),
        modality: Modality::in_words(terms.value),
        force: Force::License,
        of_license: Some(license.id.to_owned()),
        evidence: Evidence {
            kind: EvidenceKind::Catalogue,
            excerpt: place_of_license(facts),
        },
    });
    said.collect()
}

/// What the riders that are declared with a term say by their very names. A name that we gave to a modified text is not
/// declared, and its words are statements of their own.
fn named_by(term: &LicenseReq, facts: &PackageFacts) -> Vec<Statement> {
    let Declared::Expression(declared) = &facts.declared else {
        return Vec::new();
    };
    let reference = match &term.license {
        LicenseItem::Other(reference) => Some(reference.lic_ref.as_str()),
        LicenseItem::Spdx { .. } => None,
    };
    let addition = match &term.addition {
        Some(AdditionItem::Other(reference)) => Some(reference.add_ref.as_str()),
        Some(AdditionItem::Spdx(_)) | None => None,
    };
    let names = [reference, addition].into_iter().flatten();
    let said = names
        .filter(|name| declared.raw.contains(name))
        .flat_map(said_by_rider_name);
    let statements = said.map(|(ai_use, said)| Statement {
        ai_use,
        value: said.value,
        modality: Modality::in_words(said.value),
        conditions: said.conditions,
        force: Force::License,
        of_license: None,
        evidence: Evidence {
            kind: EvidenceKind::LicenseExpression,
            excerpt: declared.evidence.excerpt.clone(),
        },
    });
    statements.collect()
}

/// Where the package names its license.
fn place_of_license(facts: &PackageFacts) -> Excerpt {
    match (&facts.declared, facts.texts.first()) {
        (Declared::Expression(declared), _) => declared.evidence.excerpt.clone(),
        (_, Some(text)) => Excerpt::whole_file(&text.path),
        (_, None) => Excerpt::whole_file("Cargo.toml"),
    }
}

/// What the user's clarification says of AI uses.
fn overrides(clarification: &Clarification) -> impl Iterator<Item = Statement> {
    clarification
        .ai
        .iter()
        .filter(|(_, value)| **value != UseValue::Unknown)
        .map(|(&ai_use, &value)| Statement {
            ai_use,
            value,
            conditions: Vec::new(),
            modality: Modality::Condition,
            force: Force::Override,
            of_license: None,
            evidence: Evidence {
                kind: EvidenceKind::Clarification,
                excerpt: clarification.at.clone().unwrap_or_default(),
            },
        })
}

/// What is said of one AI use, taken together.
#[derive(Clone, Debug)]
pub(crate) struct UseTerms<'a> {
    /// The most restrictive thing said; `Unknown` where an elected term is silent and nothing speaks for the whole.
    pub(crate) value: UseValue,
    /// Every statement that counts, most telling first: most restrictive, then strongest.
    pub(crate) statements: Vec<&'a Statement>,
    /// Whether some elected term says nothing, with nothing said of the whole package either.
    pub(crate) has_silent_term: bool,
}

impl<'a> UseTerms<'a> {
    /// What is said of a use when the terms at `elected` were chosen. A statement that does not `count` is listed all
    /// the same, but breaks no silence.
    pub(crate) fn of(
        ai_use: AiUse,
        said: &'a PackageStatements,
        elected: &[usize],
        counts: impl Fn(&Statement) -> bool,
    ) -> Self {
        let of_use = |list: &'a [Statement]| list.iter().filter(move |statement| statement.ai_use == ai_use);
        let speaks = |list: &'a [Statement]| of_use(list).any(&counts);
        let lists = || elected.iter().filter_map(|&term| said.of_terms.get(term));
        let has_silent_term = !speaks(&said.whole) && (elected.is_empty() || lists().any(|list| !speaks(list)));
        let mut statements: Vec<&Statement> = of_use(&said.whole).collect();
        statements.extend(lists().flat_map(|list| of_use(list)));
        statements.sort_by_key(|statement| std::cmp::Reverse((statement.value, statement.force)));
        let most_restrictive = statements
            .first()
            .map_or(UseValue::Unknown, |statement| statement.value);
        let value = if has_silent_term {
            most_restrictive.max(UseValue::Unknown)
        } else {
            most_restrictive
        };
        Self {
            value,
            statements,
            has_silent_term,
        }
    }
}
