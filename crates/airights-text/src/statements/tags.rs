//! SPDX tags: `SPDX-License-Identifier:` and the expression behind it.

use std::ops::Range;

use crate::catalogue;

/// A tag in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag {
    /// The tag and its expression, as bytes of the text.
    pub(crate) bytes: Range<usize>,
    /// The expression in canonical ids; `None` where it is no SPDX expression.
    pub(crate) expression: Option<String>,
}

/// The tags in these bytes of a text.
pub(crate) fn tags(text: &str, within: Range<usize>) -> Vec<Tag> {
    const NAMES: &[&str] = &[
        "spdx-license-identifier",
        "spdx-licence-identifier",
        "spdx-license-expression",
        "licensename",
        "spdx license identifier",
    ];
    let mut all = Vec::new();
    let region = &text[within.clone()];
    let mut from = 0;
    while let Some(at) = find_ignoring_case(&region[from..], b"spdx").map(|at| at + from) {
        from = at + 4;
        let Some(name) = NAMES.iter().find(|name| starts_ignoring_case(&region[at..], name)) else {
            continue;
        };
        let rest = &region[at + name.len()..];
        let plain = rest.trim_start_matches([' ', '\t', '=', ':', '"', '\'', '`', '*']);
        if plain.len() == rest.len() {
            continue;
        }
        let start = at + name.len() + rest.len() - plain.len();
        let line = plain.split(['\n', '\r']).next().unwrap_or(plain);
        let value = value_of(line);
        from = start + value.len();
        all.push(Tag {
            bytes: within.start + at..within.start + from,
            expression: canonical_expression(value),
        });
    }
    all
}

fn starts_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes()
        .get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

fn find_ignoring_case(text: &str, word: &[u8]) -> Option<usize> {
    text.as_bytes()
        .windows(word.len())
        .position(|window| window.eq_ignore_ascii_case(word))
}

/// What stands on the line before the comment ends.
fn value_of(line: &str) -> &str {
    let ends = [
        "*/", "-->", "#}", "--}", "*)", "</", "\"", "'", "`", "\\n", ";", ",", "<br", "|#", "=}", "%>", "<", "%}",
        "//", "#", "]]",
    ];
    let end = ends.iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len());
    let mut value =
        line[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != ')' && letter != '+');
    while value.ends_with(')') && value.matches('(').count() < value.matches(')').count() {
        value = value[..value.len() - 1].trim_end();
    }
    value
}

/// An expression in canonical ids: those of the present SPDX list, spelled as it spells them. `None` where it is none.
pub(crate) fn canonical_expression(value: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for token in tokens(value) {
        let part = match token.to_ascii_uppercase().as_str() {
            "(" | ")" => token.to_owned(),
            "AND" | "OR" | "WITH" => token.to_ascii_uppercase(),
            "NONE" | "NOASSERTION" => return None,
            // Slashes were a choice before expressions were.
            "/" => "OR".to_owned(),
            _ => canonical_term(token)?,
        };
        parts.push(part);
    }
    let joined = parts.join(" ").replace("( ", "(").replace(" )", ")");
    let parsed = spdx::Expression::parse(&joined).ok()?;
    parsed.requirements().next()?;
    Some(joined)
}

fn tokens(value: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = value.trim();
    while let Some(first) = rest.chars().next() {
        let length = if matches!(first, '(' | ')' | '/') {
            1
        } else {
            rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '/'))
                .unwrap_or(rest.len())
        };
        all.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    all
}

/// An id as the SPDX list spells it today; references stay as they are.
fn canonical_term(id: &str) -> Option<String> {
    if id.starts_with("LicenseRef-") || id.starts_with("DocumentRef-") || id.starts_with("AdditionRef-") {
        return Some(id.to_owned());
    }
    if let Some(known) = known_id(id) {
        return Some(present_id(known));
    }
    let base = known_id(id.strip_suffix('+')?)?;
    let present = present_id(base);
    Some(match present.strip_suffix("-only") {
        Some(base) => format!("{base}-or-later"),
        None => format!("{present}+"),
    })
}

fn known_id(id: &str) -> Option<&'static str> {
    if let Some(license) = catalogue::license(id) {
        return Some(license.id);
    }
    let known = super::names::id_ignoring_case(id)?;
    Some(known)
}

/// The id that the SPDX list has today for what it called so before; an expression where it takes several ids now.
pub(crate) fn present_id(id: &str) -> String {
    if let Some(now) = catalogue::renamed(id) {
        return now.to_owned();
    }
    let gnu = ["AGPL-", "GPL-", "LGPL-", "GFDL-"]
        .iter()
        .any(|family| id.starts_with(family));
    if gnu
        && !id.ends_with("-only")
        && !id.ends_with("-or-later")
        && !id.contains("invariants")
        && !id.contains("exception")
        && !id.contains("linking")
        && !id.contains("CC")
    {
        return match id.strip_suffix('+') {
            Some(base) => format!("{base}-or-later"),
            None => format!("{id}-only"),
        };
    }
    // Ids of LicenseDB may hold letters that SPDX has not.
    if id.contains('_') {
        id.replace('_', "-")
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_expressions() {
        for (text, expected) in [
            ("SPDX-License-Identifier: Aladdin", Some("Aladdin")),
            (
                "// SPDX-License-Identifier: GPL-2.0+ OR MIT",
                Some("GPL-2.0-or-later OR MIT"),
            ),
            (
                "/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) */",
                Some("(GPL-2.0-only WITH Linux-syscall-note)"),
            ),
            ("# spdx-license-identifier: mit", Some("MIT")),
            ("SPDX-License-Identifier = \"ISC AND Glide\"", Some("ISC AND Glide")),
            (
                "SPDX-License-Identifier: MIT WITH AdditionRef-no-ai",
                Some("MIT WITH AdditionRef-no-ai"),
            ),
            ("SPDX-License-Identifier: NONE", None),
            ("SPDX-License-Identifier: whatever", None),
            (
                "(SPDX-License-Identifier: MIT OR (Apache-2.0 AND ISC))",
                Some("MIT OR (Apache-2.0 AND ISC)"),
            ),
        ] {
            let found = tags(text, 0..text.len());
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].expression.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_id_that_the_reader_may_say_is_one_of_today() {
        for license in catalogue::licenses() {
            let id = present_id(license.id);
            if id.contains(" WITH ") {
                assert!(spdx::Expression::parse(&id).is_ok(), "{id}");
                continue;
            }
            let expression = if super::super::names::is_exception(license.id) {
                format!("GPL-2.0-only WITH {id}")
            } else {
                id
            };
            assert!(spdx::Expression::parse(&expression).is_ok(), "{expression}");
        }
    }
}
