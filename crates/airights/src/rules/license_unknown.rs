//! # license-unknown
//!
//! Nobody can tell under which license a package stands.
//!
//! ## What it checks
//!
//! The manifest declares nothing and no text in the package is a known license, or what it declares is not an SPDX expression,
//! not even as crates.io reads them, or it has a license file of its own that cannot be read as text: whatever the manifest
//! declares, that file may say something else. Nothing is guessed.
//!
//! ## Why it matters
//!
//! Without a license there is no permission. A tool that let the unknown pass would approve what has not been read.
//!
//! ## Example
//!
//! ```toml
//! [package]
//! name = "intel-mkl-src"
//! license-file = "License.txt"
//! ```
//!
//! The text is a vendor's own. No SPDX id names it, so a person has to read it.
//!
//! ## How to resolve
//!
//! Read the text, and say what it is in a `[[clarify]]` entry that is bound to the text's SHA-256. Where a crate has no license
//! file, the entry gives a `reason`, and the `checksum` or `commit` that `Cargo.lock` has for the crate.
//! `cargo airights clarify CRATE --expression …` writes it. Crates of your own workspace are left alone. The level is
//! `licenses.unknown`.

use super::entry::clarification;
use crate::case::Case;
use crate::facts::{Declared, Evidence, EvidenceKind, Excerpt, FileProblem, ProblemKind};
use crate::finding::Finding;
use crate::help::Help;
use crate::level::Level;
use crate::package::Role;
use crate::problem::{Problem, UnreadFile};
use crate::rule::Rule;
use crate::terms::own_licenses;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (level, problem) = if case.license.expression.is_some() {
        let Some(file) = case.unread_licenses().next().filter(|_| case.license.is_partly_unread) else {
            return Vec::new();
        };
        (case.unread_level(), Problem::UnreadLicense(file.into()))
    } else {
        (case.license_level(), why_nothing_is_known(case))
    };
    if level == Level::Allow {
        return Vec::new();
    }
    let mut finding = case.finding(Rule::LicenseUnknown, level, problem);
    let has_texts = case.unclarified_licenses().next().is_some() || case.unread_licenses().next().is_some();
    finding.help = Some(if case.package.roles.contains(Role::Member) {
        Help::DeclareOwn
    } else if has_texts {
        Help::Clarify
    } else {
        Help::AskAuthorAndClarify
    });
    finding.entry = Some(clarification(case));
    finding.evidence = evidence(case);
    vec![finding]
}

fn why_nothing_is_known(case: &Case<'_>) -> Problem {
    match (&case.facts.declared, &case.facts.license_file) {
        (Declared::Unreadable { raw, reason, .. }, _) => {
            let (raw, reason) = (shortened(raw), reason.clone());
            Problem::NotAnExpression { raw, reason }
        }
        (_, Some(file)) => about_named_file(case, file),
        (_, None) => match case.unread_licenses().next() {
            Some(file) => Problem::NothingButUnread(file.into()),
            None if own_licenses(case.facts).next().is_none() => Problem::NoLicense,
            None => Problem::UnknownText,
        },
    }
}

/// What became of the file that `license-file` names.
fn about_named_file(case: &Case<'_>, file: &str) -> Problem {
    let named = file.trim_start_matches("./");
    let problem = case.facts.problems.iter().find(|problem| problem.path == named);
    match problem.map(|problem| &problem.kind) {
        Some(ProblemKind::Missing) => Problem::NamedFileMissing(file.to_owned()),
        Some(kind) => Problem::NamedFileUnread(UnreadFile {
            path: file.to_owned(),
            kind: kind.clone(),
        }),
        None if case.facts.texts.is_empty() => Problem::NamedFileNotRead(file.to_owned()),
        None => Problem::NamedFileUnknown(file.to_owned()),
    }
}

