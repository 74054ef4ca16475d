//! # bundled-license
//!
//! Code vendored inside a package stands under a license the policy does not allow.
//!
//! ## What it checks
//!
//! The license files deeper in a package's tree: those of C libraries in `-sys` crates, and of fonts. Their
//! licenses are judged like the package's own, but are never taken for it. A modified text is not allowed, whatever its
//! base license is, and neither is one that forbids an AI use or ties it to conditions. What the package's own license
//! names is judged there; and where the vendored code leaves a choice, in a file beside the text, one allowed branch is
//! enough. Code among tests, examples, demos, command line programs or build scripts does not become part of a build: its
//! license is shown with `-v`, and its AI terms count like all others.
//!
//! ## Why it matters
//!
//! The `license` key of a crate speaks for its Rust code, often not for what was copied into it.
//!
//! ## Example
//!
//! ```text
//! vendor/zstd/COPYING        # GPL-2.0-only
//! vendor/zstd/LICENSE        # BSD-3-Clause
//! ```
//!
//! ## How to resolve
//!
//! Find out whether the code is compiled into what you ship and whether its license gives a choice. Then allow it, for all
//! that is bundled with `licenses.allow-bundled`, or grant the crate an exception (`cargo airights allow CRATE --reason …`
//! writes it). The level is `licenses.bundled`.

use std::collections::BTreeSet;

use airights_text::UseValue;

use spdx::LicenseReq;

use super::entry::{allow_of_others, exception};
use super::evidence::{in_text, lines_of};
use crate::case::{Case, TermOutcome};
use crate::facts::{
    Evidence, Excerpt, FoundLicense, LicenseText, Modification, Residue, Statement, TextKind, TextPlace,
};
use crate::finding::Finding;
use crate::help::Help;
use crate::level::Level;
use crate::policy::is_unclassified;
use crate::problem::{OtherTerms, Problem};
use crate::rule::Rule;
use crate::terms::{LicenseExpression, named_in, same_license_terms};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (mut built, mut beside) = (NotAllowed::default(), NotAllowed::default());
    for text in bundled(case) {
        let terms = match text.kind {
            TextKind::License => terms_not_allowed(case, text),
            // Notices are full of words around the licenses that they name.
            TextKind::Copyright | TextKind::Notice | TextKind::Header => license_not_allowed(case, text),
        };
        let Some(terms) = terms else {
            continue;
        };
        // AI terms hold for all that the package contains, whatever is built of it.
        let is_beside = is_beside_the_library(&text.path) && restriction(case, text).is_none();
        let not_allowed = if is_beside { &mut beside } else { &mut built };
        if not_allowed.terms.insert(terms) {
            not_allowed.evidence.push(place_of(case, text));
        }
    }
    let level = case.section.levels.of(Rule::BundledLicense);
    let findings = [built.finding(case, level), beside.finding(case, Level::Allow)];
    findings.into_iter().flatten().collect()
}

/// How each term of the code that a package bundles was judged, where it is not allowed as such.
pub(crate) fn outcomes<'c>(case: &'c Case<'_>) -> impl Iterator<Item = TermOutcome<'c>> {
    let named = bundled(case).filter_map(named_in);
    named.flat_map(|expression| {
        let terms = expression.terms().filter(|term| !case.is_allowed_of_others(term));
        terms.map(|term| case.judged(term)).collect::<Vec<_>>()
    })
}

/// Terms that are not allowed, and where they are.
#[derive(Default)]
struct NotAllowed {
    terms: BTreeSet<OtherTerms>,
    evidence: Vec<Evidence>,
}

