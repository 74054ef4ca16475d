//! How single license terms and AI uses fare under a section of a policy.

use airights_text::{AiUse, UseValue};
use spdx::LicenseReq;

use crate::facts::{Excerpt, Force, Statement};
use crate::level::Level;
use crate::policy::{AiSection, Allowance, Exception, LicensePattern, Section};
use crate::rule::Rule;
use crate::terms::{Ballot, Demand, PackageStatements, UseTerms};

/// How one license term was judged.
pub(crate) struct TermOutcome<'a> {
    pub(crate) term: LicenseReq,
    pub(crate) level: Level,
    /// The line of the policy that decides.
    pub(crate) decided_by: Option<&'a Excerpt>,
    /// The allowance that covers it, as written in a policy.
    pub(crate) allowance: Option<String>,
    /// The number of the exception that covers it.
    pub(crate) exception: Option<usize>,
}

/// How one AI use was judged.
pub(crate) struct UseOutcome {
    pub(crate) value: UseValue,
    pub(crate) level: Level,
    /// What is said, most telling first.
    pub(crate) statements: Vec<Statement>,
    /// Of these, the one that made the level; `None`: it was silence.
    pub(crate) driver: Option<Statement>,
    /// The number of the exception that accepts it.
    pub(crate) exception: Option<usize>,
}

/// Judges a term. Where nothing tells it from another one, what names either of them counts.
pub(super) fn judge_term<'a>(
    term: &LicenseReq,
    or_else: Option<&LicenseReq>,
    section: &'a Section,
    exceptions: &[(usize, &'a Exception)],
) -> TermOutcome<'a> {
    let licenses = &section.licenses;
    let covers = |pattern: &LicensePattern| pattern.covers(term) || or_else.is_some_and(|other| pattern.covers(other));
    let covering = |list: &'a [Allowance]| list.iter().find(|entry| covers(&entry.pattern));
    let denied = covering(&licenses.deny);
    let allowed = covering(&licenses.allow).filter(|_| denied.is_none());
    let not_allowed = section.levels.of(Rule::LicenseNotAllowed);
    let mut outcome = TermOutcome {
        term: term.clone(),
        level: Level::Allow,
        decided_by: match (denied, allowed) {
            (Some(entry), _) | (None, Some(entry)) => entry.at.as_ref(),
            (None, None) if not_allowed == Level::Allow => section.levels.place_of(Rule::LicenseNotAllowed),
            (None, None) => licenses.allow_at.as_ref(),
        },
        allowance: allowed.map(|entry| entry.pattern.to_string()),
        exception: None,
    };
    if allowed.is_some() {
        return outcome;
    }
    let excepts = |exception: &Exception| exception.licenses.iter().any(covers);
    match exceptions.iter().find(|(_, exception)| excepts(exception)) {
        Some((number, exception)) => {
            outcome.exception = Some(*number);
            outcome.decided_by = exception.at.as_ref();
        }
        None => outcome.level = not_allowed,
    }
    outcome
}

/// What electing one term would cost.
pub(super) fn ballot(
    outcome: &TermOutcome<'_>,
    position: usize,
    said: &PackageStatements,
    section: &Section,
    exceptions: &[(usize, &Exception)],
) -> Ballot {
    let ai = AiUse::ALL
        .iter()
        .map(|&ai_use| judge_use(ai_use, said, &[position], &section.ai, exceptions).level)
        .max();
    let prefer = &section.licenses.prefer;
    Ballot {
        overall: outcome.level.max(ai.unwrap_or_default()),
        license: outcome.level,
        preference: prefer
            .iter()
            .position(|pattern| pattern.covers(&outcome.term))
            .unwrap_or(prefer.len()),
        demand: Demand::of(&outcome.term),
    }
}

pub(super) fn judge_use(
    ai_use: AiUse,
    said: &PackageStatements,
    elected: &[usize],
    ai: &AiSection,
    exceptions: &[(usize, &Exception)],
) -> UseOutcome {
    let terms = UseTerms::of(ai_use, said, elected, |statement| !is_ignored(statement, ai));
    let mut level = if terms.has_silent_term {
        ai.uses[ai_use].unknown
    } else {
        Level::Allow
    };
    let mut driver = None;
    for statement in &terms.statements {
        let weighs = level_of(statement, ai);
        if weighs > level || (weighs == level && driver.is_none() && statement.value == terms.value) {
            level = weighs;
            driver = Some((*statement).clone());
        }
    }
    let accepts = |exception: &Exception| {
        exception
            .ai
            .get(&ai_use)
            .is_some_and(|&accepted| accepted >= terms.value)
    };
    let exception = exceptions
        .iter()
        .find(|(_, exception)| level > Level::Allow && accepts(exception));
    UseOutcome {
        value: terms.value,
        level: if exception.is_some() { Level::Allow } else { level },
        statements: terms.statements.into_iter().cloned().collect(),
        driver,
        exception: exception.map(|(number, _)| *number),
    }
}

/// What one statement weighs under a policy.
fn level_of(statement: &Statement, ai: &AiSection) -> Level {
    let levels = ai.uses[statement.ai_use];
    let conditions = &statement.conditions;
    let are_met = !conditions.is_empty()
        && conditions
            .iter()
            .all(|condition| ai.accept_conditions.contains(condition));
    match (statement.value, statement.force) {
        (UseValue::Conditional, _) if are_met => Level::Allow,
        (UseValue::Allowed, _) => Level::Allow,
        // A mere preference is softened, but a refusal never weighs less than silence would.
        (value, Force::Preference) => levels.of(value).min(ai.preferences).max(levels.unknown),
        (value, _) => levels.of(value),
    }
}

/// Whether the policy leaves a statement out of account.
pub(crate) fn is_ignored(statement: &Statement, ai: &AiSection) -> bool {
    statement.force == Force::Preference && ai.preferences == Level::Allow
}
