//! Findings as sentences: who, and what is the matter, for one package or for many. All words of the rules are here.

use std::collections::BTreeSet;

use airights::finding::PolicyEntry;
use airights::problem::{KnownLicense, NamedFile, OtherTerms, Problem};
use airights::{AiUse, DependencyGraph, Finding, Subject};

/// "`ishell 0.2.3` forbids …": the subject, then its problem.
pub fn message(graph: &DependencyGraph, finding: &Finding) -> String {
    let problem = words(&finding.problem);
    match &finding.subject {
        Subject::Package(place) => format!("`{}` {problem}", graph.package(*place)),
        Subject::Policy(entry) => format!("{} {problem}", entry_name(entry)),
        Subject::Publication => format!("the package {problem}"),
    }
}

/// "the exception for `ring@0.17`"
pub fn entry_name(entry: &PolicyEntry) -> String {
    match entry {
        PolicyEntry::Allowance(pattern) => format!("the allowance `{pattern}`"),
        PolicyEntry::Clarification(krate) => format!("the clarification of `{krate}`"),
        PolicyEntry::Exception(krate) => format!("the exception for `{krate}`"),
    }
}

/// "40 packages are licensed …": the same problem, said of many.
pub fn message_for_many(count: usize, problem: &Problem) -> String {
    format!("{count} packages {}", one_line(say(problem, Number::Many)))
}

/// What is the matter, in words that follow the subject: "is licensed `GPL-3.0-only`, which …".
pub fn words(problem: &Problem) -> String {
    one_line(say(problem, Number::One))
}

/// What a crate says of itself begins no line of ours.
fn one_line(words: String) -> String {
    if words.contains('\n') {
        words.replace('\n', "\\u{a}")
    } else {
        words
    }
}

/// What is the matter, for somebody to whom the reader's policy means nothing.
pub fn words_without_policy(problem: &Problem) -> String {
    match problem {
        Problem::LicenseNotAllowed { expression, .. } => format!("is licensed `{expression}`"),
        Problem::BundledNotAllowed { terms } => format!("bundles third-party code under {}", in_terms(terms)),
        other => words(other),
    }
}

/// Of how many packages something is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Many,
}