impl NotAllowed {
    fn finding(self, case: &Case<'_>, level: Level) -> Option<Finding> {
        if self.terms.is_empty() {
            return None;
        }
        let terms = named(&self.terms).unwrap_or_default();
        let entry = (!terms.is_empty()).then(|| {
            let licenses: BTreeSet<String> = terms.iter().map(ToString::to_string).collect();
            exception(case, licenses.into_iter().collect(), Vec::new())
        });
        let allow = entry.as_ref().and_then(|_| allow_of_others(case, &terms));
        let problem = Problem::BundledNotAllowed { terms: self.terms };
        let mut finding = case.finding(Rule::BundledLicense, level, problem);
        finding.help = Some(Help::FindOutWhatIsShipped {
            by: case.package.build_script.clone(),
        });
        finding.entry = entry;
        finding.allow = allow;
        finding.evidence = self.evidence;
        Some(finding)
    }
}

/// Whether a path leads through a directory of tests, examples, demos, command line programs or build scripts, or a file's
/// name says that it is of these. Directories of documentation are none of them: many libraries keep their license there.
fn is_beside_the_library(path: &str) -> bool {
    const NAMES: &[&str] = &[
        "programs",
        "perl",
        "cmake",
        "m4",
        "build-aux",
        "test",
        "tests",
        "testing",
        "testsuite",
        "testdata",
        "test-data",
        "test_data",
        "fixtures",
        "benches",
        "example",
        "examples",
        "demo",
        "demos",
        "samples",
    ];
    let is_one = |name: &str| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known));
    let is_of_tools = |name: &str| name.to_ascii_lowercase().contains("buildtools");
    path.rsplit_once('/')
        .is_some_and(|(directory, name)| directory.split('/').any(is_one) || is_of_tools(name))
}

/// The licenses that the package would have to be allowed to bundle this; `None` where a policy cannot name them.
fn named(terms: &BTreeSet<OtherTerms>) -> Option<Vec<LicenseReq>> {
    let mut licenses = Vec::new();
    for terms in terms {
        let OtherTerms::License(expression) = terms else {
            return None;
        };
        let expression = LicenseExpression::parse(expression).ok()?;
        licenses.extend(expression.terms().cloned());
    }
    (!licenses.iter().any(is_unclassified)).then_some(licenses)
}

/// The license files and notices deeper in the package's tree. Of notices in its root `license-mismatch` speaks.
fn bundled<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a LicenseText> + use<'a> {
    // A tag or a notice at the head of a vendored file is no text; what it names is in the license file beside it.
    let is_deeper = |text: &LicenseText| match text.kind {
        TextKind::License => true,
        TextKind::Copyright | TextKind::Notice => text.path.contains('/'),
        TextKind::Header => false,
    };
    let is_bundled = move |text: &&LicenseText| text.place == TextPlace::Bundled && is_deeper(text);
    case.facts.texts.iter().filter(is_bundled)
}

/// What the text of vendored code asks for beyond what is allowed; `None` where it asks for nothing more.
fn terms_not_allowed(case: &Case<'_>, text: &LicenseText) -> Option<OtherTerms> {
    let license = license_not_allowed(case, text);
    if license.is_some() {
        return license;
    }
    // As everywhere, a modified text is not its base license, unless what was added only permits.
    let is_modified = |license: &&FoundLicense| match license.modification {
        Modification::None => false,
        Modification::Clauses => restriction(case, text).is_some(),
        Modification::Unclassified => true,
    };
    if let Some(license) = text.licenses.iter().find(is_modified) {
        // Words that stand beside a license, and change none of its own.
        let is_beside = license.modification == Modification::Unclassified && license.changes.is_empty();
        return Some(if is_beside && unread(text).is_some() {
            OtherTerms::Unclassified
        } else {
            OtherTerms::Modified(license.id.clone())
        });
    }
    restriction(case, text).map(|_| OtherTerms::AiTerms)
}

/// The licenses of a text that are not allowed.
fn license_not_allowed(case: &Case<'_>, text: &LicenseText) -> Option<OtherTerms> {
    // Of a choice that lets the user do without it a license is no news.
    let is_open =
        |term: &LicenseReq| case.allows_of_others(term) || is_named(case, term) || is_choice_beside(case, text, term);
    let rest = named_in(text)?.without(is_open)?;
    Some(OtherTerms::License(rest.to_string()))
}

