//! How a policy names licenses: `MIT`, `Unicode-*`, `class:permissive`, `MIT WITH AdditionRef-…`.

use std::fmt;
use std::str::FromStr;

use airights_text::{LicenseClass, catalogue};
use spdx::{AdditionItem, LicenseItem, LicenseReq, Licensee, ParseMode};

/// A license, a family of licenses, or a class of them.
#[derive(Clone, Debug, PartialEq)]
pub enum LicensePattern {
    /// `class:NAME`: every license of the class, with or without an SPDX exception, but none that was modified.
    Class(LicenseClass),
    /// `Prefix-*`: every id that starts so, such as each of Unicode's licenses, but none that was modified.
    Family(String),
    /// One license, with exactly the addition it names.
    License(Licensee),
}

/// What stands for words that nobody has read, behind `LicenseRef-` for a license and behind `AdditionRef-` for a change.
pub const UNCLASSIFIED: &str = "airights-unclassified";

/// The text is not a way to name licenses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidPattern {
    /// `class:` and a word that is no class.
    UnknownClass(String),
    /// A family to which no SPDX license belongs.
    EmptyFamily(String),
    /// `*` somewhere else than at the end.
    MisplacedStar,
    /// An expression of several licenses, where one is asked for.
    Expression,
    /// Not an SPDX id, nor a `LicenseRef-…`.
    UnknownLicense(String),
    /// Words that nobody has read ([`UNCLASSIFIED`]).
    Unclassified,
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownClass(name) => write!(formatter, "there is no license class `{name}`"),
            Self::EmptyFamily(prefix) => write!(formatter, "no SPDX license starts with `{prefix}`"),
            Self::MisplacedStar => formatter.write_str("`*` may only stand at the end of a family's name"),
            Self::Expression => formatter.write_str("expected one license, not an expression"),
            Self::UnknownLicense(id) => write!(formatter, "`{id}` is not an SPDX license id"),
            Self::Unclassified => {
                write!(
                    formatter,
                    "`{UNCLASSIFIED}` stands for words that nobody has read, and cannot be allowed"
                )
            }
        }
    }
}

impl std::error::Error for InvalidPattern {}

impl FromStr for LicensePattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        if let Some(name) = text.strip_prefix("class:") {
            let class = name
                .parse()
                .map_err(|_| InvalidPattern::UnknownClass(name.to_owned()))?;
            return Ok(Self::Class(class));
        }
        if text.contains(UNCLASSIFIED) {
            return Err(InvalidPattern::Unclassified);
        }
        if let Some(prefix) = text.strip_suffix('*') {
            return Self::family(prefix);
        }
        if text.contains('*') {
            return Err(InvalidPattern::MisplacedStar);
        }
        let words = || text.split([' ', '/', '(', ')']);
        if text.contains('/') || words().any(|word| matches!(word, "AND" | "OR" | "and" | "or")) {
            return Err(InvalidPattern::Expression);
        }
        // The licensee grammar has no `+`, and GNU ids mean one thing only: what `GPL-2.0` says is `GPL-2.0-only`.
        let canonical = match catalogue::renamed(text) {
            Some(today) => Some(today.to_owned()),
            None => spdx::Expression::canonicalize(text).ok().flatten(),
        };
        let canonical = canonical.as_deref().unwrap_or(text).trim_end_matches('+');
        Licensee::parse_mode(
            canonical,
            ParseMode {
                allow_deprecated: true,
                ..ParseMode::STRICT
            },
        )
        .map(Self::License)
        .map_err(|_| InvalidPattern::UnknownLicense(text.to_owned()))
    }
}

impl LicensePattern {
    fn family(prefix: &str) -> Result<Self, InvalidPattern> {
        if prefix.contains('*') {
            return Err(InvalidPattern::MisplacedStar);
        }
        let is_reference = prefix.starts_with("LicenseRef-");
        let has_members = spdx::identifiers::LICENSES
            .iter()
            .any(|license| license.name.starts_with(prefix));
        if prefix.is_empty() || !(is_reference || has_members) {
            return Err(InvalidPattern::EmptyFamily(prefix.to_owned()));
        }
        Ok(Self::Family(prefix.to_owned()))
    }

