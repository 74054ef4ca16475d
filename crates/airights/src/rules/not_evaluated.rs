//! # not-evaluated
//!
//! A package of the graph could not be judged.
//!
//! ## What it checks
//!
//! `resolved = evaluated + not evaluated`. Every package that cargo resolved is either judged or named here with the reason
//! why not.
//!
//! ## Why it matters
//!
//! What was not looked at must never look like what was allowed. A report with such a package is incomplete, and the exit
//! code is 2, whatever the policy says.
//!
//! ## Example
//!
//! ```text
//! the source of `left-pad 1.0.0` is not on this disk
//! ```
//!
//! ## How to resolve
//!
//! Usually `cargo fetch` brings what is missing.

use crate::finding::{Finding, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::level::Level;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    let findings = ledger.not_evaluated.iter().map(|missing| {
        let problem = Problem::NotEvaluated(missing.reason.clone());
        let subject = Subject::Package(missing.package);
        let mut finding = Finding::new(Rule::NotEvaluated, Level::Deny, subject, problem);
        finding.help = Some(Help::Fetch);
        finding
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::NotEvaluated;

    #[test]
    fn what_was_not_looked_at_never_looks_allowed() {
        let scene = "package app 1.0.0 member\n needs far\npackage far 1.0.0\n not gathered";
        check(
            RULE,
            scene,
            &["deny: `far 1.0.0` not-evaluated `its source is not on this disk`"],
        );
        let (_, evaluation) = crate::scene::play(scene);
        assert_eq!(evaluation.verdict, crate::Verdict::Incomplete);
        let counts = evaluation.counts();
        assert_eq!((counts.resolved, counts.evaluated, counts.not_evaluated), (2, 1, 1));
    }

    #[test]
    fn is_silent_where_everything_was_judged() {
        check(RULE, "package app 1.0.0 member", &[]);
    }
}
