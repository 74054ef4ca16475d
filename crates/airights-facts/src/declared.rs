//! Reads the `license` key of a manifest: strictly as SPDX first, then with the leniency that crates.io itself applies.
//!
//! Whatever was read leniently is said in a note, and rewritten with today's ids, so that nothing later has to know the
//! old ones. Anything else is unreadable and never guessed at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use airights::facts::{CRATES_IO, Declared, DeclaredExpression, Evidence};
use airights_text::catalogue;
use spdx::error::Reason;
use spdx::lexer::{Lexer, Token};
use spdx::{Expression, LicenseId, ParseError, ParseMode};

/// How crates.io once read the key: names that people use stand for ids.
const WITH_NAMES: ParseMode = ParseMode {
    allow_imprecise_license_names: true,
    ..CRATES_IO
};

/// An expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadExpression {
    /// The expression, with today's ids.
    pub expression: Expression,
    /// What was read leniently, in words, each once.
    pub notes: Vec<String>,
}

/// Reads an expression.
///
/// # Errors
///
/// Why it is none, in words.
pub fn read(raw: &str) -> Result<ReadExpression, String> {
    if raw.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    let found = match read_as_spelled(raw) {
        Ok(found) => found,
        Err(reason) => {
            let Some((respelled, notes)) = respelled(raw) else {
                return Err(reason);
            };
            let mut found = read_as_spelled(&respelled).map_err(|_| reason)?;
            found.notes.splice(0..0, notes);
            found
        }
    };
    // SPDX 2.3, annex D.2: neither of them is a license, nor part of an expression.
    // `NONE` is on no list that is read here.
    let says_nothing = |name: &str| name == "NOASSERTION";
    let names = found.expression.requirements();
    let mut names = names.map(|requirement| requirement.req.license.to_string());
    let nothing = names.find(|name| says_nothing(name));
    drop(names);
    match nothing {
        Some(name) => Err(format!("`{name}` names no license")),
        None => Ok(found),
    }
}

/// The expression with the ids of SPDX's lists spelled as there, and what was read so; `None` where nothing is another.
/// Ids are compared without regard to case (SPDX 2.3, annex D.2).
fn respelled(raw: &str) -> Option<(String, Vec<String>)> {
    let is_of_id = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    let (mut all, mut notes): (String, Vec<String>) = (String::with_capacity(raw.len()), Vec::new());
    let mut rest = raw;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_of_id(letter)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        match listed(word).filter(|listed| *listed != word) {
            Some(listed) => {
                notes.push(format!("`{word}` was read as `{listed}`"));
                all += listed;
            }
            None => all += word,
        }
        let between = behind.chars().next().map_or(0, char::len_utf8);
        all += &behind[..between];
        rest = &behind[between..];
    }
    (!notes.is_empty()).then_some((all, notes))
}

/// The id of a license or an exception on SPDX's lists, as it is spelled there.
fn listed(word: &str) -> Option<&'static str> {
    let licenses = spdx::identifiers::LICENSES.iter().map(|license| license.name);
    let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name);
    let mut all = licenses.chain(exceptions);
    all.find(|name| name.eq_ignore_ascii_case(word))
}

fn read_as_spelled(raw: &str) -> Result<ReadExpression, String> {
    let strict = match Expression::parse(raw) {
        Ok(expression) => {
            return Ok(ReadExpression {
                expression,
                notes: Vec::new(),
            });
        }
        Err(error) => error,
    };
    let mode = match Expression::parse_mode(raw, CRATES_IO) {
        Ok(_) => CRATES_IO,
        Err(_) if Expression::parse_mode(raw, WITH_NAMES).is_ok() => WITH_NAMES,
        Err(error) => return Err(in_words(&error)),
    };
    let (current, notes) = rewrite(raw, mode)?;
    // A deprecated id that nothing replaces stays as it is.
    let mode = ParseMode {
        allow_deprecated: true,
        ..ParseMode::STRICT
    };
    match Expression::parse_mode(&current, mode) {
        Ok(expression) => Ok(ReadExpression { expression, notes }),
        Err(_) => Err(in_words(&strict)),
    }
}

