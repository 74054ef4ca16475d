//! Everything that is said of a package, and what became of each statement: what counted, and what lost to what.
//!
//! The judgement has only what won. This is for whoever asks why, and is worked out for one package at a time, by the
//! same cases as the judgement.

use crate::case::Case;
use crate::facts::{
    Declared, DeclaredExpression, Evidence, EvidenceKind, Excerpt, LicenseText, Modification, PackageFacts, Statement,
    TextKind, TextPlace,
};
use crate::judge::Judgement;
use crate::level::Level;
use crate::package::{Package, PackageIx, Role, Roles};
use crate::policy::{Date, PerUse, Policy};
use crate::terms::{LicenseExpression, Origin, PackageStatements, is_about_code};

/// All that is said of a package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// What became of the declared license; `None` where none is declared.
    pub declared: Option<SourceFate>,
    /// What became of each license text, in the order of the facts.
    pub texts: Vec<SourceFate>,
    /// The terms of the license that counts, in its order, each once.
    pub terms: Vec<Term>,
    /// What is said of each AI use, what decides first.
    pub uses: PerUse<Vec<Said>>,
}

/// What became of a source of the license.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceFate {
    /// It counts.
    Counts,
    /// It is stricter than what is declared, and this part of it joins that.
    Joins(String),
    /// It is a license of what is declared, changed, and the changes count.
    Modifies,
    /// It asks for nothing beyond what counts anyway.
    AddsNothing,
    /// A clarification of the policy counts in its place.
    Clarified,
    /// It is the license of code that others wrote.
    OfBundledCode,
    /// It speaks of something else than the code: documentation, pictures.
    OfOtherMatters,
    /// The declaration cannot be read, and texts are not guessed from.
    Undecided,
}

/// One term of the license that counts, as the policy judges it.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it is written.
    pub term: String,
    /// Whether it is one of those that were chosen.
    pub is_elected: bool,
    /// How the policy judges it.
    pub level: Level,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
}

/// One statement on an AI use.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What is said, and where.
    pub statement: Statement,
    /// What became of it.
    pub fate: StatementFate,
}

/// What became of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementFate {
    /// It is the most restrictive one.
    Decides,
    /// Something more restrictive is said, or another license that was chosen says nothing.
    Outweighed,
    /// The policy leaves mere preferences out of account.
    Ignored,
    /// It belongs to this license, which was not chosen.
    OfOtherBranch(String),
    /// A clarification of the policy says what counts.
    Clarified,
}

/// Gives the account of a package, judged as in a judgement of it.
pub fn account(
    policy: &Policy,
    judgement: &Judgement,
    package: &Package,
    facts: &PackageFacts,
    today: Date,
) -> Account {
    let case = Case::new(policy, (judgement.package, package, facts), judgement.role, today);
    Account {
        declared: declared_fate(&case),
        texts: facts.texts.iter().map(|text| text_fate(&case, text)).collect(),
        terms: terms(&case),
        uses: uses(&case),
    }
}

/// Judges a license by itself, as that of a package of which nothing else is known, in a role.
pub fn judge_license(policy: &Policy, expression: &spdx::Expression, role: Role, today: Date) -> Judgement {
    let package = Package {
        roles: Roles::from_iter([role]),
        is_member: role == Role::Member,
        ..Package::new("", semver::Version::new(0, 0, 0))
    };
    let raw = expression.to_string();
    let facts = PackageFacts {
        declared: Declared::Expression(Box::new(DeclaredExpression {
            evidence: Evidence {
                kind: EvidenceKind::LicenseExpression,
                excerpt: Excerpt::default(),
            },
            expression: expression.clone(),
            notes: Vec::new(),
            raw,
        })),
        ..PackageFacts::default()
    };
    crate::judge::judge_package(policy, PackageIx(0), &package, &facts, today).judgement
}

