//! # exception-expired
//!
//! The last day of an exception is over.
//!
//! ## What it checks
//!
//! Each `[[exceptions]]` entry with `expires`. From the day after, it widens nothing any more.
//!
//! ## Why it matters
//!
//! An exception with an end is a promise to look again. This is the day to keep it.
//!
//! ## Example
//!
//! ```toml
//! [[exceptions]]
//! crate = "ring@0.17"
//! licenses = ["LicenseRef-ring"]
//! reason = "until the rewrite ships"
//! expires = 2026-06-30
//! ```
//!
//! ## How to resolve
//!
//! Do what the reason waited for and remove the entry, or decide again and set another day
//! (`cargo airights allow CRATE --reason … --until DATE` does). The level is `exception-expired` in `[lints]`.

use crate::finding::{Finding, PolicyEntry, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    let expired = ledger.policy.exceptions.iter().filter_map(|exception| {
        let last_day = exception.expires.filter(|_| exception.is_expired(ledger.today))?;
        // One that means no crate of the graph is unused, whatever its day.
        ledger.packages_of(&exception.krate).next()?;
        let subject = Subject::Policy(PolicyEntry::Exception(exception.krate.to_string()));
        let problem = Problem::ExceptionExpired(last_day);
        let mut finding = Finding::new(
            Rule::ExceptionExpired,
            ledger.policy.lints.of(Rule::ExceptionExpired),
            subject,
            problem,
        );
        finding.help = Some(Help::RecallReason {
            reason: exception.reason.clone(),
            owner: exception.owner.clone(),
        });
        finding.decided_by.clone_from(&exception.at);
        Some(finding)
    });
    expired.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::ExceptionExpired;

    #[test]
    fn speaks_from_the_day_after() {
        let scene = |day: &str| {
            format!(
                "policy\n exception old license:GPL-3.0-only expires:{day}\npackage old 1.0.0\n license GPL-3.0-only"
            )
        };
        check(
            RULE,
            &scene("2026-11-21"),
            &["deny: Exception(\"old\") exception-expired `2026-11-21`"],
        );
        check(
            Rule::LicenseNotAllowed,
            &scene("2026-11-21"),
            &["deny: `old 1.0.0` license-not-allowed `GPL-3.0-only`"],
        );
        check(RULE, &scene("2026-11-22"), &[]);
        check(Rule::LicenseNotAllowed, &scene("2026-11-22"), &[]);
    }

    #[test]
    fn is_silent_of_a_crate_that_is_gone() {
        check(
            RULE,
            "policy\n exception gone license:MIT expires:2020-01-01\npackage old 1.0.0\n license MIT",
            &[],
        );
    }
}