/// The expression with today's ids and operators, and what was changed; or why it is none, in words.
fn rewrite(raw: &str, mode: ParseMode) -> Result<(String, Vec<String>), String> {
    let mut current = String::with_capacity(raw.len());
    let mut notes: Vec<String> = Vec::new();
    let mut note = |text: String| {
        if !notes.contains(&text) {
            notes.push(text);
        }
    };
    let tokens = Lexer::new_mode(raw, mode).collect::<Result<Vec<_>, _>>();
    let tokens = tokens.map_err(|error| in_words(&error))?;
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        match &token.token {
            Token::And => current.push_str(" AND "),
            Token::With => current.push_str(" WITH "),
            Token::Or => {
                if raw.get(token.span.clone()) == Some("/") {
                    note("`/` was read as `OR`".to_owned());
                }
                current.push_str(" OR ");
            }
            Token::Spdx(id) => {
                let written = raw.get(token.span.clone()).unwrap_or_default();
                let has_plus = tokens.next_if(|next| next.token == Token::Plus).is_some();
                let (today, remark) = if written == id.name {
                    todays_id(*id, has_plus)
                } else {
                    let id = named(written).ok_or_else(|| format!("`{written}` is not an SPDX id"))?;
                    let (today, _) = todays_id(id, has_plus);
                    let plus = if has_plus { "+" } else { "" };
                    let remark = format!("`{written}{plus}` was read as `{today}`");
                    (today, Some(remark))
                };
                remark.into_iter().for_each(&mut note);
                current.push_str(&today);
            }
            _ => current.push_str(raw.get(token.span.clone()).unwrap_or_default()),
        }
    }
    Ok((current, notes))
}

/// The license that people mean by a name, as the reader knows it, where they say of which version.
fn named(name: &str) -> Option<LicenseId> {
    let has_version = name.contains(|letter: char| letter.is_ascii_digit());
    let reading = airights_text::read(&format!("Licensed under {name}."));
    reading
        .base_expression()
        .filter(|_| has_version)
        .and_then(spdx::license_id)
}

/// What an id is called today, and a note where that is something else.
fn todays_id(id: LicenseId, has_plus: bool) -> (String, Option<String>) {
    let plus = if has_plus { "+" } else { "" };
    let written = format!("{}{plus}", id.name);
    let today = match catalogue::renamed(id.name) {
        Some(today) => format!("{today}{plus}"),
        None if id.is_gnu() && has_plus => format!("{}-or-later", id.name.trim_end_matches("-only")),
        None if id.is_gnu() && id.is_deprecated() => format!("{}-only", id.name),
        None if id.is_deprecated() => {
            let remark = format!("`{}` is no longer on the SPDX license list", id.name);
            return (written, Some(remark));
        }
        None => return (written, None),
    };
    let remark = format!("`{written}` means `{today}`");
    (today, Some(remark))
}

fn in_words(error: &ParseError) -> String {
    let there = error.original.get(error.span.clone()).unwrap_or_default();
    let there: String = there.chars().take(80).collect();
    match &error.reason {
        Reason::UnknownTerm | Reason::UnknownLicense | Reason::UnknownException => {
            format!("`{there}` is not an SPDX id")
        }
        Reason::InvalidCharacters => {
            let first = there.chars().next().unwrap_or_default();
            format!("`{}` may not stand in an SPDX expression", first.escape_debug())
        }
        Reason::UnclosedParens => "a `(` is never closed".to_owned(),
        Reason::UnopenedParens => "a `)` was never opened".to_owned(),
        Reason::Empty => "it is empty".to_owned(),
        Reason::SeparatedPlus => "a `+` stands apart from its id".to_owned(),
        Reason::Unexpected(_) if there.is_empty() => "it ends too early".to_owned(),
        Reason::Unexpected(_) => format!("`{there}` stands where it may not"),
        other => other.to_string(),
    }
}

