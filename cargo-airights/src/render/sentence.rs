//! Findings as sentences: who, what is the matter, and for many packages in the plural.

use airights::{DependencyGraph, Finding, Subject};

/// "`ishell 0.2.3` forbids …": the subject, then its problem.
pub fn message(graph: &DependencyGraph, finding: &Finding) -> String {
    match &finding.subject {
        Subject::Package(place) => format!("`{}` {}", graph.package(*place), finding.problem),
        Subject::Policy(entry) => format!("{entry} {}", finding.problem),
    }
}

/// "40 packages are licensed …": the same problem, said of many.
pub fn message_for_many(count: usize, problem: &str) -> String {
    format!("{count} packages {}", plural(problem))
}

/// Turns "is licensed `X`, and its text says …" into "are licensed `X`, and their text says …". Words in backticks
/// are quotations and stay.
fn plural(problem: &str) -> String {
    let (verb, rest) = problem.split_once(' ').unwrap_or((problem, ""));
    let mut sentence = plural_verb(verb);
    if !rest.is_empty() {
        sentence.push(' ');
    }
    for (index, part) in rest.split('`').enumerate() {
        let is_quoted = index % 2 == 1;
        if index > 0 {
            sentence.push('`');
        }
        if is_quoted {
            sentence.push_str(part);
        } else {
            let words = part.split(' ').map(|word| match word {
                "its" => "their",
                "it" => "they",
                word => word,
            });
            sentence.push_str(&words.collect::<Vec<_>>().join(" "));
        }
    }
    sentence
}

fn plural_verb(verb: &str) -> String {
    match verb {
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        _ => match verb.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => verb.strip_suffix('s').unwrap_or(verb).to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_problem_reads_well_for_many_packages() {
        let scenes = [
            ("is licensed `GPL-3.0-only`", "3 packages are licensed `GPL-3.0-only`"),
            (
                "declares `MIT`, but its text differs",
                "3 packages declare `MIT`, but their text differs",
            ),
            ("carries `its own` terms", "3 packages carry `its own` terms"),
            ("has no licence", "3 packages have no licence"),
            ("forbids", "3 packages forbid"),
        ];
        for (problem, expected) in scenes {
            assert_eq!(message_for_many(3, problem), expected);
        }
    }
}