fn evidence(case: &Case<'_>) -> Vec<Evidence> {
    let unread = case
        .facts
        .problems
        .iter()
        .filter(|problem: &&FileProblem| problem.is_license);
    let unread = unread.map(|problem| Evidence {
        kind: EvidenceKind::File,
        excerpt: Excerpt::whole_file(&problem.path),
    });
    // What else the package says is not at issue where only one file could not be read.
    if case.license.expression.is_some() {
        return unread.collect();
    }
    let mut evidence: Vec<Evidence> = case.named_at().into_iter().collect();
    for text in case.unclarified_licenses() {
        let excerpt = text
            .residue
            .first()
            .map_or_else(|| Excerpt::whole_file(&text.path), |residue| residue.excerpt.clone());
        evidence.push(Evidence {
            kind: EvidenceKind::LicenseText,
            excerpt,
        });
    }
    evidence.extend(unread);
    evidence
}

/// A declaration may be ten thousand terms long; a message may not.
fn shortened(raw: &str) -> String {
    match raw.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &raw[..cut]),
        None => raw.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::LicenseUnknown;

    #[test]
    fn speaks_where_nothing_is_known() {
        check(RULE, "package ghost 1.0.0", &["deny: `ghost 1.0.0` no-license"]);
        let unknown_text = "package ghost 1.0.0\n license-file License.txt\n text License.txt -";
        check(
            RULE,
            unknown_text,
            &["deny: `ghost 1.0.0` named-file-unknown `License.txt`"],
        );
        let unreadable = "package ghost 1.0.0\n license nobody-knows\n text LICENSE MIT";
        check(
            RULE,
            unreadable,
            &["deny: `ghost 1.0.0` not-an-expression `nobody-knows`"],
        );
    }

    #[test]
    fn is_silent_where_a_text_says_it() {
        check(RULE, "package ghost 1.0.0\n text LICENSE MIT", &[]);
        check(RULE, "package ghost 1.0.0\n license MIT", &[]);
    }

    #[test]
    fn a_file_that_nobody_can_read_may_say_anything() {
        let scene = "package ghost 1.0.0\n license MIT\n text LICENSE-MIT MIT\n unreadable LICENSE";
        let expected = "deny: `ghost 1.0.0` unread-license `LICENSE` `is not text`";
        check(RULE, scene, &[expected]);
        check(Rule::LicenseResidue, scene, &[]);
        check(RULE, "package ghost 1.0.0\n license MIT\n unreadable AGENTS.md", &[]);
        let clarified = "policy\n clarify ghost MIT LICENSE\n".to_owned() + scene;
        check(RULE, &clarified, &[]);
    }

    #[test]
    fn what_became_of_the_named_file_is_said() {
        let scene = "package ghost 1.0.0\n license-file TERMS\n unreadable TERMS";
        let expected = "deny: `ghost 1.0.0` named-file-unread `TERMS` `is not text`";
        check(RULE, scene, &[expected]);
        let scene = "package ghost 1.0.0\n license-file ../TERMS";
        let expected = "deny: `ghost 1.0.0` named-file-not-read `../TERMS`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn a_member_may_keep_its_license_to_itself() {
        check(RULE, "package app 1.0.0 member", &[]);
    }

    #[test]
    fn whose_own_package_it_is_has_nobody_to_ask() {
        let help_of = |about: &str| {
            let scene = format!("policy\n members\npackage ghost 1.0.0 {about}");
            let findings = crate::scene::play(&scene).1.findings.into_iter();
            findings
                .filter(|finding| finding.rule == RULE)
                .find_map(|finding| finding.help)
        };
        assert_eq!(help_of("member"), Some(Help::DeclareOwn));
        assert_eq!(help_of(""), Some(Help::AskAuthorAndClarify));
    }

    #[test]
    fn a_clarification_settles_it_while_the_text_is_the_same() {
        let scene = |file: &str| {
            format!(
                "
            policy
              allow LicenseRef-Intel-ISSL
              clarify ghost LicenseRef-Intel-ISSL {file}
            package ghost 1.0.0
              text License.txt -
        "
            )
        };
        check(RULE, &scene("License.txt"), &[]);
        let expected = "deny: `ghost 1.0.0` unknown-text";
        check(RULE, &scene("License.txt=changed"), &[expected]);
    }
}
