//! # exception-unused
//!
//! An exception changes nothing.
//!
//! ## What it checks
//!
//! Whether any package needed the exception: one that is in the graph, in a role it names, with a license or an AI term it
//! covers, and with the texts it was granted for.
//!
//! ## Why it matters
//!
//! An exception that is not needed is an open door that is not watched. One that stopped working because the license or the text
//! changed is worth knowing of.
//!
//! ## Example
//!
//! ```toml
//! [[exceptions]]
//! crate = "ring@0.16"        # the graph has 0.17 now
//! ```
//!
//! ## How to resolve
//!
//! Remove it, or bring it up to date. The level is `exception-unused` in `[lints]`.

use crate::finding::{Finding, PolicyEntry, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::policy::Exception;
use crate::problem::{EntryFile, Problem};
use crate::rule::Rule;
use crate::terms::EffectiveLicense;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    let unused = ledger
        .policy
        .exceptions
        .iter()
        .enumerate()
        .filter(|(number, _)| !ledger.used.exceptions.contains(number));
    let findings = unused.filter_map(|(_, exception)| {
        let problem = reason(ledger, exception)?;
        let subject = Subject::Policy(PolicyEntry::Exception(exception.krate.to_string()));
        let mut finding = Finding::new(
            Rule::ExceptionUnused,
            ledger.policy.lints.of(Rule::ExceptionUnused),
            subject,
            problem,
        );
        finding.help = Some(Help::RemoveOrUpdate);
        finding.decided_by.clone_from(&exception.at);
        Some(finding)
    });
    findings.collect()
}

/// Why the exception changes nothing; `None` where another rule says so already.
fn reason(ledger: &Ledger<'_>, exception: &Exception) -> Option<Problem> {
    let mut meant = ledger.packages_of(&exception.krate).peekable();
    if meant.peek().is_none() {
        return (!ledger.is_part).then_some(Problem::CrateNotInGraph);
    }
    if exception.is_expired(ledger.today) {
        return None;
    }
    let changed = meant.find_map(|(package, facts)| {
        let mut clarifications = ledger.policy.clarifications.iter();
        let clarified = clarifications.find(|known| known.speaks_for(package, facts));
        let license = EffectiveLicense::of(facts, clarified).expression;
        if license.is_none() && !exception.licenses.is_empty() {
            return Some(Problem::ExceptionOfUnknown(package.to_string()));
        }
        let mut files = exception.files.iter();
        if let Some(file) = files.find(|file| facts.sha256_of(&file.path) != Some(&file.sha256)) {
            return Some(Problem::ExceptedTextChanged(EntryFile {
                package: package.to_string(),
                path: file.path.clone(),
            }));
        }
        let clarified = clarified.filter(|_| !exception.licenses.is_empty() && !ledger.is_part)?;
        Some(Problem::ExceptionOfClarified {
            package: package.to_string(),
            license: clarified.license.to_string(),
        })
    });
    changed.or((!ledger.is_part).then_some(Problem::ExceptionUnused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::ExceptionUnused;

    #[test]
    fn speaks_of_an_exception_that_changes_nothing() {
        let scene = |exception: &str| {
            format!("policy\n exception {exception}\npackage ring 0.17.8 dev\n license MIT\n text LICENSE MIT")
        };
        check(
            RULE,
            &scene("ring@0.16 license:MIT"),
            &["warn: Exception(\"ring@0.16\") crate-not-in-graph"],
        );
        check(
            RULE,
            &scene("ring license:MIT"),
            &["warn: Exception(\"ring\") exception-unused"],
        );
        check(
            RULE,
            &scene("ring license:MIT file:LICENSE=older"),
            &["warn: Exception(\"ring\") excepted-text-changed `ring 0.17.8` `LICENSE`"],
        );
    }

    #[test]
    fn no_exception_helps_where_no_license_is_known() {
        check(
            RULE,
            "policy\n exception ghost license:class:unknown\npackage ghost 1.0.0",
            &["warn: Exception(\"ghost\") exception-of-unknown `ghost 1.0.0`"],
        );
    }

    #[test]
    fn what_a_clarification_settles_needs_no_exception() {
        let scene = |clarified: &str| {
            format!(
                "policy\n exception ghost license:GPL-3.0-only\n clarify ghost MIT {clarified}\n\
                 package ghost 1.0.0\n text LICENSE GPL-3.0-only"
            )
        };
        let expected = "warn: Exception(\"ghost\") exception-of-clarified `ghost 1.0.0` `MIT`";
        check(RULE, &scene("LICENSE"), &[expected]);
        check(RULE, &scene("LICENSE=older"), &[]);
    }

    #[test]
    fn is_silent_of_one_that_is_needed() {
        check(
            RULE,
            "policy\n exception old license:GPL-3.0-only\npackage old 1.0.0\n license GPL-3.0-only",
            &[],
        );
        check(
            RULE,
            "policy\n exception old ai:train-ai\npackage old 1.0.0\n license MIT\n says NOTICE train-ai disallowed",
            &[],
        );
    }

    #[test]
    fn leaves_an_expired_one_to_its_own_rule() {
        check(
            RULE,
            "policy\n exception old license:GPL-3.0-only expires:2020-01-01\npackage old 1.0.0\n license GPL-3.0-only",
            &[],
        );
    }
}
