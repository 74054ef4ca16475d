//! # clarification-stale
//!
//! A clarification no longer fits the texts it was made for.
//!
//! ## What it checks
//!
//! Each `[[clarify]]` entry names files with their SHA-256, or, of a crate that has no license file, the checksum or commit of
//! the crate as a whole. When a file has changed or is gone, or the crate is another one, or nothing holds the entry to it,
//! the entry is not used, and this is said.
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
//! Read the text again, then bring the hash up to date (`cargo airights clarify CRATE --expression …` does); or remove the
//! entry, if the crate is gone. The levels are
//! `clarification-stale` and, for an entry that means no crate of the graph, `exception-unused` in `[lints]`.

use crate::entry::Entry;
use crate::facts::{BoundFile, PackageFacts};
use crate::finding::{Finding, PolicyEntry, Subject};
use crate::help::Help;
use crate::ledger::Ledger;
use crate::package::Package;
use crate::policy::{Binding, Clarification, Misfit};
use crate::problem::{EntryFile, Problem};
use crate::rule::Rule;
use crate::terms::own_licenses;

pub(super) fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for clarification in &ledger.policy.clarifications {
        let mut is_used = false;
        for (package, facts) in ledger.packages_of(&clarification.krate) {
            is_used = true;
            // Cargo-deny passes over those that no longer fit, and where the crate passes nothing is to be done.
            if clarification.is_of_cargo_deny() && ledger.is_settled(package) {
                continue;
            }
            let misfit = clarification.misfit(package, facts);
            findings.extend(misfit.map(|misfit| stale(ledger, clarification, package, facts, misfit)));
        }
        if !is_used && !ledger.is_part && !clarification.is_of_cargo_deny() {
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
    misfit: Misfit<'_>,
) -> Finding {
    let (problem, help) = match misfit {
        Misfit::File(path) => {
            let place = EntryFile {
                package: package.to_string(),
                path: path.to_owned(),
            };
            match facts.sha256_of(path) {
                Some(now) => (
                    Problem::ClarifiedTextChanged(place),
                    Help::ReadAgain {
                        sha256: now.to_string(),
                    },
                ),
                None => (Problem::ClarifiedTextGone(place), Help::LookForText),
            }
        }
        Misfit::Package => (
            Problem::ClarifiedPackageChanged(package.to_string()),
            Help::BindClarification,
        ),
        Misfit::Unbound => (
            Problem::ClarificationUnbound(package.to_string()),
            Help::BindClarification,
        ),
    };
    let mut finding = about(clarification, ledger.policy.lints.of(Rule::ClarificationStale), problem);
    finding.help = Some(help);
    // Another text needs another reading.
    let license = match misfit {
        Misfit::File(_) => None,
        Misfit::Package | Misfit::Unbound => Some(clarification.license.to_string()),
    };
    finding.entry = Some(bound(clarification, license, package, facts));
    finding
}

/// The same entry, bound to the package as it is now.
fn bound(clarification: &Clarification, license: Option<String>, package: &Package, facts: &PackageFacts) -> Entry {
    let files: Vec<BoundFile> = own_licenses(facts)
        .map(|text| BoundFile {
            path: text.path.clone(),
            sha256: text.sha256.clone(),
        })
        .collect();
    Entry::Clarification {
        krate: clarification.krate.to_string(),
        license,
        bound_to: Binding::of(package).filter(|_| files.is_empty()),
        files,
    }
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
    fn without_a_text_the_package_itself_is_what_it_is_bound_to() {
        let scene =
            |bound: &str, package: &str| format!("policy\n clarify ghost MIT {bound}\npackage ghost 1.0.0 {package}");
        for (bound, package, expected) in [
            ("checksum=ab", "checksum=ab", None),
            ("checksum=ab", "checksum=cd", Some("clarified-package-changed")),
            ("-", "checksum=ab", Some("clarification-unbound")),
            ("commit=12", "source=git+https://git.example/ghost#12", None),
            (
                "commit=12",
                "source=git+https://git.example/ghost#34",
                Some("clarified-package-changed"),
            ),
            (
                "-",
                "source=git+https://git.example/ghost#12",
                Some("clarification-unbound"),
            ),
            ("-", "path", None),
            ("-", "path\n text LICENSE -", Some("clarification-unbound")),
        ] {
            let expected = expected.map(|problem| format!("deny: Clarification(\"ghost\") {problem} `ghost 1.0.0`"));
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            check(RULE, &scene(bound, package), &expected);
            let settles = expected.is_empty();
            let unknown = crate::scene::play(&scene(bound, package)).1.counts().denied > 0;
            assert_eq!(settles, !unknown, "{bound} {package}");
        }
    }

    #[test]
    fn one_of_cargo_denys_is_bound_as_it_binds_it() {
        for (to, expected) in [
            ("xxh32=LICENSE:7", None),
            (
                "xxh32=LICENSE:8",
                Some("clarified-text-changed `ghost 1.0.0` `LICENSE`"),
            ),
            (
                "xxh32=COPYRIGHT:9",
                Some("clarified-text-gone `ghost 1.0.0` `COPYRIGHT`"),
            ),
            ("name", None),
        ] {
            let scene = format!("policy\n clarify ghost MIT {to}\npackage ghost 1.0.0 checksum=ab\n text LICENSE -");
            let expected = expected.map(|problem| format!("deny: Clarification(\"ghost\") {problem}"));
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            check(RULE, &scene, &expected);
            let settles = crate::scene::play(&scene).1.counts().denied == 0;
            assert_eq!(settles, expected.is_empty(), "{to}");
        }
        // It passes over what does not fit, and so do we where that makes no difference.
        let scene = "policy\n clarify ghost MIT xxh32=LICENSE:8\npackage ghost 1.0.0 checksum=ab\n license MIT\n text LICENSE -";
        check(RULE, scene, &[]);
        check(
            RULE,
            "policy\n clarify gone MIT xxh32=LICENSE:8\npackage ghost 1.0.0\n license MIT",
            &[],
        );
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
