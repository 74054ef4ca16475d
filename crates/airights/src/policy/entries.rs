//! The entries that speak of single crates: exceptions and clarifications.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use airights_text::{AiUse, UseValue};

use super::{LicensePattern, PolicyPlace};
use crate::facts::BoundFile;
use crate::package::{Package, Roles};

/// `[[exceptions]]`: what one crate may have beyond the policy, in the roles it names, and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Which crate.
    pub krate: CrateSpec,
    /// Licenses it may have.
    pub licenses: Vec<LicensePattern>,
    /// AI terms it may have.
    pub ai: AiAllowance,
    /// The roles it was granted for.
    pub roles: Roles,
    /// The texts it was granted for; when one changes, the exception stops working.
    pub files: Vec<BoundFile>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day it works.
    pub expires: Option<Date>,
    /// Where it stands.
    pub at: PolicyPlace,
}

/// The AI terms an exception accepts: for each use, the most restrictive value.
pub type AiAllowance = BTreeMap<AiUse, UseValue>;

/// `[[clarify]]`: the user's own reading of a crate's license, bound to the texts it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Clarification {
    /// Which crate.
    pub krate: CrateSpec,
    /// The license it has.
    pub license: spdx::Expression,
    /// What it says of AI uses, where the user states it.
    pub ai: BTreeMap<AiUse, UseValue>,
    /// The texts this was made from. Never empty.
    pub files: Vec<BoundFile>,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub at: PolicyPlace,
}

impl Exception {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last_day| today > last_day)
    }
}

/// A cargo package spec, as far as it names a crate: `NAME`, `NAME@VERSION`, `NAME:VERSION`; the version may be partial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateSpec {
    name: String,
    version: Option<String>,
}

/// The text is no package spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCrateSpec;

impl fmt::Display for InvalidCrateSpec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a crate, as `NAME` or `NAME@VERSION`")
    }
}

impl std::error::Error for InvalidCrateSpec {}

impl FromStr for CrateSpec {
    type Err = InvalidCrateSpec;

    fn from_str(text: &str) -> Result<Self, InvalidCrateSpec> {
        let (name, version) = match text.split_once(['@', ':']) {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
        let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let is_version = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
        let starts_with_digit = |version: &str| version.starts_with(|c: char| c.is_ascii_digit());
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(InvalidCrateSpec);
        }
        if version.is_some_and(|version| !starts_with_digit(version) || !version.chars().all(is_version)) {
            return Err(InvalidCrateSpec);
        }
        Ok(Self {
            name: name.to_owned(),
            version: version.map(str::to_owned),
        })
    }
}

impl CrateSpec {
    /// The crate's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a package is meant. `0.17` means every `0.17.x`, as in cargo.
    pub fn matches(&self, package: &Package) -> bool {
        package.name == self.name
            && self
                .version
                .as_deref()
                .is_none_or(|version| matches_version(version, package))
    }
}

fn matches_version(partial: &str, package: &Package) -> bool {
    let version = package.version.to_string();
    version == partial || {
        let numbers = version.split(['-', '+']).next().unwrap_or_default();
        let is_release = package.version.pre.is_empty();
        partial.matches('.').count() < 2
            && is_release
            && numbers.strip_prefix(partial).is_some_and(|rest| rest.starts_with('.'))
    }
}

impl fmt::Display for CrateSpec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        match &self.version {
            Some(version) => write!(formatter, "@{version}"),
            None => Ok(()),
        }
    }
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// There is no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDate;

impl Date {
    /// The last day there is: what cannot be dated has expired.
    pub const LAST: Self = Self {
        year: u16::MAX,
        month: 12,
        day: 31,
    };

    /// A day of the Gregorian calendar, if there is one.
    ///
    /// # Errors
    ///
    /// [`InvalidDate`] where the month or the day does not exist.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        if day == 0 || day > days {
            Err(InvalidDate)
        } else {
            Ok(Self { year, month, day })
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