impl Number {
    const fn of<'a>(self, one: &'a str, many: &'a str) -> &'a str {
        match self {
            Self::One => one,
            Self::Many => many,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "it is a table: a row for each problem")]
fn say(problem: &Problem, number: Number) -> String {
    let s = number.of("s", "");
    let is = number.of("is", "are");
    let has = number.of("has", "have");
    let its = number.of("its", "their");
    match problem {
        Problem::LicenseNotAllowed { expression, at_fault } => {
            format!("{is} licensed `{expression}`, {}", not_allowed(expression, at_fault))
        }
        Problem::NotAnExpression { raw, reason } => {
            format!("declare{s} `{raw}`, which is not an SPDX expression: {reason}")
        }
        Problem::UnknownText => format!("declare{s} no license, and {its} license text is not a known license"),
        Problem::NothingButUnread(file) => format!("declare{s} no license, and `{}` {}", file.path, file.kind),
        Problem::UnreadLicense(file) => {
            format!(
                "{has} a license file that cannot be read: `{}` {}",
                file.path, file.kind
            )
        }
        Problem::NoLicense => format!("{has} neither a license nor a license text"),
        Problem::NamedFileMissing(file) => format!("name{s} `{file}` as {its} license, which is not there"),
        Problem::NamedFileUnread(file) => format!("name{s} `{}` as {its} license, which {}", file.path, file.kind),
        Problem::NamedFileNotRead(file) => format!("name{s} `{file}` as {its} license, which was not read"),
        Problem::NamedFileUnknown(file) => {
            format!("name{s} `{file}` as {its} license, which is not a known license")
        }
        Problem::FilesDisagree {
            declared,
            also,
            modified,
        } => {
            let contents = contents(also, modified);
            format!("declare{s} `{declared}`, but {its} license files {contents}")
        }
        Problem::NoticesDisagree { known, files, also } => notices_disagree(known, files, also, number),
        Problem::UnreadFile => format!("{has} a file that may hold terms and cannot be read"),
        Problem::UnclassifiedNotice => format!("{has} license terms in {its} notices that we could not classify"),
        Problem::UnclassifiedText => {
            let files = number.of("license file", "license files");
            format!("{has} text in {its} {files} that we could not classify")
        }
        Problem::UnopenedArchives { first, others: 0 } => {
            format!("contain{s} the archive `{first}`, which was not searched")
        }
        Problem::UnopenedArchives { first, others } => {
            format!("contain{s} the archive `{first}` and {others} more, which were not searched")
        }
        Problem::TextMissing => {
            let does = number.of("does", "do");
            format!("declare{s} a license but {does} not include {its} text")
        }
        Problem::BundledNotAllowed { terms } => {
            format!(
                "bundle{s} third-party code under {}, which this policy does not allow",
                in_terms(terms)
            )
        }
        Problem::UseNotWanted(ai_use) => format!("ask{s} not to be used {}", doing(*ai_use)),
        Problem::UseAllowed(ai_use) => format!("may be used {}", doing(*ai_use)),
        Problem::UseConditional { ai_use, conditions } => {
            let conditions: Vec<&str> = conditions.iter().map(|condition| condition.as_str()).collect();
            let named = match conditions.as_slice() {
                [] => String::new(),
                conditions => format!(": {}", conditions.join(", ")),
            };
            format!("may be used {} only under conditions{named}", doing(*ai_use))
        }
        Problem::UseDisallowed(ai_use) => format!("may not be used {}", doing(*ai_use)),
        Problem::MiningReserved => format!("reserve{s} text and data mining (EU 2019/790 Art. 4(3))"),
        Problem::UseNotMentioned(ai_use) => format!("say{s} nothing about {}", subject_of(*ai_use, number)),
        Problem::StatementsDisagree { ai_use, narrow, wide } => {
            let what = subject_of(*ai_use, number);
            format!("say{s} different things about {what}: `{narrow}` and `{wide}`")
        }
        Problem::AllowanceUnused => format!("{} no package in the dependency graph", number.of("matches", "match")),
        Problem::ExceptionUnused => format!("{is} not needed"),
        Problem::ExceptionOfUnknown(package) => {
            format!("{has} no effect: the license of `{package}` is unknown, which only a `[[clarify]]` entry settles")
        }
        Problem::ExceptionOfClarified { package, license } => {
            format!("{has} no effect: a `[[clarify]]` entry says that `{package}` is licensed `{license}`")
        }
        Problem::ExceptionExpired(day) => format!("expired on {day}"),
        Problem::CrateNotInGraph => format!("name{s} a crate that is not in the dependency graph"),
        Problem::ClarifiedTextChanged(file) => {
            format!("no longer applies to `{}`: `{}` has changed", file.package, file.path)
        }
        Problem::ClarifiedTextGone(file) => {
            format!(
                "no longer applies to `{}`: it has no license text `{}`",
                file.package, file.path
            )
        }
        Problem::ClarifiedPackageChanged(package) => {
            format!("no longer applies to `{package}`: its checksum or commit is not the one that is recorded")
        }
        Problem::ClarificationUnbound(package) => {
            format!("does not apply to `{package}`: it is not bound to what it was made for")
        }
        Problem::ExceptedTextChanged(file) => format!(
            "no longer applies to `{}`: `{}` is not the text it was granted for",
            file.package, file.path
        ),
        Problem::NotEvaluated(reason) => format!("{} not evaluated: {reason}", number.of("was", "were")),
        Problem::NoLicenseKey => format!("{has} neither `license` nor `license-file`"),
        Problem::ExpressionRejected { raw, reason } => {
            format!("declare{s} `{raw}`, which crates.io does not take: {reason}")
        }
        Problem::ExpressionOutdated { raw, notes } => format!("declare{s} `{raw}`: {}", notes.join("; ")),
        Problem::ReferenceLeftOut(file) => format!("{}, which is excluded from the package", names(file, number)),
        Problem::ReferenceOutside(file) => format!("{}, which is outside the package", names(file, number)),
        Problem::ReferenceMissing(file) => format!("{}, which is not there", names(file, number)),
        Problem::NameWithoutText(name) => {
            format!("declare{s} `{name}`, and no file of the package holds its text")
        }
        Problem::TextNotPackaged { licenses } => {
            let text = if licenses.len() > 1 { "their texts" } else { "its text" };
            let licenses = quoted(licenses);
            format!("{is} published under {licenses} without {text}, which must be included")
        }
        Problem::ChoiceNotPackaged { licenses } => {
            let text = if licenses.len() > 1 { "their texts" } else { "its text" };
            let (licenses, does) = (quoted(licenses), number.of("does", "do"));
            format!("offer{s} {licenses} as a choice but {does} not include {text}")
        }
        Problem::CopyrightLineBlank => {
            format!("{has} a copyright line in {its} license text that names no copyright holder")
        }
        Problem::TextDisagrees { declared, texts } => {
            format!("declare{s} `{declared}`, but {its} license text is {}", in_terms(texts))
        }
        Problem::BundledNotNamed { declared, licenses } => {
            let carries = number.of("bundles", "bundle");
            format!(
                "declare{s} `{declared}` and {carries} third-party code under {}",
                quoted(licenses)
            )
        }
        Problem::DeclarationUnclear(reason) => {
            format!("{has} a declaration of AI uses that cannot be read: {reason}")
        }
        Problem::RestrictionNotNamed { ai_use, declared } => {
            let what = subject_of(*ai_use, number);
            format!("restrict{s} {what} in {its} license text, and declare{s} `{declared}`")
        }
        Problem::Recorded { words, .. } => words.clone(),
    }
}

/// What of an expression is not allowed. Of a choice no single branch is at fault.
fn not_allowed(expression: &str, at_fault: &BTreeSet<String>) -> String {
    let (choices, terms): (Vec<&String>, Vec<&String>) = at_fault.iter().partition(|part| is_choice(part));
    let choices = (!choices.is_empty()).then(|| format!("allows no branch of {}", quoted(choices)));
    let terms = (!terms.is_empty()).then(|| format!("does not allow {}", quoted(terms)));
    let parts: Vec<String> = terms.into_iter().chain(choices).collect();
    match parts.as_slice() {
        [] if is_choice(expression) => "and this policy allows no branch of it".to_owned(),
        [] => "which this policy does not allow".to_owned(),
        parts => format!("and this policy {}", parts.join(", and ")),
    }
}

fn is_choice(expression: &str) -> bool {
    expression.contains(" OR ")
}

fn contents(also: &BTreeSet<OtherTerms>, modified: &BTreeSet<String>) -> String {
    let also = (!also.is_empty()).then(|| format!("also contain {}, which `license` does not name", in_terms(also)));
    let modified = (!modified.is_empty()).then(|| format!("contain a modified {}", quoted(modified)));
    let contents: Vec<String> = also.into_iter().chain(modified).collect();
    contents.join(", and ")
}

fn notices_disagree(
    known: &KnownLicense,
    files: &BTreeSet<String>,
    also: &BTreeSet<OtherTerms>,
    number: Number,
) -> String {
    let its = number.of("its", "their");
    let (known, end) = match known {
        KnownLicense::Declared(raw) => {
            let declare = number.of("declares", "declare");
            (format!("{declare} `{raw}`"), ", which `license` does not name")
        }
        KnownLicense::InFiles(license) => {
            let is = number.of("is", "are");
            (format!("{is} licensed `{license}` by {its} license files"), "")
        }
    };
    let contain = if files.len() == 1 { "contains" } else { "contain" };
    let also = if also.is_empty() {
        "a license we cannot read".to_owned()
    } else {
        in_terms(also)
    };
    format!("{known}, but {its} {} also {contain} {also}{end}", quoted(files))
}

/// "names `AI.md` as its `terms`"
fn names(file: &NamedFile, number: Number) -> String {
    let (names, its) = (number.of("names", "name"), number.of("its", "their"));
    format!("{names} `{}` as {its} `{}`", file.path, file.key)
}

fn quoted<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    quoted.join(" and ")
}

