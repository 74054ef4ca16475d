//! A license expression with a rider of ours in it, in one of the two ways SPDX has for terms of one's own: another term
//! beside it (`MIT AND LicenseRef-…`) or an addition to each of its terms (`MIT WITH AdditionRef-…`, SPDX 3.0).
//!
//! Tools that do not know the rider have never been told to allow it, and so fail closed.

use std::fmt;

use airights::terms::LicenseExpression;
use spdx::{AdditionItem, AdditionRef, Expression, LicenseItem, LicenseReq, ParseMode};

/// The way a rider stands in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiderForm {
    /// `MIT AND LicenseRef-…`
    And,
    /// `MIT WITH AdditionRef-…`
    With,
}

/// Why an expression takes no rider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRider {
    /// It is no SPDX expression, for this reason.
    Unreadable(String),
    /// This term has an addition already, and SPDX knows no second one.
    HasAddition(String),
}

impl fmt::Display for NoRider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(formatter, "it is not an SPDX expression: {reason}"),
            Self::HasAddition(term) => write!(formatter, "`{term}` has an addition already, and cannot have two"),
        }
    }
}

impl std::error::Error for NoRider {}

/// What names of ours begin with.
const OURS: &str = "airights-";

impl RiderForm {
    /// The reference a rider of this name has in an expression, which is the name of its file as well.
    pub fn reference(self, name: &str) -> String {
        match self {
            Self::And => format!("LicenseRef-{name}"),
            Self::With => format!("AdditionRef-{name}"),
        }
    }
}

/// The rider of ours in an expression: in which way it stands there, and its name.
pub fn rider_in(license: &str) -> Option<(RiderForm, String)> {
    let expression = parse(license).ok()?;
    expression.terms().find_map(|term| {
        let reference = own_reference(term).map(|name| (RiderForm::And, name));
        reference.or_else(|| own_addition(term).map(|name| (RiderForm::With, name)))
    })
}

/// The expression with this rider, in the place of any other of ours; `None` takes the rider out.
///
/// # Errors
///
/// Where the expression takes no rider.
pub fn with_rider(license: &str, rider: Option<(RiderForm, &str)>) -> Result<String, NoRider> {
    let plain = without_riders(&parse(license)?);
    let Some((form, name)) = rider else {
        return Ok(plain.text);
    };
    match form {
        RiderForm::And => Ok(plain.and(&form.reference(name)).text),
        RiderForm::With => {
            let plain = LicenseExpression::parse(&plain.text).or_else(|_| parse(&plain.text))?;
            if let Some(taken) = plain.terms().find(|term| term.addition.is_some()) {
                return Err(NoRider::HasAddition(taken.to_string()));
            }
            let ridden = plain.map_terms(|term| LicenseReq {
                license: term.license.clone(),
                addition: Some(AdditionItem::Other(Box::new(AdditionRef {
                    doc_ref: None,
                    add_ref: name.to_owned(),
                }))),
            });
            Ok(without_riders_of(&ridden, |_| false).text)
        }
    }
}

fn parse(license: &str) -> Result<LicenseExpression, NoRider> {
    let mode = ParseMode {
        allow_slash_as_or_operator: true,
        allow_deprecated: true,
        allow_postfix_plus_on_gpl: true,
        ..ParseMode::STRICT
    };
    match Expression::parse_mode(license, mode) {
        Ok(expression) => Ok(LicenseExpression::from(&expression)),
        Err(error) => Err(NoRider::Unreadable(error.reason.to_string())),
    }
}

fn own_reference(term: &LicenseReq) -> Option<String> {
    match &term.license {
        LicenseItem::Other(reference) if reference.lic_ref.starts_with(OURS) => Some(reference.lic_ref.clone()),
        LicenseItem::Other(_) | LicenseItem::Spdx { .. } => None,
    }
}

fn own_addition(term: &LicenseReq) -> Option<String> {
    match &term.addition {
        Some(AdditionItem::Other(reference)) if reference.add_ref.starts_with(OURS) => Some(reference.add_ref.clone()),
        Some(AdditionItem::Other(_) | AdditionItem::Spdx(_)) | None => None,
    }
}

fn without_riders(expression: &LicenseExpression) -> Written {
    let bare = expression.map_terms(|term| LicenseReq {
        license: term.license.clone(),
        addition: term.addition.clone().filter(|_| own_addition(term).is_none()),
    });
    without_riders_of(&bare, |term| own_reference(term).is_some())
}

