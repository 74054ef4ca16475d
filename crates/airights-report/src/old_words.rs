//! The words that older files were written in. They are compared with, never shown, and change no more.

use std::collections::BTreeSet;

use airights::problem::{OtherTerms, Problem};

use crate::sentence::{Number, in_terms, subject_of, words};

/// What is the matter, in the words that baselines of version 1 and reports without keys have. They were written once and
/// stay: what is worded anew in [`words`] keeps its old wording here.
pub fn words_without_keys(problem: &Problem) -> String {
    let in_old_words = |terms: &BTreeSet<OtherTerms>| {
        let terms = terms.iter().map(|terms| OtherTerms::License(terms.to_string()));
        terms.collect()
    };
    let mut problem = problem.clone();
    match &mut problem {
        Problem::FilesDisagree { also, .. } | Problem::NoticesDisagree { also, .. } => *also = in_old_words(also),
        _ => {}
    }
    match &problem {
        Problem::LicenseNotAllowed { expression, .. } => {
            format!("is licensed `{expression}`, which this policy does not allow")
        }
        Problem::NotAnExpression { raw, reason } => format!("declares `{raw}`, which is no SPDX expression: {reason}"),
        Problem::UnknownText => "declares no licence, and its licence text is none we know".to_owned(),
        Problem::NoLicense => "has neither a licence nor a licence text".to_owned(),
        Problem::NamedFileUnknown(file) => format!("names `{file}` as its licence, and that is no licence we know"),
        Problem::UnclassifiedNotice => "has terms in its notices that nobody has classified".to_owned(),
        Problem::UnclassifiedText => "has words in its licence text that nobody has classified".to_owned(),
        Problem::UnopenedArchives { first, others: 0 } => {
            format!("holds the archive `{first}`, which was not looked into")
        }
        Problem::UnopenedArchives { first, others } => {
            format!("holds the archive `{first}` and {others} more, which were not looked into")
        }
        Problem::TextMissing => "declares a licence but does not carry its text".to_owned(),
        Problem::BundledNotAllowed { terms } => {
            format!(
                "contains code under {}, which this policy does not allow",
                in_terms(terms)
            )
        }
        Problem::UseNotMentioned(ai_use) => format!("says nothing of {}", subject_of(*ai_use, Number::One)),
        Problem::StatementsDisagree { ai_use, narrow, wide } => {
            let what = subject_of(*ai_use, Number::One);
            format!("says different things of {what}: `{narrow}` and `{wide}`")
        }
        problem => words(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_files_were_written_in_stay() {
        let terms = |terms: OtherTerms| BTreeSet::from([terms]);
        let modified = Problem::FilesDisagree {
            declared: "ISC".to_owned(),
            also: terms(OtherTerms::Modified("MIT".to_owned())),
            modified: BTreeSet::new(),
        };
        let not_allowed = Problem::LicenseNotAllowed {
            expression: "MIT AND NCSA".to_owned(),
            at_fault: BTreeSet::from(["NCSA".to_owned()]),
        };
        for (problem, expected) in [
            (
                modified,
                "declares `ISC`, but its license files also contain `MIT (modified)`, which `license` does not name",
            ),
            (
                not_allowed,
                "is licensed `MIT AND NCSA`, which this policy does not allow",
            ),
            (
                Problem::MiningReserved,
                "reserves text and data mining (EU 2019/790 Art. 4(3))",
            ),
        ] {
            assert_eq!(words_without_keys(&problem), expected);
        }
    }
}
