//! Lists of licenses: each entry an id, a family or a class, with help for those that are none.

use std::collections::BTreeSet;

use airights::LicenseClass;
use airights::policy::{InvalidPattern, LicensePattern};
use airights_manifest::spelling::{enumeration, nearest, nearest_license};

use super::problem::PolicyProblem;
use super::source::{Placed, Source};
use super::table::Table;

/// A list of patterns; entries that are none are reported and left out.
pub(super) fn patterns(table: &Table<'_>, key: &str) -> Option<Vec<Placed<LicensePattern>>> {
    let mut found = Vec::new();
    let mut listed = BTreeSet::new();
    for string in table.strings(key)? {
        let Some(pattern) = pattern(table.source, &string) else {
            continue;
        };
        if !listed.insert(pattern.to_string()) {
            let problem = PolicyProblem::warning(format!("`{pattern}` is listed twice in `{key}`"));
            table.source.report(string.span.clone(), problem.label("again here"));
            continue;
        }
        found.push(Placed {
            value: pattern,
            span: string.span,
        });
    }
    Some(found)
}

fn pattern(source: &Source<'_>, string: &Placed<&str>) -> Option<LicensePattern> {
    match string.value.parse() {
        Ok(pattern) => {
            warn_of_reinterpretation(source, string, &pattern);
            Some(pattern)
        }
        Err(invalid) => {
            let problem = PolicyProblem::error(invalid.to_string());
            source.report(
                string.span.clone(),
                problem.help((!source.has_many_problems()).then(|| help(&invalid, string.value))),
            );
            None
        }
    }
}

/// What is written leniently still means one thing; the user should know which.
fn warn_of_reinterpretation(source: &Source<'_>, string: &Placed<&str>, pattern: &LicensePattern) {
    let meaning = pattern.to_string();
    if meaning == string.value {
        return;
    }
    let help = match meaning.strip_suffix("-only") {
        Some(base) => format!("write `{meaning}`, and `{base}-or-later` where that is meant as well"),
        None => format!("write `{meaning}`"),
    };
    let problem = PolicyProblem::warning(format!("`{}` means `{meaning}`", string.value));
    source.report(string.span.clone(), problem.help(help));
}

fn help(invalid: &InvalidPattern, text: &str) -> String {
    let classes = || LicenseClass::ALL.iter().map(|class| class.as_str());
    match invalid {
        InvalidPattern::UnknownClass(name) => match nearest(name, classes()) {
            Some(near) => format!("did you mean `class:{near}`?"),
            None => format!("the classes are {}", enumeration(classes())),
        },
        InvalidPattern::EmptyFamily(_) | InvalidPattern::MisplacedStar => {
            "a family is the start of SPDX ids and a `*`, as in `Unicode-*`".to_owned()
        }
        InvalidPattern::Expression => {
            "list each license on its own; `MIT OR Apache-2.0` passes where either is allowed, `AND` where both are"
                .to_owned()
        }
        InvalidPattern::Unclassified => {
            "read the words; a `[[clarify]]` entry, bound to the file's SHA-256, settles what they are".to_owned()
        }
        InvalidPattern::UnknownLicense(_) => match (nearest_class(text), nearest_license(text)) {
            (Some(class), _) => format!("did you mean `class:{class}`?"),
            (None, Some(id)) => format!("did you mean `{id}`?"),
            (None, None) => "a license that SPDX does not list is written `LicenseRef-NAME`".to_owned(),
        },
    }
}

/// A class whose `class:` was forgotten.
fn nearest_class(text: &str) -> Option<&'static str> {
    LicenseClass::ALL
        .iter()
        .map(|class| class.as_str())
        .find(|class| *class == text)
}
