//! The one judge: what a package may be used for under a policy.
//!
//! Desk and gate call the same [`judge_package`], so they cannot disagree (invariant 3 of ARCHITECTURE.md).

use std::collections::BTreeSet;

use airights_text::{AiUse, Condition, LicenseClass, UseValue};

use crate::case::{Case, UseOutcome};
use crate::facts::{Declared, Evidence, Excerpt, Force, PackageFacts};
use crate::finding::Finding;
use crate::ledger::UsedEntries;
use crate::level::Level;
use crate::package::{Package, PackageIx, Role};
use crate::policy::{Date, PerUse, Policy, class_of};
use crate::rules;

/// Judges one package under a policy, on a day.
///
/// A package that plays several roles is judged in each, and the harshest outcome counts; of equal ones, that of the
/// strictest role.
pub fn judge_package(
    policy: &Policy,
    place: PackageIx,
    package: &Package,
    facts: &PackageFacts,
    today: Date,
) -> Judged {
    let roles = if package.roles.is_empty() {
        crate::package::Roles::from_iter([Role::Shipped])
    } else {
        package.roles
    };
    let mut used = UsedEntries::default();
    let mut harshest: Option<Case<'_>> = None;
    for role in roles.iter() {
        let same_section = |case: &Case<'_>| std::ptr::eq(case.section, policy.section_for(package, role));
        if policy.exceptions.is_empty() && harshest.as_ref().is_some_and(same_section) {
            continue;
        }
        let case = Case::new(policy, (place, package, facts), role, today);
        used.extend(used_entries(&case));
        if harshest
            .as_ref()
            .is_none_or(|harshest| case.worst_level() > harshest.worst_level())
        {
            harshest = Some(case);
        }
    }
    let case = harshest.unwrap_or_else(|| Case::new(policy, (place, package, facts), Role::Shipped, today));
    Judged {
        findings: rules::of_package(&case),
        judgement: Judgement::of(&case),
        used,
    }
}

/// What [`judge_package`] returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What was made of the package.
    pub judgement: Judgement,
    /// What the rules have to say, without the paths to the package.
    pub findings: Vec<Finding>,
    /// The entries of the policy that were needed.
    pub used: UsedEntries,
}

fn used_entries(case: &Case<'_>) -> UsedEntries {
    let mut used = UsedEntries {
        allowances: case
            .terms
            .iter()
            .filter_map(|outcome| outcome.allowance.clone())
            .collect(),
        exceptions: exceptions_of(case).collect(),
        clarifications: case.clarification.iter().map(|&(number, _)| number).collect(),
    };
    for outcome in rules::of_bundled_code(case) {
        used.allowances.extend(outcome.allowance);
        used.exceptions.extend(outcome.exception);
    }
    used
}

/// The exceptions that were needed, by number.
fn exceptions_of(case: &Case<'_>) -> impl Iterator<Item = usize> {
    let of_terms = case.elected_terms().filter_map(|outcome| outcome.exception);
    of_terms.chain(case.uses.iter().filter_map(|(_, outcome)| outcome.exception))
}

/// What was made of one package.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Which.
    pub package: PackageIx,
    /// The role whose section judged: of its roles, the one with the harshest outcome.
    pub role: Role,
    /// Its license.
    pub license: LicenseJudgement,
    /// Its AI terms.
    pub ai: PerUse<AiJudgement>,
    /// Whether an exception of the policy was needed.
    pub is_excepted: bool,
}

/// The license of a package, as it was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct LicenseJudgement {
    /// The `license` key as written.
    pub declared: Option<String>,
    /// What was read leniently in it, in words.
    pub notes: Vec<String>,
    /// The expressions of its own texts, distinct and sorted.
    pub found: Vec<String>,
    /// The expression that counts; `None`: unknown.
    pub effective: Option<String>,
    /// Of an expression with `OR`, the terms that were elected, joined with `AND`; `None` where there was no choice.
    pub elected: Option<String>,
    /// The class of what was elected: the most restrictive one of its terms.
    pub class: LicenseClass,
    /// Words of its own texts that nobody has classified.
    pub residue: Vec<Excerpt>,
    /// How the policy judges the license itself.
    pub level: Level,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
}

/// What a package says of one AI use, as it was judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AiJudgement {
    /// The most restrictive thing said.
    pub value: UseValue,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
    /// How strongly it binds; `None` where nothing was said.
    pub force: Option<Force>,
    /// What it rests on, most telling first.
    pub evidence: Vec<Evidence>,
    /// How the policy judges it.
    pub level: Level,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
}

impl Judgement {
    fn of(case: &Case<'_>) -> Self {
        Self {
            package: case.place,
            role: case.role,
            license: LicenseJudgement::of(case),
            ai: PerUse::from_fn(|ai_use| AiJudgement::of(case, ai_use, &case.uses[ai_use])),
            is_excepted: exceptions_of(case).next().is_some(),
        }
    }
}

impl LicenseJudgement {
    fn of(case: &Case<'_>) -> Self {
        let (declared, notes) = match &case.facts.declared {
            Declared::Absent => (None, Vec::new()),
            Declared::Unreadable { raw, .. } => (Some(raw.clone()), Vec::new()),
            Declared::Expression(declared) => (Some(declared.raw.clone()), declared.notes.clone()),
        };
        let found: BTreeSet<&str> = crate::terms::own_licenses(case.facts)
            .filter_map(|text| text.expression.as_deref())
            .collect();
        let has_choice = case
            .license
            .expression
            .as_ref()
            .is_some_and(crate::terms::LicenseExpression::has_choice);
        // A license that several branches name is elected once.
        let mut seen = BTreeSet::new();
        let terms = case.elected_terms().map(|outcome| outcome.term.to_string());
        let elected: Vec<String> = terms.filter(|term| seen.insert(term.clone())).collect();
        Self {
            declared,
            notes,
            found: found.into_iter().map(str::to_owned).collect(),
            effective: case.expression(),
            elected: has_choice.then(|| elected.join(" AND ")),
            class: case
                .elected_terms()
                .map(|outcome| class_of(&outcome.term))
                .max()
                .filter(|_| !case.license.is_partly_unread)
                .unwrap_or(LicenseClass::Unknown),
            residue: case
                .unclarified_licenses()
                .flat_map(|text| &text.residue)
                .map(|rest| rest.excerpt.clone())
                .collect(),
            level: case.license_level(),
            decided_by: case
                .elected_terms()
                .max_by_key(|outcome| outcome.level)
                .and_then(|outcome| outcome.decided_by.cloned()),
        }
    }
}

impl AiJudgement {
    fn of(case: &Case<'_>, ai_use: AiUse, outcome: &UseOutcome) -> Self {
        let deciding = || {
            outcome
                .statements
                .iter()
                .filter(|statement| statement.value == outcome.value)
        };
        let conditions: BTreeSet<Condition> = deciding().flat_map(|statement| statement.conditions.clone()).collect();
        let mut evidence: Vec<Evidence> = Vec::new();
        for statement in deciding() {
            if !evidence.contains(&statement.evidence) {
                evidence.push(statement.evidence.clone());
            }
        }
        Self {
            value: outcome.value,
            conditions: conditions.into_iter().collect(),
            force: deciding().map(|statement| statement.force).max(),
            evidence,
            level: outcome.level,
            decided_by: case.section.ai.places[ai_use].clone(),
        }
    }
}