    /// Whether a term of an expression is covered. Words that nobody has read never are: a class or a family cannot mean
    /// them, whatever it is.
    pub fn covers(&self, term: &LicenseReq) -> bool {
        !is_unclassified(term)
            && match self {
                Self::License(licensee) => licensee.satisfies(term) || is_same_reference(licensee, term),
                Self::Family(prefix) => !is_modified(term) && term.license.to_string().starts_with(prefix.as_str()),
                Self::Class(class) => class_of(term) == *class,
            }
    }
}

impl fmt::Display for LicensePattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class(class) => write!(formatter, "class:{class}"),
            Self::Family(prefix) => write!(formatter, "{prefix}*"),
            Self::License(licensee) => write!(formatter, "{}", licensee.clone().into_req()),
        }
    }
}

/// The class of one term of an expression. A modified license is not its base license, so its class is unknown, or
/// use-restricted where the modification forbids a use.
pub fn class_of(term: &LicenseReq) -> LicenseClass {
    if let Some(AdditionItem::Other(addition)) = &term.addition {
        let restricts = addition.add_ref.starts_with("airights-") && addition.add_ref.ends_with("allowed");
        return if restricts {
            LicenseClass::UseRestricted
        } else {
            LicenseClass::Unknown
        };
    }
    let id = match &term.license {
        LicenseItem::Spdx { id, .. } => id.name.to_owned(),
        LicenseItem::Other(reference) => reference.to_string(),
    };
    catalogue::license(&id).map_or(LicenseClass::Unknown, |license| license.class)
}

/// Whether both are the same `LicenseRef-…`, which SPDX 2.3, annex D.2, compares without regard to case.
fn is_same_reference(licensee: &Licensee, term: &LicenseReq) -> bool {
    if !matches!(term.license, LicenseItem::Other(_)) {
        return false;
    }
    let allowed = licensee.clone().into_req();
    matches!(allowed.license, LicenseItem::Other(_)) && allowed.to_string().eq_ignore_ascii_case(&term.to_string())
}

/// Whether a term stands for words that nobody has read.
pub fn is_unclassified(term: &LicenseReq) -> bool {
    let is_license = matches!(&term.license, LicenseItem::Other(reference) if reference.lic_ref == UNCLASSIFIED);
    is_license || matches!(&term.addition, Some(AdditionItem::Other(addition)) if addition.add_ref == UNCLASSIFIED)
}

/// Whether a term carries an addition that is no SPDX exception: a rider, which can only narrow.
fn is_modified(term: &LicenseReq) -> bool {
    matches!(term.addition, Some(AdditionItem::Other(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_the_same_in_any_case() {
        let pattern: LicensePattern = "LicenseRef-house".parse().expect("a pattern");
        for (text, expected) in [
            ("LicenseRef-House", true),
            ("licenseref-house", false),
            ("LicenseRef-houses", false),
            ("MIT", false),
        ] {
            let Ok(expression) = spdx::Expression::parse(text) else {
                assert!(!expected, "{text}");
                continue;
            };
            let is_covered = expression.requirements().all(|term| pattern.covers(&term.req));
            assert_eq!(is_covered, expected, "{text}");
        }
    }

    #[test]
    fn an_id_that_spdx_has_given_up_means_what_it_says_instead() {
        for (text, expected) in [
            ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
            ("bsd-2-clause-netbsd", "BSD-2-Clause"),
            (
                "GPL-2.0-with-classpath-exception",
                "GPL-2.0-only WITH Classpath-exception-2.0",
            ),
            ("wxWindows", "LGPL-2.0-or-later WITH WxWindows-exception-3.1"),
            ("GPL-2.0", "GPL-2.0-only"),
            ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ] {
            let pattern: LicensePattern = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(pattern.to_string(), expected);
        }
    }

    #[test]
    fn what_nobody_has_read_cannot_be_named_and_is_not_covered() {
        for text in [
            "LicenseRef-airights-unclassified",
            "MIT WITH AdditionRef-airights-unclassified",
        ] {
            assert_eq!(text.parse::<LicensePattern>(), Err(InvalidPattern::Unclassified));
            let expression = spdx::Expression::parse(text).expect("SPDX can write it");
            for pattern in ["class:unknown", "LicenseRef-*", "MIT"] {
                let pattern: LicensePattern = pattern.parse().expect("a pattern");
                assert!(
                    !expression.requirements().any(|term| pattern.covers(&term.req)),
                    "{text}"
                );
            }
        }
    }
}
