//! # allowance-unused
//!
//! An allowed license occurs nowhere in the graph.
//!
//! ## What it checks
//!
//! Each entry of `allow` that covered no term of any package.
//!
//! ## Why it matters
//!
//! Rarely at all: a policy that serves many projects allows more than one of them needs. Ask for it when tidying up.
//!
//! ## Example
//!
//! ```toml
//! [licenses]
//! allow = ["MIT", "Zlib"]        # and nothing here is under Zlib
//! ```
//!
//! ## How to resolve
//!
//! Remove it, or leave it. The level is `allowance-unused` in `[lints]`.

use std::collections::BTreeMap;

use crate::finding::{Finding, PolicyEntry, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::package::Role;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    // A role's section repeats what it takes over from the base, so each entry is looked at once, by its words.
    let mut unused = BTreeMap::new();
    for role in Role::ALL {
        for allowance in &ledger.policy.section(role).licenses.allow {
            let words = allowance.pattern.to_string();
            if !ledger.used.allowances.contains(&words) {
                unused.entry(words).or_insert(allowance);
            }
        }
    }
    if ledger.is_part {
        return Vec::new();
    }
    let findings = unused.into_iter().map(|(words, allowance)| {
        let subject = Subject::Policy(PolicyEntry::Allowance(words));
        let level = ledger.policy.lints.of(Rule::AllowanceUnused);
        let mut finding = Finding::new(Rule::AllowanceUnused, level, subject, Problem::AllowanceUnused);
        finding.help = Some(Help::RemoveOrKeep);
        finding.decided_by.clone_from(&allowance.at);
        finding
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::AllowanceUnused;

    #[test]
    fn speaks_only_where_asked() {
        let scene = "policy\n allow MIT Zlib\npackage a 1.0.0\n license MIT";
        check(RULE, scene, &["allow: Allowance(\"Zlib\") allowance-unused"]);
        let scene = "policy\n allowance-unused warn\n allow MIT Zlib\npackage a 1.0.0\n license MIT";
        check(RULE, scene, &["warn: Allowance(\"Zlib\") allowance-unused"]);
    }

    #[test]
    fn a_branch_that_was_not_elected_counts_as_well() {
        check(
            RULE,
            "policy\n allow MIT Zlib\npackage a 1.0.0\n license MIT OR Zlib",
            &[],
        );
    }
}