pub(crate) fn in_terms(terms: &BTreeSet<OtherTerms>) -> String {
    let words: Vec<String> = terms
        .iter()
        .map(|terms| match terms {
            OtherTerms::License(expression) => format!("`{expression}`"),
            OtherTerms::Modified(id) => format!("a modified `{id}`"),
            OtherTerms::AiTerms => "terms on its use with AI".to_owned(),
            OtherTerms::Unclassified => "terms that we could not classify".to_owned(),
        })
        .collect();
    words.join(" and ")
}

/// The use as what somebody does with a crate: "may be used …".
const fn doing(ai_use: AiUse) -> &'static str {
    match ai_use {
        AiUse::TrainAi => "to train AI models",
        AiUse::AiInput => "as input of AI models",
        AiUse::UseRestrictions => "for any purpose",
        AiUse::TrainOnOutput => "for output that trains other models",
    }
}

/// The use as a thing that is spoken of.
pub(crate) const fn subject_of(ai_use: AiUse, number: Number) -> &'static str {
    match ai_use {
        AiUse::TrainAi => number.of("training AI models with it", "training AI models with them"),
        AiUse::AiInput => number.of("feeding it to AI models", "feeding them to AI models"),
        AiUse::UseRestrictions => number.of("what it may be used for", "what they may be used for"),
        AiUse::TrainOnOutput => number.of(
            "training other models with its output",
            "training other models with their output",
        ),
    }
}

#[cfg(test)]
mod tests {
    use airights::UseValue;

    use super::*;