fn declared_fate(case: &Case<'_>) -> Option<SourceFate> {
    match (&case.facts.declared, case.license.origin) {
        (Declared::Absent, _) => None,
        (_, Origin::Clarified) => Some(SourceFate::Clarified),
        (Declared::Unreadable { .. }, _) => Some(SourceFate::Undecided),
        (Declared::Expression(_), _) => Some(SourceFate::Counts),
    }
}

fn text_fate(case: &Case<'_>, text: &LicenseText) -> SourceFate {
    let mut joined = case.license.joined.iter();
    if text.place == TextPlace::Bundled {
        SourceFate::OfBundledCode
    } else if let Some((_, beyond)) = joined.find(|(path, _)| *path == text.path) {
        SourceFate::Joins(beyond.to_string())
    } else if !is_about_code(text) {
        SourceFate::OfOtherMatters
    } else {
        match case.license.origin {
            Origin::Clarified => SourceFate::Clarified,
            Origin::Found if text.kind == TextKind::License => SourceFate::Counts,
            Origin::Unknown => SourceFate::Undecided,
            Origin::Declared if is_modified(text) => SourceFate::Modifies,
            Origin::Declared | Origin::Found => SourceFate::AddsNothing,
        }
    }
}

fn is_modified(text: &LicenseText) -> bool {
    let mut licenses = text.licenses.iter();
    text.kind == TextKind::License && licenses.any(|license| license.modification != Modification::None)
}

fn terms(case: &Case<'_>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for (position, outcome) in case.terms.iter().enumerate() {
        let term = outcome.term.to_string();
        let is_elected = case.elected.contains(&position);
        match terms.iter_mut().find(|known| known.term == term) {
            Some(known) => known.is_elected |= is_elected,
            None => terms.push(Term {
                term,
                is_elected,
                level: outcome.level,
                decided_by: outcome.decided_by.cloned(),
            }),
        }
    }
    terms
}

fn uses(case: &Case<'_>) -> PerUse<Vec<Said>> {
    let expression = case.license.expression.as_ref();
    let clarification = case.clarification.map(|(_, clarification)| clarification);
    let counted = PackageStatements::of(case.facts, expression, clarification);
    let all = PackageStatements::of(case.facts, expression, None);
    PerUse::from_fn(|ai_use| {
        let outcome = &case.uses[ai_use];
        let mut said: Vec<Said> = Vec::new();
        let mut add = |statement: &Statement, fate: StatementFate| {
            if statement.ai_use == ai_use && !said.iter().any(|known| known.statement == *statement) {
                said.push(Said {
                    statement: statement.clone(),
                    fate,
                });
            }
        };
        for statement in &outcome.statements {
            let fate = if crate::case::is_ignored(statement, &case.section.ai) {
                StatementFate::Ignored
            } else if statement.value == outcome.value {
                StatementFate::Decides
            } else {
                StatementFate::Outweighed
            };
            add(statement, fate);
        }
        let terms = expression.into_iter().flat_map(LicenseExpression::terms);
        for (term, statements) in terms.zip(&counted.of_terms) {
            let fate = StatementFate::OfOtherBranch(term.to_string());
            for statement in statements {
                add(statement, fate.clone());
            }
        }
        let overruled = all.whole.iter().chain(all.of_terms.iter().flatten());
        overruled.for_each(|statement| add(statement, StatementFate::Clarified));
        said.sort_by(|one, other| one.fate.cmp(&other.fate));
        said
    })
}

#[cfg(test)]
mod tests {
    use airights_text::{AiUse, UseValue};

    use super::*;
    use crate::facts::Gathered;
    use crate::scene::Scene;

    /// The account of the last package of a scene.
    #[track_caller]
    fn of(scene: &str) -> Account {
        let Scene { policy, graph, facts } = Scene::parse(scene);
        let (place, package) = graph.iter().last().expect("a package");
        let Gathered::Facts(facts) = &facts[place] else {
            panic!("no facts of {package}");
        };
        let today = Date::new(2026, 11, 22).expect("a day");
        let judgement = crate::judge::judge_package(&policy, place, package, facts, today).judgement;
        account(&policy, &judgement, package, facts, today)
    }