/// The expression as it is written, without the terms that are to go.
fn without_riders_of(expression: &LicenseExpression, is_to_go: impl Fn(&LicenseReq) -> bool) -> Written {
    let term = |_, term: &LicenseReq| (!is_to_go(term)).then(|| Written::term(term));
    let join =
        |left: Option<Written>, right: Option<Written>, with: fn(Written, &Written) -> Written| match (left, right) {
            (Some(left), Some(right)) => Some(with(left, &right)),
            (left, right) => left.or(right),
        };
    let folded = expression.fold(
        term,
        |left, right| join(left, right, |left, right| left.joined(" AND ", right, false)),
        |left, right| join(left, right, |left, right| left.joined(" OR ", right, true)),
    );
    folded.flatten().unwrap_or_default()
}

/// A part of an expression as text, and whether it is a choice at its top.
#[derive(Clone, Debug, Default)]
struct Written {
    text: String,
    is_choice: bool,
}

impl Written {
    fn term(term: &LicenseReq) -> Self {
        Self {
            text: term.to_string(),
            is_choice: false,
        }
    }

    fn and(self, reference: &str) -> Self {
        let reference = Self {
            text: reference.to_owned(),
            is_choice: false,
        };
        self.joined(" AND ", &reference, false)
    }

    fn joined(self, operator: &str, right: &Self, is_choice: bool) -> Self {
        let side = |side: &Self| {
            if side.is_choice && !is_choice {
                format!("({})", side.text)
            } else {
                side.text.clone()
            }
        };
        Self {
            text: format!("{}{operator}{}", side(&self), side(right)),
            is_choice,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As crates.io reads the key.
    const CRATES_IO: ParseMode = ParseMode {
        allow_slash_as_or_operator: true,
        allow_imprecise_license_names: false,
        allow_postfix_plus_on_gpl: true,
        allow_deprecated: true,
        allow_unknown: false,
    };

    #[test]
    fn riders_are_put_in_exchanged_and_taken_out() {
        let cases = [
            (
                "MIT",
                "MIT AND LicenseRef-airights-x",
                "MIT WITH AdditionRef-airights-x",
            ),
            (
                "MIT OR Apache-2.0",
                "(MIT OR Apache-2.0) AND LicenseRef-airights-x",
                "MIT WITH AdditionRef-airights-x OR Apache-2.0 WITH AdditionRef-airights-x",
            ),
            (
                "MIT/Apache-2.0",
                "(MIT OR Apache-2.0) AND LicenseRef-airights-x",
                "MIT WITH AdditionRef-airights-x OR Apache-2.0 WITH AdditionRef-airights-x",
            ),
            (
                "(MIT OR 0BSD) AND Unicode-3.0",
                "(MIT OR 0BSD) AND Unicode-3.0 AND LicenseRef-airights-x",
                "(MIT WITH AdditionRef-airights-x OR 0BSD WITH AdditionRef-airights-x) AND Unicode-3.0 WITH AdditionRef-airights-x",
            ),
        ];
        for (plain, and, with) in cases {
            for (form, expected) in [(RiderForm::And, and), (RiderForm::With, with)] {
                let ridden = with_rider(plain, Some((form, "airights-x"))).expect(plain);
                assert_eq!(ridden, expected);
                assert_eq!(rider_in(&ridden), Some((form, "airights-x".to_owned())));
                assert!(Expression::parse_mode(&ridden, CRATES_IO).is_ok(), "{ridden}");
                for other in [RiderForm::And, RiderForm::With] {
                    let exchanged = with_rider(&ridden, Some((other, "airights-y"))).expect("an exchange");
                    assert_eq!(exchanged, with_rider(plain, Some((other, "airights-y"))).expect(plain));
                }
                assert_eq!(with_rider(&ridden, None), Ok(plain.replace('/', " OR ")));
            }
        }
    }

    #[test]
    fn what_takes_no_rider_says_why() {
        let llvm = "Apache-2.0 WITH LLVM-exception";
        assert_eq!(
            with_rider(llvm, Some((RiderForm::With, "airights-x"))),
            Err(NoRider::HasAddition(llvm.to_owned()))
        );
        assert!(with_rider(llvm, Some((RiderForm::And, "airights-x"))).is_ok());
        assert!(matches!(with_rider("NON-AI-MIT", None), Err(NoRider::Unreadable(_))));
        assert_eq!(rider_in("MIT AND LicenseRef-other"), None);
    }
}
