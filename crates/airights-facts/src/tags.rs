//! License statements that are SPDX expressions: the tags of source files, `REUSE.toml`, `dep5`. They are read as the
//! `license` key of a manifest is.

use std::ops::Range;

use airights::facts::Modification;
use spdx::AdditionItem;

use super::declared;
use super::excerpt::cut_counting;
use super::stored::{StoredExcerpt, StoredLicense, StoredResidue, TextReading};

/// What a tag is called.
pub(super) const TAG: &str = "SPDX-License-Identifier:";

/// The tags in the head of a file: the place of each value.
fn tags(head: &str) -> impl Iterator<Item = Range<usize>> {
    head.match_indices(TAG).filter_map(|(start, _)| {
        if !begins_its_line(head, start) {
            return None;
        }
        let value = start + TAG.len();
        let line = &head[value..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        // The comment may end on the same line.
        let ends = ["*/", "-->", "*)", "#}", "-}"].iter().filter_map(|end| line.find(end));
        let line = &line[..ends.min().unwrap_or(line.len())];
        let value = value + line.len() - line.trim_start().len()..value + line.trim_end().len();
        (!value.is_empty()).then_some(value)
    })
}

/// Whether a head carries a tag.
pub(super) fn is_tagged(head: &str) -> bool {
    tags(head).next().is_some()
}

/// Whether nothing but what makes it a comment stands before a place. Elsewhere a tag is spoken of.
fn begins_its_line(head: &str, place: usize) -> bool {
    let before = &head[..place];
    let before = before[before.rfind('\n').map_or(0, |newline| newline + 1)..].trim();
    matches!(before, "dnl" | "REM" | "rem" | "@rem") || before.chars().all(|letter| "/*#;-!%<({.".contains(letter))
}

/// What the tags in the head of a file say, together.
pub(super) fn read_tags(head: &str) -> TextReading {
    let read = |place: Range<usize>| {
        let raw = head.get(place.clone()).unwrap_or_default();
        reading(raw, cut_counting(head, &place))
    };
    all_of(tags(head).map(read))
}

/// What an expression says, which stands in these lines. One that cannot be read is kept as words that nobody has
/// classified, so that it is never lost.
pub(super) fn reading(raw: &str, excerpt: StoredExcerpt) -> TextReading {
    let Ok(read) = declared::read(raw) else {
        let residue = vec![StoredResidue {
            excerpt,
            operative: true,
        }];
        return TextReading {
            residue,
            ..TextReading::default()
        };
    };
    let found = |id: String, is_exception| StoredLicense {
        id,
        is_exception,
        exact: false,
        modification: Modification::None,
        lines: excerpt.lines,
        changes: Vec::new(),
    };
    let mut licenses: Vec<StoredLicense> = Vec::new();
    for requirement in read.expression.requirements() {
        licenses.push(found(requirement.req.license.to_string(), false));
        if let Some(AdditionItem::Spdx(exception)) = &requirement.req.addition {
            licenses.push(found(exception.name.to_owned(), true));
        }
    }
    TextReading {
        expression: Some(read.expression.to_string()),
        licenses,
        ..TextReading::default()
    }
}

/// Several of them that hold together.
pub(super) fn all_of(readings: impl IntoIterator<Item = TextReading>) -> TextReading {
    let mut all = TextReading::default();
    for reading in readings {
        all.expression = match (all.expression.take(), reading.expression) {
            (Some(one), Some(other)) if one == other => Some(one),
            (Some(one), Some(other)) => Some(format!("{} AND {}", as_operand(&one), as_operand(&other))),
            (one, other) => one.or(other),
        };
        all.licenses.extend(reading.licenses);
        all.residue.extend(reading.residue);
    }
    all
}

fn as_operand(expression: &str) -> String {
    if expression.contains(" OR ") {
        format!("({expression})")
    } else {
        expression.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_the_license_key_is() {
        let cases = [
            ("// SPDX-License-Identifier: MIT\n", Some("MIT")),
            ("/* SPDX-License-Identifier: GPL-2.0 */\n", Some("GPL-2.0-only")),
            (
                "# SPDX-License-Identifier: MIT OR Apache-2.0",
                Some("MIT OR Apache-2.0"),
            ),
            (
                "; SPDX-License-Identifier: MIT OR ISC\n; SPDX-License-Identifier: Zlib\n",
                Some("(MIT OR ISC) AND Zlib"),
            ),
            (
                "// SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note\n",
                Some("GPL-2.0-only WITH Linux-syscall-note"),
            ),
            ("<!-- SPDX-License-Identifier: ISC -->", Some("ISC")),
            ("// It writes SPDX-License-Identifier: MIT\n", None),
            ("// `SPDX-License-Identifier: MIT`\n", None),
            ("// SPDX-License-Identifier: My Own\n", None),
            ("// SPDX-License-Identifier:\n", None),
        ];
        for (head, expression) in cases {
            assert_eq!(read_tags(head).expression.as_deref(), expression, "{head}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept() {
        let reading = read_tags("// one\n// SPDX-License-Identifier: Secret License\n");
        let [residue] = &reading.residue[..] else {
            panic!("{reading:?}")
        };
        assert_eq!((residue.operative, residue.excerpt.lines), (true, (2, 2)));
    }

    #[test]
    fn an_exception_stands_beside_its_license() {
        let reading = read_tags("// SPDX-License-Identifier: GPL-2.0-or-later WITH Classpath-exception-2.0");
        let ids: Vec<_> = reading
            .licenses
            .iter()
            .map(|found| (&*found.id, found.is_exception))
            .collect();
        assert_eq!(ids, [("GPL-2.0-or-later", false), ("Classpath-exception-2.0", true)]);
    }
}
