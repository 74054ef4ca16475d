//! What the three rules on AI uses share: each speaks of the uses where the statement that decided has its value.

use airights_text::{AiUse, Modality, UseValue};

use super::entry::exception;
use crate::case::{Case, UseOutcome};
use crate::facts::{Force, Statement};
use crate::finding::Finding;
use crate::help::Help;
use crate::level::Level;
use crate::problem::Problem;
use crate::rule::Rule;

/// One finding for each use that was decided by a statement of this value; for `Unknown`, by silence.
pub(super) fn findings(case: &Case<'_>, rule: Rule, value: UseValue) -> Vec<Finding> {
    let decided = case.uses.iter().filter(|(_, outcome)| decided_by(outcome) == value);
    let findings = decided.filter(|(ai_use, outcome)| outcome.level > Level::Allow || is_worth_listing(case, *ai_use));
    findings
        .map(|(ai_use, outcome)| finding(case, rule, ai_use, outcome))
        .collect()
}

/// The value of what made the level.
fn decided_by(outcome: &UseOutcome) -> UseValue {
    outcome
        .driver
        .as_ref()
        .map_or(UseValue::Unknown, |statement| statement.value)
}

/// A use the policy ignores altogether is not worth a line, not even a silent one.
fn is_worth_listing(case: &Case<'_>, ai_use: AiUse) -> bool {
    case.section.ai.uses[ai_use] != crate::policy::UseLevels::IGNORE
}

fn finding(case: &Case<'_>, rule: Rule, ai_use: AiUse, outcome: &UseOutcome) -> Finding {
    let problem = match &outcome.driver {
        Some(statement) => problem(statement),
        None => Problem::UseNotMentioned(ai_use),
    };
    let mut finding = case.finding(rule, outcome.level, problem);
    finding.ai_use = Some(ai_use);
    finding.decided_by = case.section.ai.places[ai_use].clone().or(finding.decided_by);
    finding.help = Some(
        outcome
            .driver
            .as_ref()
            .map_or(Help::AskForDeclaration, |driver| help(case, driver)),
    );
    finding.entry = Some(exception(case, Vec::new(), vec![ai_use]));
    if let Some(driver) = &outcome.driver {
        let same = outcome
            .statements
            .iter()
            .filter(|statement| statement.value == driver.value);
        finding.evidence.push(driver.evidence.clone());
        for statement in same {
            if !finding.evidence.contains(&statement.evidence) {
                finding.evidence.push(statement.evidence.clone());
            }
        }
    }
    finding
}

fn problem(statement: &Statement) -> Problem {
    let ai_use = statement.ai_use;
    match (statement.value, statement.modality, statement.force) {
        (UseValue::Disallowed, Modality::Reserve, _) => Problem::MiningReserved,
        (UseValue::Disallowed, _, Force::Preference) => Problem::UseNotWanted(ai_use),
        (UseValue::Disallowed, ..) => Problem::UseDisallowed(ai_use),
        (UseValue::Conditional, ..) => Problem::UseConditional {
            ai_use,
            conditions: statement.conditions.clone(),
        },
        (UseValue::Allowed, ..) => Problem::UseAllowed(ai_use),
        (UseValue::Unknown, ..) => Problem::UseNotMentioned(ai_use),
    }
}

fn help(case: &Case<'_>, statement: &Statement) -> Help {
    let krate = case.package.name.clone();
    match statement.force {
        Force::Preference => Help::DecideOnPreference { krate },
        Force::Reservation | Force::License | Force::Override => Help::IgnoreUse {
            krate,
            ai_use: statement.ai_use,
        },
    }
}
