//! # clarification-stale
//!
//! A clarification no longer fits the texts it was made for.
//!
//! ## What it checks
//!
//! Each `[[clarify]]` entry names files with their SHA-256. When a file of a crate it means has changed or is gone, the
//! entry is not used, and this is said.
//!
//! ## Why it matters
//!
//! A clarification is a person's reading of a text. Another text needs another reading; to apply the old one in silence
//! would let a change of license through.
//!
//! ## Example
//!
//! ```toml
//! [[clarify]]
//! crate = "intel-mkl-src"
//! license = "LicenseRef-Intel-ISSL"
//! files = [{ path = "License.txt", sha256 = "…" }]
//! ```
//!
//! ## How to resolve
//!
//! Read the text again, then bring the hash up to date; or remove the entry, if the crate is gone. The levels are
//! `clarification-stale` and, for an entry that means no crate of the graph, `exception-unused` in `[lints]`.

use crate::facts::{BoundFile, PackageFacts};
use crate::finding::{Finding, PolicyEntry, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::package::Package;
use crate::policy::Clarification;
use crate::problem::{EntryFile, Problem};
use crate::rule::Rule;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for clarification in &ledger.policy.clarifications {
        let mut is_used = false;
        for (package, facts) in ledger.packages_of(&clarification.krate) {
            is_used = true;
            let changed = clarification
                .files
                .iter()
                .find(|file| facts.sha256_of(&file.path) != Some(&file.sha256));
            findings.extend(changed.map(|file| stale(ledger, clarification, package, facts, file)));
        }
        if !is_used && !ledger.is_part {
            let level = ledger.policy.lints.of(Rule::ExceptionUnused);
            findings.push(about(clarification, level, Problem::CrateNotInGraph));
        }
    }
    findings
}

fn stale(
    ledger: &Ledger<'_>,
    clarification: &Clarification,
    package: &Package,
    facts: &PackageFacts,
    file: &BoundFile,
) -> Finding {
    let place = EntryFile {
        package: package.to_string(),
        path: file.path.clone(),
    };
    let problem = match facts.sha256_of(&file.path) {
        Some(_) => Problem::ClarifiedTextChanged(place),
        None => Problem::ClarifiedTextGone(place),
    };
    let mut finding = about(clarification, ledger.policy.lints.of(Rule::ClarificationStale), problem);
    finding.help = Some(match facts.sha256_of(&file.path) {
        Some(now) => Help::ReadAgain {
            sha256: now.to_string(),
        },
        None => Help::LookForText,
    });
    finding
}

fn about(clarification: &Clarification, level: crate::level::Level, problem: Problem) -> Finding {
    let subject = Subject::Policy(PolicyEntry::Clarification(clarification.krate.to_string()));
    let mut finding = Finding::new(Rule::ClarificationStale, level, subject, problem);
    finding.decided_by.clone_from(&clarification.at);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::ClarificationStale;

    #[test]
    fn speaks_of_a_text_that_changed_or_went() {
        let scene = |file: &str| format!("policy\n clarify ghost MIT {file}\npackage ghost 1.0.0\n text License.txt -");
        let expected = "deny: Clarification(\"ghost\") clarified-text-changed `ghost 1.0.0` `License.txt`";
        check(RULE, &scene("License.txt=older"), &[expected]);
        let expected = "deny: Clarification(\"ghost\") clarified-text-gone `ghost 1.0.0` `EULA`";
        check(RULE, &scene("EULA"), &[expected]);
    }

    #[test]
    fn is_silent_while_it_fits() {
        check(
            RULE,
            "policy\n clarify ghost MIT License.txt\npackage ghost 1.0.0\n text License.txt -",
            &[],
        );
    }

    #[test]
    fn an_entry_for_a_crate_that_is_not_there_is_only_unused() {
        let expected = "warn: Clarification(\"gone\") crate-not-in-graph";
        check(
            RULE,
            "policy\n clarify gone MIT LICENSE\npackage ghost 1.0.0\n license MIT",
            &[expected],
        );
    }
}
