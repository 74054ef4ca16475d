//! The entries that speak of single crates: exceptions and clarifications.

use std::collections::BTreeMap;
use std::fmt;

use airights_text::{AiUse, UseValue};

use super::{CrateSpec, LicensePattern, PolicyPlace};
use crate::facts::{BoundFile, HashedFile, PackageFacts};
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
    /// The texts this was made from.
    pub files: Vec<BoundFile>,
    /// The same, as cargo-deny names them.
    pub hashed: Vec<HashedFile>,
    /// What of the package as a whole this was made for.
    pub bound_to: Option<Binding>,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub at: PolicyPlace,
}

/// What a package is as a whole, so that another one is not taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// SHA-256 of the `.crate`, in lower-case hex.
    Checksum(String),
    /// The commit it was taken from.
    Commit(String),
    /// Nothing but what the entry calls it: cargo-deny asks for no more.
    Name,
}

impl Binding {
    /// What a package can be bound to; `None` for a path on this disk, whose files are the user's own.
    pub fn of(package: &Package) -> Option<Self> {
        let commit = || Some(package.source.as_ref()?.strip_prefix("git+")?.rsplit_once('#')?.1);
        let checksum = package.checksum.clone().map(Self::Checksum);
        checksum.or_else(|| Some(Self::Commit(commit()?.to_owned())))
    }
}

/// Why a clarification does not speak for a package that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit<'c> {
    /// The file at this path is not what it was, or is not there.
    File(&'c str),
    /// The package is another one.
    Package,
    /// Nothing holds it to the package.
    Unbound,
}

impl Clarification {
    /// Whether this is what counts for a package: it names it, and was made for what is there.
    pub fn speaks_for(&self, package: &Package, facts: &PackageFacts) -> bool {
        self.krate.matches(package) && self.misfit(package, facts).is_none()
    }

    /// The paths of the texts this was made from.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let hashed = self.hashed.iter().map(|file| file.path.as_str());
        self.files.iter().map(|file| file.path.as_str()).chain(hashed)
    }

    /// Whether it is bound as cargo-deny binds its own.
    pub fn is_of_cargo_deny(&self) -> bool {
        !self.hashed.is_empty() || self.bound_to == Some(Binding::Name)
    }

    /// What keeps this from speaking for a package that it names; `None` where it does speak for it.
    pub fn misfit(&self, package: &Package, facts: &PackageFacts) -> Option<Misfit<'_>> {
        let changed = |file: &&BoundFile| facts.sha256_of(&file.path) != Some(&file.sha256);
        if let Some(file) = self.files.iter().find(changed) {
            return Some(Misfit::File(&file.path));
        }
        if let Some(file) = self.hashed.iter().find(|file| !facts.holds(file)) {
            return Some(Misfit::File(&file.path));
        }
        if self.bound_to == Some(Binding::Name) {
            return None;
        }
        let binding = Binding::of(package);
        match &self.bound_to {
            Some(_) if self.bound_to == binding => None,
            Some(_) => Some(Misfit::Package),
            // Without anything to read there is nothing that could change.
            None if self.paths().next().is_some() || (binding.is_none() && !facts.has_own_licenses()) => None,
            None => Some(Misfit::Unbound),
        }
    }
}

impl Exception {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last_day| today > last_day)
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

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a date, as in 2027-06-30")
    }
}

impl std::error::Error for InvalidDate {}

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

/// As it is displayed: `2027-06-30`.
impl std::str::FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.split('-');
        let mut next = |digits: usize| {
            let part = parts.next().ok_or(InvalidDate)?;
            let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { Ok(part) } else { Err(InvalidDate) }
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        if parts.next().is_some() {
            return Err(InvalidDate);
        }
        let number = |part: &str| part.parse::<u8>().map_err(|_| InvalidDate);
        Self::new(year.parse().map_err(|_| InvalidDate)?, number(month)?, number(day)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