    #[track_caller]
    fn training(scene: &str) -> Vec<(String, UseValue, StatementFate)> {
        let said = of(scene).uses[AiUse::TrainAi].clone().into_iter();
        said.map(|said| {
            (
                said.statement.evidence.excerpt.path.clone(),
                said.statement.value,
                said.fate,
            )
        })
        .collect()
    }

    #[test]
    fn of_two_statements_the_milder_one_is_outweighed() {
        let said = training(
            "package a 1.0.0
               license MIT
               text LICENSE MIT clauses
               says LICENSE train-ai disallowed
               says README.md train-ai allowed",
        );
        assert_eq!(
            said,
            [
                ("LICENSE".to_owned(), UseValue::Disallowed, StatementFate::Decides),
                ("README.md".to_owned(), UseValue::Allowed, StatementFate::Outweighed),
            ]
        );
    }

    #[test]
    fn a_preference_may_be_ignored_and_a_branch_not_chosen() {
        let said = training(
            "policy
               preferences allow
               train-ai respect
             package a 1.0.0
               license MIT OR Apache-2.0
               text LICENSE-MIT MIT
               text LICENSE-APACHE Apache-2.0 clauses
               says LICENSE-APACHE train-ai disallowed of Apache-2.0
               says README.md train-ai disallowed",
        );
        let fates: Vec<StatementFate> = said.into_iter().map(|(_, _, fate)| fate).collect();
        assert_eq!(fates[0], StatementFate::Ignored);
        assert!(matches!(&fates[1], StatementFate::OfOtherBranch(term) if term.starts_with("Apache-2.0")));
        assert_eq!(fates.len(), 2);
    }

    #[test]
    fn each_source_of_the_license_has_its_fate() {
        let account = of("package a 1.0.0
               license MIT
               text COPYING GPL-3.0-only
               text LICENSE MIT clauses
               text LICENSE-docs CC-BY-4.0
               text vendor/x/LICENSE ISC");
        assert_eq!(account.declared, Some(SourceFate::Counts));
        assert_eq!(
            account.texts,
            [
                SourceFate::Joins("GPL-3.0-only".to_owned()),
                SourceFate::Modifies,
                SourceFate::OfOtherMatters,
                SourceFate::OfBundledCode,
            ]
        );
        let clarified = of("policy
               clarify a MIT LICENSE
             package a 1.0.0
               license GPL-3.0-only
               text LICENSE MIT");
        assert_eq!(clarified.declared, Some(SourceFate::Clarified));
        assert_eq!(clarified.texts, [SourceFate::Clarified]);
        let found = of("package a 1.0.0
               text LICENSE MIT");
        assert_eq!((found.declared, found.texts), (None, vec![SourceFate::Counts]));
    }

    #[test]
    fn every_branch_is_judged() {
        let account = of("package a 1.0.0
               license MIT OR GPL-3.0-only");
        let judged: Vec<(&str, bool, Level)> = account
            .terms
            .iter()
            .map(|term| (&*term.term, term.is_elected, term.level))
            .collect();
        assert_eq!(
            judged,
            [("MIT", true, Level::Allow), ("GPL-3.0-only", false, Level::Deny)]
        );
    }

    #[test]
    fn a_license_is_judged_by_itself() {
        let today = Date::new(2026, 11, 22).expect("a day");
        for (license, role, level) in [
            ("MIT OR GPL-3.0-only", Role::Shipped, Level::Allow),
            ("GPL-3.0-only", Role::Shipped, Level::Deny),
            ("GPL-3.0-only", Role::Unbuilt, Level::Allow),
        ] {
            let expression = spdx::Expression::parse(license).expect("an expression");
            let judgement = judge_license(&Policy::built_in(), &expression, role, today);
            assert_eq!(judgement.license.level, level, "{license} as {role}");
        }
    }
}
