//! Which packages of a graph are shown.

use std::str::FromStr;

use airights::policy::{InvalidPattern, LicensePattern};
use airights::terms::LicenseExpression;
use airights::{AiUse, LicenseClass, UseValue};

use crate::standing::{PackageVerdict, Standing};

/// Which packages are shown. Of one kind the values are alternatives, and every kind that is given has to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// By how they fared.
    pub verdicts: Vec<PackageVerdict>,
    /// By the license that counts.
    pub licenses: Vec<LicenseFilter>,
    /// By the class of the license that was chosen.
    pub classes: Vec<LicenseClass>,
    /// By what is said of AI uses.
    pub uses: Vec<UseFilter>,
}

/// A license that counts for a package.
#[derive(Clone, Debug, PartialEq)]
pub enum LicenseFilter {
    /// None is known.
    Unknown,
    /// One of its terms is covered, chosen or not.
    Pattern(LicensePattern),
    /// It is just this expression, or has this one term in it.
    Expression(LicenseExpression),
}

/// What is said of an AI use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseFilter {
    /// The use.
    pub ai_use: AiUse,
    /// What is said of it; `None`: anything at all.
    pub value: Option<UseValue>,
}

impl Filter {
    /// Whether every package is shown.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a package is shown.
    pub fn shows(&self, standing: &Standing<'_>) -> bool {
        let asks_for_facts = !(self.licenses.is_empty() && self.classes.is_empty() && self.uses.is_empty());
        let is_one_of = self.verdicts.is_empty() || self.verdicts.iter().any(|&verdict| standing.is(verdict));
        let Some(judgement) = standing.judgement else {
            return is_one_of && !asks_for_facts && standing.is_missing;
        };
        let license = &judgement.license;
        let has_license = || {
            self.licenses
                .iter()
                .any(|filter| filter.fits(license.effective.as_deref()))
        };
        let says = |filter: &UseFilter| filter.fits(filter.ai_use, judgement.ai[filter.ai_use].value);
        is_one_of
            && (self.licenses.is_empty() || has_license())
            && (self.classes.is_empty() || self.classes.contains(&license.class))
            && (self.uses.is_empty() || self.uses.iter().any(says))
    }

    /// Whether what is said of one use is asked for.
    pub(crate) fn shows_use(&self, ai_use: AiUse, value: UseValue) -> bool {
        self.uses.is_empty() || self.uses.iter().any(|filter| filter.fits(ai_use, value))
    }
}

impl LicenseFilter {
    fn fits(&self, effective: Option<&str>) -> bool {
        let expression = effective.and_then(|text| LicenseExpression::parse(text).ok());
        let mut terms = expression.iter().flat_map(LicenseExpression::terms);
        match self {
            Self::Unknown => effective.is_none(),
            Self::Pattern(pattern) => terms.any(|term| pattern.covers(term)),
            Self::Expression(wanted) => {
                let mut of_wanted = wanted.terms();
                let single = of_wanted.next().filter(|_| of_wanted.next().is_none());
                expression.as_ref() == Some(wanted) || single.is_some_and(|single| terms.any(|term| term == single))
            }
        }
    }
}

impl FromStr for LicenseFilter {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        if text == crate::list::UNKNOWN {
            return Ok(Self::Unknown);
        }
        text.parse().map(Self::Pattern).or_else(|error| match error {
            // What a policy cannot allow can be looked for.
            InvalidPattern::Expression | InvalidPattern::Unclassified => LicenseExpression::parse(text)
                .map(Self::Expression)
                .map_err(|_| InvalidPattern::UnknownLicense(text.to_owned())),
            error => Err(error),
        })
    }
}

impl UseFilter {
    fn fits(self, ai_use: AiUse, value: UseValue) -> bool {
        self.ai_use == ai_use && self.value.map_or(value != UseValue::Unknown, |wanted| wanted == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_license_is_found_by_what_a_policy_would_call_it_and_by_its_expression() {
        for (filter, fits, does_not) in [
            ("MIT", "MIT OR GPL-3.0-only", "Apache-2.0"),
            ("GPL-*", "MIT AND GPL-2.0-or-later", "LGPL-3.0-only"),
            ("class:strong-copyleft", "GPL-3.0-only", "MIT"),
            ("MIT OR Apache-2.0", "MIT OR Apache-2.0", "MIT"),
            (
                "MIT WITH AdditionRef-airights-unclassified",
                "MIT WITH AdditionRef-airights-unclassified AND ISC",
                "MIT",
            ),
            (
                "LicenseRef-airights-unclassified",
                "MIT AND LicenseRef-airights-unclassified",
                "LicenseRef-other",
            ),
        ] {
            let filter: LicenseFilter = filter.parse().unwrap();
            assert!(filter.fits(Some(fits)), "{filter:?}");
            assert!(!filter.fits(Some(does_not)) && !filter.fits(None), "{filter:?}");
        }
        assert!("unknown".parse::<LicenseFilter>().unwrap().fits(None));
        assert!("MIT OR Nothing-9".parse::<LicenseFilter>().is_err());
        assert!("MTI".parse::<LicenseFilter>().is_err());
    }
}
