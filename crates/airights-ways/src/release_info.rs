//! What is known of the versions of crates, for the cost of moving to them: the index's own words, and the advisories
//! that are on this disk.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::{Cost, LockedPackage, Release, Releases};
use airights_registry::{CRATES_IO, IndexEntry};
use serde::Deserialize;
use time::{Date, Month};

use super::attempt::Proof;
use super::verdicts::is_of_a_registry;
use super::workshop::Workshop;
use crate::WaysError;
use crate::advisories::{Advisory, AdvisoryDatabase};

/// What can be looked up.
pub(super) struct ReleaseInfo {
    advisories: Option<AdvisoryDatabase>,
}

/// The first of January 1970, as a Julian day.
const FIRST_DAY: i32 = 2_440_588;

/// The part of an index line that says more of a version than cargo's resolver asks for.
#[derive(Default, Deserialize)]
pub(super) struct Details {
    /// The oldest Rust it is built with.
    #[serde(default)]
    pub(super) rust_version: Option<String>,
    /// When it was published, as RFC 3339 spells it.
    #[serde(default)]
    pub(super) pubtime: Option<String>,
}

impl Details {
    /// What the index says of a version. Nothing, where it does not.
    pub(super) fn of(entry: &IndexEntry) -> Self {
        serde_json::from_str(&entry.line).unwrap_or_default()
    }

    /// The day it was published, counted from the first of January 1970.
    fn day(&self) -> Option<usize> {
        let (day, _) = self.pubtime.as_deref()?.split_once('T')?;
        let mut numbers = day.split('-').map(|number| number.parse::<u16>().ok());
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
        usize::try_from(date.to_julian_day() - FIRST_DAY).ok()
    }
}

impl ReleaseInfo {
    pub(super) fn new(advisories: Option<AdvisoryDatabase>) -> Self {
        Self { advisories }
    }

    /// Whether there is an advisory database.
    pub(super) fn has_advisories(&self) -> bool {
        self.advisories.is_some()
    }

    fn advisories(&self, name: &str) -> Vec<Advisory> {
        let known = self.advisories.as_ref();
        known.map(|known| known.of_crate(name)).unwrap_or_default()
    }
}

impl Workshop<'_> {
    /// What is known of the crates of registries that proofs change.
    pub(super) fn releases(&self, proofs: &[&Proof]) -> Result<Releases, WaysError> {
        let changes = proofs.iter().flat_map(|proof| &proof.changes);
        let change: BTreeSet<&str> = changes.map(|change| change.parts().0).collect();
        let packages = self
            .locked
            .iter()
            .chain(proofs.iter().flat_map(|proof| &proof.packages));
        let mut of_registry: BTreeMap<&str, &LockedPackage> = BTreeMap::new();
        for package in packages.filter(|package| is_of_a_registry(package) && change.contains(&*package.name)) {
            of_registry.entry(&package.name).or_insert(package);
        }
        let mut releases = Releases::default();
        for (name, package) in of_registry {
            // The advisories are about crates of crates.io.
            let is_of_crates_io = package.source.as_deref() == Some(CRATES_IO);
            let advisories = if is_of_crates_io {
                self.release_info.advisories(name)
            } else {
                Vec::new()
            };
            let index = self.verdicts.index_of(package)?;
            let of_crate = index.entries.iter().map(|entry| release(entry, &advisories));
            releases.add(name, of_crate.collect());
        }
        Ok(releases)
    }

    /// What a proof costs.
    pub(super) fn cost(&self, proof: &Proof) -> Result<Cost, WaysError> {
        let edits = self.shown_edits(&proof.attempt.edits);
        Ok(Cost::of(&proof.true_changes(), edits.len(), &self.releases(&[proof])?))
    }
}

fn release(entry: &IndexEntry, advisories: &[Advisory]) -> Release {
    let about = advisories.iter().filter(|advisory| advisory.is_about(&entry.version));
    Release {
        version: entry.version.clone(),
        is_yanked: entry.yanked,
        published: Details::of(entry).day(),
        advisories: about.map(|advisory| advisory.id.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_where_the_index_says_when() {
        let day = |pubtime: Option<&str>| {
            let details = Details {
                pubtime: pubtime.map(str::to_owned),
                ..Details::default()
            };
            details.day()
        };
        assert_eq!(day(Some("1970-01-02T00:00:01Z")), Some(1));
        assert_eq!(day(Some("2024-02-29T23:59:59Z")), Some(19_782));
        assert_eq!(
            (day(Some("1969-01-01T00:00:00Z")), day(Some("soon")), day(None)),
            (None, None, None)
        );
    }
}