    #[test]
    fn what_is_wrong_with_a_publication_follows_its_name() {
        let file = || NamedFile {
            key: "terms",
            path: "AI.md".to_owned(),
        };
        let (declared, licenses) = ("MIT".to_owned(), vec!["MIT".to_owned(), "ISC".to_owned()]);
        for (problem, expected) in [
            (
                Problem::ReferenceLeftOut(file()),
                "names `AI.md` as its `terms`, which is excluded from the package",
            ),
            (
                Problem::ReferenceOutside(file()),
                "names `AI.md` as its `terms`, which is outside the package",
            ),
            (
                Problem::ReferenceMissing(file()),
                "names `AI.md` as its `terms`, which is not there",
            ),
            (
                Problem::TextNotPackaged {
                    licenses: licenses.clone(),
                },
                "is published under `MIT` and `ISC` without their texts, which must be included",
            ),
            (
                Problem::ChoiceNotPackaged {
                    licenses: licenses[..1].to_vec(),
                },
                "offers `MIT` as a choice but does not include its text",
            ),
            (
                Problem::TextDisagrees {
                    declared: declared.clone(),
                    texts: [OtherTerms::Modified("MIT".to_owned())].into(),
                },
                "declares `MIT`, but its license text is a modified `MIT`",
            ),
            (
                Problem::BundledNotNamed {
                    declared: declared.clone(),
                    licenses: ["Zlib".to_owned()].into(),
                },
                "declares `MIT` and bundles third-party code under `Zlib`",
            ),
            (
                Problem::RestrictionNotNamed {
                    ai_use: AiUse::TrainAi,
                    declared,
                },
                "restricts training AI models with it in its license text, and declares `MIT`",
            ),
        ] {
            assert_eq!(words(&problem), expected);
        }
    }

    #[test]
    fn one_problem_reads_well_for_one_package_and_for_many() {
        let set = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<BTreeSet<_>>();
        let scenes = [
            (
                Problem::LicenseNotAllowed {
                    expression: "GPL-3.0-only".to_owned(),
                    at_fault: set(&[]),
                },
                "is licensed `GPL-3.0-only`, which this policy does not allow",
                "are licensed `GPL-3.0-only`, which this policy does not allow",
            ),
            (
                Problem::LicenseNotAllowed {
                    expression: "MIT AND NCSA".to_owned(),
                    at_fault: set(&["NCSA"]),
                },
                "is licensed `MIT AND NCSA`, and this policy does not allow `NCSA`",
                "are licensed `MIT AND NCSA`, and this policy does not allow `NCSA`",
            ),
            (
                Problem::LicenseNotAllowed {
                    expression: "GPL-2.0-only OR LGPL-2.1-only".to_owned(),
                    at_fault: set(&[]),
                },
                "is licensed `GPL-2.0-only OR LGPL-2.1-only`, and this policy allows no branch of it",
                "are licensed `GPL-2.0-only OR LGPL-2.1-only`, and this policy allows no branch of it",
            ),
            (
                Problem::LicenseNotAllowed {
                    expression: "MIT AND NCSA AND (BUSL-1.1 OR GPL-2.0-only)".to_owned(),
                    at_fault: set(&["NCSA", "BUSL-1.1 OR GPL-2.0-only"]),
                },
                "is licensed `MIT AND NCSA AND (BUSL-1.1 OR GPL-2.0-only)`, and this policy does not allow `NCSA`, and allows no \
                 branch of `BUSL-1.1 OR GPL-2.0-only`",
                "are licensed `MIT AND NCSA AND (BUSL-1.1 OR GPL-2.0-only)`, and this policy does not allow `NCSA`, and allows \
                 no branch of `BUSL-1.1 OR GPL-2.0-only`",
            ),
            (
                Problem::FilesDisagree {
                    declared: "MIT".to_owned(),
                    also: [
                        OtherTerms::License("GPL-2.0-only".to_owned()),
                        OtherTerms::Modified("ISC".to_owned()),
                    ]
                    .into(),
                    modified: set(&["MIT"]),
                },
                "declares `MIT`, but its license files also contain `GPL-2.0-only` and a modified `ISC`, which `license` does not \
                 name, and contain a modified `MIT`",
                "declare `MIT`, but their license files also contain `GPL-2.0-only` and a modified `ISC`, which `license` does not \
                 name, and contain a modified `MIT`",
            ),
            (
                Problem::UnclassifiedText,
                "has text in its license file that we could not classify",
                "have text in their license files that we could not classify",
            ),
            (
                Problem::TextMissing,
                "declares a license but does not include its text",
                "declare a license but do not include their text",
            ),
            (
                Problem::UseNotMentioned(AiUse::TrainAi),
                "says nothing about training AI models with it",
                "say nothing about training AI models with them",
            ),
            (
                Problem::StatementsDisagree {
                    ai_use: AiUse::UseRestrictions,
                    narrow: UseValue::Disallowed,
                    wide: UseValue::Allowed,
                },
                "says different things about what it may be used for: `disallowed` and `allowed`",
                "say different things about what they may be used for: `disallowed` and `allowed`",
            ),
        ];
        for (problem, one, many) in scenes {
            assert_eq!(words(&problem), one);
            assert_eq!(message_for_many(3, &problem), format!("3 packages {many}"));
        }
    }
}