/// Reads declarations, each distinct one only once. Shared by all threads.
#[derive(Debug, Default)]
pub struct Declarations(Mutex<HashMap<String, Arc<Result<ReadExpression, String>>>>);

impl Declarations {
    /// What a `license` key declares.
    pub fn declared(&self, raw: Option<&str>, evidence: Evidence) -> Declared {
        let Some(raw) = raw else {
            return Declared::Absent;
        };
        match &*self.read(raw) {
            Ok(read) => Declared::Expression(Box::new(DeclaredExpression {
                raw: raw.to_owned(),
                expression: read.expression.clone(),
                notes: read.notes.clone(),
                evidence,
            })),
            Err(reason) => Declared::Unreadable {
                raw: raw.to_owned(),
                reason: reason.clone(),
                evidence,
            },
        }
    }

    fn read(&self, raw: &str) -> Arc<Result<ReadExpression, String>> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(raw) {
            return Arc::clone(found);
        }
        let found = Arc::new(read(raw));
        known().insert(raw.to_owned(), Arc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn expressions_are_read_as_crates_io_reads_them() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("MIT", "MIT", &[]),
            ("MIT OR Apache-2.0", "MIT OR Apache-2.0", &[]),
            (
                "(MIT OR Apache-2.0) AND Unicode-3.0",
                "(MIT OR Apache-2.0) AND Unicode-3.0",
                &[],
            ),
            ("MPL-2.0+", "MPL-2.0+", &[]),
            ("LicenseRef-Mine", "LicenseRef-Mine", &[]),
            ("MIT WITH AdditionRef-no-ai", "MIT WITH AdditionRef-no-ai", &[]),
            ("Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception", &[]),
            ("MIT/Apache-2.0", "MIT OR Apache-2.0", &["`/` was read as `OR`"]),
            (
                "MIT / Apache-2.0 / Zlib",
                "MIT OR Apache-2.0 OR Zlib",
                &["`/` was read as `OR`"],
            ),
            ("GPL-2.0", "GPL-2.0-only", &["`GPL-2.0` means `GPL-2.0-only`"]),
            ("GPL-2.0+", "GPL-2.0-or-later", &["`GPL-2.0+` means `GPL-2.0-or-later`"]),
            (
                "LGPL-2.1-only+",
                "LGPL-2.1-or-later",
                &["`LGPL-2.1-only+` means `LGPL-2.1-or-later`"],
            ),
            (
                "GPL-3.0+/(AGPL-3.0 and MIT)",
                "GPL-3.0-or-later OR (AGPL-3.0-only AND MIT)",
                &[
                    "`GPL-3.0+` means `GPL-3.0-or-later`",
                    "`/` was read as `OR`",
                    "`AGPL-3.0` means `AGPL-3.0-only`",
                ],
            ),
            (
                "GPL-2.0-with-classpath-exception",
                "GPL-2.0-only WITH Classpath-exception-2.0",
                &["`GPL-2.0-with-classpath-exception` means `GPL-2.0-only WITH Classpath-exception-2.0`"],
            ),
            (
                "GPL-2.0 WITH Linux-syscall-note",
                "GPL-2.0-only WITH Linux-syscall-note",
                &["`GPL-2.0` means `GPL-2.0-only`"],
            ),
            ("Apache-2", "Apache-2.0", &["`Apache-2` was read as `Apache-2.0`"]),
            (
                "GPLv2+/MIT or gnu gpl v2",
                "GPL-2.0-or-later OR MIT OR GPL-2.0-only",
                &[
                    "`GPLv2+` was read as `GPL-2.0-or-later`",
                    "`/` was read as `OR`",
                    "`gnu gpl v2` was read as `GPL-2.0-only`",
                ],
            ),
            (
                "BSD-2-Clause-FreeBSD",
                "BSD-2-Clause-Views",
                &["`BSD-2-Clause-FreeBSD` means `BSD-2-Clause-Views`"],
            ),
        ];
        for (raw, expected, notes) in cases {
            let read = read(raw).unwrap_or_else(|reason| panic!("{raw}: {reason}"));
            assert_eq!(read.expression.to_string(), *expected, "{raw}");
            assert_eq!(read.notes, *notes, "{raw}");
        }
    }

    #[test]
    fn anything_else_is_unreadable_and_says_why() {
        let cases = [
            ("", "it is empty"),
            ("  ", "it is empty"),
            ("mitt", "`mitt` is not an SPDX id"),
            ("NOASSERTION", "`NOASSERTION` names no license"),
            ("MIT OR NOASSERTION", "`NOASSERTION` names no license"),
            ("Apache 2", "`Apache` is not an SPDX id"),
            ("gpl", "`gpl` is not an SPDX id"),
            ("BSD", "`BSD` is not an SPDX id"),
            ("MPL OR MIT", "`MPL` is not an SPDX id"),
            ("MIT, Apache-2.0", "`,` may not stand in an SPDX expression"),
            ("MIT OR", "it ends too early"),
            ("(MIT", "a `(` is never closed"),
            ("MIT)", "a `)` was never opened"),
            ("MIT Apache-2.0", "`Apache-2.0` stands where it may not"),
            ("MIT +", "a `+` stands apart from its id"),
            ("non-standard", "`non-standard` is not an SPDX id"),
            ("MIT OR \u{1b}[31m", "`\\u{1b}` may not stand in an SPDX expression"),
        ];
        for (raw, reason) in cases {
            assert_eq!(read(raw), Err(reason.to_owned()), "{raw:?}");
        }
        let read_in_any_case = read("mit OR (apache-2.0 WITH llvm-EXCEPTION)").unwrap();
        assert_eq!(
            read_in_any_case.expression.to_string(),
            "MIT OR (Apache-2.0 WITH LLVM-exception)"
        );
        assert_eq!(read_in_any_case.notes.len(), 3);
        assert!(read("GPL-2.0-with-GCC-exception WITH LLVM-exception").is_err());
        assert!(read("GPL-2.0-with-GCC-exception+").is_err());
    }

    /// Quadratic work or recursion over terms would show here as a test that never ends, or a stack that does.
    #[test]
    fn ten_thousand_terms_or_parentheses_are_no_trouble() {
        let many = vec!["GPL-2.0"; 10_000].join("/");
        let read_many = read(&many).unwrap();
        assert_eq!(read_many.expression.requirements().count(), 10_000);
        assert_eq!(read_many.notes.len(), 2);
        let deep = format!("{}MIT{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(read(&deep).unwrap().expression.requirements().count(), 1);
        assert!(read(&"(".repeat(10_000)).is_err());
        assert!(read(&"MIT OR ".repeat(10_000)).is_err());
    }

    proptest! {
        #[test]
        fn what_is_read_holds_no_old_gnu_id(words in prop::collection::vec(prop::sample::select(vec![
            "MIT", "GPL-2.0", "GPL-2.0+", "LGPL-2.1-only", "AGPL-3.0", "/", " OR ", " AND ", "(", ")", "eCos-2.0", "+",
            " WITH ", "LLVM-exception", "GFDL-1.3", "GPL-1.0", "LicenseRef-x", "é",
        ]), 0..8)) {
            if let Ok(read) = read(&words.concat()) {
                for requirement in read.expression.requirements() {
                    if let Some(id) = requirement.req.license.id() {
                        prop_assert!(!(id.is_gnu() && id.is_deprecated()), "{}", read.expression);
                    }
                }
            }
        }
    }
}