/// Whether the license of the package names a term itself: it is judged there, with the choice that it leaves.
fn is_named(case: &Case<'_>, term: &LicenseReq) -> bool {
    case.terms.iter().any(|outcome| same_license_terms(&outcome.term, term))
}

/// Whether a text beside this one, or the head of a source file below, offers its license as a choice that an allowed license satisfies as well.
fn is_choice_beside(case: &Case<'_>, text: &LicenseText, term: &LicenseReq) -> bool {
    let around = directory(&text.path);
    let is_below = |other: &&LicenseText| other.kind == TextKind::Header && other.path.starts_with(around);
    let headers = case.facts.texts.iter().filter(is_below);
    let beside = bundled(case)
        .filter(|other| directory(&other.path) == around)
        .chain(headers);
    beside.filter_map(named_in).any(|named| {
        let offers = named.terms().any(|offered| same_license_terms(offered, term));
        named.has_choice() && offers && is_allowed(case, &named)
    })
}

/// The directory whose files a text speaks for: that of a `LICENSES` is the one around it.
fn directory(path: &str) -> &str {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    match directory.rsplit_once('/') {
        Some((around, "LICENSES")) => around,
        _ => directory,
    }
}

/// The first words of force in a text that nobody has classified.
fn unread(text: &LicenseText) -> Option<&Residue> {
    text.residue.iter().find(|residue| residue.operative)
}

/// What the text refuses or ties to conditions of the uses the policy does not ignore, if anything.
fn restriction<'a>(case: &Case<'_>, text: &'a LicenseText) -> Option<&'a Statement> {
    let matters = |statement: &&Statement| case.section.ai.uses[statement.ai_use].of(statement.value) > Level::Allow;
    text.statements
        .iter()
        .filter(|statement| statement.value > UseValue::Unknown)
        .find(matters)
}

/// The words that restrict or were changed, where there are such; else the lines of the license.
fn place_of(case: &Case<'_>, text: &LicenseText) -> Evidence {
    if let Some(statement) = restriction(case, text) {
        return statement.evidence.clone();
    }
    let is_about_words = license_not_allowed(case, text).is_none();
    let changed = || text.licenses.iter().find_map(|license| license.changes.first());
    let unread = || unread(text).map(|residue| &residue.excerpt);
    let words = is_about_words.then(|| changed().or_else(unread)).flatten();
    let license = text.licenses.first();
    let excerpt = match (words, license) {
        (Some(words), _) => words.clone(),
        (None, Some(license)) => lines_of(text, license),
        (None, None) => Excerpt::whole_file(&text.path),
    };
    in_text(text, excerpt)
}

/// Whether some choice within the expression is allowed, the package's exceptions included.
fn is_allowed(case: &Case<'_>, expression: &LicenseExpression) -> bool {
    expression.without(|term| case.allows_of_others(term)).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::check;

    const RULE: Rule = Rule::BundledLicense;

    #[test]
    fn speaks_of_vendored_code_under_other_terms() {
        let scene = "package zstd-sys 2.0.0\n license MIT\n text LICENSE MIT\n text vendor/zstd/COPYING GPL-2.0-only";
        check(
            RULE,
            scene,
            &["warn: `zstd-sys 2.0.0` bundled-not-allowed `GPL-2.0-only`"],
        );
        check(Rule::LicenseNotAllowed, scene, &[]);
        let scene = "package zstd-sys 2.0.0\n license MIT\n text vendor/zstd/COPYRIGHT AGPL-3.0-only";
        let expected = "warn: `zstd-sys 2.0.0` bundled-not-allowed `AGPL-3.0-only`";
        check(RULE, scene, &[expected]);
    }

    /// A rider on vendored code is a rider.
    #[test]
    fn speaks_of_vendored_texts_that_were_modified() {
        let scene = "
            package zstd-sys 2.0.0
              license MIT
              text LICENSE MIT
              text vendor/LICENSE MIT clauses
              says vendor/LICENSE train-ai disallowed of MIT
        ";
        let expected = "warn: `zstd-sys 2.0.0` bundled-not-allowed `MIT (modified)`";
        check(RULE, scene, &[expected]);
        let scene = "
            package zstd-sys 2.0.0
              license MIT
              text vendor/LICENSE -
              says vendor/LICENSE train-ai disallowed
        ";
        let expected = "warn: `zstd-sys 2.0.0` bundled-not-allowed `AI terms`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn words_beside_a_license_are_no_change_of_it() {
        let scene = "
            package zstd-sys 2.0.0
              license MIT
              text vendor/LICENSE BSD-3-Clause unclassified
              residue vendor/LICENSE operative
        ";
        let expected = "warn: `zstd-sys 2.0.0` bundled-not-allowed `unclassified terms`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn is_silent_where_those_terms_are_allowed_too() {
        check(
            RULE,
            "package zstd-sys 2.0.0\n license MIT\n text vendor/zstd/LICENSE BSD-3-Clause",
            &[],
        );
        let exception = "
            policy
              exception zstd-sys license:GPL-2.0-only
            package zstd-sys 2.0.0
              license MIT
              text vendor/zstd/COPYING GPL-2.0-only
        ";
        check(RULE, exception, &[]);
    }

    #[test]
    fn is_silent_where_there_is_a_choice() {
        for facts in [
            "license GPL-2.0-only OR BSD-3-Clause\n text vendor/LICENSES/GPL-2.0-only.txt GPL-2.0-only",
            "license MIT\n text vendor/c/COPYING GPL-2.0-only\n names vendor/c/LICENSE BSD-3-Clause OR GPL-2.0-only",
            "license MIT\n text vendor/c/LICENSES/G.txt GPL-2.0-only\n names vendor/c/LICENSE MIT OR GPL-2.0-only",
        ] {
            check(RULE, &format!("package zlike 1.0.0\n {facts}"), &[]);
        }
        let expected = "warn: `zlike 1.0.0` bundled-not-allowed `GPL-2.0-only`";
        for facts in [
            "license MIT\n text vendor/c/COPYING GPL-2.0-only\n names vendor/d/LICENSE MIT OR GPL-2.0-only",
            "license MIT\n text vendor/c/COPYING GPL-2.0-only\n text vendor/c/LICENSE MIT",
        ] {
            check(RULE, &format!("package zlike 1.0.0\n {facts}"), &[expected]);
        }
    }

    #[test]
    fn what_only_tests_and_examples_hold_is_no_warning() {
        let expected = "allow: `zlike 1.0.0` bundled-not-allowed `GPL-2.0-only`";
        for directory in [
            "vendor/c/examples",
            "vendor/c/Demos/data",
            "vendor/test_data",
            "vendor/c/programs",
        ] {
            let scene = format!("package zlike 1.0.0\n license MIT\n text {directory}/COPYING GPL-2.0-only");
            check(RULE, &scene, &[expected]);
        }
        // Documentation is where the license of the whole often is.
        let scene = "package zlike 1.0.0\n license MIT\n text vendor/c/docs/COPYING GPL-2.0-only";
        check(RULE, scene, &["warn: `zlike 1.0.0` bundled-not-allowed `GPL-2.0-only`"]);
        let both = "
            package zlike 1.0.0
              license MIT
              text vendor/c/COPYING GPL-3.0-only
              text vendor/c/tests/COPYING GPL-2.0-only
        ";
        let expected_of_both = ["warn: `zlike 1.0.0` bundled-not-allowed `GPL-3.0-only`", expected];
        check(RULE, both, &expected_of_both);
        let ai_terms = "
            package zlike 1.0.0
              license MIT
              text vendor/tests/LICENSE MIT clauses
              says vendor/tests/LICENSE train-ai disallowed of MIT
        ";
        check(
            RULE,
            ai_terms,
            &["warn: `zlike 1.0.0` bundled-not-allowed `MIT (modified)`"],
        );
    }

    #[test]
    fn a_bundled_text_without_any_known_license_says_nothing() {
        check(
            RULE,
            "package zstd-sys 2.0.0\n license MIT\n text vendor/LICENSE -",
            &[],
        );
    }
}
